package cofferdam.monitor.net;

import java.util.ArrayDeque;

/**
 * One direction of a cable of a certain bandwidth: puts one frame after the other on the wire, and
 * drops those that find the queue full (drop-tail). A frame takes with it 24 bytes that nobody
 * sees: preamble, frame check sequence and the gap between frames (IEEE Std 802.3, clauses 3 and
 * 4).
 */
final class Transmitter {

    /** The most frames that wait or are being sent. */
    static final int QUEUE = 64;

    static final int OVERHEAD = 24;

    private static final long SECOND = 1_000_000_000;

    private final long bandwidth;
    private final ArrayDeque<Long> departures = new ArrayDeque<>();

    /** @param bandwidth bits a second; 0 for a wire that takes everything at once */
    Transmitter(long bandwidth) {
        this.bandwidth = bandwidth;
    }

    /**
     * Takes a frame.
     *
     * @param now nanoseconds, never less than before
     * @return how long it is until the frame is on the wire, in nanoseconds; -1 if it is dropped
     */
    long send(long now, int bytes) {
        if (bandwidth == 0) {
            return 0;
        }
        while (!departures.isEmpty() && departures.getFirst() <= now) {
            departures.removeFirst();
        }
        if (departures.size() >= QUEUE) {
            return -1;
        }
        long begin = departures.isEmpty() ? now : departures.getLast();
        long end = begin + (bytes + OVERHEAD) * (long) Byte.SIZE * SECOND / bandwidth;
        departures.addLast(end);
        return end - now;
    }

    /** What waits is lost. */
    void clear() {
        departures.clear();
    }
}
