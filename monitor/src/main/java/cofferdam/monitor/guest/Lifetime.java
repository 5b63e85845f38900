package cofferdam.monitor.guest;

/**
 * Until when something that a router said holds.
 *
 * @param end nanoseconds since 1970-01-01T00:00:00Z
 */
record Lifetime(long end) {

    /** It holds for ever. */
    static final Lifetime ENDLESS = new Lifetime(Long.MAX_VALUE);

    /** A number of 32 bits, all ones: for ever (RFC 4861 section 4.6.2). */
    private static final long INFINITY = 0xffff_ffffL;

    private static final long SECOND = 1_000_000_000L;
    private static final long TWO_HOURS = 7200 * SECOND;

    /** So many seconds from now on. */
    static Lifetime of(long seconds, long now) {
        return seconds == INFINITY ? ENDLESS : new Lifetime(now + seconds * SECOND);
    }

    boolean lasts(long now) {
        return now < end;
    }

    /** The new one, if it is longer than two hours or than what remains; never less than those. */
    Lifetime renewed(Lifetime next, long now) {
        long least = now + TWO_HOURS;
        if (next.end > least || next.end > end) {
            return next;
        }
        return end <= least ? this : new Lifetime(least);
    }
}
