package cofferdam.monitor.linux;

import cofferdam.monitor.RunningTime;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.Evidence;
import cofferdam.monitor.evidence.VantageCapture;
import cofferdam.monitor.guest.Residents;
import cofferdam.monitor.guest.tcp.VirtualTime;
import cofferdam.monitor.net.Bridge;
import cofferdam.monitor.net.FrameSink;
import cofferdam.monitor.policy.DiskPolicy;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.wire.FrameWire;
import cofferdam.monitor.wire.WireCounters;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A guest of a host whose clock a test moves: its process is this test's own, and what its root's shell
 * comes to is what the test says.
 */
final class ScriptedGuest implements Hypervisor, RunningGuest, RunningTime, Evidence, ConsoleLine {

    static final long MEMORY = 112L << 20;

    final List<Event> events = new ArrayList<>();
    final List<String> commands = new ArrayList<>();
    final LinuxGuest guest = new LinuxGuest(
            Residents.guest("vm1"), MEMORY, this, this, this, new SplittableRandom(1));
    String log = "";
    Optional<String> ended = Optional.empty();

    /** What a command writes; empty for one that is not answered. */
    Function<String, Optional<String>> shell = command -> Optional.of("");

    private final VirtualTime time = new VirtualTime();
    private final ByteArrayOutputStream command = new ByteArrayOutputStream();
    private Consumer<byte[]> listener = bytes -> {};
    private String nonce = "";
    private long number;
    private long pieces;
    private long lines;

    ScriptedGuest() {
        // It is switched on by the test.
    }

    /** Switches it on and lets it come up. */
    ScriptedGuest on() throws IOException {
        guest.start();
        say("up");
        return this;
    }

    void say(String body) {
        String line = "\u0002" + nonce + " " + body.length() + " " + body + "\n";
        listener.accept(line.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The events of one kind. */
    <E extends Event> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    void pass(Duration duration) {
        time.pass(duration);
    }

    @Override
    public void send(byte[] bytes) {
        new String(bytes, StandardCharsets.UTF_8).lines().forEach(this::take);
    }

    private void take(String line) {
        lines++;
        if (line.charAt(0) == ConsoleFrame.START) {
            String[] words = line.split(" ", -1);
            if (words[2].equals("run")) {
                number = Long.parseLong(words[3]);
                pieces = Long.parseLong(words[4]);
                command.reset();
            }
        } else {
            command.writeBytes(line.substring(1).getBytes(StandardCharsets.UTF_8));
            if (line.charAt(0) == '+') {
                command.write('\n');
            }
            pieces--;
            if (pieces == 0) {
                carryOut(number, command.toString(StandardCharsets.UTF_8));
            }
        }
        long taken = lines;
        time.after(Duration.ZERO, () -> say("taken " + taken));
    }

    private void carryOut(long call, String text) {
        commands.add(text);
        shell.apply(text).ifPresent(output -> answer(call, output));
    }

    /** Answers a command, a moment later. */
    void answer(long call, String output) {
        time.after(Duration.ofMillis(1), () -> {
            if (!output.isEmpty()) {
                say("data %d %s"
                        .formatted(
                                call,
                                Base64.getEncoder()
                                        .encodeToString(output.getBytes(StandardCharsets.UTF_8))));
            }
            say("end %d 0 %s".formatted(call, FakeGuest.crc(output)));
        });
    }

    /** The number of the command that came last. */
    long last() {
        return number;
    }

    @Override
    public void listen(Consumer<byte[]> replacement) {
        listener = replacement;
    }

    @Override
    public RunningGuest start(GuestPlan plan) {
        nonce = plan.nonce();
        lines = 0;
        return this;
    }

    @Override
    public long process() {
        return ProcessHandle.current().pid();
    }

    @Override
    public Optional<String> ended() {
        return ended;
    }

    @Override
    public ConsoleLine console() {
        return this;
    }

    @Override
    public String kernelLog() {
        return log;
    }

    @Override
    public FrameWire network() {
        return new NoWire();
    }

    @Override
    public FrameWire relay() {
        return new NoWire();
    }

    @Override
    public Tap tap(FrameSink copies) throws IOException {
        throw new IOException("not needed here");
    }

    @Override
    public void powerOff() {
        ended = Optional.of("killed");
    }

    @Override
    public void close() {
        // There is nothing of it.
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public Path folder() {
        return Path.of("");
    }

    @Override
    public Optional<String> refuses(DiskPolicy policy) {
        return Optional.empty();
    }

    @Override
    public Optional<String> withoutBuses() {
        return Optional.of("a scripted guest has no buses");
    }

    @Override
    public List<Unenforced> unenforced(Policy policy) {
        return List.of();
    }

    @Override
    public Optional<String> refusesTap() {
        return Optional.empty();
    }

    @Override
    public long ownNeed() {
        return 0;
    }

    @Override
    public Optional<Bridge> sharedMedium() {
        return Optional.empty();
    }

    @Override
    public long now() {
        return time.now();
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        return time.after(delay, action);
    }

    @Override
    public boolean await(BooleanSupplier condition, Duration limit) {
        return time.until(condition, limit);
    }

    @Override
    public void record(Event event) {
        events.add(event);
    }

    @Override
    public VantageCapture capture(String vantage) {
        throw new AssertionError("a guest captures nothing");
    }

    @Override
    public void image(String moment, String name, byte[] bytes, List<Integer> space) {
        throw new AssertionError("a guest keeps no images");
    }

    @Override
    public String deviceRead(String machine, byte[] bytes) {
        throw new AssertionError("a guest keeps no disks");
    }

    @Override
    public String memoryRead(String reader, byte[] bytes) {
        throw new AssertionError("a guest keeps no memory");
    }

    /** Nobody is at the other end. */
    private static final class NoWire implements FrameWire {

        @Override
        public void attach(FrameSink receiver) {
            // Nothing comes.
        }

        @Override
        public WireCounters counters() {
            throw new AssertionError("nothing is counted");
        }

        @Override
        public void accept(byte[] buffer, int offset, int length) {
            // Nothing arrives.
        }

        @Override
        public void close() {
            // There is nothing.
        }
    }
}
