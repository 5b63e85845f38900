package cofferdam.monitor.disk.vhd;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.ImageFile;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.PaddedSource;
import cofferdam.monitor.disk.ProblemTally;
import cofferdam.monitor.disk.raw.RawDisk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;

/**
 * A dynamic VHD as a disk to read and write. Blocks are allocated at the end of the file, where they
 * push the footer on. Fixed VHDs are plain files but for their footer, and are given as such.
 */
public final class VhdDisk implements BlockDevice {

    /** The size of a block in bytes, which is the specification's default. */
    public static final int BLOCK = 1 << 21;

    /** The largest disk that the specification allows: 2040 GiB. */
    public static final long LARGEST_DISK = 2040L << 30;

    /**
     * Readers take the size of the disk from the geometry unless they know that the creator means the
     * field; this is one they know.
     */
    private static final String CREATOR = "win ";

    private static final long MOST_SECTORS = 0xffff_ffffL;

    private final ImageFile file;
    private final byte[] footer;
    private final DynamicBody body;
    private final BlockTable table;
    private final ByteSource content;

    private VhdDisk(ImageFile file, byte[] footer, DynamicBody body) {
        this.file = file;
        this.footer = footer;
        this.body = body;
        table = body.table(file);
        content = new DynamicContent(body, file, file, PaddedSource.zeros(body.size()));
    }

    /**
     * Makes the file a fixed VHD of zeros.
     *
     * @param size in bytes, a multiple of {@link #SECTOR}
     * @param timestamp seconds since 2000-01-01 00:00 UTC
     * @throws IllegalArgumentException if the size is none that a VHD can have
     * @throws IOException if the file cannot be written
     */
    public static BlockDevice createFixed(ImageFile file, long size, int timestamp, UUID identifier)
            throws IOException {
        requireSize(size);
        file.resize(0);
        file.resize(size);
        file.write(size, footer(Footer.NO_HEADER, size, Footer.FIXED, timestamp, identifier));
        return RawDisk.within(file, 0, size);
    }

    /**
     * Makes the file a dynamic VHD without a block.
     *
     * @param size in bytes, a multiple of {@link #SECTOR}
     * @param timestamp seconds since 2000-01-01 00:00 UTC
     * @throws IllegalArgumentException if the size is none that a VHD can have
     * @throws IOException if the file cannot be written
     */
    public static BlockDevice createDynamic(
            ImageFile file, long size, int timestamp, UUID identifier) throws IOException {
        requireSize(size);
        byte[] footer = footer(Footer.BYTES, size, Footer.DYNAMIC, timestamp, identifier);
        int blocks = Math.toIntExact(Math.ceilDiv(size, BLOCK));
        int tableOffset = Footer.BYTES + DynamicHeader.BYTES;
        int tableBytes = Math.ceilDiv(blocks * BlockTable.ENTRY_BYTES, SECTOR) * SECTOR;
        byte[] table = new byte[tableBytes];
        Arrays.fill(table, (byte) 0xff);
        file.resize(0);
        file.write(0, footer);
        file.write(Footer.BYTES, DynamicHeader.withoutParent(tableOffset, blocks, BLOCK));
        file.write(tableOffset, table);
        file.write(tableOffset + (long) tableBytes, footer);
        return open(file);
    }

    /**
     * Opens a fixed or dynamic VHD.
     *
     * @throws MalformedImageException if it is differencing, which is only read, or so damaged that
     *     writing could destroy more
     * @throws IOException if the file cannot be read
     */
    public static BlockDevice open(ImageFile file) throws IOException {
        ProblemTally problems = new ProblemTally();
        FooterSearch found = FooterSearch.in(file, problems);
        Footer footer = found.footer();
        if (!problems.problems().isEmpty() || found.lastBytes() != Footer.BYTES) {
            throw new MalformedImageException(
                    VhdProblem.HEADER, "the footer is damaged, so the disk is not written to");
        }
        if (footer.size() < 0 || footer.size() > LARGEST_DISK) {
            throw new MalformedImageException(
                    CommonProblem.LIMIT, "a disk of %d bytes".formatted(footer.size()));
        }
        return switch (footer.type()) {
            case Footer.FIXED -> {
                file.slice(0, found.end()).requireInside(0, footer.size());
                yield RawDisk.within(file, 0, footer.size());
            }
            case Footer.DYNAMIC ->
                new VhdDisk(
                        file,
                        file.read(found.end(), Footer.BYTES),
                        DynamicBody.open(file, footer, problems));
            case Footer.DIFFERENCING ->
                throw new MalformedImageException(
                        CommonProblem.NOT_READ, "differencing disks are not written to");
            default ->
                throw new MalformedImageException(
                        VhdProblem.HEADER, "a disk of type %d".formatted(footer.type()));
        };
    }

    private static void requireSize(long size) {
        RawDisk.requireSectors(size);
        if (size > LARGEST_DISK) {
            throw new IllegalArgumentException("a VHD of %d bytes is too large".formatted(size));
        }
    }

    private static byte[] footer(
            long dataOffset, long size, int type, int timestamp, UUID identifier) {
        return new Footer(
                        dataOffset,
                        timestamp,
                        CREATOR,
                        size,
                        Geometry.of(size),
                        type,
                        identifier,
                        false,
                        true)
                .toBytes();
    }

    @Override
    public long size() {
        return body.size();
    }

    @Override
    public void read(long offset, byte[] into, int start, int count) throws IOException {
        content.read(offset, into, start, count);
    }

    @Override
    public void write(long offset, byte[] from, int start, int count) throws IOException {
        Objects.checkFromIndexSize(start, count, from.length);
        requireInside(offset, count);
        int blockSize = table.blockSize();
        int done = 0;
        while (done < count) {
            long at = offset + done;
            int within = (int) (at % blockSize);
            int now = Math.min(count - done, blockSize - within);
            file.write(block(at / blockSize) + within, from, start + done, now);
            done += now;
        }
    }

    /** Does nothing: every write reaches the file at once, the tables included. */
    @Override
    public void flush() {}

    /** Where the block's bytes begin, which is a new place if it had none. */
    private long block(long block) throws IOException {
        long place = table.place(block);
        if (place == BlockTable.ABSENT) {
            place = allocate(block);
        }
        long data = place + table.bitmapSize();
        if (place < body.header().tableOffset() + body.tableBytes()) {
            throw new MalformedImageException(
                    VhdProblem.HEADER, "block %d lies on the tables".formatted(block));
        }
        file.slice(0, file.size() - Footer.BYTES).requireInside(data, table.blockSize());
        return data;
    }

    /** The bitmap takes the old footer's place; all of its bits are set, as other writers do. */
    private long allocate(long block) throws IOException {
        long place = Math.ceilDiv(file.size() - Footer.BYTES, SECTOR) * (long) SECTOR;
        if (place / SECTOR >= MOST_SECTORS) {
            throw new MalformedImageException(
                    CommonProblem.LIMIT, "the file is full at %d bytes".formatted(place));
        }
        byte[] bitmap = new byte[table.bitmapSize()];
        Arrays.fill(bitmap, (byte) 0xff);
        file.write(place, bitmap);
        file.write(place + bitmap.length + table.blockSize(), footer);
        byte[] entry = ByteBuffer.allocate(BlockTable.ENTRY_BYTES)
                .putInt((int) (place / SECTOR))
                .array();
        file.write(table.offset() + block * BlockTable.ENTRY_BYTES, entry);
        return place;
    }
}
