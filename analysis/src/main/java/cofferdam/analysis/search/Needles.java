package cofferdam.analysis.search;

import cofferdam.analysis.regex.ByteRegex;
import cofferdam.analysis.regex.RegexSyntaxException;

import java.util.ArrayList;
import java.util.List;

/** A set of needles, read and within the limits. */
record Needles(List<Target> targets) {

    /** The most needles of a set. */
    static final int MAXIMUM_COUNT = 10_000;

    /** The most bytes of all literals and expressions of a set. */
    static final int MAXIMUM_BYTES = 4 << 20;

    /** A needle as engines see it. */
    sealed interface Target {

        /** The most bytes of a match. */
        int longest();
    }

    /** Bytes to find. */
    record Text(Literal literal) implements Target {
        @Override
        public int longest() {
            return literal.length();
        }
    }

    /** An expression to match, within so many bytes. */
    record Form(ByteRegex regex, int longest) implements Target {}

    static Needles of(List<Needle> needles) throws InvalidNeedleException {
        if (needles.size() > MAXIMUM_COUNT) {
            throw new InvalidNeedleException(
                    -1, "%d needles, more than %d".formatted(needles.size(), MAXIMUM_COUNT));
        }
        List<Target> targets = new ArrayList<>();
        long bytes = 0;
        for (Needle needle : needles) {
            bytes += size(needle);
            if (bytes > MAXIMUM_BYTES) {
                throw new InvalidNeedleException(
                        targets.size(),
                        "all needles together have more than %d bytes".formatted(MAXIMUM_BYTES));
            }
            targets.add(target(needle, targets.size()));
        }
        return new Needles(List.copyOf(targets));
    }

    /** The most bytes that a match of any of them may have. */
    int longest() {
        return targets.stream().mapToInt(Target::longest).max().orElse(0);
    }

    /** Whether there are literals alone. */
    boolean literal() {
        return targets.stream().allMatch(target -> target instanceof Text);
    }

    private static int size(Needle needle) {
        return switch (needle) {
            case Needle.Literal literal -> literal.bytes().length;
            case Needle.Expression expression -> expression.regex().length();
        };
    }

    private static Target target(Needle needle, int index) throws InvalidNeedleException {
        return switch (needle) {
            case Needle.Literal given -> new Text(Literal.of(given.bytes(), given.ignoreCase()));
            case Needle.Expression expression -> form(expression, index);
        };
    }

    private static Form form(Needle.Expression expression, int index)
            throws InvalidNeedleException {
        try {
            ByteRegex regex = ByteRegex.parse(expression.regex());
            return new Form(regex, Math.min(expression.longest(), regex.maximum()));
        } catch (RegexSyntaxException e) {
            throw new InvalidNeedleException(index, String.valueOf(e.getMessage()));
        }
    }
}
