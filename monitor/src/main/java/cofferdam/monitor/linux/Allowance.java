package cofferdam.monitor.linux;

import cofferdam.monitor.Timeline;

/** How much of something a guest may do: so much at once, and so much more every second. */
final class Allowance {

    private static final long NANOSECONDS = 1_000_000_000;

    private final Timeline time;
    private final long atOnce;
    private final long everySecond;
    private long left;
    private long filled;

    Allowance(Timeline time, long atOnce, long everySecond) {
        this.time = time;
        this.atOnce = atOnce;
        this.everySecond = everySecond;
        left = atOnce;
        filled = time.now();
    }

    /** Uses so much of it; says whether there was as much. */
    boolean take(long amount) {
        long seconds = (time.now() - filled) / NANOSECONDS;
        filled += seconds * NANOSECONDS;
        left = seconds > atOnce ? atOnce : Math.min(atOnce, left + seconds * everySecond);
        left -= amount;
        return left >= 0;
    }
}
