package cofferdam.monitor.disk.ext.write;

import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.ext.Checksum;
import cofferdam.monitor.disk.ext.ExtProblem;
import cofferdam.monitor.disk.ext.GroupDescriptor;
import cofferdam.monitor.disk.ext.Superblock;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystemException;
import java.util.Arrays;

/**
 * Takes and gives back blocks and inodes: the bitmaps, and the counts in group descriptors and
 * superblock that go with them. The first free one from the goal on is taken.
 */
final class Groups {

    private static final int FREE_BLOCKS = 12;
    private static final int FREE_INODES = 14;
    private static final int DIRECTORIES = 16;
    private static final int BLOCK_CHECKSUM = 24;
    private static final int INODE_CHECKSUM = 26;

    private final Volume volume;
    private final Superblock superblock;

    Groups(Volume volume) {
        this.volume = volume;
        superblock = volume.superblock();
    }

    /** How many blocks are free. */
    long freeBlocks() throws IOException {
        return Superblock.read(volume.device()).freeBlocks();
    }

    /**
     * Takes blocks.
     *
     * @param goal where to begin to look
     * @throws FileSystemException if so many are not free; then none is taken
     */
    long[] allocate(int count, long goal) throws IOException {
        if (count > freeBlocks()) {
            throw noSpace();
        }
        long[] blocks = new long[count];
        long groups = superblock.groups();
        long first = (goal - superblock.firstDataBlock()) / superblock.blocksPerGroup();
        int start = (int) ((goal - superblock.firstDataBlock()) % superblock.blocksPerGroup());
        int taken = 0;
        // The first group comes twice: from the goal on, and last from its beginning.
        for (long step = 0; step <= groups && taken < count; step++) {
            taken = allocateIn((first + step) % groups, step == 0 ? start : 0, blocks, taken);
        }
        changeSuperblock(-taken, 0);
        if (taken < count) {
            free(Arrays.copyOf(blocks, taken));
            throw new MalformedImageException(
                    ExtProblem.BAD_DESCRIPTOR, "fewer blocks are free than are counted");
        }
        return blocks;
    }

    static FileSystemException noSpace() {
        return new FileSystemException(null, null, "no space left on device");
    }

    private int allocateIn(long group, int start, long[] blocks, int taken) throws IOException {
        GroupDescriptor descriptor = descriptor(group);
        if (descriptor.freeBlocks() == 0) {
            return taken;
        }
        byte[] bitmap = blockBitmap(descriptor);
        int length = (int) superblock.blocksIn(group);
        int now = taken;
        for (int bit = clear(bitmap, start, length);
                bit >= 0 && now < blocks.length;
                bit = clear(bitmap, bit, length)) {
            bitmap[bit >> 3] |= (byte) (1 << (bit & 7));
            blocks[now++] = superblock.firstBlock(group) + bit;
        }
        if (now > taken) {
            volume.writeBlock(descriptor.blockBitmap(), bitmap);
            changeBlocks(group, taken - now, bitmap);
        }
        return now;
    }

    /** The first bit that is not set from the start on, or -1. */
    private static int clear(byte[] bitmap, int start, int length) {
        int bit = start;
        while (bit < length) {
            if (bitmap[bit >> 3] == -1) {
                bit = (bit | 7) + 1;
            } else if ((bitmap[bit >> 3] & (1 << (bit & 7))) == 0) {
                return bit;
            } else {
                bit++;
            }
        }
        return -1;
    }

    /**
     * Gives blocks back; what is in them stays.
     *
     * @throws MalformedImageException if one is not in use
     */
    void free(long[] blocks) throws IOException {
        long[] sorted = blocks.clone();
        Arrays.sort(sorted);
        int from = 0;
        while (from < sorted.length) {
            long group = groupOf(sorted[from]);
            int to = from;
            while (to < sorted.length && groupOf(sorted[to]) == group) {
                to++;
            }
            freeIn(group, Arrays.copyOfRange(sorted, from, to));
            from = to;
        }
        changeSuperblock(sorted.length, 0);
    }

    private long groupOf(long block) {
        return (block - superblock.firstDataBlock()) / superblock.blocksPerGroup();
    }

    private void freeIn(long group, long[] blocks) throws IOException {
        GroupDescriptor descriptor = descriptor(group);
        byte[] bitmap = blockBitmap(descriptor);
        for (long block : blocks) {
            int bit = (int) (block - superblock.firstBlock(group));
            if ((bitmap[bit >> 3] & (1 << (bit & 7))) == 0) {
                throw new MalformedImageException(
                        ExtProblem.BLOCK_IN_USE_MARKED_FREE, "block " + block);
            }
            bitmap[bit >> 3] &= (byte) ~(1 << (bit & 7));
        }
        volume.writeBlock(descriptor.blockBitmap(), bitmap);
        changeBlocks(group, blocks.length, bitmap);
    }

