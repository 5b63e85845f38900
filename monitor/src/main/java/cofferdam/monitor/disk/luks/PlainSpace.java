package cofferdam.monitor.disk.luks;

import cofferdam.monitor.disk.PlainRange;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Orders what is known to be plain, and names what is left between it. */
final class PlainSpace {

    private PlainSpace() {}

    /**
     * The plain ranges of a volume of this size: none overlap, and all that is not the payload is
     * in one.
     */
    static List<PlainRange> of(long size, LuksHeader header) {
        Payload payload = header.payload();
        boolean nothing = CipherMode.named(payload.cipher())
                .filter(mode -> mode == CipherMode.NONE)
                .isPresent();
        List<PlainRange> known = new ArrayList<>(header.structures());
        String name = nothing ? "data under a null cipher" : "";
        known.add(new PlainRange(name, Math.min(size, payload.offset()), payload.size()));
        known.sort(Comparator.comparingLong(PlainRange::offset));
        List<PlainRange> ranges = new ArrayList<>();
        long done = 0;
        for (PlainRange range : known) {
            long start = Math.max(done, Math.min(size, range.offset()));
            long stop = Math.min(size, range.offset() + range.length());
            if (stop <= start) {
                continue;
            }
            unused(ranges, done, start);
            if (!range.name().isEmpty()) {
                ranges.add(new PlainRange(range.name(), start, stop - start));
            }
            done = stop;
        }
        unused(ranges, done, size);
        return ranges;
    }

    private static void unused(List<PlainRange> ranges, long from, long to) {
        if (to > from) {
            ranges.add(new PlainRange("unused space", from, to - from));
        }
    }
}
