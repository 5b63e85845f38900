package cofferdam.monitor.host;

import java.util.BitSet;
import java.util.List;
import java.util.StringJoiner;

/** Numbers of frames, as ranges such as {@code 4-7,12}. */
final class FrameRanges {

    private FrameRanges() {}

    /** All numbers that are in any of these, sorted. */
    static String union(List<String> several) {
        BitSet frames = new BitSet();
        several.stream().filter(ranges -> !ranges.isEmpty()).forEach(ranges -> add(frames, ranges));
        StringJoiner union = new StringJoiner(",");
        for (int first = frames.nextSetBit(0); first >= 0; ) {
            int end = frames.nextClearBit(first);
            union.add(end == first + 1 ? "" + first : "%d-%d".formatted(first, end - 1));
            first = frames.nextSetBit(end);
        }
        return union.toString();
    }

    private static void add(BitSet frames, String ranges) {
        for (String range : ranges.split(",", -1)) {
            int dash = range.indexOf('-');
            int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
            int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
            frames.set(first, last + 1);
        }
    }
}
