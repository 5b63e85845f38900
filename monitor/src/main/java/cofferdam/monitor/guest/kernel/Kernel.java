package cofferdam.monitor.guest.kernel;

import cofferdam.monitor.evidence.ProcessEnd;
import cofferdam.monitor.guest.kernel.FrameTable.Use;
import cofferdam.monitor.guest.kernel.GuestKernel.Hardware;

import java.io.IOException;
import java.util.random.RandomGenerator;

/** The parts of a kernel that has come up, and its way through a turn on the processor. */
final class Kernel implements Tasks.Outcome {

    /** A process has the processor for so long before the next one gets it: a millisecond. */
    private static final long SLICE = 1_000 * Cost.PER_MICROSECOND;

    /** The timer interrupts every 10 milliseconds that the machine runs. */
    private static final long TICK = 10_000 * Cost.PER_MICROSECOND;

    private final Log log;
    private final FrameTable frames;
    private final SwapDevice swap;
    private final KernelText text;
    private final InterruptTable interrupts;
    private final Layout layout;
    private final Ram ram;
    private final Tasks tasks;
    private final Paging paging;
    private final Reclaimer reclaimer;
    private final SystemCalls calls;
    private final BalloonDriver balloon;
    private final Work work;
    private final Clock clock;
    private final Task init;
    private final Task heartbeat;
    private final Task service;
    private final PageService pages;
    private final RandomGenerator random;
    private boolean running = true;
    private boolean looping;
    private boolean tickDue;
    private long lastTick;
    private int audited;

    /**
     * Lays everything out in memory and starts the first processes.
     *
     * @throws IOException if an essential file cannot be read
     */
    Kernel(Hardware hardware, RandomGenerator random, Log log) throws IOException {
        this.log = log;
        this.random = random;
        work = new Work(hardware.cycles());
        ram = new Ram(hardware.memory());
        layout = Layout.of(ram.pages());
        text = new KernelText(ram, layout);
        interrupts = new InterruptTable(ram, text);
        frames = new FrameTable(ram, layout);
        swap = new SwapDevice(layout.pages());
        ProcessTable processes = new ProcessTable(ram, layout);
        RunQueue queue = new RunQueue(ram, processes);
        text.install();
        interrupts.install();
        processes.install();
        queue.install();
        frames.install();
        PageTables tables = new PageTables(ram, layout, processes);
        PageCache cache = new PageCache(ram, frames);
        tasks = new Tasks(processes, queue, hardware.timeline(), this, hardware.wake());
        reclaimer = new Reclaimer(ram, layout, frames, tables, cache, swap, tasks, work);
        paging = new Paging(ram, frames, tables, reclaimer, swap, tasks, work);
        calls = new SystemCalls(tasks, paging, reclaimer, work, hardware.io());
        balloon = new BalloonDriver(frames, reclaimer, layout.pages());
        clock = new Clock(hardware.timeline(), () -> second(hardware.wake()));
        EssentialFiles files =
                new EssentialFiles(hardware.files(), cache, paging, hardware.timeline(), work);
        Libraries libraries = new Libraries(cache, paging, calls, layout.libraryPages());
        init = started("init", new InitProgram(calls, files, clock.beats()));
        HeartbeatProgram beating = new HeartbeatProgram(calls, clock.beats(), log);
        heartbeat = started(HeartbeatProgram.NAME, beating);
        pages = new PageService(calls, libraries, random.nextLong(), layout.pages());
        service = started(PageService.NAME, pages);
        libraries.load(init);
        beating.begin(heartbeat, hardware.machine());
        pages.begin(service);
        files.execute(init, 0);
        clock.start();
    }

    private Task started(String name, Program program) {
        Task task = tasks.create(name, program);
        if (task == null) {
            throw KernelStop.panic("there is no room for %s".formatted(name));
        }
        return task;
    }

    /** Whether somebody wants the processor. */
    boolean runnable() {
        return running && (looping || tickDue || tasks.anyReady());
    }

    /** It is switched off. */
    void halt() {
        running = false;
        log.close();
        clock.stop();
        tasks.halt();
    }

    boolean running() {
        return running;
    }

    /** Whether it loops with its interrupts switched off. */
    boolean looping() {
        return looping;
    }

    void loop() {
        looping = true;
    }

    Tasks tasks() {
        return tasks;
    }

    Paging paging() {
        return paging;
    }

    Reclaimer reclaimer() {
        return reclaimer;
    }

    SystemCalls calls() {
        return calls;
    }

    BalloonDriver balloon() {
        return balloon;
    }

    Ram ram() {
        return ram;
    }

    Layout layout() {
        return layout;
    }

    FrameTable frames() {
        return frames;
    }

    SwapDevice swap() {
        return swap;
    }

    KernelText text() {
        return text;
    }

    InterruptTable interrupts() {
        return interrupts;
    }

    RandomGenerator random() {
        return random;
    }

    void killInit() {
        tasks.end(init, ProcessEnd.KILLED, "it was killed");
    }

    /** A request for the page service has come. */
    boolean serve(int request, Runnable answered) {
        if (!service.alive() || !pages.accept(request, answered)) {
            return false;
        }
        tasks.interrupt(service);
        return true;
    }

    /** The machine has the processor for so long. */
    long run(long cycles) {
        work.begin(cycles);
        turn();
        return work.finish();
    }

    private void turn() {
        if (tickDue) {
            tick();
        }
        while (running && !looping && work.left() > 0) {
            tasks.acceptInterrupts();
            Task task = tasks.next();
            if (task == null) {
                return;
            }
            slice(task);
            if (running && work.total() - lastTick >= TICK) {
                tick();
            }
        }
    }

    private void slice(Task task) {
        work.spend(Cost.SWITCH);
        long end = work.used() + Math.min(SLICE, work.left());
        try {
            do {
                work.spend(Cost.STEP);
                task.program().step(task, Math.max(1, end - work.used()));
            } while (running && task.ready() && work.used() < end);
        } catch (TaskEnded e) {
            if (task.alive()) {
                throw e;
            }
        }
        if (running) {
            tasks.requeue(task);
        }
    }

    private void second(Runnable wake) {
        tickDue = true;
        tasks.interrupt(init);
        tasks.interrupt(heartbeat);
        wake.run();
    }

    /** The timer's handler: the scheduler looks at its tables, and some function of the kernel runs. */
    private void tick() {
        tickDue = false;
        lastTick = work.total();
        work.spend(Cost.TICK);
        interrupts.raise(InterruptTable.TIMER);
        executeSome();
        tasks.check();
    }

    private void executeSome() {
        int page = audited;
        audited = (audited + 1) % layout.textPages();
        if (!text.whole(page)) {
            interrupts.raise(InterruptTable.INVALID_OPCODE);
            throw KernelStop.panic(
                    "kernel code is damaged at 0x%x".formatted(Ram.address(layout.text() + page)));
        }
    }

    @Override
    public int directory(int slot) {
        int page = paging.tryAllocate(Use.PAGE_TABLE, slot, 0);
        if (page != FrameTable.NONE) {
            ram.clear(page);
        }
        return page;
    }

    @Override
    public void released(Task task) {
        paging.release(task);
    }

    @Override
    public void ended(Task task, ProcessEnd end, String detail) {
        log.processEnded(task.name(), end, detail);
    }
}
