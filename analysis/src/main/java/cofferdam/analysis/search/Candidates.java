package cofferdam.analysis.search;

import cofferdam.analysis.regex.RegexMatcher;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where matches of expressions may begin in one window of a text, and what comes of it. Windows
 * follow one another without gap or overlap, so that the leftmost match of those that overlap is
 * the same whatever finds the candidates. Not for several threads.
 */
final class Candidates {

    /** With more ranges than this in a window, the whole window is looked through. */
    static final int MAXIMUM_RANGES = 1024;

    private final List<Needles.Target> targets;
    private final Places[] places;
    private final List<Places> touched = new ArrayList<>();
    private final List<Places> used = new ArrayList<>();
    private long from;
    private long to;

    /** The candidates of one expression. */
    private static final class Places {
        private final int needle;
        private final Needles.Form form;
        private final RegexMatcher matcher;

        /** First and last place of each range, less the window's start, in one number. */
        private long[] ranges = new long[4];

        private int count;
        private boolean whole;
        private boolean used;

        /** Matches do not overlap: the next one begins here or later. */
        private long next;

        Places(int needle, Needles.Form form) {
            this.needle = needle;
            this.form = form;
            this.matcher = form.regex().matcher();
        }
    }

    Candidates(List<Needles.Target> targets) {
        this.targets = targets;
        this.places = new Places[targets.size()];
    }

    /** Begins a text. */
    void begin() {
        used.forEach(place -> {
            place.next = 0;
            place.used = false;
        });
        used.clear();
        touched.forEach(Candidates::forget);
        touched.clear();
    }

    /** Begins a window. */
    void window(long from, long to) {
        this.from = from;
        this.to = to;
    }

    /** A match may begin anywhere from {@code first} to {@code last}. Outside the window is left. */
    void add(int needle, long first, long last) {
        long low = Math.max(first, from) - from;
        long high = Math.min(last, to - 1) - from;
        if (low > high) {
            return;
        }
        Places place = place(needle);
        if (place.count == 0 && !place.whole) {
            touched.add(place);
        }
        if (place.whole || joined(place, low, high)) {
            return;
        }
        if (place.count == MAXIMUM_RANGES) {
            place.whole = true;
            return;
        }
        if (place.count == place.ranges.length) {
            place.ranges = Arrays.copyOf(place.ranges, place.count * 2);
        }
        place.ranges[place.count++] = low << 32 | high;
    }

    /** Whether it begins in the range before it or right behind, and so only makes that longer. */
    private static boolean joined(Places place, long low, long high) {
        if (place.count == 0) {
            return false;
        }
        long last = place.ranges[place.count - 1];
        long lastLow = last >>> 32;
        long lastHigh = last & 0xffffffffL;
        if (low < lastLow || low > lastHigh + 1) {
            return false;
        }
        place.ranges[place.count - 1] = lastLow << 32 | Math.max(lastHigh, high);
        return true;
    }

    /** Tells the matches among the window's candidates. */
    void tell(MemorySegment text, Searcher.Hits hits) {
        for (Places place : touched) {
            if (place.whole) {
                look(place, text, from, to - 1, hits);
            } else {
                Arrays.sort(place.ranges, 0, place.count);
                for (int i = 0; i < place.count; i++) {
                    long range = place.ranges[i];
                    look(place, text, from + (range >>> 32), from + (range & 0xffffffffL), hits);
                }
            }
            forget(place);
        }
        touched.clear();
    }

    private static void look(
            Places place, MemorySegment text, long first, long last, Searcher.Hits hits) {
        long at = Math.max(first, place.next);
        while (at <= last) {
            long end = place.form.regex().mayBegin(text, at)
                    ? place.matcher.match(text, at, place.form.longest())
                    : -1;
            if (end < 0) {
                at++;
                continue;
            }
            hits.hit(place.needle, at, end);
            at = end;
        }
        place.next = Math.max(at, place.next);
    }

    private Places place(int needle) {
        Places place = places[needle];
        if (place == null) {
            if (!(targets.get(needle) instanceof Needles.Form form)) {
                throw new IllegalArgumentException("needle %d is no expression".formatted(needle));
            }
            place = new Places(needle, form);
            places[needle] = place;
        }
        if (!place.used) {
            place.used = true;
            used.add(place);
        }
        return place;
    }

    private static void forget(Places place) {
        place.count = 0;
        place.whole = false;
    }
}
