package cofferdam.monitor.memory;

/**
 * What the scanner has seen, by key: a shared frame, or a hint, which is a page that had such contents
 * when it was looked at. At most one entry a key, so that pages made to collide cost one comparison
 * each and no more. Keys must be mixed with a secret before, so that nobody can fill one region.
 *
 * <p>Entries are not removed when their page changes; whoever finds one checks it, and those that say
 * nothing any more go when the table is built anew.
 */
final class SharingTable {

    /** There is no entry. */
    static final long NOTHING = 0;

    private static final long SHARED = 1L << 62;
    private static final long HINT = 1L << 61;
    private static final int PAGE_BITS = 32;
    private static final int SMALLEST = 1 << 10;

    /** Says of an entry whether it still holds. */
    @FunctionalInterface
    interface Holds {
        boolean test(long key, long value);
    }

    // Key, value, key, value...
    private long[] entries = new long[2 * SMALLEST];
    private int used;

    static long shared(int frame) {
        return SHARED | frame;
    }

    static long hint(int guest, int page) {
        return HINT | (long) guest << PAGE_BITS | page;
    }

    static boolean isShared(long value) {
        return (value & SHARED) != 0;
    }

    static boolean isHint(long value) {
        return (value & HINT) != 0;
    }

    /** The frame of a shared one, the page of a hint. */
    static int number(long value) {
        return (int) value;
    }

    /** The guest of a hint. */
    static int guest(long value) {
        return (int) ((value & ~HINT) >>> PAGE_BITS);
    }

    /** What there is under the key. */
    long find(long key) {
        return entries[place(key) + 1];
    }

    private int place(long key) {
        int mask = entries.length - 1;
        int at = (int) (key << 1) & mask;
        while (entries[at + 1] != NOTHING && entries[at] != key) {
            at = at + 2 & mask;
        }
        return at;
    }

    /** Puts the value under the key, in place of what was there. */
    void put(long key, long value, Holds holds) {
        int at = place(key);
        if (entries[at + 1] == NOTHING) {
            if (4L * (used + 1) > entries.length) {
                rebuild(holds);
                at = place(key);
            }
            used++;
        }
        entries[at] = key;
        entries[at + 1] = value;
    }

    private void rebuild(Holds holds) {
        long[] before = entries;
        int live = 0;
        for (int at = 0; at < before.length; at += 2) {
            if (before[at + 1] != NOTHING && !holds.test(before[at], before[at + 1])) {
                before[at + 1] = NOTHING;
            }
            live += before[at + 1] != NOTHING ? 1 : 0;
        }
        int capacity = Integer.highestOneBit(Math.max(SMALLEST, 4 * live)) * 2;
        entries = new long[2 * capacity];
        used = live;
        for (int at = 0; at < before.length; at += 2) {
            if (before[at + 1] != NOTHING) {
                int to = place(before[at]);
                entries[to] = before[at];
                entries[to + 1] = before[at + 1];
            }
        }
    }

    /** How many entries it has room for. */
    int capacity() {
        return entries.length / 2;
    }
}
