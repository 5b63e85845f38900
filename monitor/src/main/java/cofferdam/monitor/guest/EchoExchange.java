package cofferdam.monitor.guest;

import cofferdam.monitor.Endpoint.Operation;
import cofferdam.monitor.Timeline;
import cofferdam.monitor.Timeline.Timer;

import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Function;
import java.util.function.Supplier;

/** Sends numbered texts at an interval and counts which of them come back as they were. */
final class EchoExchange implements Operation {

    /** The most messages of one exchange; their numbers fit the sequence number of ICMP. */
    static final int MAXIMUM_COUNT = 65_535;

    /** How long the last message's answer is waited for. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    /** Who waits for answers that should bring back what was sent. */
    @FunctionalInterface
    interface Listener {
        /** An answer came from the peer. */
        void answered(int sequence, byte[] data);
    }

    /** A way to send data to a peer that is to bring it back. */
    interface Transport {
        void send(int sequence, byte[] data);

        /** No more answers are wanted. */
        void close();
    }

    private final Timeline timeline;
    private final Flow flow;
    private final int count;
    private final Duration interval;
    private final Transport transport;
    private final BitSet answered = new BitSet();
    private int sent;
    private int wrong;
    private Timer timer = () -> {};

    /**
     * An exchange that has not begun.
     *
     * @param opener opens the way to the peer for whoever waits for the answers
     * @throws IllegalArgumentException if count or interval are out of range
     */
    EchoExchange(
            Timeline timeline,
            Flow flow,
            int count,
            Duration interval,
            Function<Listener, Transport> opener) {
        if (count < 1 || count > MAXIMUM_COUNT) {
            throw new IllegalArgumentException(
                    "count %d is not between 1 and %d".formatted(count, MAXIMUM_COUNT));
        }
        if (interval.isNegative()) {
            throw new IllegalArgumentException("interval %s is negative".formatted(interval));
        }
        this.timeline = timeline;
        this.flow = flow;
        this.count = count;
        this.interval = interval;
        this.transport = opener.apply(this::receive);
    }

    void start() {
        start(() -> "", Duration.ZERO);
    }

    /**
     * Begins, and waits with the first message until nothing is in its way.
     *
     * @param obstacle what keeps messages from being sent now; empty if nothing does
     * @param limit for how long it may be in the way until the exchange has failed
     */
    void start(Supplier<String> obstacle, Duration limit) {
        flow.start();
        begin(obstacle, timeline.now() + limit.toNanos());
    }

    private void begin(Supplier<String> obstacle, long deadline) {
        String problem = obstacle.get();
        if (problem.isEmpty()) {
            sendNext();
            return;
        }
        if (timeline.now() >= deadline) {
            transport.close();
            flow.finish(0, 0, problem);
            return;
        }
        timeline.after(LOOK_AGAIN, () -> begin(obstacle, deadline));
    }

    @Override
    public boolean done() {
        return flow.finished();
    }

    private void sendNext() {
        sent++;
        timer = sent < count
                ? timeline.after(interval, this::sendNext)
                : timeline.after(PATIENCE, this::finish);
        transport.send(sent, text(sent));
    }

    private byte[] text(int sequence) {
        return FlowText.bytes(FlowText.numbered(flow.id(), "seq", sequence));
    }

    private void receive(int sequence, byte[] data) {
        boolean right = sequence >= 1 && sequence <= sent && Arrays.equals(data, text(sequence));
        if (!right) {
            wrong++;
            return;
        }
        answered.set(sequence);
        if (answered.cardinality() == count) {
            finish();
        }
    }

    private void finish() {
        timer.cancel();
        transport.close();
        flow.finish(sent, answered.cardinality(), problem());
    }

    private String problem() {
        int missing = sent - answered.cardinality();
        String silence = missing == 0 ? "" : "no answer to %d of %d".formatted(missing, sent);
        if (wrong == 0) {
            return silence;
        }
        String altered = "%d wrong answers".formatted(wrong);
        return silence.isEmpty() ? altered : silence + ", " + altered;
    }
}
