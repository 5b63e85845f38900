package cofferdam.monitor.schedule;

/**
 * Holds a use to a rate, with bursts: the generic cell rate algorithm in its form as virtual
 * scheduling (ITU-T Recommendation I.371, annex A), for uses of any size. A use is in time when
 * what came before it has been worked off at the rate but for at most the burst.
 */
public final class TokenBucket {

    /** The most units a second. */
    public static final long MAXIMUM_RATE = 1_000_000_000_000L;

    /** The most units at once. */
    public static final long MAXIMUM_USE = 1L << 30;

    private static final long SECOND = 1_000_000_000;

    private final long rate;
    private final long tolerance;
    private long workedOff = Long.MIN_VALUE;
    private long remainder;

    /**
     * A bucket that is full.
     *
     * @param rate units a second, from 1 to {@link #MAXIMUM_RATE}
     * @param burst units, from 1 to {@link #MAXIMUM_USE}
     */
    public TokenBucket(long rate, long burst) {
        if (rate < 1 || rate > MAXIMUM_RATE) {
            throw new IllegalArgumentException(
                    "rate %d is not between 1 and %d".formatted(rate, MAXIMUM_RATE));
        }
        this.rate = rate;
        tolerance = Math.multiplyExact(checked(burst), SECOND) / rate;
    }

    /**
     * Takes the units if the use is in time, and says whether it was.
     *
     * @param now nanoseconds, never less than before
     */
    public boolean take(long now, long units) {
        boolean inTime = admission(now) == now;
        if (inTime) {
            use(now, units);
        }
        return inTime;
    }

    /**
     * Takes the units, and says when the use is in time.
     *
     * @param now nanoseconds, never less than before
     * @return nanoseconds, at least now
     */
    public long reserve(long now, long units) {
        long admission = admission(now);
        use(now, units);
        return admission;
    }

    private long admission(long now) {
        return workedOff <= now ? now : Math.max(now, workedOff - tolerance);
    }

    private void use(long now, long units) {
        if (workedOff < now) {
            workedOff = now;
            remainder = 0;
        }
        long scaled = Math.addExact(checked(units) * SECOND, remainder);
        workedOff = Math.addExact(workedOff, scaled / rate);
        remainder = scaled % rate;
    }

    private static long checked(long units) {
        if (units < 1 || units > MAXIMUM_USE) {
            throw new IllegalArgumentException(
                    "%d units are not between 1 and %d".formatted(units, MAXIMUM_USE));
        }
        return units;
    }
}
