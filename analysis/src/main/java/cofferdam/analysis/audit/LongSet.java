package cofferdam.analysis.audit;

import java.util.Arrays;

/**
 * Numbers that were seen, without a box around each. When it is full it forgets everything and
 * begins again: whoever asks does some work twice, which a budget of its own bounds.
 */
final class LongSet {

    /** The most numbers in it: 2^21, which take 32 MiB. */
    static final int CAPACITY = 1 << 21;

    private static final int FIRST_SLOTS = 1 << 10;
    private static final long EMPTY = 0;

    private long[] slots = new long[FIRST_SLOTS];
    private int size;
    private boolean hasZero;

    /** Adds a number; whether it is new. */
    boolean add(long number) {
        if (number == EMPTY) {
            boolean isNew = !hasZero;
            hasZero = true;
            return isNew;
        }
        if (size == CAPACITY) {
            Arrays.fill(slots, EMPTY);
            size = 0;
        }
        if (size * 2 >= slots.length) {
            grow();
        }
        return put(number);
    }

    /** Two numbers as one, different for different pairs as good as always. */
    static long pair(long first, long second) {
        return scatter(first * 0x9e3779b97f4a7c15L + scatter(second));
    }

    private boolean put(long number) {
        int slot = (int) scatter(number) & (slots.length - 1);
        while (slots[slot] != EMPTY) {
            if (slots[slot] == number) {
                return false;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = number;
        size++;
        return true;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[old.length * 2];
        size = 0;
        for (long number : old) {
            if (number != EMPTY) {
                put(number);
            }
        }
    }

    private static long scatter(long number) {
        long mixed = number * 0xbf58476d1ce4e5b9L;
        return ((mixed ^ (mixed >>> 29)) * 0x94d049bb133111ebL) >>> 7;
    }
}
