package cofferdam.monitor.guest.tcp;

import cofferdam.monitor.packet.TcpSegment;
import cofferdam.monitor.packet.TcpSegment.Flag;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The receiving half of a connection: bytes in order that the application has not read, segments
 * that came before their turn, and the window that the peer was promised. Places in the stream are
 * offsets from the peer's initial sequence number: 0 is its SYN, 1 its first byte.
 */
final class ReceiveBuffer {

    /** The most bytes in order that wait for the application; the window is never larger. */
    static final int CAPACITY = 32_768;

    /** The most segments that wait for an earlier one. */
    static final int MAXIMUM_EARLY_SEGMENTS = 64;

    /**
     * A window grows by at least this much, lest the peer send small segments (RFC 9293 section
     * 3.8.6.2.2).
     */
    private static final int LEAST_GROWTH = Sender.MAXIMUM_SEGMENT;

    private static final long UNKNOWN = -1;

    private final ArrayDeque<byte[]> ready = new ArrayDeque<>();
    private final TreeMap<Long, byte[]> early = new TreeMap<>();
    private int readyBytes;
    private int initial;
    private boolean started;
    private long next;
    private long edge;
    private long finish = UNKNOWN;
    private boolean finished;

    /** The peer's SYN came. */
    void start(int initialSequence) {
        initial = initialSequence;
        started = true;
        next = 1;
        edge = next + CAPACITY;
    }

    boolean started() {
        return started;
    }

    /** Whether everything up to the peer's FIN has come. */
    boolean finished() {
        return finished;
    }

    /** Whether the application has bytes to read. */
    boolean readable() {
        return readyBytes > 0;
    }

    /** The next sequence number that is expected (RCV.NXT). */
    int acknowledgment() {
        return initial + (int) next;
    }

    /** The window for a segment that is being sent; the peer may rely on it from now on. */
    int advertise() {
        if (!started) {
            return CAPACITY;
        }
        if (growth() >= LEAST_GROWTH) {
            edge += growth();
        }
        return promised();
    }

    /**
     * Whether the application has read so much that the peer should be told of the larger window.
     */
    boolean windowHasGrown() {
        return started && !finished && growth() >= LEAST_GROWTH;
    }

    private long growth() {
        return next + CAPACITY - readyBytes - edge;
    }

    private int promised() {
        return (int) Math.max(0, edge - next);
    }

    /**
     * Whether any part of the segment lies in the window (RFC 9293 section 3.10.7.4). With a window
     * of zero, what is next in order is let through for its acknowledgment; its data is not kept.
     */
    boolean acceptable(TcpSegment segment) {
        int window = promised();
        int distance = distance(segment);
        if (window == 0) {
            return distance == 0;
        }
        int last = distance + Math.max(0, segment.sequenceLength() - 1);
        return (distance >= 0 && distance < window) || (last >= 0 && last < window);
    }

    /** How far before (negative) or behind the next expected number the segment begins. */
    int distance(TcpSegment segment) {
        return segment.sequence() - acknowledgment();
    }

    /** Keeps what is new of an acceptable segment's data and remembers its FIN. */
    void accept(TcpSegment segment) {
        byte[] data = segment.data();
        int distance = distance(segment) + (segment.has(Flag.SYN) ? 1 : 0);
        if (segment.has(Flag.FIN) && distance + data.length < promised()) {
            finish = next + distance + data.length;
        }
        int from = Math.max(0, -distance);
        int to = Math.min(data.length, promised() - distance);
        if (from < to) {
            keep(next + distance + from, Arrays.copyOfRange(data, from, to));
        }
        deliverInOrder();
    }

    private void keep(long offset, byte[] data) {
        byte[] known = early.get(offset);
        boolean longer = known == null || known.length < data.length;
        boolean room = offset == next || known != null || early.size() < MAXIMUM_EARLY_SEGMENTS;
        if (longer && room) {
            early.put(offset, data);
        }
    }

    private void deliverInOrder() {
        while (!early.isEmpty() && early.firstKey() <= next) {
            Map.Entry<Long, byte[]> first = early.pollFirstEntry();
            int known = (int) (next - first.getKey());
            if (known < first.getValue().length) {
                deliver(Arrays.copyOfRange(first.getValue(), known, first.getValue().length));
            }
        }
        if (finish == next && !finished) {
            finished = true;
            next++;
        }
    }

    private void deliver(byte[] data) {
        ready.add(data);
        readyBytes += data.length;
        next += data.length;
    }

    /**
     * Takes the bytes of one or more segments in order, at most {@code maximum}; empty if there are
     * none.
     */
    byte[] read(int maximum) {
        byte[] bytes = new byte[Math.min(maximum, readyBytes)];
        int filled = 0;
        while (filled < bytes.length) {
            byte[] first = ready.removeFirst();
            int taken = Math.min(first.length, bytes.length - filled);
            System.arraycopy(first, 0, bytes, filled, taken);
            filled += taken;
            if (taken < first.length) {
                ready.addFirst(Arrays.copyOfRange(first, taken, first.length));
            }
        }
        readyBytes -= filled;
        return bytes;
    }
}
