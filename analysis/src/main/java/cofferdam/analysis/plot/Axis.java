package cofferdam.analysis.plot;

import java.util.ArrayList;
import java.util.List;

/**
 * A scale from 0 to a maximum along a length on paper.
 *
 * @param unit how much of what is measured makes 1 of what is written
 * @param start where 0 is
 * @param end where the maximum is
 */
record Axis(long maximum, long unit, int start, int end) {

    private static final int MOST_TICKS = 8;
    private static final long DECADE = 10;

    Axis {
        if (maximum <= 0 || unit <= 0) {
            throw new IllegalArgumentException(
                    "an axis up to %d in units of %d".formatted(maximum, unit));
        }
    }

    /** Where a value is, in hundredths. */
    private long hundredths(long value) {
        long length = (long) end - start;
        // In two parts, so that no product exceeds 64 bits for any maximum below 2^50.
        long scaled = Math.clamp(value, 0, maximum);
        return start * 100L
                + length * (scaled * 100 / maximum)
                + length * (scaled * 100 % maximum) / maximum;
    }

    /** Where a value is, with two decimals. */
    String place(long value) {
        long at = hundredths(value);
        return "%d.%02d".formatted(at / 100, at % 100);
    }

    /** The values, in units, at which the axis is marked: 1, 2 or 5 times a power of ten apart. */
    List<Long> ticks() {
        long most = maximum / unit;
        long step = step(Math.max(1, most));
        List<Long> ticks = new ArrayList<>();
        for (long tick = 0; tick <= most; tick += step) {
            ticks.add(tick);
        }
        return ticks;
    }

    private static long step(long most) {
        long decade = 1;
        while (most / decade > MOST_TICKS * DECADE) {
            decade *= DECADE;
        }
        for (long factor : new long[] {1, 2, 5, DECADE}) {
            if (most / (factor * decade) <= MOST_TICKS) {
                return factor * decade;
            }
        }
        return decade * DECADE;
    }
}
