package cofferdam.monitor.disk.integrity;

/**
 * Where the nodes of a hash tree lie behind the data of the inner disk: one level after the other
 * from the lowest up, without the topmost node.
 */
final class TreeLayout {

    private final long blocks;
    private final long[] starts;

    /** @param blocks at least 1 */
    TreeLayout(long blocks) {
        this.blocks = blocks;
        int levels = 0;
        for (long nodes = nodes(blocks); nodes > 1; nodes = nodes(nodes)) {
            levels++;
        }
        starts = new long[levels + 1];
        starts[0] = blocks * HashTree.NODE;
        long nodes = nodes(blocks);
        for (int level = 1; level <= levels; level++, nodes = nodes(nodes)) {
            starts[level] = starts[level - 1] + nodes * HashTree.NODE;
        }
    }

    /**
     * A layout that takes all of an inner disk of this size in bytes but for a few blocks at most.
     *
     * @throws IllegalArgumentException if there is no room for a block
     */
    static TreeLayout within(long innerSize) {
        long blocks = innerSize / HashTree.NODE;
        while (blocks > 0) {
            TreeLayout layout = new TreeLayout(blocks);
            if (layout.end() <= innerSize) {
                return layout;
            }
            blocks -= Math.ceilDiv(layout.end() - innerSize, (long) HashTree.NODE);
        }
        throw new IllegalArgumentException(
                "a disk of %d bytes has no room for a block".formatted(innerSize));
    }

    private static long nodes(long entries) {
        return Math.ceilDiv(entries, (long) HashTree.ARITY);
    }

    long blocks() {
        return blocks;
    }

    /** The level of the topmost node; level 0 has the entries of blocks. */
    int top() {
        return starts.length - 1;
    }

    /** Where data and tree end on the inner disk. */
    long end() {
        return starts[top()];
    }

    /** Where a node lies on the inner disk; not the topmost one. */
    long offset(int level, long index) {
        return starts[level] + index * HashTree.NODE;
    }

    /** How many blocks of data are below a node of a level, if it is full. */
    static long span(int level) {
        long span = HashTree.ARITY;
        for (int i = 0; i < level; i++) {
            span *= HashTree.ARITY;
        }
        return span;
    }

    /** How many entries a node has that stand for something. */
    int entries(int level, long index) {
        long below = level == 0 ? 1 : span(level - 1);
        long first = index * span(level);
        return (int) Math.min(HashTree.ARITY, Math.ceilDiv(blocks - first, below));
    }
}
