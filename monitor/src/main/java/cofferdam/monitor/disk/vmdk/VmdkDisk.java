package cofferdam.monitor.disk.vmdk;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.ContainerProblem;
import cofferdam.monitor.disk.ImageFile;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.Opener;
import cofferdam.monitor.disk.ProblemTally;
import cofferdam.monitor.disk.raw.RawDisk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * A monolithicSparse VMDK as a disk to read and write. Grains are allocated at the end of the file;
 * both copies of the grain tables are kept. A monolithicFlat VMDK is a plain file beside a
 * descriptor, and is given as such.
 */
public final class VmdkDisk implements BlockDevice {

    /** The size of a grain in bytes, which is what every known writer uses. */
    public static final int GRAIN = 1 << 16;

    /** The largest disk in one sparse file that sector numbers of 32 bits can hold: 2 TiB. */
    public static final long LARGEST_DISK = 1L << 41;

    private static final int TABLE_ENTRIES = 512;
    private static final int TABLE_SECTORS = TABLE_ENTRIES * GrainTables.ENTRY_BYTES / SECTOR;
    private static final int DESCRIPTOR_SECTORS = 20;
    private static final int GRAIN_SECTORS = GRAIN / SECTOR;
    private static final long MOST_SECTORS = 0xffff_ffffL;

    private final ImageFile file;
    private final SparsePart part;
    private final GrainTables tables;
    private final SparseHeader header;

    private VmdkDisk(ImageFile file, SparsePart part) {
        this.file = file;
        this.part = part;
        tables = part.tables();
        header = part.header();
    }

    /**
     * Makes the file a monolithicSparse image without a grain, all tables in place.
     *
     * @param size in bytes, a multiple of {@link #SECTOR}
     * @param cid the content identifier for the descriptor
     * @param fileName how the file is called, for the descriptor
     * @throws IllegalArgumentException if the size or the name is none that an image can have
     * @throws IOException if the file cannot be written
     */
    public static VmdkDisk create(ImageFile file, long size, int cid, String fileName)
            throws IOException {
        requireSize(size);
        long tableCount = Math.ceilDiv(size, (long) GRAIN * TABLE_ENTRIES);
        long directorySectors = Math.ceilDiv(tableCount * GrainTables.ENTRY_BYTES, (long) SECTOR);
        long copySectors = directorySectors + tableCount * TABLE_SECTORS;
        long redundant = 1 + DESCRIPTOR_SECTORS;
        long directory = redundant + copySectors;
        long overhead = Math.ceilDiv(directory + copySectors, GRAIN_SECTORS) * GRAIN_SECTORS;
        SparseHeader header = SparseHeader.plain(
                size / SECTOR, GRAIN_SECTORS, DESCRIPTOR_SECTORS, redundant, directory, overhead);
        file.resize(0);
        file.resize(overhead * SECTOR);
        file.write(0, header.toBytes());
        file.write(SECTOR, DescriptorText.of(cid, size, fileName).sparse());
        writeDirectory(file, redundant, directorySectors, tableCount);
        writeDirectory(file, directory, directorySectors, tableCount);
        return open(file);
    }

