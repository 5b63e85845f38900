package cofferdam.monitor.linux;

import cofferdam.monitor.RunningTime;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.Evidence;
import cofferdam.monitor.evidence.MachineEnd;
import cofferdam.monitor.guest.GuestIdentity;
import cofferdam.monitor.net.FrameSink;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One real guest of a host: what it is started with, and its process while it is on. */
final class LinuxGuest implements PoweredGuest {

    /** How often it is looked whether the guest's process still runs. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private static final Pattern PANIC = Pattern.compile("Kernel panic - not syncing: [^\r\n]*");

    private final GuestIdentity identity;
    private final long memory;
    private final Hypervisor hypervisor;
    private final RunningTime time;
    private final Evidence evidence;
    private final RandomGenerator random;
    private final List<Consumer<Notice>> listeners = new ArrayList<>();
    private final List<Consumer<GuestConsole>> starters = new ArrayList<>();
    private final List<Consumer<KernelAccount.Ended>> mourners = new ArrayList<>();
    private Optional<GuestDisk> disk = Optional.empty();
    private FrameSink fromNetwork = LinuxGuest::lose;
    private FrameSink fromRelay = LinuxGuest::lose;
    private int lives;
    private @Nullable RunningGuest running;
    private @Nullable GuestConsole console;
    private KernelAccount account = new KernelAccount();
    private boolean panicked;

    /** Why it ended by itself, if it did. */
    private String lastEnd = "";

    /** Whether somebody waits for its start or its end, and tells what came of it. */
    private boolean attended;

    /** @param memory what the guest has in all, in bytes */
    LinuxGuest(
            GuestIdentity identity,
            long memory,
            Hypervisor hypervisor,
            RunningTime time,
            Evidence evidence,
            RandomGenerator random) {
        this.identity = identity;
        this.memory = memory;
        this.hypervisor = hypervisor;
        this.time = time;
        this.evidence = evidence;
        this.random = random;
    }

    GuestIdentity identity() {
        return identity;
    }

    @Override
    public String name() {
        return identity.name();
    }

    /** What it has in all, in bytes. */
    long memory() {
        return memory;
    }

    RunningTime time() {
        return time;
    }

    void record(LongFunction<Event> event) {
        evidence.record(event.apply(time.now()));
    }

    Evidence evidence() {
        return evidence;
    }

    @Override
    public void disk(Optional<GuestDisk> given) {
        disk = given;
    }

    /** Where its frames go: those that leave its interface, and those that its kernel relays. */
    void connect(FrameSink network, FrameSink relay) {
        fromNetwork = network;
        fromRelay = relay;
    }

    /** Takes what the guest says by itself from now on. */
    void onNotice(Consumer<Notice> listener) {
        listeners.add(listener);
    }

    /** Has something begun by its root's shell, whenever it is switched on from now on. */
    void onStart(Consumer<GuestConsole> starter) {
        starters.add(starter);
    }

    /** Is told of every process that its kernel ends for want of memory. */
    void onKilled(Consumer<KernelAccount.Ended> mourner) {
        mourners.add(mourner);
    }

    /** How much of its memory is in the host's; empty if it is off. */
    Optional<ResidentMemory> resident() {
        return running == null ? Optional.empty() : ResidentMemory.of(running.process());
    }

    @Override
    public boolean isOn() {
        return running != null;
    }

    @Override
    public boolean isUp() {
        return running != null && console != null && console.ready();
    }

    /**
     * Its process.
     *
     * @throws IOException if it is off
     */
    RunningGuest process() throws IOException {
        if (running == null) {
            throw new IOException(off());
        }
        return running;
    }

    @Override
    public GuestConsole shell() throws IOException {
        if (console == null) {
            throw new IOException(off());
        }
        return console;
    }

    private String off() {
        return lastEnd.isEmpty()
                ? "%s is off".formatted(name())
                : "%s is off, as it ended: %s".formatted(name(), lastEnd);
    }

