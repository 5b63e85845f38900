package cofferdam.monitor.net;

import java.util.Arrays;

/**
 * A bounded map from 48-bit addresses to a port and a time: open addressing with linear probing, at
 * most half full, no allocation after construction but in {@link #removePort}. An entry is two
 * neighbouring words: the address in the upper 48 bits with the port plus one below it, and the
 * time; a first word of zero marks a free entry. Four neighbouring addresses, as the guests of one
 * monitor have, lie next to each other, so that they share a cache line.
 */
final class AddressSlots {

    /** The most addresses of one map. */
    static final int MAXIMUM_CAPACITY = 1 << 18;

    private static final int PORT_BITS = 16;
    private static final long PORT_MASK = (1L << PORT_BITS) - 1;
    /**
     * 2 to the 64th divided by the golden ratio: spreads neighbouring addresses (Knuth, volume 3,
     * section 6.4).
     */
    private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;

    private final long[] words;
    private final int mask;
    private final int shift;

    AddressSlots(int capacity) {
        if (capacity < 1 || capacity > MAXIMUM_CAPACITY) {
            throw new IllegalArgumentException("capacity of %d addresses is not between 1 and %d"
                    .formatted(capacity, MAXIMUM_CAPACITY));
        }
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(2 * capacity - 1);
        words = new long[2 << bits];
        mask = words.length - 1;
        shift = Long.SIZE - bits;
    }

    /** Where the address is, or where it would be put, as the complement of that place. */
    int find(long address) {
        int at = home(address);
        while (true) {
            long word = words[at];
            if (word == 0) {
                return ~at;
            }
            if (word >>> PORT_BITS == address) {
                return at;
            }
            at = at + 2 & mask;
        }
    }

    /** The port of the entry at a place that {@link #find} gave. */
    int port(int at) {
        return (int) (words[at] & PORT_MASK) - 1;
    }

    /** The time of the entry at a place that {@link #find} gave. */
    long time(int at) {
        return words[at + 1];
    }

    /** Fills a free place that {@link #find} gave for this address. */
    void put(int at, long address, int port, long time) {
        words[at] = word(address, port);
        words[at + 1] = time;
    }

    /** Renews an entry; its first word is written only if the port is another. */
    void renew(int at, long address, int port, long time) {
        long word = word(address, port);
        if (words[at] != word) {
            words[at] = word;
        }
        words[at + 1] = time;
    }

    /** Frees a place, and moves up the entries behind it that would no longer be found. */
    void remove(int at) {
        int free = at;
        for (int next = at + 2 & mask; words[next] != 0; next = next + 2 & mask) {
            int home = home(words[next] >>> PORT_BITS);
            if ((next - home & mask) >= (next - free & mask)) {
                words[free] = words[next];
                words[free + 1] = words[next + 1];
                free = next;
            }
        }
        words[free] = 0;
    }

    /** Frees every entry of the port. */
    void removePort(int port) {
        long[] before = words.clone();
        Arrays.fill(words, 0);
        for (int i = 0; i < before.length; i += 2) {
            if (before[i] != 0 && (int) (before[i] & PORT_MASK) - 1 != port) {
                int at = ~find(before[i] >>> PORT_BITS);
                words[at] = before[i];
                words[at + 1] = before[i + 1];
            }
        }
    }

    /** Visits every entry. */
    void forEach(Visitor visitor) {
        for (int i = 0; i < words.length; i += 2) {
            if (words[i] != 0) {
                visitor.visit(words[i] >>> PORT_BITS, words[i + 1]);
            }
        }
    }

    private int home(long address) {
        int group = (int) (((address >>> 2) * SPREAD) >>> shift) & ~3;
        return ((group | ((int) address & 3)) << 1) & mask;
    }

    private static long word(long address, int port) {
        return (address << PORT_BITS) | (port + 1);
    }

    /** Takes an entry. */
    @FunctionalInterface
    interface Visitor {
        void visit(long address, long time);
    }
}
