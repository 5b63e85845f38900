package cofferdam.monitor.guest.tcp;

import cofferdam.monitor.Timeline;
import cofferdam.monitor.packet.TcpSegment;
import cofferdam.monitor.packet.TcpSegment.Flag;

import java.util.EnumSet;
import java.util.Set;

/**
 * The sending half of a connection: what is sent when, and sent again. Places in the stream are
 * offsets from the initial sequence number: 0 is the SYN, 1 the first byte of data, and the FIN
 * comes behind the last. After a time-out everything not acknowledged is sent again from the start.
 */
final class Sender {

    /** The largest segment's data on Ethernet: 1500 bytes less the headers of IPv4 and TCP. */
    static final int MAXIMUM_SEGMENT = 1460;

    /** What a peer that names no maximum can take (RFC 9293 section 3.7.1). */
    static final int DEFAULT_SEGMENT = 536;

    /** A peer that names less than this wants many tiny segments; it gets this size. */
    static final int LEAST_SEGMENT = 88;

    static final int SYN_RETRIES = 6;
    static final int DATA_RETRIES = 15;

    /** The largest window that a header can tell. */
    private static final int MAXIMUM_WINDOW = 65_535;

    private static final byte[] NOTHING = {};
    private static final long NONE = -1;

    /** Where the segments go. */
    interface Output {
        /** Adds ports, acknowledgment and window to a segment, and sends it. */
        void transmit(Set<Flag> flags, int sequence, byte[] data);

        /** New data was acknowledged. */
        void advanced();

        /** The last retransmission was not answered either. */
        void gaveUp();
    }

    private final Timeline timeline;
    private final int initial;
    private final Output output;
    private final Alarm alarm;
    private final SendBuffer buffer = new SendBuffer();
    private final RoundTripEstimator roundTrip = new RoundTripEstimator();
    private CongestionWindow congestion = new CongestionWindow(DEFAULT_SEGMENT);
    private int segmentSize = DEFAULT_SEGMENT;
    private long acknowledged;
    private long dataEnd = 1;
    private long next;
    private long highest;
    private int window;
    private int windowSequence;
    private long windowAcknowledgment;
    private boolean finishing;
    private int retries;
    private long measuredEnd = NONE;
    private long measuredSince;

    Sender(Timeline timeline, int initial, Output output) {
        this.timeline = timeline;
        this.initial = initial;
        this.output = output;
        this.alarm = new Alarm(timeline, this::expired);
    }

    /** Sends the SYN for the first time. */
    void start() {
        next = emit(0, 1);
        arm();
    }

    /** Sends the SYN again because the peer asks for it. */
    void repeatSyn() {
        emit(0, 1);
    }

    /** Takes the peer's maximum segment size and first window from its SYN. */
    void peerOpened(TcpSegment syn) {
        int offered = syn.maximumSegmentSize() == 0 ? DEFAULT_SEGMENT : syn.maximumSegmentSize();
        segmentSize = Math.clamp(offered, LEAST_SEGMENT, MAXIMUM_SEGMENT);
        congestion = new CongestionWindow(segmentSize);
        window = syn.window();
        windowSequence = syn.sequence();
    }

    /** Takes as many bytes from {@code offset} as there is room for, and says how many. */
    int write(byte[] data, int offset) {
        int taken = buffer.append(data, offset);
        dataEnd += taken;
        send();
        return taken;
    }

    /** Sends a FIN behind everything that was written. */
    void finish() {
        finishing = true;
        send();
    }

    /** Whether the peer has acknowledged the FIN. */
    boolean finished() {
        return finishing && acknowledged == end();
    }

    /** Sends nothing more. */
    void stop() {
        alarm.stop();
    }

    /** Whether the peer has acknowledged everything that was written. */
    boolean idle() {
        return buffer.length() == 0;
    }

    /**
     * The sequence number for a segment without data: behind what was sent, but within the peer's
     * window.
     */
    int sequence() {
        return initial + (int) Math.min(highest, acknowledged + window);
    }

    /** Whether the number acknowledges something new that was sent. */
    boolean isNew(int acknowledgment) {
        long offset = offsetOf(acknowledgment);
        return offset > acknowledged && offset <= highest;
    }

    /** Whether a peer in its right mind can acknowledge this number (RFC 5961 section 5.2). */
    boolean isPlausible(int acknowledgment) {
        long offset = offsetOf(acknowledgment);
        return offset <= highest && offset >= acknowledged - MAXIMUM_WINDOW;
    }

    private long offsetOf(int number) {
        return acknowledged + (number - (initial + (int) acknowledged));
    }

