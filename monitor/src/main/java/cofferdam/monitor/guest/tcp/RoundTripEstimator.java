package cofferdam.monitor.guest.tcp;

import java.time.Duration;

/**
 * The retransmission timeout from measured round-trip times (RFC 6298). The least timeout is that
 * of Linux, 200 ms, where section 2.4 would have one second. The caller measures only segments that
 * were sent once (Karn's algorithm, section 3).
 */
final class RoundTripEstimator {

    static final Duration INITIAL = Duration.ofSeconds(1);
    static final Duration MINIMUM = Duration.ofMillis(200);
    static final Duration MAXIMUM = Duration.ofSeconds(60);

    /** The timeout for data when the SYN was lost (section 5.7). */
    static final Duration AFTER_LOST_SYN = Duration.ofSeconds(3);

    private static final long GRANULARITY_NANOS = 1_000_000;

    private long smoothed;
    private long variation;
    private boolean measured;
    private long timeout = INITIAL.toNanos();

    Duration timeout() {
        return Duration.ofNanos(timeout);
    }

    void sample(long nanos) {
        if (measured) {
            variation = (3 * variation + Math.abs(smoothed - nanos)) / 4;
            smoothed = (7 * smoothed + nanos) / 8;
        } else {
            smoothed = nanos;
            variation = nanos / 2;
            measured = true;
        }
        resume();
    }

    /** Doubles the timeout after an expiry (section 5.5). */
    void backOff() {
        timeout = Math.min(2 * timeout, MAXIMUM.toNanos());
    }

    /** Takes the doubling back. */
    void resume() {
        long estimate = measured
                ? smoothed + Math.max(GRANULARITY_NANOS, 4 * variation)
                : INITIAL.toNanos();
        timeout = Math.clamp(estimate, MINIMUM.toNanos(), MAXIMUM.toNanos());
    }

    /** The handshake needed a retransmission, so nothing is known of the way. */
    void handshakeWasLossy() {
        timeout = AFTER_LOST_SYN.toNanos();
    }
}
