package cofferdam.monitor.disk.ext;

import cofferdam.monitor.disk.ByteSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a block group has where. Source: ext4 layout, <i>Block Group Descriptors</i>.
 *
 * @param blockBitmap the block of the bitmap of blocks
 * @param inodeBitmap the block of the bitmap of inodes
 * @param inodeTable the first block of the inodes
 * @param unusedInodes how many inodes at the end of its table were never used
 * @param isChecksumRight whether its own checksum is right; true where it has none
 */
public record GroupDescriptor(
        long group,
        long blockBitmap,
        long inodeBitmap,
        long inodeTable,
        long freeBlocks,
        long freeInodes,
        long directories,
        int flags,
        int blockBitmapChecksum,
        int inodeBitmapChecksum,
        long unusedInodes,
        boolean isChecksumRight) {

    /** Flag: the inodes and their bitmap were never written. */
    public static final int INODES_UNINITIALISED = 1;

    /** Flag: the bitmap of blocks was never written. */
    public static final int BLOCKS_UNINITIALISED = 2;

    /** Flag: the inode table was filled with zeros. */
    public static final int INODES_ZEROED = 4;

    /** Where its checksum of two bytes is, in bytes. */
    public static final int CHECKSUM_AT = 30;

    private static final int WIDE = 64;

    /** Where the descriptor of a group lies, in bytes from the file system's start. */
    public static long position(Superblock superblock, long group) {
        long index = group / superblock.descriptorsPerBlock();
        long offset = group % superblock.descriptorsPerBlock() * superblock.descriptorSize();
        long block = superblock.ownBlock() + 1 + index;
        if (index >= superblock.firstMetaGroup()) {
            long first = index * superblock.descriptorsPerBlock();
            block = superblock.firstBlock(first) + (superblock.hasCopy(first) ? 1 : 0);
            if (first == 0 && superblock.firstDataBlock() == 0 && superblock.blockSize() == 1024) {
                block++;
            }
        }
        return block * superblock.blockSize() + offset;
    }

    /**
     * Reads the descriptor of a group.
     *
     * @throws IOException if it lies outside the partition
     */
    public static GroupDescriptor read(ByteSource partition, Superblock superblock, long group)
            throws IOException {
        return of(
                superblock,
                group,
                partition.read(position(superblock, group), superblock.descriptorSize()));
    }

    /** The descriptor in these bytes. */
    public static GroupDescriptor of(Superblock superblock, long group, byte[] bytes) {
        ByteBuffer raw = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        boolean wide = bytes.length >= WIDE;
        return new GroupDescriptor(
                group,
                int32(raw, 0) | (wide ? int32(raw, 32) << 32 : 0),
                int32(raw, 4) | (wide ? int32(raw, 36) << 32 : 0),
                int32(raw, 8) | (wide ? int32(raw, 40) << 32 : 0),
                int16(raw, 12) | (wide ? int16(raw, 44) << 16 : 0),
                int16(raw, 14) | (wide ? int16(raw, 46) << 16 : 0),
                int16(raw, 16) | (wide ? int16(raw, 48) << 16 : 0),
                hasUninitialised(superblock) ? int16(raw, 18) : 0,
                int16(raw, 24) | (wide ? int16(raw, 56) << 16 : 0),
                int16(raw, 26) | (wide ? int16(raw, 58) << 16 : 0),
                hasUninitialised(superblock)
                        ? int16(raw, 28) | (wide ? int16(raw, 50) << 16 : 0)
                        : 0,
                !superblock.has(Feature.METADATA_CHECKSUM)
                        || int16(raw, CHECKSUM_AT) == checksum(superblock, group, bytes));
    }

    private static boolean hasUninitialised(Superblock superblock) {
        return superblock.has(Feature.METADATA_CHECKSUM)
                || superblock.has(Feature.DESCRIPTOR_CHECKSUM);
    }

    /** The checksum that belongs into a descriptor under metadata_csum. */
    public static int checksum(Superblock superblock, long group, byte[] descriptor) {
        int seed = Checksum.of(superblock.checksumSeed(), (int) group);
        return Checksum.withHole(seed, descriptor, descriptor.length, CHECKSUM_AT, 2) & 0xffff;
    }

    /** Whether a flag is set. */
    public boolean is(int flag) {
        return (flags & flag) != 0;
    }

    /** Whether the stored checksum of a bitmap is right; where two bytes are stored, those. */
    public static boolean isBitmapRight(
            Superblock superblock, int stored, byte[] bitmap, long bits) {
        if (!superblock.has(Feature.METADATA_CHECKSUM)) {
            return true;
        }
        int mask = superblock.descriptorSize() >= WIDE ? ~0 : 0xffff;
        int actual = Checksum.of(superblock.checksumSeed(), bitmap, 0, (int) (bits / 8));
        return ((actual ^ stored) & mask) == 0;
    }

    private static int int16(ByteBuffer raw, int offset) {
        return Short.toUnsignedInt(raw.getShort(offset));
    }

    private static long int32(ByteBuffer raw, int offset) {
        return Integer.toUnsignedLong(raw.getInt(offset));
    }
}