    /**
     * Takes an inode.
     *
     * @param near the inode of the directory that will name it
     * @throws FileSystemException if none is free
     */
    long allocateInode(long near, boolean directory) throws IOException {
        long groups = superblock.groups();
        long first = (near - 1) / superblock.inodesPerGroup();
        for (long step = 0; step < groups; step++) {
            GroupDescriptor descriptor = descriptor((first + step) % groups);
            if (descriptor.freeInodes() == 0) {
                continue;
            }
            byte[] bitmap = inodeBitmap(descriptor);
            int bit = clear(bitmap, 0, (int) superblock.inodesPerGroup());
            long number = descriptor.group() * superblock.inodesPerGroup() + bit + 1;
            if (bit < 0 || number < superblock.firstInode()) {
                throw new MalformedImageException(
                        ExtProblem.BAD_DESCRIPTOR, "other inodes are free than are counted");
            }
            bitmap[bit >> 3] |= (byte) (1 << (bit & 7));
            volume.writeBlock(descriptor.inodeBitmap(), bitmap);
            changeInodes(descriptor.group(), -1, directory ? 1 : 0, bitmap);
            changeSuperblock(0, -1);
            return number;
        }
        throw new FileSystemException(null, null, "no inodes left on device");
    }

    /** Gives an inode back; what is in it stays. */
    void freeInode(long number, boolean directory) throws IOException {
        GroupDescriptor descriptor = descriptor((number - 1) / superblock.inodesPerGroup());
        byte[] bitmap = inodeBitmap(descriptor);
        int bit = (int) ((number - 1) % superblock.inodesPerGroup());
        if ((bitmap[bit >> 3] & (1 << (bit & 7))) == 0) {
            throw new MalformedImageException(ExtProblem.INODE_MARKED_FREE, "inode " + number);
        }
        bitmap[bit >> 3] &= (byte) ~(1 << (bit & 7));
        volume.writeBlock(descriptor.inodeBitmap(), bitmap);
        changeInodes(descriptor.group(), 1, directory ? -1 : 0, bitmap);
        changeSuperblock(0, 1);
    }

    private GroupDescriptor descriptor(long group) throws IOException {
        return GroupDescriptor.read(volume.device(), superblock, group);
    }

    private byte[] blockBitmap(GroupDescriptor descriptor) throws IOException {
        return bitmap(
                descriptor.blockBitmap(),
                descriptor.blockBitmapChecksum(),
                superblock.blocksPerGroup());
    }

    private byte[] inodeBitmap(GroupDescriptor descriptor) throws IOException {
        return bitmap(
                descriptor.inodeBitmap(),
                descriptor.inodeBitmapChecksum(),
                superblock.inodesPerGroup());
    }

    private byte[] bitmap(long block, int checksum, long bits) throws IOException {
        byte[] bitmap = volume.readBlock(block);
        if (!GroupDescriptor.isBitmapRight(superblock, checksum, bitmap, bits)) {
            throw new MalformedImageException(ExtProblem.BAD_CHECKSUM, "bitmap at block " + block);
        }
        return bitmap;
    }

    /** Counts a change of a group's blocks, also where formatting has just made its bitmap. */
    void changeBlocks(long group, int free, byte[] bitmap) throws IOException {
        byte[] bytes = rawDescriptor(group);
        ByteBuffer raw = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        add(raw, FREE_BLOCKS, free);
        seal(bytes, group, BLOCK_CHECKSUM, bitmap, superblock.blocksPerGroup());
    }

    /** Counts a change of a group's inodes, also where formatting has just made its bitmap. */
    void changeInodes(long group, int free, int directories, byte[] bitmap) throws IOException {
        byte[] bytes = rawDescriptor(group);
        ByteBuffer raw = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        add(raw, FREE_INODES, free);
        add(raw, DIRECTORIES, directories);
        seal(bytes, group, INODE_CHECKSUM, bitmap, superblock.inodesPerGroup());
    }

    private byte[] rawDescriptor(long group) throws IOException {
        return volume.device()
                .read(GroupDescriptor.position(superblock, group), superblock.descriptorSize());
    }

    private static void add(ByteBuffer raw, int at, int change) {
        raw.putShort(at, (short) (raw.getShort(at) + change));
    }

    private void seal(byte[] bytes, long group, int checksumAt, byte[] bitmap, long bits)
            throws IOException {
        if (volume.hasChecksums()) {
            int checksum = Checksum.of(superblock.checksumSeed(), bitmap, 0, (int) (bits / 8));
            ByteBuffer raw = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            raw.putShort(checksumAt, (short) checksum);
            raw.putShort(GroupDescriptor.CHECKSUM_AT, (short)
                    GroupDescriptor.checksum(superblock, group, bytes));
        }
        volume.device().write(GroupDescriptor.position(superblock, group), bytes);
    }

    /** Counts a change in the primary superblock. */
    void changeSuperblock(int freeBlocks, int freeInodes) throws IOException {
        byte[] bytes = volume.device().read(Superblock.OFFSET, Superblock.SIZE);
        ByteBuffer raw = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        raw.putInt(12, raw.getInt(12) + freeBlocks);
        raw.putInt(16, raw.getInt(16) + freeInodes);
        raw.putInt(48, (int) volume.seconds().getAsLong());
        if (volume.hasChecksums()) {
            raw.putInt(1020, Superblock.checksum(bytes));
        }
        volume.device().write(Superblock.OFFSET, bytes);
    }
}
