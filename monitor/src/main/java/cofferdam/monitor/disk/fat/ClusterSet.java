package cofferdam.monitor.disk.fat;

import org.jspecify.annotations.Nullable;

/** A set of clusters: a bit for each, in pages that are made when needed; at most 32 MiB. */
final class ClusterSet {

    private static final int PAGE_BITS = 15;
    private static final int PAGE_LONGS = 1 << (PAGE_BITS - 6);

    private final long[] @Nullable [] pages;

    /** @param clusters how many there are, from 2 on */
    ClusterSet(int clusters) {
        pages = new long[((clusters + BootSector.FIRST_CLUSTER) >> PAGE_BITS) + 1][];
    }

    /** Puts a cluster in; false if it was in already. */
    boolean add(int cluster) {
        long[] page = pages[cluster >> PAGE_BITS];
        if (page == null) {
            page = new long[PAGE_LONGS];
            pages[cluster >> PAGE_BITS] = page;
        }
        int word = (cluster >> 6) & (PAGE_LONGS - 1);
        long bit = 1L << cluster;
        if ((page[word] & bit) != 0) {
            return false;
        }
        page[word] |= bit;
        return true;
    }

    boolean contains(int cluster) {
        long[] page = pages[cluster >> PAGE_BITS];
        return page != null && (page[(cluster >> 6) & (PAGE_LONGS - 1)] & (1L << cluster)) != 0;
    }
}
