package cofferdam.monitor.device;

import java.util.function.LongSupplier;

/**
 * The power management ports of the PIIX4 (Intel 82371AB data sheet, section 7.2): registers, and
 * the timer of 24 bits at 3.579545 MHz.
 */
final class PowerManagement implements Registers {

    static final int PORTS = 64;

    private static final int TIMER = 0x08;
    private static final long HERTZ = 3_579_545;
    private static final long SECOND = 1_000_000_000;
    private static final int TIMER_BITS = 0x00ff_ffff;

    private final Latches others = new Latches(PORTS);
    private final LongSupplier clock;

    /** @param clock nanoseconds since 1970-01-01T00:00:00Z */
    PowerManagement(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public int read(int offset) {
        if (offset < TIMER || offset >= TIMER + Integer.BYTES) {
            return others.read(offset);
        }
        long now = clock.getAsLong();
        long ticks = now / SECOND * HERTZ + now % SECOND * HERTZ / SECOND;
        return (int) (ticks & TIMER_BITS) >>> (8 * (offset - TIMER)) & 0xff;
    }

    @Override
    public void write(int offset, int value) {
        others.write(offset, value);
    }
}
