package cofferdam.monitor.disk.ext;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.MalformedImageException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A superblock whose sizes and counts are possible. Source: ext4 layout, <i>The Super Block</i>;
 * what is possible is what the Linux kernel mounts.
 */
public final class Superblock {

    /** Its length in bytes. */
    public static final int SIZE = 1024;

    /** Where the primary one begins in the file system, in bytes. */
    public static final long OFFSET = 1024;

    /** What it holds at byte 56. */
    public static final int MAGIC = 0xef53;

    /** The inode of the root directory. */
    public static final int ROOT = 2;

    private static final int LARGEST_LOG_BLOCK = 6;
    private static final int OLD_INODE_SIZE = 128;
    private static final int OLD_FIRST_INODE = 11;
    private static final int CHECKSUM_AT = 1020;
    private static final long MOST_BLOCKS = 1L << 48;

    private final byte[] bytes;
    private final ByteBuffer raw;

    private Superblock(byte[] bytes) {
        this.bytes = bytes;
        raw = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Whether the bytes hold a superblock's magic number and a possible block size. */
    public static boolean recognises(ByteSource partition) throws IOException {
        if (partition.size() < OFFSET + SIZE) {
            return false;
        }
        Superblock found = new Superblock(partition.read(OFFSET, SIZE));
        return found.isMagic() && found.int32(24) <= LARGEST_LOG_BLOCK;
    }

    /**
     * The primary superblock.
     *
     * @throws MalformedImageException if there is none, or its numbers are impossible
     */
    public static Superblock read(ByteSource partition) throws IOException {
        return of(partition.read(OFFSET, SIZE));
    }

    /**
     * A superblock in these bytes, which are copied.
     *
     * @throws MalformedImageException if there is none, or its numbers are impossible
     */
    public static Superblock of(byte[] bytes) throws MalformedImageException {
        Superblock superblock = new Superblock(Arrays.copyOf(bytes, SIZE));
        if (!superblock.isMagic()) {
            throw new MalformedImageException(ExtProblem.BAD_MAGIC, "no ext superblock");
        }
        superblock.requireGeometry();
        return superblock;
    }

    private void requireGeometry() throws MalformedImageException {
        require(int32(24) <= LARGEST_LOG_BLOCK, "block size 2^%d KiB", int32(24));
        long ratio = int32(28) - int32(24);
        require(
                has(Feature.BIGALLOC) ? ratio >= 0 && ratio <= 20 : ratio == 0,
                "cluster size 2^%d KiB",
                int32(28));
        int inodeSize = inodeSize();
        require(
                Integer.bitCount(inodeSize) == 1
                        && inodeSize >= OLD_INODE_SIZE
                        && inodeSize <= blockSize(),
                "inode size %d",
                inodeSize);
        int bits = 8 * blockSize();
        require(
                clustersPerGroup() > 0 && clustersPerGroup() <= bits,
                "%d clusters per group",
                clustersPerGroup());
        require(
                blocksPerGroup() == clustersPerGroup() << clusterShift(),
                "%d blocks per group",
                blocksPerGroup());
        require(
                inodesPerGroup() > 0 && inodesPerGroup() <= bits,
                "%d inodes per group",
                inodesPerGroup());
        require(firstDataBlock() <= 1, "first data block %d", firstDataBlock());
        require(blocks() > firstDataBlock() && blocks() < MOST_BLOCKS, "block count %d", blocks());
        require(
                descriptorSize() >= 32
                        && descriptorSize() <= SIZE
                        && Integer.bitCount(descriptorSize()) == 1,
                "group descriptor size %d",
                descriptorSize());
        require(
                has(Feature.META_BG) || descriptorBlocks() < blocksPerGroup(),
                "group count %d",
                groups());
        require(
                groups() * inodesPerGroup() == inodes(),
                "inode count %d is not that of all groups",
                inodes());
    }

    private static void require(boolean possible, String message, long number)
            throws MalformedImageException {
        if (!possible) {
            throw new MalformedImageException(
                    ExtProblem.BAD_GEOMETRY, message.formatted(number) + " is not possible");
        }
    }

    private boolean isMagic() {
        return int16(56) == MAGIC;
    }

    /** Whether it has the feature; one of revision 0 has none. */
    public boolean has(Feature feature) {
        return (flags(feature.word()) & feature.bit()) != 0;
    }

    /** All flags of a word; 0 in revision 0. */
    public int flags(Feature.Word word) {
        return isOld() ? 0 : raw.getInt(word.offset());
    }

    private boolean isOld() {
        return int32(76) == 0;
    }

    /** The size of a block in bytes: 1024 to 65536. */
    public int blockSize() {
        return 1024 << raw.getInt(24);
    }

    /** By how many bits a block number is shifted right to give its cluster. */
    public int clusterShift() {
        return (int) (int32(28) - int32(24));
    }

    /** How many blocks the file system has, those before the first data block included. */
    public long blocks() {
        return int32(4) | high(336);
    }

    /** How many blocks it says are free. */
    public long freeBlocks() {
        return int32(12) | high(344);
    }

    private long high(int offset) {
        return has(Feature.BITS_64) ? int32(offset) << 32 : 0;
    }

    /** How many inodes it has; they are numbered from 1. */
    public long inodes() {
        return int32(0);
    }

    /** The first block of the first group: 1 with blocks of 1 KiB, otherwise 0. */
    public long firstDataBlock() {
        return int32(20);
    }

    /** The block that the primary superblock is in. */
    public long ownBlock() {
        return OFFSET / blockSize();
    }

    /** How many blocks a group has. */
    public long blocksPerGroup() {
        return int32(32);
    }

    /** How many clusters a group has; as many as blocks without bigalloc. */
    public long clustersPerGroup() {
        return has(Feature.BIGALLOC) ? int32(36) : blocksPerGroup();
    }

    /** How many inodes a group has. */
    public long inodesPerGroup() {
        return int32(40);
    }

    /** How many groups there are; the last may be shorter. */
    public long groups() {
        return Math.ceilDiv(blocks() - firstDataBlock(), blocksPerGroup());
    }

    /** The first block of the group. */
    public long firstBlock(long group) {
        return firstDataBlock() + group * blocksPerGroup();
    }

    /** How many blocks the group has. */
    public long blocksIn(long group) {
        return Math.min(blocksPerGroup(), blocks() - firstBlock(group));
    }

    /** The size of an inode in bytes. */
    public int inodeSize() {
        return isOld() ? OLD_INODE_SIZE : int16(88);
    }

    /** The first inode that is not reserved. */
    public long firstInode() {
        return isOld() ? OLD_FIRST_INODE : int32(84);
    }

    /** The size of a group descriptor in bytes. */
    public int descriptorSize() {
        return has(Feature.BITS_64) ? int16(254) : 32;
    }

    /** How many blocks a group's part of the inode table takes. */
    public long inodeTableBlocks() {
        return Math.ceilDiv(inodesPerGroup() * inodeSize(), blockSize());
    }

    /** How many blocks the table of group descriptors takes. */
    public long descriptorBlocks() {
        return Math.ceilDiv(groups(), (long) descriptorsPerBlock());
    }

    /** How many group descriptors a block holds. */
    public int descriptorsPerBlock() {
        return blockSize() / descriptorSize();
    }

    /** How many blocks after the group descriptors are kept for their growth. */
    public int reservedDescriptorBlocks() {
        return has(Feature.RESIZE_INODE) ? int16(206) : 0;
    }

    /** With meta_bg, the first block of descriptors that lies in the groups that it describes. */
    public long firstMetaGroup() {
        return has(Feature.META_BG) ? int32(260) : Long.MAX_VALUE;
    }

    /** The group that this copy says it lies in. */
    public int ownGroup() {
        return int16(90);
    }

    /** Bit 0: unmounted cleanly; bit 1: errors found; bit 2: orphans being recovered. */
    public int state() {
        return int16(58);
    }

    /** How many errors the kernel has counted. */
    public long errorCount() {
        return int32(0x194);
    }

    /** The first inode in the chain of those that are deleted but still open; 0 for none. */
    public long lastOrphan() {
        return int32(232);
    }

    /** The inode of the journal; 0 where it is on another device. */
    public long journalInode() {
        return has(Feature.HAS_JOURNAL) ? int32(224) : 0;
    }

    /** The file system's UUID, 16 bytes. */
    public byte[] uuid() {
        return Arrays.copyOfRange(bytes, 104, 120);
    }

    /** What the checksums of all other structures begin with. */
    public int checksumSeed() {
        return has(Feature.CHECKSUM_SEED)
                ? raw.getInt(0x270)
                : Checksum.of(Checksum.START, bytes, 104, 16);
    }

    /** Whether its own checksum is right; true where it has none. */
    public boolean isChecksumRight() {
        return !has(Feature.METADATA_CHECKSUM) || raw.getInt(CHECKSUM_AT) == checksum(bytes);
    }

    /** The checksum that belongs into the last four bytes of a superblock. */
    public static int checksum(byte[] superblock) {
        return Checksum.of(Checksum.START, superblock, 0, CHECKSUM_AT);
    }

    /**
     * Whether a group has a copy of the superblock and of the descriptors. Source: ext4 layout,
     * <i>Layout</i>.
     */
    public boolean hasCopy(long group) {
        if (group == 0) {
            return true;
        }
        if (has(Feature.SPARSE_SUPER2)) {
            return group == int32(0x24c) || group == int32(0x250);
        }
        return !has(Feature.SPARSE_SUPER) || isSparseCopy(group);
    }

    /** Whether a group has a copy under sparse_super: 0, 1 and the powers of 3, 5 and 7. */
    public static boolean isSparseCopy(long group) {
        return group <= 1 || isPower(group, 3) || isPower(group, 5) || isPower(group, 7);
    }

    private static boolean isPower(long number, int base) {
        long rest = number;
        while (rest % base == 0) {
            rest /= base;
        }
        return rest == 1;
    }

    /** The number of two bytes at the offset. */
    int int16(int offset) {
        return Short.toUnsignedInt(raw.getShort(offset));
    }

    /** The number of four bytes at the offset. */
    long int32(int offset) {
        return Integer.toUnsignedLong(raw.getInt(offset));
    }

    /** A copy of its bytes. */
    public byte[] toByteArray() {
        return bytes.clone();
    }
}
