package cofferdam.monitor.linux;

import cofferdam.monitor.net.Bridge;
import cofferdam.monitor.net.FrameSink;
import cofferdam.monitor.policy.DiskPolicy;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.wire.FrameWire;
import cofferdam.monitor.wire.WireCounters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A hypervisor with one guest, which says and suffers what a test has it. */
final class FakeRunning implements Hypervisor, RunningGuest, ConsoleLine {

    String end = "";
    String log = "";
    boolean closed;
    private String nonce = "";
    private Consumer<byte[]> listener = bytes -> {};

    void say(String body) {
        raw(FakeGuest.frame(nonce, body), 1);
    }

    void raw(String text, int times) {
        for (int i = 0; i < times; i++) {
            listener.accept(text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Override
    public RunningGuest start(GuestPlan plan) {
        nonce = plan.nonce();
        return this;
    }

    @Override
    public void send(byte[] bytes) {
        // It never answers.
    }

    @Override
    public void listen(Consumer<byte[]> replacement) {
        listener = replacement;
    }

    @Override
    public long process() {
        return ProcessHandle.current().pid();
    }

    @Override
    public Optional<String> ended() {
        return end.isEmpty() ? Optional.empty() : Optional.of(end);
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
        return new CutWire();
    }

    @Override
    public FrameWire relay() {
        return new CutWire();
    }

    @Override
    public Tap tap(FrameSink copies) throws IOException {
        throw new IOException("nothing is copied");
    }

    @Override
    public void powerOff() {
        end = "told to end";
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public Path folder() {
        return Path.of("nowhere");
    }

    @Override
    public Optional<String> refuses(DiskPolicy policy) {
        return Optional.empty();
    }

    @Override
    public long ownNeed() {
        return 0;
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
    public Optional<Bridge> sharedMedium() {
        return Optional.empty();
    }

    @Override
    public Optional<String> withoutBuses() {
        return Optional.of("a fake has no buses");
    }

    /** Nothing passes it. */
    private record CutWire() implements FrameWire {

        @Override
        public void attach(FrameSink receiver) {
            // Nothing comes.
        }

        @Override
        public WireCounters counters() {
            throw new UnsupportedOperationException("a cut wire counts nothing");
        }

        @Override
        public void accept(byte[] buffer, int offset, int length) {
            // Lost.
        }

        @Override
        public void close() {
            // It is cut already.
        }
    }
}