    /** Takes the acknowledgment and the window of a segment whose acknowledgment is plausible. */
    void acknowledge(TcpSegment segment) {
        long offset = offsetOf(segment.acknowledgment());
        boolean wasShut = window == 0;
        boolean windowSame = !updateWindow(segment, offset);
        if (offset > acknowledged) {
            advance(offset);
        } else if (windowSame && repeats(segment, offset)) {
            duplicate();
        }
        if (wasShut) {
            answeredProbe();
        }
        send();
    }

    private boolean updateWindow(TcpSegment segment, long offset) {
        int newer = segment.sequence() - windowSequence;
        boolean valid = offset >= acknowledged
                && (newer > 0 || (newer == 0 && offset >= windowAcknowledgment));
        if (!valid) {
            return false;
        }
        boolean changed = window != segment.window();
        window = segment.window();
        windowSequence = segment.sequence();
        windowAcknowledgment = offset;
        return changed;
    }

    private boolean repeats(TcpSegment segment, long offset) {
        return offset == acknowledged && segment.sequenceLength() == 0 && next > acknowledged;
    }

    private void advance(long offset) {
        if (measuredEnd != NONE && offset >= measuredEnd) {
            roundTrip.sample(timeline.now() - measuredSince);
            measuredEnd = NONE;
        }
        if (acknowledged == 0 && retries > 0) {
            roundTrip.handshakeWasLossy();
        }
        long bytes = offset - acknowledged;
        buffer.drop((int) (Math.min(offset, dataEnd) - Math.max(acknowledged, 1)));
        acknowledged = offset;
        next = Math.max(next, offset);
        retries = 0;
        alarm.stop();
        output.advanced();
        if (congestion.acknowledged(offset, bytes)) {
            retransmitFirst();
        }
    }

    private void duplicate() {
        if (congestion.duplicated(acknowledged, highest)) {
            retransmitFirst();
        }
    }

    /**
     * A peer whose window is shut and who answers is alive; once the window opens, start where it
     * shut.
     */
    private void answeredProbe() {
        retries = 0;
        if (window > 0) {
            next = acknowledged;
            roundTrip.resume();
            alarm.stop();
        }
    }

    private void retransmitFirst() {
        if (acknowledged < end()) {
            emit(acknowledged, Math.max(1, window));
        }
    }

    private void send() {
        if (acknowledged == 0) {
            return;
        }
        long room = room();
        while (next < end() && worthwhile(room)) {
            next += emit(next, (int) room);
            room = room();
        }
        arm();
    }

    private long room() {
        return acknowledged + Math.min(window, congestion.size()) - next;
    }

    /**
     * Small segments only at the end of the data or when nothing is in flight (RFC 9293 section
     * 3.8.6.2.1).
     */
    private boolean worthwhile(long room) {
        boolean whole = room >= segmentSize || next + room >= end();
        return room > 0 && (whole || next == acknowledged);
    }

    /**
     * Sends what lies at the offset, at most {@code room} of sequence space, and says how much it
     * was.
     */
    private int emit(long offset, int room) {
        if (offset == 0) {
            return emit(EnumSet.of(Flag.SYN), 0, NOTHING);
        }
        int size = (int) Math.min(Math.min(segmentSize, room), dataEnd - offset);
        boolean last = offset + size == dataEnd;
        EnumSet<Flag> flags = EnumSet.of(Flag.ACK);
        if (last && size > 0) {
            flags.add(Flag.PSH);
        }
        if (last && finishing && size < room) {
            flags.add(Flag.FIN);
        }
        long first = Math.max(acknowledged, 1);
        return emit(flags, offset, buffer.copy((int) (offset - first), size));
    }

    private int emit(EnumSet<Flag> flags, long offset, byte[] data) {
        boolean occupies = flags.contains(Flag.SYN) || flags.contains(Flag.FIN);
        int length = data.length + (occupies ? 1 : 0);
        if (offset < highest) {
            measuredEnd = NONE;
        } else if (measuredEnd == NONE) {
            measuredEnd = offset + length;
            measuredSince = timeline.now();
        }
        highest = Math.max(highest, offset + length);
        output.transmit(flags, initial + (int) offset, data);
        return length;
    }

    private void arm() {
        if (acknowledged == end()) {
            alarm.stop();
            return;
        }
        if (!alarm.running()) {
            alarm.set(roundTrip.timeout());
        }
    }

    /**
     * Retransmits; with a window of zero this is the zero-window probe, one byte (RFC 9293 section
     * 3.8.6.1).
     */
    private void expired() {
        retries++;
        if (retries > (acknowledged == 0 ? SYN_RETRIES : DATA_RETRIES)) {
            output.gaveUp();
            return;
        }
        roundTrip.backOff();
        if (window > 0) {
            congestion.timedOut(highest - acknowledged, highest);
        }
        next = acknowledged;
        next += emit(next, Math.max(1, window));
        arm();
    }

    private long end() {
        return dataEnd + (finishing ? 1 : 0);
    }
}
