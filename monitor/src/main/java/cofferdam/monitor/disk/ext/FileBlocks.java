package cofferdam.monitor.disk.ext;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.ProblemKind;

import java.io.IOException;

/**
 * Reads the map that says which blocks a file has: a tree of extents or the block pointers of ext2.
 * Every block of the map is read at most as often as the visitor lets it, so a map that refers to
 * itself ends.
 */
public final class FileBlocks {

    private final ByteSource partition;
    private final Superblock superblock;

    /** Reads maps of this file system. */
    public FileBlocks(ByteSource partition, Superblock superblock) {
        this.partition = partition;
        this.superblock = superblock;
    }

    /**
     * Tells the blocks of a file. The inode must be one that has blocks: not inline data, not a
     * short symbolic link, not a device.
     *
     * @throws IOException if the partition cannot be read, or the visitor throws it
     */
    public void visit(Inode inode, BlockVisitor visitor) throws IOException {
        if (inode.is(Inode.EXTENTS)) {
            new ExtentTree(this, inode, visitor).visit();
        } else {
            new PointerTree(this, inode, visitor).visit();
        }
    }

    Superblock superblock() {
        return superblock;
    }

    /** Whether these blocks can hold data: inside the file system and inside the partition. */
    public boolean isValid(long block, long count) {
        long end = Math.min(superblock.blocks(), partition.size() / superblock.blockSize());
        return block > superblock.firstDataBlock() && count > 0 && block <= end - count;
    }

    /** The bytes of a valid block. */
    byte[] block(long block) throws IOException {
        return partition.read(block * superblock.blockSize(), superblock.blockSize());
    }

    static Problem problem(ProblemKind kind, Inode inode, String what) {
        return new Problem(kind, "inode %d: %s".formatted(inode.number(), what));
    }
}
