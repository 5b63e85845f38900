package cofferdam.monitor.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much of a guest's memory is in the host's, as the host's kernel tells of the process that runs the
 * guest ({@code smaps}, proc(5)). The guest's memory is the largest range of memory that the process
 * has; where that is a file of its own, the guest's kernel is the process's own program and belongs to it,
 * as with User-mode Linux.
 *
 * @param size of what is mapped, in bytes
 * @param used what of it has contents, in bytes
 * @param frames the host's memory that holds it, a frame that machines share counting for its part
 * @param shared how much of it lies in frames that others have too
 */
record ResidentMemory(long size, long used, long frames, long shared) {

    private static final ResidentMemory NOTHING = new ResidentMemory(0, 0, 0, 0);

    /** The first line of a range: addresses, permissions, offset, device, inode, path. */
    private static final Pattern RANGE = Pattern.compile(
            "([0-9a-f]+)-([0-9a-f]+) (\\S{4}) [0-9a-f]+ [0-9a-f]+:[0-9a-f]+ (\\d+) *(.*)");

    private static final Pattern AMOUNT = Pattern.compile("(\\w+): +(\\d{1,15}) kB");

    /**
     * Looks at a process.
     *
     * @return empty if the process has gone
     */
    static Optional<ResidentMemory> of(long process) {
        Path folder = Path.of("/proc", Long.toString(process));
        try {
            String program = Files.readSymbolicLink(folder.resolve("exe")).toString();
            return of(Files.readAllLines(folder.resolve("smaps")), program);
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** @param program the path of the program that the process runs */
    static Optional<ResidentMemory> of(List<String> smaps, String program) {
        List<Range> ranges = ranges(smaps);
        Optional<Range> largest = ranges.stream()
                .filter(Range::isMemory)
                .max((one, other) -> Long.compare(one.size(), other.size()));
        return largest.map(memory ->
                memory.path.isEmpty() ? memory.asMemory() : ofFile(ranges, memory, program));
    }

    /**
     * All frames are the guest's own: its processes on the host map the same file. What its kernel maps
     * a second time, elsewhere, is not counted twice.
     */
    private static ResidentMemory ofFile(List<Range> ranges, Range largest, String program) {
        ResidentMemory all = NOTHING;
        boolean kernel = false;
        for (Range range : ranges) {
            // What the program has beyond its file has no path and follows it.
            kernel = range.path.equals(program) || (kernel && range.path.isEmpty());
            if (kernel) {
                all = all.plus(range.size(), range.resident);
            }
        }
        for (Range range : unbroken(ranges, largest)) {
            all = all.plus(range.size(), range.resident);
        }
        return all;
    }

    /** The ranges of the same file around one, without gaps; protection divides them. */
    private static List<Range> unbroken(List<Range> ranges, Range around) {
        int first = ranges.indexOf(around);
        while (first > 0 && ranges.get(first - 1).isFollowedBy(ranges.get(first))) {
            first--;
        }
        int last = ranges.indexOf(around);
        while (last + 1 < ranges.size() && ranges.get(last).isFollowedBy(ranges.get(last + 1))) {
            last++;
        }
        return ranges.subList(first, last + 1);
    }

    private ResidentMemory plus(long more, long resident) {
        return new ResidentMemory(size + more, used + resident, frames + resident, shared);
    }

    private static List<Range> ranges(List<String> smaps) {
        List<Range> ranges = new ArrayList<>();
        for (String line : smaps) {
            Matcher range = RANGE.matcher(line);
            Matcher amount = AMOUNT.matcher(line);
            if (range.matches()) {
                ranges.add(new Range(range));
            } else if (amount.matches() && !ranges.isEmpty()) {
                ranges.getLast().take(amount.group(1), Long.parseLong(amount.group(2)) << 10);
            }
        }
        return ranges;
    }

    /** One range of the process's memory. */
    private static final class Range {

        private final long start;
        private final long end;
        private final boolean writable;
        private final boolean ofFile;
        private final String path;
        private long resident;
        private long part;
        private long own;

        Range(Matcher line) {
            start = Long.parseUnsignedLong(line.group(1), 16);
            end = Long.parseUnsignedLong(line.group(2), 16);
            writable = line.group(3).startsWith("rw");
            ofFile = !line.group(4).equals("0");
            path = line.group(5);
        }

        long size() {
            return end - start;
        }

        boolean isFollowedBy(Range next) {
            return end == next.start && path.equals(next.path);
        }

        /** Of no file, or of one that is in memory or has no name any more. */
        boolean isMemory() {
            boolean inMemory = path.endsWith(" (deleted)")
                    || path.startsWith("/dev/shm/")
                    || path.startsWith("/memfd:");
            return writable && (!ofFile ? path.isEmpty() : inMemory);
        }

        void take(String what, long bytes) {
            switch (what) {
                case "Rss" -> resident = bytes;
                case "Pss" -> part = bytes;
                case "Private_Clean", "Private_Dirty" -> own += bytes;
                default -> {
                    // The rest does not matter here.
                }
            }
        }

        ResidentMemory asMemory() {
            return new ResidentMemory(size(), resident, part, Math.max(0, resident - own));
        }
    }
}
