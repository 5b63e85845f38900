package cofferdam.monitor.device;

import java.util.Collection;
import java.util.stream.Collectors;

/** Ports or addresses, both ends included. */
record Range(long first, long last) {

    /** So many from the first on. */
    static Range of(long first, long count) {
        return new Range(first, first + count - 1);
    }

    boolean contains(long value) {
        return value >= first && value <= last;
    }

    /** As ranges of hexadecimal digits, such as {@code 3f0-3f5,3f7}. */
    static String text(Collection<Range> ranges) {
        return ranges.stream().map(Range::text).collect(Collectors.joining(","));
    }

    private String text() {
        String from = Long.toHexString(first);
        return first == last ? from : from + "-" + Long.toHexString(last);
    }
}
