package cofferdam.monitor.guest.tcp;

/**
 * How much may be in flight: slow start, congestion avoidance and fast retransmit (RFC 5681), with
 * the partial acknowledgments of NewReno (RFC 6582). Places in the stream are offsets as in {@link
 * Sender}; sizes are bytes.
 */
final class CongestionWindow {

    static final int INITIAL_SEGMENTS = 3;
    static final int DUPLICATES_OF_A_LOSS = 3;
    static final int MAXIMUM = 1 << 20;

    private final int segment;
    private int size;
    private int threshold = MAXIMUM;
    private int duplicates;
    private boolean recovering;
    private long recover;

    CongestionWindow(int segment) {
        this.segment = segment;
        this.size = INITIAL_SEGMENTS * segment;
    }

    int size() {
        return size;
    }

    /**
     * New data was acknowledged.
     *
     * @return whether the first segment that is now not acknowledged is lost as well
     */
    boolean acknowledged(long upTo, long bytes) {
        duplicates = 0;
        if (recovering) {
            return recovered(upTo, bytes);
        }
        long growth = size < threshold
                ? Math.min(bytes, segment)
                : Math.max(1, (long) segment * segment / size);
        size = (int) Math.min(size + growth, MAXIMUM);
        return false;
    }

    private boolean recovered(long upTo, long bytes) {
        if (upTo >= recover) {
            recovering = false;
            size = threshold;
            return false;
        }
        size = (int) Math.max(segment, size - bytes + segment);
        return true;
    }

    /**
     * A duplicate acknowledgment came.
     *
     * @param acknowledged the offset that it acknowledges once more
     * @param highest the offset behind everything sent
     * @return whether it proves a loss, so that the first segment in flight must be sent again
     */
    boolean duplicated(long acknowledged, long highest) {
        duplicates++;
        if (recovering) {
            size = Math.min(size + segment, MAXIMUM);
            return false;
        }
        if (duplicates != DUPLICATES_OF_A_LOSS || acknowledged <= recover) {
            return false;
        }
        halve(highest - acknowledged);
        size = threshold + DUPLICATES_OF_A_LOSS * segment;
        recovering = true;
        recover = highest;
        return true;
    }

    /** The retransmission timer expired. */
    void timedOut(long flight, long highest) {
        halve(flight);
        size = segment;
        duplicates = 0;
        recovering = false;
        recover = highest;
    }

    private void halve(long flight) {
        threshold = (int) Math.max(flight / 2, 2L * segment);
    }
}