    @Override
    public void start() throws IOException {
        if (running != null) {
            return;
        }
        panicked = false;
        lastEnd = "";
        account = new KernelAccount();
        attended = false;
        String nonce = "%016x".formatted(random.nextLong());
        RunningGuest started = hypervisor.start(
                new GuestPlan(name(), identity.mac(), identity.address(), memory, disk, nonce));
        running = started;
        GuestConsole line = new GuestConsole(time, started.console(), nonce, this::noticed);
        console = line;
        starters.forEach(starter -> starter.accept(line));
        started.network().attach(fromNetwork);
        started.relay().attach(fromRelay);
        int life = ++lives;
        time.after(LOOK, () -> look(life, started));
    }

    /**
     * Waits until it is up.
     *
     * @throws IOException if it ends or does not come up in time; the message says why
     */
    void awaitUp() throws IOException {
        Optional<String> ended = awaitStart();
        if (ended.isPresent()) {
            throw new IOException("%s ended: %s".formatted(name(), ended.get()));
        }
    }

    @Override
    public Optional<String> awaitStart() throws IOException {
        RunningGuest started = process();
        GuestConsole root = shell();
        attended = true;
        time.await(
                () -> isUp() || started.ended().isPresent() || root.problem().isPresent(),
                Hypervisor.BOOT_LIMIT);
        attended = false;
        Optional<String> ended = started.ended();
        if (ended.isPresent()) {
            cut();
            return ended;
        }
        Optional<String> problem = root.problem();
        if (problem.isPresent()) {
            cut();
            throw new IOException("%s did not come up: %s".formatted(name(), problem.get()));
        }
        if (!isUp()) {
            String last = lastWords(started);
            cut();
            throw new IOException("%s was not up after %d seconds%s"
                    .formatted(name(), Hypervisor.BOOT_LIMIT.toSeconds(), last));
        }
        return Optional.empty();
    }

    @Override
    public boolean awaitEnd(Duration limit) {
        RunningGuest ending = running;
        if (ending == null) {
            return true;
        }
        attended = true;
        boolean ended = time.await(() -> ending.ended().isPresent(), limit);
        cut();
        return ended;
    }

    /** A frame for its interface under test. */
    void toNetwork(byte[] buffer, int offset, int length) {
        if (running != null) {
            running.network().accept(buffer, offset, length);
        }
    }

    /** A frame that its kernel is to send. */
    void toRelay(byte[] frame) {
        if (running != null) {
            running.relay().accept(frame, 0, frame.length);
        }
    }

    @Override
    public void cut() {
        RunningGuest ended = running;
        GuestConsole silent = console;
        running = null;
        console = null;
        if (silent != null) {
            silent.end(off());
        }
        if (ended != null) {
            ended.close();
        }
    }

    private void noticed(Notice notice) {
        listeners.forEach(listener -> listener.accept(notice));
    }

    /** An end that nobody waits for is an event; so is a kernel that says it cannot go on. */
    private void look(int life, RunningGuest started) {
        if (running == null || life != lives) {
            return;
        }
        // What the kernel says last must not come between the two.
        Optional<String> ended = started.ended();
        String log = started.kernelLog();
        account.news(log).forEach(news -> mourners.forEach(mourner -> mourner.accept(news)));
        Matcher panic = PANIC.matcher(log);
        if (!panicked && panic.find()) {
            panicked = true;
            String message = panic.group();
            record(now -> new Event.MachineEnded(now, name(), MachineEnd.PANIC, message));
        }
        if (ended.isPresent()) {
            if (!panicked && !attended) {
                record(now -> new Event.MachineEnded(now, name(), MachineEnd.KILLED, ended.get()));
            }
            lastEnd = ended.get();
            cut();
            return;
        }
        requireConsole();
        time.after(LOOK, () -> look(life, started));
    }

    /** A guest that cannot be driven any more proves nothing, neither by what it does nor by silence. */
    private void requireConsole() {
        if (attended || console == null) {
            return;
        }
        console.problem().ifPresent(problem -> {
            cut();
            throw new IllegalStateException(
                    "%s cannot be driven any more: %s".formatted(name(), problem));
        });
    }

    private static String lastWords(RunningGuest guest) {
        String log = guest.kernelLog().strip();
        return log.isEmpty() ? "" : "; its last words: " + log.substring(log.lastIndexOf('\n') + 1);
    }

    private static void lose(byte[] buffer, int offset, int length) {
        // Nothing is connected yet.
    }
}
