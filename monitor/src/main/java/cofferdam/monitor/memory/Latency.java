package cofferdam.monitor.memory;

import java.util.SplittableRandom;

/**
 * How long accesses take, in cycles: distributions with the median and the tail that were measured
 * for kernel same-page merging on a processor of 2.6 GHz, 4 KiB pages. Half of the measured first
 * writes to a private page took 78 to 130 cycles and 99 % at most about 1,000; half of those that
 * broke a share took 4,700 to 5,200, 90 % at most 5,900 and 99 % at most about 12,000.
 */
final class Latency {

    /** A read of a page that is there, shared or not. */
    static final long READ = 52;

    /** A write to the page that was written last. */
    static final long SECOND_WRITE = 52;

    private static final int THOUSAND = 1000;

    // From a value up to but not including another.
    private static final int PRIVATE_LEAST = 78;
    private static final int PRIVATE_MOST = 131;
    private static final int PRIVATE_TAIL_LEAST = 800;
    private static final int PRIVATE_TAIL_MOST = 1001;
    private static final int BREAK_LEAST = 4700;
    private static final int BREAK_USUAL_MOST = 5201;
    private static final int BREAK_SLOW_MOST = 5901;
    private static final int BREAK_TAIL_LEAST = 11_500;
    private static final int BREAK_TAIL_MOST = 12_501;
    private static final int TOUCH_LEAST = 2900;
    private static final int TOUCH_MOST = 3601;
    // Five milliseconds of a disk at two gigahertz.
    private static final int SWAP_IN_LEAST = 9_500_000;
    private static final int SWAP_IN_MOST = 10_500_001;

    // Of a thousand:
    private static final int PRIVATE_BODY = 988;
    private static final int BREAK_USUAL = 850;
    private static final int BREAK_BODY = 989;

    private final SplittableRandom random;

    Latency(long seed) {
        random = new SplittableRandom(seed);
    }

    /** A write to a private page that was not the last one written. */
    long privateWrite() {
        return random.nextInt(THOUSAND) < PRIVATE_BODY
                ? random.nextInt(PRIVATE_LEAST, PRIVATE_MOST)
                : random.nextInt(PRIVATE_TAIL_LEAST, PRIVATE_TAIL_MOST);
    }

    /** A write to a page that the monitor has write-protected. */
    long protectedWrite() {
        int rank = random.nextInt(THOUSAND);
        if (rank < BREAK_USUAL) {
            return random.nextInt(BREAK_LEAST, BREAK_USUAL_MOST);
        }
        return rank < BREAK_BODY
                ? random.nextInt(BREAK_USUAL_MOST, BREAK_SLOW_MOST)
                : random.nextInt(BREAK_TAIL_LEAST, BREAK_TAIL_MOST);
    }

    /** The first access to a page that has no contents. */
    long firstTouch() {
        return random.nextInt(TOUCH_LEAST, TOUCH_MOST);
    }

    /** An access to a page that is in the host's swap file. */
    long swapIn() {
        return random.nextInt(SWAP_IN_LEAST, SWAP_IN_MOST);
    }
}
