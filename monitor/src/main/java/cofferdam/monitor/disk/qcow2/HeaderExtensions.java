package cofferdam.monitor.disk.qcow2;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.Problem;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What follows the fixed header in the first cluster (section <i>Header extensions</i>). Extensions
 * without a meaning here are passed over.
 *
 * @param backingFormat empty if none is declared
 * @param dataFile name of the external data file; empty if none is given
 * @param encryption where the encryption header is
 */
record HeaderExtensions(
        String backingFormat,
        String dataFile,
        @Nullable Place encryption,
        @Nullable Bitmaps bitmaps) {

    static final int BACKING_FORMAT = 0xe2792aca;
    static final int FEATURE_NAMES = 0x6803f857;
    static final int BITMAPS = 0x23852875;
    static final int ENCRYPTION = 0x0537be77;
    static final int DATA_FILE = 0x44415441;

    private static final int END = 0;
    private static final int PREFIX = 8;
    private static final int MOST_NAME = 1023;

    /** A run of bytes in the file, unchecked. */
    record Place(long offset, long length) {}

    /** Where the bitmap directory is, unchecked. */
    record Bitmaps(long count, long directorySize, long directoryOffset) {}

    /** Reads what is there; what contradicts becomes a problem and ends the reading. */
    static HeaderExtensions read(ByteSource file, Qcow2Header header, List<Problem> problems)
            throws IOException {
        byte[] cluster = file.read(0, end(file, header));
        HeaderExtensions found = new HeaderExtensions("", "", null, null);
        int at = header.length();
        while (at + PREFIX <= cluster.length) {
            int type = BigEndian.integer(cluster, at);
            long length = BigEndian.unsigned(cluster, at + 4);
            if (type == END) {
                return found;
            }
            if (length > cluster.length - at - PREFIX) {
                problems.add(problem("extension 0x%08x of %d bytes at %d does not fit"
                        .formatted(type, length, at)));
                return found;
            }
            found = found.with(type, cluster, at + PREFIX, (int) length, problems);
            at = (int) Math.min(cluster.length, (at + PREFIX + length + 7) & ~7L);
        }
        return found;
    }

    private static int end(ByteSource file, Qcow2Header header) {
        long end = Math.min(file.size(), header.clusterSize());
        long name = header.backingOffset();
        return (int) (name > header.length() && name < end ? name : end);
    }

    private HeaderExtensions with(
            int type, byte[] bytes, int at, int length, List<Problem> problems) {
        return switch (type) {
            case BACKING_FORMAT ->
                new HeaderExtensions(
                        text(bytes, at, length, problems), dataFile, encryption, bitmaps);
            case DATA_FILE ->
                new HeaderExtensions(
                        backingFormat, text(bytes, at, length, problems), encryption, bitmaps);
            case ENCRYPTION -> {
                if (length < 16) {
                    problems.add(problem("the encryption pointer has %d bytes".formatted(length)));
                    yield this;
                }
                Place place =
                        new Place(BigEndian.number(bytes, at), BigEndian.number(bytes, at + 8));
                yield new HeaderExtensions(backingFormat, dataFile, place, bitmaps);
            }
            case BITMAPS -> {
                if (length < 24) {
                    problems.add(problem("the bitmaps extension has %d bytes".formatted(length)));
                    yield this;
                }
                Bitmaps directory = new Bitmaps(
                        BigEndian.unsigned(bytes, at),
                        BigEndian.number(bytes, at + 8),
                        BigEndian.number(bytes, at + 16));
                yield new HeaderExtensions(backingFormat, dataFile, encryption, directory);
            }
            default -> this;
        };
    }

    private static String text(byte[] bytes, int at, int length, List<Problem> problems) {
        if (length > MOST_NAME) {
            problems.add(problem("a name has %d bytes, at most %d".formatted(length, MOST_NAME)));
        }
        return new String(bytes, at, Math.min(length, MOST_NAME), StandardCharsets.UTF_8);
    }

    private static Problem problem(String detail) {
        return new Problem(Qcow2Problem.BAD_EXTENSION, detail);
    }
}
