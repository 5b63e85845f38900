package cofferdam.monitor.disk.qcow2;

/**
 * How guest offsets become places in tables, and how entries of the tables are laid out (sections
 * <i>Cluster mapping</i> and <i>Extended L2 Entries</i>).
 *
 * @param clusterBits a cluster is two to this power in bytes: 9 to 21
 * @param extended whether L2 entries have 128 bits, the last 64 for 32 subclusters
 */
record Layout(int clusterBits, boolean extended) {

    /** L1 and L2 entry: its target has a reference count of exactly one. */
    static final long COPIED = 1L << 63;

    /** L2 entry: compressed. */
    static final long COMPRESSED = 1L << 62;

    /** L2 entry that is not extended: reads as zeros. */
    static final long ZERO = 1;

    /** L1 and L2 entry: where the target begins. */
    static final long OFFSET = 0x00ff_ffff_ffff_fe00L;

    /** L1 entry: bits without a meaning. */
    static final long L1_RESERVED = ~(OFFSET | COPIED);

    static final int SUBCLUSTERS = 32;

    private static final int SECTOR_BITS = 9;

    /** In bytes. */
    int clusterSize() {
        return 1 << clusterBits;
    }

    /** Which cluster of the file an offset is in. */
    long cluster(long offset) {
        return offset >>> clusterBits;
    }

    /** How many clusters this many bytes fill. */
    long clusters(long bytes) {
        return (bytes >>> clusterBits) + (inCluster(bytes) == 0 ? 0 : 1);
    }

    /** Where in its cluster an offset is. */
    int inCluster(long offset) {
        return (int) (offset & (clusterSize() - 1L));
    }

    boolean isAligned(long offset) {
        return inCluster(offset) == 0;
    }

    /** The size of an L2 entry in bytes. */
    int entrySize() {
        return extended ? 16 : 8;
    }

    int l2Entries() {
        return clusterSize() / entrySize();
    }

    /** How many guest bytes one L2 table maps; at most 2 to the power of 39. */
    long span() {
        return (long) l2Entries() << clusterBits;
    }

    /** How many entries an L1 table needs for a disk of this size in bytes. */
    long l1Entries(long size) {
        return size / span() + (size % span() == 0 ? 0 : 1);
    }

    int subclusterSize() {
        return clusterSize() / SUBCLUSTERS;
    }

    /** Where the data of a compressed entry begins: any byte. */
    long compressedOffset(long entry) {
        return entry & ((1L << sectorsShift()) - 1);
    }

    /** How many bytes the data of a compressed entry may fill: to the end of its last sector. */
    int compressedLength(long entry) {
        long sectors = ((entry & (COMPRESSED - 1)) >>> sectorsShift()) + 1;
        return (int) ((sectors << SECTOR_BITS) - (entry & ((1L << SECTOR_BITS) - 1)));
    }

    /** A compressed entry for data of this many bytes. */
    long compressedEntry(long offset, int length) {
        long last = ((offset + length - 1) >>> SECTOR_BITS) - (offset >>> SECTOR_BITS);
        return COMPRESSED | (last << sectorsShift()) | offset;
    }

    /** Bits without a meaning in the first 64 bits of an entry that is not compressed. */
    long reserved() {
        long meant = OFFSET | COPIED | COMPRESSED;
        return extended ? ~meant : ~(meant | ZERO);
    }

    private int sectorsShift() {
        return 62 - (clusterBits - 8);
    }
}
