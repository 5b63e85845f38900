package cofferdam.analysis;

import cofferdam.analysis.evidence.MissingEvidenceException;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers as evidence tells of them: ranges of hexadecimal digits with both ends, such as {@code
 * 3f0-3f5,3f7}. Kept in order, with what touches joined.
 */
final class HexRanges {

    /** The most ranges of one text. */
    private static final int MAXIMUM_RANGES = 8192;

    private static final Pattern RANGE = Pattern.compile("([0-9a-f]{1,12})(?:-([0-9a-f]{1,12}))?");
    private static final int RADIX = 16;

    private final List<Range> ranges;

    /** Numbers, both ends included. */
    record Range(long first, long last) {}

    private HexRanges(List<Range> ranges) {
        this.ranges = ranges;
    }

    /**
     * Reads a text, which is empty if there are none.
     *
     * @throws MissingEvidenceException if it is no such text, or has too many ranges
     */
    static HexRanges parse(String text) throws MissingEvidenceException {
        List<Range> parsed = new ArrayList<>();
        if (text.isEmpty()) {
            return new HexRanges(parsed);
        }
        String[] parts = text.split(",", -1);
        if (parts.length > MAXIMUM_RANGES) {
            throw new MissingEvidenceException(
                    "%d ranges are more than %d".formatted(parts.length, MAXIMUM_RANGES));
        }
        for (String part : parts) {
            parsed.add(range(part));
        }
        return of(parsed);
    }

    static HexRanges of(Collection<Range> ranges) {
        List<Range> joined = new ArrayList<>();
        for (Range range :
                ranges.stream().sorted(Comparator.comparingLong(Range::first)).toList()) {
            if (!joined.isEmpty() && range.first() <= joined.getLast().last() + 1) {
                Range before = joined.removeLast();
                joined.add(new Range(before.first(), Math.max(before.last(), range.last())));
            } else {
                joined.add(range);
            }
        }
        return new HexRanges(joined);
    }

    /** The ranges in order, none of which touches another. */
    List<Range> ranges() {
        return List.copyOf(ranges);
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** Whether every number of the range is among them. */
    boolean contains(Range range) {
        return ranges.stream()
                .anyMatch(own -> own.first() <= range.first() && own.last() >= range.last());
    }

    /** Whether every number of the others is among them. */
    boolean containsAll(HexRanges others) {
        return others.ranges.stream().allMatch(this::contains);
    }

    /** Whether a number of the range is among them. */
    boolean touches(Range range) {
        return ranges.stream()
                .anyMatch(own -> own.first() <= range.last() && own.last() >= range.first());
    }

    /** Both. */
    HexRanges and(HexRanges others) {
        List<Range> both = new ArrayList<>(ranges);
        both.addAll(others.ranges);
        return of(both);
    }

    /** Those below a limit. */
    HexRanges below(long limit) {
        return new HexRanges(ranges.stream()
                .filter(range -> range.first() < limit)
                .map(range -> new Range(range.first(), Math.min(range.last(), limit - 1)))
                .toList());
    }

    /** The same with every range made whole multiples of a unit. */
    HexRanges wholly(long unit) {
        return of(ranges.stream()
                .map(range -> new Range(
                        range.first() / unit * unit, range.last() / unit * unit + unit - 1))
                .toList());
    }

    private static Range range(String text) throws MissingEvidenceException {
        Matcher matcher = RANGE.matcher(text);
        if (!matcher.matches()) {
            throw new MissingEvidenceException("'%s' is no range".formatted(text));
        }
        long first = Long.parseLong(matcher.group(1), RADIX);
        long last = matcher.group(2) == null ? first : Long.parseLong(matcher.group(2), RADIX);
        if (last < first) {
            throw new MissingEvidenceException(
                    "the range '%s' ends before it begins".formatted(text));
        }
        return new Range(first, last);
    }
}
