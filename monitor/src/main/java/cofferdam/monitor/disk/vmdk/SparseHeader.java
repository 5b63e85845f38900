package cofferdam.monitor.disk.vmdk;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.ContainerProblem;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.ProblemTally;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The header of a sparse extent, 512 bytes, and the footer of a stream-optimized one, which has the
 * same fields; after "Hosted Sparse Extent Header". Offsets: magic 0, version 4, flags 8, capacity
 * 12, grain size 20, descriptor 28 and 36, entries of a grain table 44, redundant grain directory 48,
 * grain directory 56, overhead 64, unclean shutdown 72, line ends 73, compression 77. All places and
 * sizes below are in sectors.
 *
 * @param tableEntries how many entries a grain table has
 */
record SparseHeader(
        int version,
        int flags,
        long capacity,
        long grainSize,
        long descriptorOffset,
        long descriptorSize,
        int tableEntries,
        long redundantDirectory,
        long directory,
        long overhead,
        boolean unclean,
        int lineEnds,
        int compression) {

    static final int BYTES = 512;
    static final int MAGIC = 0x564d444b;
    static final int VALID_LINE_ENDS_FLAG = 1;
    static final int REDUNDANT_FLAG = 1 << 1;

    /** The footer of a stream-optimized extent is followed by one sector that ends the stream. */
    static final int FOOTER_FROM_END = 2 * BYTES;

    private static final int ZEROED_GRAINS_FLAG = 1 << 2;
    private static final int COMPRESSED_FLAG = 1 << 16;
    private static final int MARKERS_FLAG = 1 << 17;

    /** The directory's place in a header whose footer has the true one. */
    private static final long AT_END = -1;

    /** {@code \n}, space, {@code \r}, {@code \n}: what a transfer as text would change. */
    private static final int LINE_ENDS = 0x0a0d200a;

    private static final int NEWEST_VERSION = 3;
    private static final int DEFLATE = 1;

    /** The largest grain in sectors, 16 MiB; every known writer's are 64 KiB. */
    private static final long LARGEST_GRAIN = 1 << 15;

    /** The most entries of a grain directory; with grains of 64 KiB they make 32 TiB. */
    private static final long MOST_DIRECTORY_ENTRIES = 1 << 20;

    private static final int MOST_TABLE_ENTRIES = 512;

    /**
     * The header at the start of the file or, where it says so, the footer.
     *
     * @throws MalformedImageException if it is none, or no reader could follow it
     */
    static SparseHeader of(ByteSource file, ProblemTally problems) throws IOException {
        SparseHeader front = parse(file.read(0, BYTES));
        if (front.directory != AT_END) {
            front.check(problems);
            return front;
        }
        if (file.size() < BYTES + FOOTER_FROM_END) {
            throw new MalformedImageException(
                    VmdkProblem.FOOTER_MISSING, "the file has %d bytes".formatted(file.size()));
        }
        byte[] end = file.read(file.size() - FOOTER_FROM_END, BYTES);
        if (ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN).getInt(0) != MAGIC) {
            throw new MalformedImageException(
                    VmdkProblem.FOOTER_MISSING,
                    "no footer at %d".formatted(file.size() - FOOTER_FROM_END));
        }
        SparseHeader footer = parse(end);
        if (!footer.equals(front.withDirectory(footer.directory, footer.redundantDirectory))) {
            problems.add(
                    ContainerProblem.CONTRADICTING_HEADER_FOOTER,
                    "the header says %d sectors in grains of %d, the footer %d in grains of %d"
                            .formatted(
                                    front.capacity,
                                    front.grainSize,
                                    footer.capacity,
                                    footer.grainSize));
        }
        footer.check(problems);
        return footer;
    }

    /** Whether the header at the start leaves it to a footer to say where the tables are. */
    static boolean hasFooter(ByteSource file) throws IOException {
        return parse(file.read(0, BYTES)).directory == AT_END;
    }

    private static SparseHeader parse(byte[] bytes) throws MalformedImageException {
        ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (fields.getInt(0) != MAGIC) {
            throw new MalformedImageException(VmdkProblem.HEADER, "not a sparse extent");
        }
        return new SparseHeader(
                fields.getInt(4),
                fields.getInt(8),
                fields.getLong(12),
                fields.getLong(20),
                fields.getLong(28),
                fields.getLong(36),
                fields.getInt(44),
                fields.getLong(48),
                fields.getLong(56),
                fields.getLong(64),
                fields.get(72) != 0,
                fields.getInt(73),
                Short.toUnsignedInt(fields.getShort(77)));
    }

    /** The 512 bytes of it. */
    byte[] toBytes() {
        return ByteBuffer.allocate(BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(MAGIC)
                .putInt(version)
                .putInt(flags)
                .putLong(capacity)
                .putLong(grainSize)
                .putLong(descriptorOffset)
                .putLong(descriptorSize)
                .putInt(tableEntries)
                .putLong(redundantDirectory)
                .putLong(directory)
                .putLong(overhead)
                .put((byte) (unclean ? 1 : 0))
                .putInt(LINE_ENDS)
                .putShort((short) compression)
                .array();
    }

    static SparseHeader plain(
            long capacity,
            long grainSize,
            long descriptorSize,
            long redundantDirectory,
            long directory,
            long overhead) {
        return new SparseHeader(
                1,
                VALID_LINE_ENDS_FLAG | REDUNDANT_FLAG,
                capacity,
                grainSize,
                1,
                descriptorSize,
                MOST_TABLE_ENTRIES,
                redundantDirectory,
                directory,
                overhead,
                false,
                LINE_ENDS,
                0);
    }

    private SparseHeader withDirectory(long place, long redundantPlace) {
        return new SparseHeader(
                version,
                flags,
                capacity,
                grainSize,
                descriptorOffset,
                descriptorSize,
                tableEntries,
                redundantPlace,
                place,
                overhead,
                unclean,
                lineEnds,
                compression);
    }

    private void check(ProblemTally problems) throws MalformedImageException {
        if (version < 1 || version > NEWEST_VERSION) {
            throw new MalformedImageException(
                    CommonProblem.NOT_READ, "VMDK version %d".formatted(version));
        }
        if (isCompressed() && (!hasMarkers() || compression != DEFLATE)) {
            throw new MalformedImageException(
                    CommonProblem.NOT_READ,
                    "grains compressed by method %d".formatted(compression));
        }
        if (grainSize < 1 || grainSize > LARGEST_GRAIN || Long.bitCount(grainSize) != 1) {
            throw new MalformedImageException(
                    VmdkProblem.GRAIN_SIZE, "grains of %d sectors".formatted(grainSize));
        }
        if (tableEntries < 1 || tableEntries > MOST_TABLE_ENTRIES) {
            throw new MalformedImageException(
                    VmdkProblem.HEADER,
                    "grain tables of %d entries".formatted(Integer.toUnsignedLong(tableEntries)));
        }
        if (capacity < 0 || directoryEntries() > MOST_DIRECTORY_ENTRIES) {
            throw new MalformedImageException(
                    VmdkProblem.DIRECTORY_SIZE,
                    "%s sectors in grains of %d"
                            .formatted(Long.toUnsignedString(capacity), grainSize));
        }
        if (capacity % grainSize != 0) {
            problems.add(
                    VmdkProblem.CAPACITY_NOT_GRAINS,
                    "%d sectors in grains of %d".formatted(capacity, grainSize));
        }
        if (unclean) {
            problems.add(VmdkProblem.UNCLEAN_SHUTDOWN, "the header's flag is set");
        }
        if (has(VALID_LINE_ENDS_FLAG) && lineEnds != LINE_ENDS) {
            problems.add(VmdkProblem.NEWLINES, "the test bytes are %08x".formatted(lineEnds));
        }
    }

    boolean isCompressed() {
        return has(COMPRESSED_FLAG);
    }

    boolean hasMarkers() {
        return has(MARKERS_FLAG);
    }

    boolean hasZeroedGrains() {
        return has(ZEROED_GRAINS_FLAG);
    }

    boolean hasRedundantDirectory() {
        return has(REDUNDANT_FLAG) && redundantDirectory > 0;
    }

    /** How many entries the grain directory has. */
    long directoryEntries() {
        return Math.ceilDiv(Math.ceilDiv(capacity, grainSize), (long) tableEntries);
    }

    /** In bytes. */
    int grainBytes() {
        return (int) (grainSize * BlockDevice.SECTOR);
    }

    /** In bytes. */
    long capacityBytes() {
        return capacity * BlockDevice.SECTOR;
    }

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
