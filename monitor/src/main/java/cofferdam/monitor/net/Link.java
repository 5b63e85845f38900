package cofferdam.monitor.net;

import cofferdam.monitor.Timeline;
import cofferdam.monitor.Wiring;
import cofferdam.monitor.packet.Ethernet;

import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * A cable with two ends. What is sent into one end comes out of the other after the one-way delay,
 * in the order in which it was sent, unless it is lost: at random, by a cut of the cable while it
 * is sent or under way, or because it is a runt (shorter than an Ethernet header) or a giant (more
 * than 1514 bytes, with a VLAN tag 1518), or because a cable of limited bandwidth has too many
 * frames waiting.
 */
public final class Link {

    private final int minimumBytes;
    private final Wiring wiring;
    private final Timeline timeline;
    private final RandomGenerator random;
    private final End left;
    private final End right;
    private boolean connected = true;
    private int cuts;

    private Link(
            int minimumBytes,
            Wiring wiring,
            long bandwidth,
            Timeline timeline,
            RandomGenerator random) {
        this.minimumBytes = minimumBytes;
        this.wiring = wiring;
        this.timeline = timeline;
        this.random = random;
        left = new End(bandwidth);
        right = new End(bandwidth);
    }

    /** A cable of copper: frames shorter than 60 bytes come out padded with zeros. */
    public static Link physical(Wiring wiring, Timeline timeline, RandomGenerator random) {
        return physical(wiring, wiring.bandwidth(), timeline, random);
    }

    /** The same, for a machine outside. */
    public static Link outside(Wiring wiring, Timeline timeline, RandomGenerator random) {
        return physical(wiring, wiring.bandwidth() * Wiring.OUTSIDE, timeline, random);
    }

    private static Link physical(
            Wiring wiring, long bandwidth, Timeline timeline, RandomGenerator random) {
        return new Link(Ethernet.MINIMUM_WIRE_BYTES, wiring, bandwidth, timeline, random);
    }

    /**
     * A monitor's channel between an interface and a fabric: frames come out as they went in, and
     * there is no limit of bandwidth.
     */
    public static Link virtual(Wiring wiring, Timeline timeline, RandomGenerator random) {
        return new Link(0, wiring, 0, timeline, random);
    }

    /** One end. */
    public End left() {
        return left;
    }

    /** The other end. */
    public End right() {
        return right;
    }

    /** Connects the cable, or cuts it; both ends notice. */
    public void connect(boolean connect) {
        if (connected && !connect) {
            cuts++;
            left.transmitter.clear();
            right.transmitter.clear();
            left.receiver.linkDown();
            right.receiver.linkDown();
        }
        if (!connected && connect) {
            left.receiver.linkUp();
            right.receiver.linkUp();
        }
        connected = connect;
    }

    private void transmit(End from, End to, byte[] buffer, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (!connected || !FrameHeader.isCarried(buffer, offset, length) || isLost()) {
            return;
        }
        byte[] frame = new byte[Math.max(length, minimumBytes)];
        System.arraycopy(buffer, offset, frame, 0, length);
        long sending = from.transmitter.send(timeline.now(), frame.length);
        if (sending < 0) {
            return;
        }
        int cutsBefore = cuts;
        timeline.after(wiring.delay().plusNanos(sending), () -> {
            if (cuts == cutsBefore) {
                to.receiver.accept(frame, 0, frame.length);
            }
        });
    }

    private boolean isLost() {
        return wiring.loss() > 0 && random.nextDouble() < wiring.loss();
    }

    /** One end of a cable; frames given to it come out of the other end. */
    public final class End implements FrameSink {

        private final Transmitter transmitter;
        private FrameSink receiver = (buffer, offset, length) -> {};

        private End(long bandwidth) {
            transmitter = new Transmitter(bandwidth);
        }

        /** What comes out of this end goes to the receiver, which also notices a cut. */
        public void attach(FrameSink receiver) {
            this.receiver = receiver;
        }

        @Override
        public void accept(byte[] buffer, int offset, int length) {
            transmit(this, this == left ? right : left, buffer, offset, length);
        }
    }
}
