package cofferdam.monitor.device;

import java.util.function.LongSupplier;

/**
 * The interval timer (Intel 8254) at 1.193182 MHz: three counters that read, low byte first, what is
 * left of their count.
 */
final class IntervalTimer implements Registers {

    private static final long MICROHERTZ_PER_NANOSECOND = 1_193_182;
    private static final long SCALE = 1_000_000_000;
    private static final int CONTROL = 3;
    private static final int WHOLE_COUNT = 1 << 16;

    private final LongSupplier clock;
    private final int[] latched = new int[CONTROL];
    private final boolean[] high = new boolean[CONTROL];

    /** @param clock nanoseconds since 1970-01-01T00:00:00Z */
    IntervalTimer(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public int read(int offset) {
        if (offset == CONTROL) {
            return 0;
        }
        boolean second = high[offset];
        high[offset] = !second;
        if (second) {
            return latched[offset] >>> 8;
        }
        latched[offset] = count();
        return latched[offset] & 0xff;
    }

    /** Counts are always whole; what a system programs into them has no effect here. */
    @Override
    public void write(int offset, int value) {}

    private int count() {
        long nanoseconds = clock.getAsLong() % SCALE;
        long ticks = nanoseconds * MICROHERTZ_PER_NANOSECOND / SCALE;
        return WHOLE_COUNT - 1 - (int) (ticks % WHOLE_COUNT);
    }
}
