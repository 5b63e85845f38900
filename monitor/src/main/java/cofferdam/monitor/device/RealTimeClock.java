package cofferdam.monitor.device;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * The clock with its battery-backed memory (Motorola MC146818): an index register and a data
 * register. The memory has the sizes of the machine's memory at the bytes of the IBM PC AT.
 */
final class RealTimeClock implements Registers {

    private static final int BYTES = 128;
    private static final int INDEX = 0;
    private static final int NOBODY = 0xff;

    private static final int KIB = 1 << 10;
    private static final int BASE_KIB = 640;
    private static final int MAXIMUM_FIELD = 0xffff;

    private static final int STATUS_A = 0x0a;
    private static final int STATUS_D = 0x0d;
    private static final int BASE_MEMORY = 0x15;
    private static final int EXTENDED_MEMORY = 0x17;
    private static final int EXTENDED_MEMORY_FOUND = 0x30;
    private static final int CENTURY = 0x32;
    private static final int HIGH_MEMORY = 0x34;
    private static final int CHECKSUM = 0x2e;
    private static final int CHECKED_FROM = 0x10;

    private final Latches stored = new Latches(BYTES);
    private final LongSupplier clock;
    private int index;

    /**
     * A clock.
     *
     * @param memory the machine's memory in bytes
     * @param clock nanoseconds since 1970-01-01T00:00:00Z
     */
    RealTimeClock(long memory, LongSupplier clock) {
        this.clock = clock;
        // 32.768 kHz with an interrupt rate of 1024 Hz; 24 hours, BCD; the battery is good.
        stored.preset(STATUS_A, 0x26, 0x02).preset(STATUS_D, 0x80);
        word(BASE_MEMORY, BASE_KIB);
        long extended = Math.max(0, memory / KIB - KIB);
        word(EXTENDED_MEMORY, extended);
        word(EXTENDED_MEMORY_FOUND, extended);
        word(HIGH_MEMORY, Math.max(0, (memory >> 16) - 256));
        int sum = 0;
        for (int at = CHECKED_FROM; at < CHECKSUM; at++) {
            sum += stored.read(at);
        }
        stored.preset(CHECKSUM, sum >>> 8, sum);
    }

    @Override
    public int read(int offset) {
        if (offset == INDEX) {
            return NOBODY;
        }
        LocalDateTime now = LocalDateTime.ofInstant(
                Instant.ofEpochSecond(0, clock.getAsLong()), ZoneOffset.UTC);
        return switch (index) {
            case 0 -> decimal(now.getSecond());
            case 2 -> decimal(now.getMinute());
            case 4 -> decimal(now.getHour());
            case 6 -> now.getDayOfWeek().getValue() % 7 + 1;
            case 7 -> decimal(now.getDayOfMonth());
            case 8 -> decimal(now.getMonthValue());
            case 9 -> decimal(now.getYear() % 100);
            case CENTURY -> decimal(now.getYear() / 100);
            default -> stored.read(index);
        };
    }

    @Override
    public void write(int offset, int value) {
        if (offset == INDEX) {
            // The highest bit disables the non-maskable interrupt.
            index = value & (BYTES - 1);
            return;
        }
        if (index != STATUS_D) {
            stored.write(index, value);
        }
    }

    private void word(int at, long value) {
        int field = (int) Math.min(value, MAXIMUM_FIELD);
        stored.preset(at, field, field >>> 8);
    }

    private static int decimal(int value) {
        return ((value / 10) << 4) | (value % 10);
    }
}
