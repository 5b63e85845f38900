package cofferdam.monitor.guest.kernel;

import cofferdam.monitor.ProgramMemory.Pages;
import cofferdam.monitor.Programs.Execution;
import cofferdam.monitor.Programs.Stressor;
import cofferdam.monitor.RunningSystem.Sabotage;
import cofferdam.monitor.Timeline;
import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.MachineEnd;
import cofferdam.monitor.evidence.ProcessEnd;
import cofferdam.monitor.guest.system.BootFailure;
import cofferdam.monitor.memory.Balloon;
import cofferdam.monitor.memory.MemoryUsage;
import cofferdam.monitor.memory.PhysicalMemory;
import cofferdam.monitor.schedule.Runner;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** A guest's operating system while it runs. Everything that it knows lies in its memory. */
public final class GuestKernel implements Runner, Balloon {

    /**
     * What a kernel runs on.
     *
     * @param machine its name
     * @param cycles its time-stamp counter
     * @param wake called when it wants to run
     */
    public record Hardware(
            String machine,
            PhysicalMemory memory,
            RootFiles files,
            IoPath io,
            Timeline timeline,
            LongSupplier cycles,
            Runnable wake) {}

    /** How programs reach the network and the disk. */
    public interface IoPath {

        /** Sends a datagram of so many bytes to the discard service outside; false if it was dropped at once. */
        boolean send(int bytes);

        /** Asks the machine outside for a burst of datagrams to this one. */
        void askForTraffic();

        /** How many cycles a read or write of the disk takes now, queueing included; 0 without a disk. */
        long disk(int bytes, boolean write);
    }

    private final Hardware hardware;
    private final RandomGenerator random;
    private final Consumer<MachineEnd> onEnd;
    private final Log log;
    private @Nullable Kernel kernel;
    private @Nullable UserPrograms programs;
    private boolean busy;

    /**
     * An operating system that is not up yet.
     *
     * @param random gives what its programs compute with
     * @param events gets everything that happens in it
     * @param onEnd told once if it comes to an end by itself
     */
    public GuestKernel(
            Hardware hardware,
            RandomGenerator random,
            Consumer<Event> events,
            Consumer<MachineEnd> onEnd) {
        this.hardware = hardware;
        this.random = random;
        this.onEnd = onEnd;
        this.log = new Log(hardware.machine(), hardware.timeline(), events);
    }

    /**
     * Lays the kernel out in memory and starts init and the services. Can be done once.
     *
     * @throws BootFailure if an essential file cannot be read
     */
    public void boot() throws BootFailure {
        if (kernel != null) {
            throw new IllegalStateException("%s was booted already".formatted(hardware.machine()));
        }
        busy = true;
        try {
            Kernel booted = new Kernel(hardware, random, log);
            programs =
                    new UserPrograms(booted, hardware.machine(), hardware.cycles(), new Entrance());
            kernel = booted;
        } catch (IOException e) {
            throw new BootFailure(BootFailure.Stage.ESSENTIAL_FILES, InitProgram.message(e));
        } catch (KernelStop e) {
            throw new BootFailure(BootFailure.Stage.KERNEL, e.message());
        } finally {
            busy = false;
        }
    }

    /** Whether it works. */
    public boolean up() {
        return working() != null;
    }

    /** Whether its processor is busy and nothing else comes of it; for a watchdog to ask. */
    public boolean hung() {
        Kernel it = kernel;
        return it != null && it.running() && it.looping();
    }

    /** Stops at once, without a word. */
    public void halt() {
        Kernel it = kernel;
        if (it != null) {
            it.halt();
        }
    }

    @Override
    public boolean runnable() {
        Kernel it = kernel;
        return it != null && it.runnable();
    }

    @Override
    public long run(long cycles) {
        Kernel it = kernel;
        if (it == null || !it.running() || it.looping()) {
            return Math.max(1, cycles);
        }
        boolean before = busy;
        busy = true;
        try {
            return it.run(cycles);
        } catch (KernelStop stop) {
            end(it, stop);
            return 1;
        } finally {
            busy = before;
        }
    }

    @Override
    public List<Integer> inflate(int pages) {
        return fromDriver(it -> it.balloon().inflate(pages));
    }

    @Override
    public List<Integer> deflate(int pages) {
        return fromDriver(it -> it.balloon().deflate(pages));
    }

    /** Memory as the guest itself sees it. */
    public MemoryUsage usage() {
        Kernel it = kernel;
        if (it == null) {
            return new MemoryUsage(hardware.memory().size(), 0, 0, 0, 0, 0);
        }
        long ballooned = Ram.address(it.balloon().size());
        long free = Ram.address(it.frames().free());
        long size = Ram.address(it.layout().pages());
        long swapped = Ram.address(it.swap().taken());
        return new MemoryUsage(size, size - free - ballooned, 0, 0, ballooned, swapped);
    }

    /**
     * Does something to itself.
     *
     * @throws IOException if it is down
     */
    public void sabotage(Sabotage sabotage) throws IOException {
        Kernel it = required();
        Saboteur saboteur = new Saboteur(it, hardware.files(), log);
        tryEnter(it, () -> {
            saboteur.act(sabotage);
            return sabotage;
        });
        hardware.wake().run();
    }

