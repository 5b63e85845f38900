package cofferdam.monitor.disk.ext;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One file's block pointers: twelve direct ones and three that lead to blocks of pointers, of
 * blocks of pointers, and so on. Source: ext4 layout, <i>Direct/Indirect Block Addressing</i>.
 */
final class PointerTree {

    static final int DIRECT = 12;
    static final int LEVELS = 3;

    private final FileBlocks blocks;
    private final Inode inode;
    private final BlockVisitor visitor;
    private final int perBlock;
    private long runLogical;
    private long runPhysical;
    private long runLength;

    PointerTree(FileBlocks blocks, Inode inode, BlockVisitor visitor) {
        this.blocks = blocks;
        this.inode = inode;
        this.visitor = visitor;
        perBlock = blocks.superblock().blockSize() / 4;
    }

    void visit() throws IOException {
        ByteBuffer root = ByteBuffer.wrap(inode.map()).order(ByteOrder.LITTLE_ENDIAN);
        leaf(root, DIRECT, 0);
        long logical = DIRECT;
        long reach = 1;
        for (int level = 1; level <= LEVELS; level++) {
            pointer(int32(root, DIRECT + level - 1), level, logical);
            reach *= perBlock;
            logical += reach;
        }
        endRun();
    }

    private void leaf(ByteBuffer pointers, int count, long logical) throws IOException {
        boolean told = false;
        for (int index = 0; index < count; index++) {
            long block = int32(pointers, index);
            if (block == 0) {
                continue;
            }
            if (blocks.isValid(block, 1)) {
                add(logical + index, block);
            } else if (!told) {
                beyond(block);
                told = true;
            }
        }
    }

    private void pointer(long block, int level, long logical) throws IOException {
        if (block == 0) {
            return;
        }
        if (!blocks.isValid(block, 1)) {
            beyond(block);
            return;
        }
        if (!visitor.index(block)) {
            return;
        }
        ByteBuffer pointers = ByteBuffer.wrap(blocks.block(block)).order(ByteOrder.LITTLE_ENDIAN);
        if (level == 1) {
            leaf(pointers, perBlock, logical);
            return;
        }
        long reach = 1;
        for (int below = 1; below < level; below++) {
            reach *= perBlock;
        }
        for (int index = 0; index < perBlock; index++) {
            pointer(int32(pointers, index), level - 1, logical + index * reach);
        }
    }

    private void add(long logical, long block) throws IOException {
        if (runLength > 0
                && logical == runLogical + runLength
                && block == runPhysical + runLength) {
            runLength++;
            return;
        }
        endRun();
        runLogical = logical;
        runPhysical = block;
        runLength = 1;
    }

    private void endRun() throws IOException {
        if (runLength > 0) {
            visitor.data(runLogical, runPhysical, runLength, true);
            runLength = 0;
        }
    }

    private void beyond(long block) throws IOException {
        visitor.problem(FileBlocks.problem(
                ExtProblem.BEYOND_DEVICE, inode, "block pointer %d".formatted(block)));
    }

    private static long int32(ByteBuffer raw, int index) {
        return Integer.toUnsignedLong(raw.getInt(4 * index));
    }
}
