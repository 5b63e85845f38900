package cofferdam.monitor;

import java.time.Duration;

/**
 * What every cable of a host does to frames.
 *
 * @param delay one-way delay, at most {@link #MAXIMUM_DELAY}
 * @param loss probability from 0 to 1 that a frame is lost on one cable
 */
public record Wiring(Duration delay, double loss) {

    public static final Duration MAXIMUM_DELAY = Duration.ofSeconds(10);

    /** Cables of a few metres and one switch: 20 microseconds, no loss. */
    public static final Wiring LOCAL = new Wiring(Duration.ofNanos(20_000), 0);

    public Wiring {
        if (delay.isNegative() || delay.compareTo(MAXIMUM_DELAY) > 0) {
            throw new IllegalArgumentException(
                    "delay %s is not between 0 and %s".formatted(delay, MAXIMUM_DELAY));
        }
        if (!(loss >= 0 && loss <= 1)) {
            throw new IllegalArgumentException("loss %s is not between 0 and 1".formatted(loss));
        }
    }
}