    /** Starts a program. If it cannot be started, it has ended already. */
    public Execution start(Stressor stressor) {
        Kernel it = working();
        if (it == null) {
            return new NeverStarted();
        }
        Group group = new Group();
        Stressors stressors = new Stressors(it.calls(), random, it.layout().pages());
        tryEnter(it, () -> {
            for (Program program : stressors.programs(stressor, group)) {
                Task task = it.tasks().create(Stressors.name(stressor), program);
                if (task != null) {
                    group.add(task);
                    it.tasks().interrupt(task);
                }
            }
            return group;
        });
        return new StartedProgram(it, group, this::stop);
    }

    /**
     * Pages for a program.
     *
     * @throws IOException if there is no memory for them, or it is down
     */
    public Pages reserve(int count) throws IOException {
        return enter(required(), () -> userPrograms().reserve(count));
    }

    /**
     * A program keeps a secret in so many pages, unless it has one already.
     *
     * @throws IOException if there is no memory for it, or it is down
     */
    public void remember(Canary secret, int pages) throws IOException {
        enter(required(), () -> {
            userPrograms().remember(secret, pages);
            return pages;
        });
    }

    /** What the program has where its secret was; empty if nothing that could be one. */
    public String recall() {
        Kernel it = working();
        return it == null ? "" : tryEnter(it, () -> userPrograms().recall()).orElse("");
    }

    /** The guest pages in which the secret lies and that are in memory now. */
    public List<Integer> secretPages() {
        Kernel it = working();
        return it == null
                ? List.of()
                : tryEnter(it, () -> userPrograms().secretFrames()).orElse(List.of());
    }

    /** The program that keeps a secret ends; its memory is free as it is. */
    public void forget() {
        Kernel it = working();
        if (it != null) {
            tryEnter(it, () -> {
                userPrograms().forget();
                return it;
            });
        }
    }

    /**
     * A program keeps some pages of the public collection, and no others.
     *
     * @throws IOException if there is no memory for them, or it is down
     */
    public void hold(BitSet held) throws IOException {
        enter(required(), () -> {
            userPrograms().hold(held);
            return held;
        });
    }

    /**
     * Works off a request of the page service when the processor has come to it.
     *
     * @param answered called when it is done
     * @return false if too many wait already, or there is no service
     */
    public boolean serve(int request, Runnable answered) {
        Kernel it = working();
        return it != null && it.serve(request, answered);
    }

    private void stop(Group group) {
        Kernel it = working();
        if (it == null) {
            return;
        }
        tryEnter(it, () -> {
            List<Task> members = group.alive();
            for (Task member : members) {
                it.tasks().end(member);
            }
            Task first = members.getFirst();
            log.processEnded(
                    first.name(),
                    ProcessEnd.KILLED,
                    "stopped, %d processes in all".formatted(members.size()));
            return group;
        });
    }

    private List<Integer> fromDriver(Function<Kernel, List<Integer>> work) {
        Kernel it = working();
        if (it == null || busy) {
            return List.of();
        }
        return tryEnter(it, () -> work.apply(it)).orElse(List.of());
    }

    private @Nullable Kernel working() {
        Kernel it = kernel;
        return it != null && it.running() && !it.looping() ? it : null;
    }

    private Kernel required() throws IOException {
        Kernel it = working();
        if (it == null) {
            throw new IOException(
                    "%s %s".formatted(hardware.machine(), hung() ? "does not answer" : "is down"));
        }
        return it;
    }

    private UserPrograms userPrograms() {
        return Objects.requireNonNull(programs);
    }

    private <T> Optional<T> tryEnter(Kernel it, KeptPages.Gate.Call<T> call) {
        try {
            return Optional.of(enter(it, call));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private <T> T enter(Kernel it, KeptPages.Gate.Call<T> call) throws IOException {
        boolean before = busy;
        busy = true;
        try {
            return call.run();
        } catch (TaskEnded e) {
            throw new IOException(e.getMessage(), e);
        } catch (KernelStop stop) {
            end(it, stop);
            throw new IOException("%s: %s".formatted(hardware.machine(), stop.message()), stop);
        } finally {
            busy = before;
        }
    }

    private void end(Kernel it, KernelStop stop) {
        log.ended(stop.end(), stop.message());
        it.halt();
        onEnd.accept(stop.end());
    }

    /** The way in for programs that are there only for their memory. */
    private final class Entrance implements KeptPages.Gate {

        @Override
        public <T> T enter(Call<T> call) throws IOException {
            return GuestKernel.this.enter(required(), call);
        }

        @Override
        public void release(Task task) {
            Kernel it = working();
            if (it != null) {
                tryEnter(it, () -> {
                    it.tasks().end(task);
                    return task;
                });
            }
        }
    }

    /** A program for which there was no machine. */
    private static final class NeverStarted implements Execution {

        @Override
        public boolean ended() {
            return true;
        }

        @Override
        public void stop() {
            // It has ended.
        }
    }
}
