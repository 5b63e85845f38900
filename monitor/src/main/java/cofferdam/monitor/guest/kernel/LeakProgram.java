package cofferdam.monitor.guest.kernel;

/**
 * Reserves pages, writes to each, and never frees any. Three of four hold what all such programs
 * write; the fourth is unlike any other.
 */
final class LeakProgram implements Program {

    private static final int AT_ONCE = 256;
    private static final int UNLIKE = 4;
    private static final byte[] ALIKE = Ram.filled(0xa5a5_a5a5_a5a5_a5a5L);

    /**
     * What it computes for a page: at least 20 microseconds; and so much that it takes some seconds
     * to fill a memory of any size.
     */
    private static final long LEAST_WORK = 20 * Cost.PER_MICROSECOND;

    private static final long FILLING = 4_000_000 * Cost.PER_MICROSECOND;

    private final SystemCalls calls;
    private final long first;
    private final long work;
    private int next;

    LeakProgram(SystemCalls calls, long first, int machinePages) {
        this.calls = calls;
        this.first = first;
        this.work = Math.max(LEAST_WORK, FILLING / machinePages);
    }

    @Override
    public void step(Task self, long cycles) {
        long left = cycles;
        for (int page = 0; page < AT_ONCE && (page == 0 || left > 0); page++) {
            if (next == PageTables.MAXIMUM_PAGES) {
                calls.fault(self, "it has all the pages that a process can have");
                return;
            }
            boolean unlike = next % UNLIKE == UNLIKE - 1;
            calls.write(self, next, 0, unlike ? Ram.filled(first + next) : ALIKE);
            calls.compute(work);
            next++;
            left -= work;
        }
    }
}
