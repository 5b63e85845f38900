package cofferdam.monitor.disk.integrity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Collects damaged ranges; each part's are told in order of offset. */
final class Damage {

    private final List<DamagedRange> data = new ArrayList<>();
    private final List<DamagedRange> others = new ArrayList<>();
    private long dataBytes;

    void add(DamagedRange range) {
        if (range.part() == DamagedRange.Part.DATA) {
            dataBytes += range.length();
            join(data, range);
        } else {
            join(others, range);
        }
    }

    private static void join(List<DamagedRange> ranges, DamagedRange next) {
        if (!ranges.isEmpty()) {
            DamagedRange last = ranges.getLast();
            if (last.part() == next.part() && last.offset() + last.length() == next.offset()) {
                ranges.removeLast();
                ranges.add(new DamagedRange(
                        last.part(), last.offset(), last.length() + next.length()));
                return;
            }
        }
        if (ranges.size() < Verification.MOST) {
            ranges.add(next);
        }
    }

    Verification result() {
        List<DamagedRange> all = Stream.concat(data.stream(), others.stream())
                .sorted(Comparator.comparingLong(DamagedRange::offset))
                .toList();
        return new Verification(all, dataBytes);
    }
}
