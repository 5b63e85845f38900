package cofferdam.monitor;

import java.time.Duration;

/**
 * What every cable of a host does to frames. A monitor's channels between guests and its fabric are
 * no cables: they take everything at once. The cable of a machine outside carries {@link #OUTSIDE}
 * times as much as the others, so that it is not what machines contend for.
 *
 * @param delay one-way delay, at most {@link #MAXIMUM_DELAY}
 * @param loss probability from 0 to 1 that a frame is lost on one cable
 * @param bandwidth bits a second in each direction, at most {@link #MAXIMUM_BANDWIDTH}; 0 without
 *     limit
 */
public record Wiring(Duration delay, double loss, long bandwidth) {

    public static final Duration MAXIMUM_DELAY = Duration.ofSeconds(10);

    /** A hundred thousand million bits a second. */
    public static final long MAXIMUM_BANDWIDTH = 100_000_000_000L;

    /** How many times as much the cable of a machine outside carries. */
    public static final int OUTSIDE = 10;

    /** Cables of a few metres and one switch: 20 microseconds, no loss, no limit. */
    public static final Wiring LOCAL = new Wiring(Duration.ofNanos(20_000), 0, 0);

    public Wiring {
        if (delay.isNegative() || delay.compareTo(MAXIMUM_DELAY) > 0) {
            throw new IllegalArgumentException(
                    "delay %s is not between 0 and %s".formatted(delay, MAXIMUM_DELAY));
        }
        if (!(loss >= 0 && loss <= 1)) {
            throw new IllegalArgumentException("loss %s is not between 0 and 1".formatted(loss));
        }
        if (bandwidth < 0 || bandwidth > MAXIMUM_BANDWIDTH) {
            throw new IllegalArgumentException(
                    "bandwidth %d is not between 0 and %d".formatted(bandwidth, MAXIMUM_BANDWIDTH));
        }
    }

    /** Cables without limit. */
    public Wiring(Duration delay, double loss) {
        this(delay, loss, 0);
    }
}
