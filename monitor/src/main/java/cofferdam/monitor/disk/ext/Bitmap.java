package cofferdam.monitor.disk.ext;

import cofferdam.monitor.disk.ByteSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bitmap of a group's blocks (one bit for each cluster) or inodes. Source: ext4 layout, <i>Block
 * and Inode Bitmaps</i>.
 */
@SuppressWarnings("ArrayRecordComponent") // compared with nothing
record Bitmap(byte[] bytes) {

    static Bitmap ofInodes(
            ByteSource partition,
            Superblock superblock,
            GroupDescriptor descriptor,
            ProblemList problems)
            throws IOException {
        if (descriptor.is(GroupDescriptor.INODES_UNINITIALISED)) {
            return new Bitmap(new byte[superblock.blockSize()]);
        }
        byte[] bytes = read(partition, superblock, descriptor.inodeBitmap());
        if (!GroupDescriptor.isBitmapRight(
                superblock, descriptor.inodeBitmapChecksum(), bytes, superblock.inodesPerGroup())) {
            problems.add(
                    ExtProblem.BAD_CHECKSUM,
                    "inode bitmap of group %d".formatted(descriptor.group()));
        }
        return new Bitmap(bytes);
    }

    static Bitmap ofBlocks(
            ByteSource partition,
            Superblock superblock,
            GroupDescriptor descriptor,
            ProblemList problems)
            throws IOException {
        byte[] bytes = read(partition, superblock, descriptor.blockBitmap());
        if (!GroupDescriptor.isBitmapRight(
                superblock,
                descriptor.blockBitmapChecksum(),
                bytes,
                superblock.clustersPerGroup())) {
            problems.add(
                    ExtProblem.BAD_CHECKSUM,
                    "block bitmap of group %d".formatted(descriptor.group()));
        }
        return new Bitmap(bytes);
    }

    private static byte[] read(ByteSource partition, Superblock superblock, long block)
            throws IOException {
        long inside = Math.min(block, superblock.blocks());
        return partition.read(inside * superblock.blockSize(), superblock.blockSize());
    }

    /** 64 bits from one on whose number is a multiple of 64. */
    long word(long bit) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong((int) (bit >> 3));
    }

    boolean has(long bit) {
        return ((bytes[(int) (bit >> 3)] >> (bit & 7)) & 1) != 0;
    }
}
