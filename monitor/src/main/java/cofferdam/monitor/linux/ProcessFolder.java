package cofferdam.monitor.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the host's kernel tells of a process: its folder below {@code /proc} (proc(5)). */
record ProcessFolder(long process) {

    /** The most of a process's memory that is read, in bytes that are not zero. */
    static final int MAXIMUM_READ = 256 << 20;

    private static final int PAGE = 4096;
    private static final int CHUNK = 1 << 20;

    /** A line of {@code maps}: range, permissions, offset, device, inode, path. */
    private static final Pattern MAP = Pattern.compile(
            "([0-9a-f]+)-([0-9a-f]+) (\\S{4}) [0-9a-f]+ [0-9a-f]+:[0-9a-f]+ (\\d+) *(.*)");

    /** A line of {@code fdinfo}: {@code lock: 1: OFDLCK ADVISORY READ -1 08:01:1234 100 101}. */
    private static final Pattern LOCK = Pattern.compile("lock:\\s+\\d+: (\\S+) .*");

    private Path folder() {
        return Path.of("/proc", Long.toString(process));
    }

    /** What is open, by descriptor: a path, or a kind and a number such as {@code socket:[123]}. */
    TreeMap<Integer, String> open() throws IOException {
        TreeMap<Integer, String> open = new TreeMap<>();
        try (Stream<Path> entries = Files.list(folder().resolve("fd"))) {
            for (Path entry : entries.toList()) {
                // A descriptor may be closed while the folder is read.
                if (Files.isSymbolicLink(entry)) {
                    open.put(
                            Integer.parseInt(entry.getFileName().toString()),
                            Files.readSymbolicLink(entry).toString());
                }
            }
        }
        return open;
    }

    /** Whether the open file has locks of its own. */
    boolean locks(int descriptor) throws IOException {
        Path info = folder().resolve("fdinfo").resolve(Integer.toString(descriptor));
        return Files.readString(info)
                .lines()
                .anyMatch(line -> LOCK.matcher(line).matches());
    }

    /** The names of its threads, each with its number before it. */
    List<String> threads() throws IOException {
        List<String> threads = new ArrayList<>();
        try (Stream<Path> tasks = Files.list(folder().resolve("task"))) {
            for (Path task : tasks.sorted().toList()) {
                String name = Files.readString(task.resolve("comm")).strip();
                threads.add("%s %s".formatted(task.getFileName(), name));
            }
        }
        return threads;
    }

    /**
     * A range of its memory.
     *
     * @param start its first address
     * @param end the address behind its last
     */
    record Range(long start, long end) {
        long size() {
            return end - start;
        }

        String words() {
            return "%x-%x".formatted(start, end);
        }
    }

    /**
     * What is mapped to be read and written, but for files on a disk: its own memory, and that of what
     * it runs.
     */
    List<Range> writable() throws IOException {
        List<Range> ranges = new ArrayList<>();
        for (String line : Files.readAllLines(folder().resolve("maps"))) {
            Matcher matcher = MAP.matcher(line);
            if (matcher.matches() && matcher.group(3).startsWith("rw") && isMemory(matcher)) {
                ranges.add(new Range(
                        Long.parseUnsignedLong(matcher.group(1), 16),
                        Long.parseUnsignedLong(matcher.group(2), 16)));
            }
        }
        return ranges;
    }

    /** Of no file, or of one that is only in memory or has no name any more. */
    private static boolean isMemory(Matcher map) {
        String path = map.group(5);
        return map.group(4).equals("0")
                || path.endsWith("(deleted)")
                || path.startsWith("/dev/shm/")
                || path.startsWith("/memfd:");
    }

    /** The largest range of its memory: what a monitor gives to its guest. */
    Optional<Range> largest() throws IOException {
        return writable().stream().max((one, other) -> Long.compare(one.size(), other.size()));
    }

    /**
     * What was read of a process's memory.
     *
     * @param omitted what was not, and why; empty if all was
     */
    record Contents(List<ByteBuffer> pages, String omitted) {
        Contents {
            pages = List.copyOf(pages);
        }

        byte[] bytes() {
            ByteBuffer all = ByteBuffer.allocate(pages.size() * PAGE);
            pages.forEach(page -> all.put(page.duplicate()));
            return all.array();
        }
    }

    /**
     * Reads its memory, page by page in the order of addresses; pages of zeros, which tell nothing, are
     * left out.
     *
     * @throws IOException if the kernel does not let this user
     */
    Contents read() throws IOException {
        List<ByteBuffer> pages = new ArrayList<>();
        List<Range> ranges = writable();
        try (FileChannel memory =
                FileChannel.open(folder().resolve("mem"), StandardOpenOption.READ)) {
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
            for (Range range : ranges) {
                for (long at = range.start(); at < range.end(); at += CHUNK) {
                    chunk.clear().limit((int) Math.min(CHUNK, range.end() - at));
                    if (!fill(memory, chunk, at)) {
                        break;
                    }
                    collect(chunk.flip(), pages);
                    if ((long) pages.size() * PAGE > MAXIMUM_READ) {
                        return new Contents(
                                pages.subList(0, MAXIMUM_READ / PAGE),
                                "it has more than %d bytes, the rest was not read"
                                        .formatted(MAXIMUM_READ));
                    }
                }
            }
        }
        return new Contents(pages, "");
    }

    /** A range may be gone again, or not readable in spite of what the kernel says of it. */
    private static boolean fill(FileChannel memory, ByteBuffer chunk, long at) throws IOException {
        long position = at;
        while (chunk.hasRemaining()) {
            int count;
            try {
                count = memory.read(chunk, position);
            } catch (IOException unmapped) {
                return false;
            }
            if (count <= 0) {
                return false;
            }
            position += count;
        }
        return true;
    }

    private static void collect(ByteBuffer chunk, List<ByteBuffer> pages) {
        for (int at = 0; at + PAGE <= chunk.limit(); at += PAGE) {
            ByteBuffer page = chunk.slice(at, PAGE);
            if (page.mismatch(ByteBuffer.wrap(ZEROS)) >= 0) {
                byte[] copy = new byte[PAGE];
                page.get(copy);
                pages.add(ByteBuffer.wrap(copy).asReadOnlyBuffer());
            }
        }
    }

    private static final byte[] ZEROS = new byte[PAGE];

    /** What is in the host's memory of it now, in bytes ({@code VmRSS} of {@code status}). */
    long resident() throws IOException {
        return Files.readAllLines(folder().resolve("status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(Long::parseLong)
                .map(kibibytes -> kibibytes << 10)
                .findFirst()
                .orElse(0);
    }
}
