package cofferdam.monitor.disk.qcow2;

import java.io.IOException;

/**
 * The reference counts that a file has for its clusters (section <i>Host cluster management</i>).
 *
 * @param entries the file's tables
 * @param offset where the refcount table is
 * @param tableClusters its size
 * @param order a count has two to this power in bits
 */
record Refcounts(Layout layout, Entries entries, long offset, int tableClusters, int order) {

    /** Where a refcount table entry has its block. */
    static final long OFFSET = ~0x1ffL;

    static Refcounts of(Qcow2Header header, Entries entries) {
        return new Refcounts(
                header.layout(),
                entries,
                header.refcountOffset(),
                header.refcountClusters(),
                header.refcountOrder());
    }

    /** How many clusters a block counts. */
    int blockEntries() {
        return (layout.clusterSize() << 3) >>> order;
    }

    /** How many blocks the table has room for. */
    long tableEntries() {
        return (long) tableClusters * layout.clusterSize() / Long.BYTES;
    }

    /** The largest count; -1 stands for all 64 bits, as a count is unsigned. */
    long most() {
        return order == 6 ? -1 : (1L << (1 << order)) - 1;
    }

    /** The count of a cluster as an unsigned number; 0 where there is no block. */
    long count(long cluster) throws IOException {
        long block = block(cluster);
        if (block == 0) {
            return 0;
        }
        long bit = (cluster % blockEntries()) << order;
        return count(entries.at(block + (bit >>> 6) * Long.BYTES), (int) (bit & 63));
    }

    /** Where the block that counts a cluster is; 0 where there is none. */
    long block(long cluster) throws IOException {
        long index = cluster / blockEntries();
        return index >= tableEntries() ? 0 : entries.at(offset + index * Long.BYTES) & OFFSET;
    }

    /**
     * A count in 64 bits of a block. Counts of a byte or more are in the order of the file; smaller
     * ones begin with the least significant bit of their byte.
     */
    long count(long word, int bit) {
        return (word >>> shift(bit)) & most();
    }

    /** How far a count that begins at this bit of 64 in file order is from the lowest bit. */
    int shift(int bit) {
        if (order < 3) {
            return 56 - (bit & ~7) + (bit & 7);
        }
        return 64 - (1 << order) - bit;
    }
}
