package cofferdam.monitor.disk.ext;

import java.io.IOException;

/**
 * Which blocks a group's own structures take. Source: ext4 layout, <i>Layout</i> and <i>Meta Block
 * Groups</i>.
 */
final class GroupLayout {

    private final Superblock superblock;

    GroupLayout(Superblock superblock) {
        this.superblock = superblock;
    }

    /** Told runs of blocks. */
    interface Visitor {
        void run(long block, long count) throws IOException;
    }

    /** Tells them, but for the inode table. */
    void visit(GroupDescriptor descriptor, Visitor visitor) throws IOException {
        long group = descriptor.group();
        long block = group == 0 ? superblock.ownBlock() : superblock.firstBlock(group);
        if (superblock.hasCopy(group)) {
            visitor.run(block, 1);
            block++;
        }
        long descriptors = descriptorBlocks(group);
        if (descriptors > 0) {
            visitor.run(block, descriptors);
        }
        visitor.run(descriptor.blockBitmap(), 1);
        visitor.run(descriptor.inodeBitmap(), 1);
    }

    private long descriptorBlocks(long group) {
        long index = group / superblock.descriptorsPerBlock();
        if (superblock.has(Feature.META_BG) && index >= superblock.firstMetaGroup()) {
            long place = group % superblock.descriptorsPerBlock();
            boolean has = place <= 1 || place == superblock.descriptorsPerBlock() - 1;
            return has ? 1 : 0;
        }
        if (!superblock.hasCopy(group)) {
            return 0;
        }
        long all = Math.min(superblock.descriptorBlocks(), superblock.firstMetaGroup())
                + superblock.reservedDescriptorBlocks();
        return Math.min(all, superblock.blocksPerGroup());
    }
}
