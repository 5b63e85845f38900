package cofferdam.monitor.net;

import cofferdam.monitor.schedule.TokenBucket;

import java.util.function.LongSupplier;

/**
 * Holds guests' ports to a rate in both directions: a policer, which drops what is not in time. A
 * port that was quiet may send or be sent a burst of a tenth of a second's worth, or of ten of the
 * longest frames if that is more.
 */
final class RateLimit implements IngressFilter {

    static final String NAME = "rate-limit";

    private static final int BURSTS_PER_SECOND = 10;
    private static final long MINIMUM_BURST = 10 * 1518 * 8;

    private final LongSupplier clock;
    private final TokenBucket[] fromPorts = new TokenBucket[Segment.MAXIMUM_PORTS];
    private final TokenBucket[] toPorts = new TokenBucket[Segment.MAXIMUM_PORTS];

    /** @param rate bits a second, of frames without preamble and gap */
    RateLimit(long rate, LongSupplier clock) {
        this.clock = clock;
        long burst = Math.max(MINIMUM_BURST, rate / BURSTS_PER_SECOND);
        for (int port = 0; port < Segment.MAXIMUM_PORTS; port++) {
            fromPorts[port] = bucket(rate, burst);
            toPorts[port] = bucket(rate, burst);
        }
    }

    private static TokenBucket bucket(long rate, long burst) {
        return new TokenBucket(rate, Math.min(TokenBucket.MAXIMUM_USE, burst));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean passes(FabricPort ingress, byte[] buffer, int offset, int length) {
        return take(fromPorts[ingress.number()], length);
    }

    /** Whether a frame of so many bytes may leave by the port; those of guests alone are limited. */
    boolean passesTo(FabricPort egress, int length) {
        return !egress.isGuest() || take(toPorts[egress.number()], length);
    }

    private boolean take(TokenBucket bucket, int length) {
        return bucket.take(clock.getAsLong(), (long) length * Byte.SIZE);
    }
}