    private static void writeDirectory(
            ImageFile file, long sector, long directorySectors, long tableCount)
            throws IOException {
        ByteBuffer entries =
                ByteBuffer.allocate((int) directorySectors * SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        for (long i = 0; i < tableCount; i++) {
            entries.putInt((int) (sector + directorySectors + i * TABLE_SECTORS));
        }
        file.write(sector * SECTOR, entries.array());
    }

    /**
     * Opens a monolithicSparse image.
     *
     * @throws MalformedImageException if it is of another kind, has a parent, or is damaged, so that
     *     writing could destroy more
     * @throws IOException if the file cannot be read
     */
    public static VmdkDisk open(ImageFile file) throws IOException {
        ProblemTally problems = new ProblemTally();
        SparseHeader header = SparseHeader.of(file, problems);
        if (header.isCompressed() || header.hasMarkers()) {
            throw new MalformedImageException(
                    CommonProblem.NOT_READ, "stream-optimized images are not written to");
        }
        VmdkImage image = VmdkImage.open(file, Opener.NOTHING);
        if (!image.references().isEmpty() || image.virtualSize() != header.capacityBytes()) {
            throw new MalformedImageException(
                    CommonProblem.NOT_READ, "images that need other files are not written to");
        }
        SparsePart part = SparsePart.open(0, file, new GrainTables(file, file, header));
        requireTablesInFront(file, header);
        return new VmdkDisk(file, part);
    }

    /** The overhead is what keeps data and tables apart when grains are written. */
    private static void requireTablesInFront(ImageFile file, SparseHeader header)
            throws MalformedImageException {
        long overhead = header.overhead();
        long end = overhead
                - Math.ceilDiv(header.directoryEntries() * GrainTables.ENTRY_BYTES, (long) SECTOR);
        if (overhead > file.size() / SECTOR
                || header.directory() < 1
                || header.directory() > end
                || header.redundantDirectory() > end) {
            throw new MalformedImageException(
                    VmdkProblem.HEADER,
                    "the tables are not in the first %d sectors".formatted(overhead));
        }
    }

    /**
     * Makes a monolithicFlat image of zeros.
     *
     * @param descriptor the file that is to hold the descriptor
     * @param flat the file that is to hold the disk's bytes
     * @param flatName how that file is called, beside the descriptor
     * @param size in bytes, a multiple of {@link #SECTOR}
     * @param cid the content identifier for the descriptor
     * @throws IllegalArgumentException if the size or the name is none that an image can have
     * @throws IOException if a file cannot be written
     */
    public static BlockDevice createFlat(
            ImageFile descriptor, ImageFile flat, String flatName, long size, int cid)
            throws IOException {
        requireSize(size);
        byte[] text = DescriptorText.of(cid, size, flatName).flat();
        descriptor.resize(0);
        descriptor.write(0, text);
        return RawDisk.create(flat, size);
    }

    /**
     * Opens a monolithicFlat image, whose descriptor has one flat extent.
     *
     * @throws MalformedImageException if it has not, or the flat file is shorter than it says
     * @throws IOException if a file cannot be read
     */
    public static BlockDevice openFlat(ImageFile descriptor, ImageFile flat) throws IOException {
        Descriptor said = Descriptor.in(descriptor, 0, descriptor.size(), new ProblemTally());
        if (said.extents().size() != 1
                || said.extents().getFirst().type() != ExtentLine.Type.FLAT
                || !said.parent().isEmpty()) {
            throw new MalformedImageException(
                    CommonProblem.NOT_READ, "the descriptor has not one flat extent alone");
        }
        ExtentLine extent = said.extents().getFirst();
        return RawDisk.within(flat, extent.start(), extent.length());
    }

    private static void requireSize(long size) {
        RawDisk.requireSectors(size);
        if (size > LARGEST_DISK) {
            throw new IllegalArgumentException("a VMDK of %d bytes is too large".formatted(size));
        }
    }

    @Override
    public long size() {
        return part.length();
    }

    @Override
    public void read(long offset, byte[] into, int start, int count) throws IOException {
        Objects.checkFromIndexSize(start, count, into.length);
        requireInside(offset, count);
        part.read(offset, into, start, count);
    }

    @Override
    public void write(long offset, byte[] from, int start, int count) throws IOException {
        Objects.checkFromIndexSize(start, count, from.length);
        requireInside(offset, count);
        int grainBytes = header.grainBytes();
        int done = 0;
        while (done < count) {
            long at = offset + done;
            int within = (int) (at % grainBytes);
            int now = Math.min(count - done, grainBytes - within);
            file.write(grain(at / grainBytes) + within, from, start + done, now);
            done += now;
        }
    }

    /** Does nothing: every write reaches the file at once, the tables included. */
    @Override
    public void flush() {}

    /** Where the grain is in the file, which is a new place if it had none. */
    private long grain(long index) throws IOException {
        long place = tables.place(index);
        if (place == GrainTables.ABSENT || place == GrainTables.ZEROED) {
            return allocate(index);
        }
        if (place < header.overhead() * SECTOR || place > file.size() - header.grainBytes()) {
            throw new MalformedImageException(
                    ContainerProblem.DATA_OUTSIDE_FILE,
                    "grain %d lies at %d".formatted(index, place));
        }
        return place;
    }

    private long allocate(long index) throws IOException {
        long place = Math.ceilDiv(file.size(), header.grainBytes()) * (long) header.grainBytes();
        if (place / SECTOR > MOST_SECTORS) {
            throw new MalformedImageException(
                    CommonProblem.LIMIT, "the file is full at %d bytes".formatted(place));
        }
        file.resize(place + header.grainBytes());
        long table = index / header.tableEntries();
        writeEntry(tables.tableOffset(table), index, place);
        if (header.hasRedundantDirectory()) {
            writeEntry(tables.redundantTableOffset(table), index, place);
        }
        return place;
    }

    private void writeEntry(long table, long index, long place) throws IOException {
        long entry = table + index % header.tableEntries() * GrainTables.ENTRY_BYTES;
        if (table == 0 || table >= header.overhead() * SECTOR) {
            throw new MalformedImageException(
                    ContainerProblem.TABLE_OUTSIDE_FILE,
                    "the grain table of grain %d lies at %d".formatted(index, table));
        }
        byte[] sector = ByteBuffer.allocate(GrainTables.ENTRY_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) (place / SECTOR))
                .array();
        file.write(entry, sector);
    }
}
