package cofferdam.monitor.disk.ext.write;

import cofferdam.monitor.disk.ext.Superblock;

/**
 * Where a new file system has what: in every group a copy of superblock and descriptors if it is one
 * of those that have it, the two bitmaps, the inodes, and the rest for files. Source: ext4 layout,
 * <i>Layout</i>.
 *
 * @param blocks all blocks of the file system
 */
record Layout(FormatOptions options, long blocks, long groups, long inodesPerGroup) {

    /** Inodes up to this one are reserved; the next is that of lost+found. */
    static final int RESERVED = 10;

    private static final int DESCRIPTOR = 32;
    private static final int LEAST_FOR_FILES = 8;
    private static final int LEAST_IN_LAST_GROUP = 50;
    private static final long MOST_BYTES = 16L << 30;

    static Layout of(long size, FormatOptions options) {
        long blocks = Math.min(size, MOST_BYTES) / options.blockSize();
        Layout layout = plan(blocks, options);
        long last = layout.blocksIn(layout.groups - 1);
        if (last < layout.overhead(layout.groups - 1) + LEAST_IN_LAST_GROUP && layout.groups > 1) {
            // A last group that would hold little but its own structures is left out.
            layout = plan(blocks - last, options);
        }
        layout.requireRoom(size);
        return layout;
    }

    private static Layout plan(long blocks, FormatOptions options) {
        long first = firstDataBlock(options);
        long groups = Math.max(1, Math.ceilDiv(blocks - first, options.blocksPerGroup()));
        long wanted = Math.ceilDiv(blocks * options.blockSize() / options.bytesPerInode(), groups);
        long perBlock = options.blockSize() / options.type().inodeSize();
        long step = Math.max(8, perBlock);
        long inodes = Math.ceilDiv(Math.max(wanted, RESERVED + 6), step) * step;
        return new Layout(options, blocks, groups, Math.min(inodes, 8L * options.blockSize()));
    }

    private void requireRoom(long size) {
        for (long group = 0; group < groups; group++) {
            if (blocksIn(group) < overhead(group) + (group == 0 ? LEAST_FOR_FILES : 0)) {
                throw new IllegalArgumentException(
                        "%d bytes in groups of %d blocks: no room for files in group %d"
                                .formatted(size, options.blocksPerGroup(), group));
            }
        }
    }

    static long firstDataBlock(FormatOptions options) {
        return options.blockSize() == 1024 ? 1 : 0;
    }

    long firstBlock(long group) {
        return firstDataBlock(options) + group * options.blocksPerGroup();
    }

    long blocksIn(long group) {
        return Math.min(options.blocksPerGroup(), blocks - firstBlock(group));
    }

    long descriptorBlocks() {
        return Math.ceilDiv(groups * DESCRIPTOR, options.blockSize());
    }

    long blockBitmap(long group) {
        return firstBlock(group) + (Superblock.isSparseCopy(group) ? 1 + descriptorBlocks() : 0);
    }

    long inodeBitmap(long group) {
        return blockBitmap(group) + 1;
    }

    long inodeTable(long group) {
        return blockBitmap(group) + 2;
    }

    long inodeTableBlocks() {
        return inodesPerGroup * options.type().inodeSize() / options.blockSize();
    }

    /** How many blocks of a group its own structures take. */
    long overhead(long group) {
        return inodeTable(group) + inodeTableBlocks() - firstBlock(group);
    }

    long freeBlocks() {
        long free = 0;
        for (long group = 0; group < groups; group++) {
            free += blocksIn(group) - overhead(group);
        }
        return free;
    }
}
