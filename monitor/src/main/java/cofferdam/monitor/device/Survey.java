package cofferdam.monitor.device;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** What of one bus was read, and what of that answered. */
final class Survey {

    /** The most ranges that are told; so many fit in one line of the event log. */
    static final int MAXIMUM_RANGES = 1500;

    private final long unit;
    private final BitSet read = new BitSet();
    private final BitSet answered = new BitSet();

    /** @param unit how many addresses one bit stands for */
    Survey(long unit) {
        this.unit = unit;
    }

    void note(int number, boolean answer) {
        read.set(number);
        if (answer) {
            answered.set(number);
        }
    }

    /** What was read. Ranges beyond the limit are left out, as if they had not been read. */
    String looked() {
        return ranges(read, false);
    }

    /** What answered. Beyond the limit, one range goes from the first that is left to the last. */
    String answers() {
        return ranges(answered, true);
    }

    private String ranges(BitSet bits, boolean complete) {
        List<Range> ranges = new ArrayList<>();
        for (int first = bits.nextSetBit(0); first >= 0; ) {
            int end = bits.nextClearBit(first);
            boolean last = ranges.size() == MAXIMUM_RANGES - 1;
            if (last && complete) {
                end = bits.length();
            }
            ranges.add(new Range(first * unit, end * unit - 1));
            if (last) {
                break;
            }
            first = bits.nextSetBit(end);
        }
        return Range.text(ranges);
    }
}
