package cofferdam.analysis.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds a set of literals in plain Java: pairs of bytes tell how far it is safe to move on (Wu and
 * Manber, A fast algorithm for multi-pattern searching, 1994, with blocks of two bytes). Literals of
 * one byte have a table of their own.
 */
final class WuManber {

    /** Longer common windows move on no further in practice, and their table fits a cache worse. */
    private static final int MAXIMUM_WINDOW = 32;

    private static final int PAIRS = 1 << 16;

    /** Of one length class: literals of one byte, or of more. */
    private final List<Entry> singles = new ArrayList<>();

    private final List<Entry> longer = new ArrayList<>();
    private final byte[] fold = new byte[256];
    private final Entry[][] bySingle = new Entry[256][];
    private final byte[] shifts = new byte[PAIRS];
    private final Entry[][] byPair = new Entry[PAIRS][];
    private final int window;

    /** A literal and what to tell of it. */
    record Entry(Literal literal, int id) {}

    /** Takes places. */
    interface Places {
        void at(int id, int start);
    }

    /**
     * Prepares a search.
     *
     * @param ignoreCase whether letters are folded before anything is compared; needed if one of
     *     the literals ignores case
     */
    WuManber(List<Entry> entries, boolean ignoreCase) {
        for (int i = 0; i < 256; i++) {
            boolean upper = ignoreCase && i >= 'A' && i <= 'Z';
            fold[i] = (byte) (upper ? i + 'a' - 'A' : i);
        }
        entries.forEach(entry -> (entry.literal.length() == 1 ? singles : longer).add(entry));
        for (Entry entry : singles) {
            add(bySingle, folded(entry, 0), entry);
        }
        window = longer.stream()
                .mapToInt(entry -> Math.min(entry.literal.length(), MAXIMUM_WINDOW))
                .min()
                .orElse(0);
        Arrays.fill(shifts, (byte) Math.max(window - 1, 0));
        longer.forEach(this::prepare);
    }

    private void prepare(Entry entry) {
        for (int end = 1; end < window; end++) {
            int pair = folded(entry, end - 1) | folded(entry, end) << 8;
            shifts[pair] = (byte) Math.min(shifts[pair], window - 1 - end);
        }
        add(byPair, folded(entry, window - 2) | folded(entry, window - 1) << 8, entry);
    }

    /** Tells every place in the first so many bytes of the text where a literal stands. */
    void search(byte[] text, int size, Places places) {
        if (!singles.isEmpty()) {
            searchSingles(text, size, places);
        }
        if (longer.isEmpty()) {
            return;
        }
        int last = window - 1;
        while (last < size) {
            int pair = folded(text[last - 1]) | folded(text[last]) << 8;
            int shift = shifts[pair];
            if (shift == 0) {
                tell(byPair[pair], text, last - window + 1, size, places);
                shift = 1;
            }
            last += shift;
        }
    }

    private void searchSingles(byte[] text, int size, Places places) {
        for (int at = 0; at < size; at++) {
            Entry[] found = bySingle[folded(text[at])];
            if (found != null) {
                tell(found, text, at, size, places);
            }
        }
    }

    private static void tell(Entry[] entries, byte[] text, int start, int size, Places places) {
        for (Entry entry : entries) {
            if (start + entry.literal.length() <= size && entry.literal.standsAt(text, start)) {
                places.at(entry.id, start);
            }
        }
    }

    private int folded(Entry entry, int index) {
        return folded(entry.literal.bytes()[index]);
    }

    private int folded(byte value) {
        return Byte.toUnsignedInt(fold[Byte.toUnsignedInt(value)]);
    }

    private static void add(Entry[][] table, int index, Entry entry) {
        Entry[] old = table[index];
        Entry[] more = old == null ? new Entry[1] : Arrays.copyOf(old, old.length + 1);
        more[more.length - 1] = entry;
        table[index] = more;
    }
}
