package cofferdam.monitor.guest.kernel;

/** What the kernel's own work takes, in cycles of a processor of two gigahertz. */
final class Cost {

    static final long TICK = 5_000;
    static final long SWITCH = 2_000;
    static final long STEP = 100;
    static final long PAGE_FAULT = 2_500;
    static final long CLEAR = 500;
    static final long ACCESS = 100;
    static final long COPY = 1_000;
    static final long RECLAIM = 500;
    static final long FORK = 200_000;
    static final long SYSTEM_CALL = 1_000;

    /** A page to or from the swap device: about 80 MB a second, in clusters. */
    static final long SWAP = 100_000;

    static final long PER_MICROSECOND = 2_000;

    private static final long NANOSECONDS_IN_MICROSECOND = 1_000;

    private Cost() {}

    static long nanoseconds(long cycles) {
        return cycles * NANOSECONDS_IN_MICROSECOND / PER_MICROSECOND;
    }

    static long cycles(long nanoseconds) {
        return nanoseconds * PER_MICROSECOND / NANOSECONDS_IN_MICROSECOND;
    }
}
