package cofferdam.monitor.disk.qcow2;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * How often each cluster of a file is referred to, in 16 bits a cluster: 13 for the count, which
 * stays at its largest, and marks. Pages are made when needed and their number is limited, so
 * neither a large file nor hostile offsets cost more than 32 MiB.
 */
final class ClusterCounts {

    /** A count that may stand for any larger one. */
    static final int MOST = (1 << 13) - 1;

    private static final int TABLE = 1 << 15;
    private static final int SEEN = 1 << 14;
    private static final int PAGE_BITS = 12;
    private static final int MOST_PAGES = 4096;

    private final Map<Long, Page> pages = new HashMap<>();
    private @Nullable Page last;
    private boolean complete = true;
    private int round;

    private static final class Page {
        private final long number;
        private final short[] clusters = new short[1 << PAGE_BITS];
        private int round;

        Page(long number) {
            this.number = number;
        }
    }

    /** Whether every cluster told could be counted. */
    boolean isComplete() {
        return complete;
    }

    /** Notes more references to a cluster. */
    void add(long cluster, int times) {
        Page page = page(cluster);
        if (page == null) {
            return;
        }
        int at = place(cluster);
        int value = page.clusters[at];
        int count = (int) Math.min(MOST, (value & MOST) + (long) times);
        page.clusters[at] = (short) ((value & ~MOST) | count);
    }

    /** Marks a cluster as holding a structure; tells whether it was so already. */
    boolean markTable(long cluster) {
        return mark(cluster, TABLE);
    }

    /** Whether a structure is in the cluster. */
    boolean isTable(long cluster) {
        Page page = existing(cluster);
        return page != null && (page.clusters[place(cluster)] & TABLE) != 0;
    }

    /** Forgets which clusters were seen. */
    void startRound() {
        round++;
    }

    /** Marks a cluster as seen in this round; tells whether it was so already. */
    boolean markSeen(long cluster) {
        Page page = page(cluster);
        if (page != null && page.round != round) {
            for (int i = 0; i < page.clusters.length; i++) {
                page.clusters[i] &= (short) ~SEEN;
            }
            page.round = round;
        }
        return mark(cluster, SEEN);
    }

    /** The references to a cluster, which are forgotten. */
    int take(long cluster) {
        Page page = existing(cluster);
        if (page == null) {
            return 0;
        }
        int at = place(cluster);
        int count = page.clusters[at] & MOST;
        page.clusters[at] &= (short) ~MOST;
        return count;
    }

    /** Tells every cluster that still has references, in ascending order. */
    void forEachLeft(LongConsumer cluster) {
        List<Page> sorted = pages.values().stream()
                .sorted(Comparator.comparingLong(page -> page.number))
                .toList();
        for (Page page : sorted) {
            for (int i = 0; i < page.clusters.length; i++) {
                if ((page.clusters[i] & MOST) != 0) {
                    cluster.accept((page.number << PAGE_BITS) + i);
                }
            }
        }
    }

    private boolean mark(long cluster, int bit) {
        Page page = page(cluster);
        if (page == null) {
            return false;
        }
        int at = place(cluster);
        boolean was = (page.clusters[at] & bit) != 0;
        page.clusters[at] |= (short) bit;
        return was;
    }

    private @Nullable Page page(long cluster) {
        Page page = existing(cluster);
        if (page != null) {
            return page;
        }
        if (pages.size() == MOST_PAGES) {
            complete = false;
            return null;
        }
        Page added = new Page(cluster >>> PAGE_BITS);
        pages.put(added.number, added);
        last = added;
        return added;
    }

    private @Nullable Page existing(long cluster) {
        long number = cluster >>> PAGE_BITS;
        if (last != null && last.number == number) {
            return last;
        }
        Page page = pages.get(number);
        if (page != null) {
            last = page;
        }
        return page;
    }

    private static int place(long cluster) {
        return (int) (cluster & ((1 << PAGE_BITS) - 1));
    }
}
