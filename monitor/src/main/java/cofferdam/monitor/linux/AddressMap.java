package cofferdam.monitor.linux;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kernel's map of its physical addresses, {@code /proc/iomem}: a range of addresses a line, those
 * within another indented below it (Linux, kernel/resource.c). Left out are lines that the kernel
 * writes by itself and behind which nothing is: what a PCI bridge would pass on, the gap that it keeps
 * free behind memory, and what no x86 processor of AMD's can address.
 */
final class AddressMap {

    /** The most lines taken. */
    static final int MAXIMUM_LINES = 2000;

    private static final Pattern LINE =
            Pattern.compile(" *([0-9a-f]{8,12})-([0-9a-f]{8,12}) : ([ -~]{1,64})");
    private static final Pattern WINDOW =
            Pattern.compile("PCI Bus [0-9a-f]{4}:[0-9a-f]{2}|RAM buffer");

    /** AMD I/O Virtualization Technology Specification, section 2.1.2: HyperTransport's own addresses. */
    private static final Range HYPERTRANSPORT = new Range("fd00000000", "ffffffffff", "Reserved");

    private AddressMap() {}

    /**
     * A range of addresses.
     *
     * @param first in hexadecimal digits, at least eight
     * @param last both ends are of it
     * @param name what it is to the kernel
     */
    record Range(String first, String last, String name) {}

    /**
     * What is behind the addresses of a map.
     *
     * @throws IOException if it has no proper form, or too many lines
     */
    static List<Range> parse(String map) throws IOException {
        List<String> lines = map.lines().toList();
        if (lines.size() > MAXIMUM_LINES) {
            throw new IOException("the kernel's map of addresses has %d lines, more than %d"
                    .formatted(lines.size(), MAXIMUM_LINES));
        }
        List<Range> ranges = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new IOException("the kernel's map of addresses has the line '%s'"
                        .formatted(ShellText.words(line)));
            }
            Range range = new Range(matcher.group(1), matcher.group(2), matcher.group(3));
            if (!WINDOW.matcher(range.name()).matches() && !range.equals(HYPERTRANSPORT)) {
                ranges.add(range);
            }
        }
        return List.copyOf(ranges);
    }
}
