package cofferdam.monitor.disk.vhd;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.MalformedImageException;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The block allocation table: for each block a 32-bit number, the sector in the file where the
 * block's bitmap begins; the block follows the bitmap. After the specification's "Block Allocation
 * Table and Data Blocks".
 *
 * @param offset of the table in the file, in bytes
 * @param entries how many of its entries may be used
 * @param blockSize in bytes
 */
record BlockTable(ByteSource file, long offset, long entries, int blockSize) {

    static final int ENTRY_BYTES = 4;

    /** What {@link #place} gives for a block that the image does not have. */
    static final long ABSENT = -1;

    private static final long UNUSED = 0xffff_ffffL;

    /**
     * Where the block's bitmap begins in the file, in bytes, or {@link #ABSENT}.
     *
     * @throws MalformedImageException if the table has no entry for it
     */
    long place(long block) throws IOException {
        if (block >= entries) {
            throw new MalformedImageException(
                    VhdProblem.TABLE_ENTRIES,
                    "block %d is not among the %d of the table".formatted(block, entries));
        }
        byte[] entry = file.read(offset + block * ENTRY_BYTES, ENTRY_BYTES);
        return place(ByteBuffer.wrap(entry).getInt(0));
    }

    static long place(int entry) {
        long sector = Integer.toUnsignedLong(entry);
        return sector == UNUSED ? ABSENT : sector * BlockDevice.SECTOR;
    }

    /** The length of a block's bitmap in bytes: a bit for each sector, in whole sectors. */
    int bitmapSize() {
        return bitmapSize(blockSize);
    }

    static int bitmapSize(int blockSize) {
        int bytes = Math.ceilDiv(blockSize, BlockDevice.SECTOR * Byte.SIZE);
        return Math.ceilDiv(bytes, BlockDevice.SECTOR) * BlockDevice.SECTOR;
    }
}
