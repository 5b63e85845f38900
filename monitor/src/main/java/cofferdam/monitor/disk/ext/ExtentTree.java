package cofferdam.monitor.disk.ext;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One file's tree of extents. Source: ext4 layout, <i>Extent Tree</i>. Logical block numbers must
 * rise from leaf to leaf, so no leaf counts twice.
 */
final class ExtentTree {

    static final int MAGIC = 0xf30a;
    static final int ENTRY = 12;
    static final int DEEPEST = 5;

    /** Lengths above this one mark reserved blocks that read as zeros. */
    private static final int LONGEST = 32768;

    private final FileBlocks blocks;
    private final Inode inode;
    private final BlockVisitor visitor;
    private long next;

    ExtentTree(FileBlocks blocks, Inode inode, BlockVisitor visitor) {
        this.blocks = blocks;
        this.inode = inode;
        this.visitor = visitor;
    }

    void visit() throws IOException {
        ByteBuffer root = ByteBuffer.wrap(inode.map()).order(ByteOrder.LITTLE_ENDIAN);
        int depth = int16(root, 6);
        if (depth > DEEPEST) {
            problem("extent tree of depth %d".formatted(depth));
            return;
        }
        node(root, depth);
    }

    private void node(ByteBuffer node, int depth) throws IOException {
        int room = (node.capacity() - ENTRY) / ENTRY;
        int entries = int16(node, 2);
        if (int16(node, 0) != MAGIC || int16(node, 6) != depth || entries > room) {
            problem("no extent header of depth %d with at most %d entries".formatted(depth, room));
            return;
        }
        for (int entry = 1; entry <= entries; entry++) {
            if (depth == 0) {
                extent(node, entry * ENTRY);
            } else {
                child(node, entry * ENTRY, depth);
            }
        }
    }

    private void extent(ByteBuffer leaf, int at) throws IOException {
        long logical = int32(leaf, at);
        int length = int16(leaf, at + 4);
        long physical = int32(leaf, at + 8) | ((long) int16(leaf, at + 6) << 32);
        boolean written = length <= LONGEST;
        int count = written ? length : length - LONGEST;
        if (logical < next) {
            problem("extent at logical block %d where %d or more must be".formatted(logical, next));
            return;
        }
        if (!blocks.isValid(physical, count)) {
            visitor.problem(FileBlocks.problem(
                    ExtProblem.BEYOND_DEVICE,
                    inode,
                    "extent of %d blocks at %d".formatted(count, physical)));
            return;
        }
        next = logical + count;
        visitor.data(logical, physical, count, written);
    }

    private void child(ByteBuffer node, int at, int depth) throws IOException {
        long logical = int32(node, at);
        long block = int32(node, at + 4) | ((long) int16(node, at + 8) << 32);
        if (logical < next) {
            problem("extent index at logical block %d where %d must be".formatted(logical, next));
            return;
        }
        if (!blocks.isValid(block, 1)) {
            visitor.problem(FileBlocks.problem(
                    ExtProblem.BEYOND_DEVICE, inode, "extent block at %d".formatted(block)));
            return;
        }
        if (!visitor.index(block)) {
            return;
        }
        byte[] bytes = blocks.block(block);
        requireChecksum(bytes, block);
        node(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), depth - 1);
    }

    private void requireChecksum(byte[] bytes, long block) throws IOException {
        if (!blocks.superblock().has(Feature.METADATA_CHECKSUM)) {
            return;
        }
        ByteBuffer raw = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int end = ENTRY + ENTRY * int16(raw, 4);
        if (end > bytes.length - 4
                || raw.getInt(end)
                        != Checksum.of(inode.checksumSeed(blocks.superblock()), bytes, 0, end)) {
            visitor.problem(FileBlocks.problem(
                    ExtProblem.BAD_CHECKSUM, inode, "extent block at %d".formatted(block)));
        }
    }

    private void problem(String what) throws IOException {
        visitor.problem(FileBlocks.problem(ExtProblem.BAD_MAP, inode, what));
    }

    private static int int16(ByteBuffer raw, int offset) {
        return Short.toUnsignedInt(raw.getShort(offset));
    }

    private static long int32(ByteBuffer raw, int offset) {
        return Integer.toUnsignedLong(raw.getInt(offset));
    }
}
