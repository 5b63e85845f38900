package cofferdam.analysis.regex;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/** Reads the rest of a class such as {@code [^a-z[:digit:]]}. */
final class ClassParser {

    private static final ByteSet LOWER = ByteSet.range('a', 'z');
    private static final ByteSet UPPER = ByteSet.range('A', 'Z');
    private static final ByteSet DIGIT = ByteSet.range('0', '9');
    private static final ByteSet ALPHA = LOWER.or(UPPER);
    private static final ByteSet GRAPH = ByteSet.range('!', '~');

    private static final Map<String, ByteSet> NAMED = Map.ofEntries(
            Map.entry("alnum", ALPHA.or(DIGIT)),
            Map.entry("alpha", ALPHA),
            Map.entry("ascii", ByteSet.range(0, 0x7f)),
            Map.entry("blank", ByteSet.of(' ').or(ByteSet.of('\t'))),
            Map.entry("cntrl", ByteSet.range(0, 0x1f).or(ByteSet.of(0x7f))),
            Map.entry("digit", DIGIT),
            Map.entry("graph", GRAPH),
            Map.entry("lower", LOWER),
            Map.entry("print", ByteSet.range(' ', '~')),
            Map.entry("punct", GRAPH.not().or(ALPHA).or(DIGIT).not()),
            Map.entry("space", ByteSet.of(' ').or(ByteSet.range('\t', '\r'))),
            Map.entry("upper", UPPER),
            Map.entry("word", RegexInput.WORD),
            Map.entry("xdigit", DIGIT.or(ByteSet.range('a', 'f')).or(ByteSet.range('A', 'F'))));

    private final RegexInput in;
    private final boolean fold;

    ClassParser(RegexInput in, boolean fold) {
        this.in = in;
        this.fold = fold;
    }

    ByteSet read() throws RegexSyntaxException {
        boolean negated = in.take("^");
        ByteSet set = ByteSet.NONE;
        boolean first = true;
        while (first || !in.take("]")) {
            set = set.or(item());
            first = false;
        }
        ByteSet folded = fold ? set.folded() : set;
        ByteSet wanted = negated ? folded.not() : folded;
        if (wanted.size() == 0) {
            throw in.error("a class of no byte");
        }
        return wanted;
    }

    private ByteSet item() throws RegexSyntaxException {
        ByteSet named = named();
        if (named != null) {
            return named;
        }
        int low = single();
        if (!in.lookingAt("-") || in.lookingAt("-]")) {
            return ByteSet.of(low);
        }
        in.take("-");
        int high = single();
        if (high < low) {
            throw in.error("a range of which the end is before the start");
        }
        return ByteSet.range(low, high);
    }

    private @Nullable ByteSet named() throws RegexSyntaxException {
        if (in.lookingAt("\\")) {
            in.take("\\");
            ByteSet perl = in.perlClass();
            if (perl != null) {
                return perl;
            }
            in.back();
            return null;
        }
        if (!in.take("[:")) {
            return null;
        }
        boolean negated = in.take("^");
        for (Map.Entry<String, ByteSet> entry : NAMED.entrySet()) {
            if (in.take(entry.getKey() + ":]")) {
                return negated ? entry.getValue().not() : entry.getValue();
            }
        }
        throw in.error("a class '[:' that is not known");
    }

    private int single() throws RegexSyntaxException {
        return in.take("\\") ? in.escapedByte() : in.next();
    }
}
