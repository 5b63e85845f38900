package cofferdam.analysis.regex;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A regular expression in RE2's syntax over bytes: a character from U+0000 to U+00FF is the byte of
 * that value. The preferred match is RE2's: leftmost, and of those the one that a backtracking
 * search would find first. Immutable.
 */
public final class ByteRegex {

    /** The most characters of an expression. */
    public static final int MAXIMUM_LENGTH = 4096;

    /** Shorter literals are in every text. */
    private static final int SHORTEST_ANCHOR = 2;

    private final Node node;
    private final Node outline;
    private final Program.Instruction[] program;
    private final ByteSet[] prefix;

    private ByteRegex(Node node, Program.Instruction[] program) {
        this.node = node;
        this.outline = Outline.of(node);
        this.program = program;
        this.prefix = Prefix.of(node);
    }

    /**
     * Reads an expression.
     *
     * @throws RegexSyntaxException if it is wrong, not supported, too large, or matches nothing at
     *     all
     */
    public static ByteRegex parse(String text) throws RegexSyntaxException {
        if (text.length() > MAXIMUM_LENGTH) {
            throw new RegexSyntaxException("too long: %d characters, more than %d"
                    .formatted(text.length(), MAXIMUM_LENGTH));
        }
        Node node = RegexParser.parse(text);
        if (node.minimum() == 0) {
            throw new RegexSyntaxException("it would match everywhere, without a byte");
        }
        return new ByteRegex(node, Program.of(node));
    }

    /** The fewest bytes of a match, at least 1. */
    public int minimum() {
        return node.minimum();
    }

    /** The most bytes of a match, {@link Integer#MAX_VALUE} for no limit. */
    public int maximum() {
        return node.maximum();
    }

    /** Literals of which one stands in every match; empty if there are none worth a search. */
    public List<Anchor> anchors() {
        return Anchors.of(node, SHORTEST_ANCHOR);
    }

    /**
     * An expression in the syntax of PCRE, over bytes, that matches wherever a match of this one
     * begins. It may match elsewhere too.
     */
    public String outline() {
        return Outline.written(outline);
    }

    /** The fewest bytes of a match of the outline. */
    public int outlineMinimum() {
        return outline.minimum();
    }

    /** The most bytes of a match of the outline, {@link Integer#MAX_VALUE} for no limit. */
    public int outlineMaximum() {
        return outline.maximum();
    }

    /** False where the first bytes rule a match out; cheaper than a matcher. */
    public boolean mayBegin(MemorySegment text, long start) {
        return Prefix.fits(prefix, text, start);
    }

    /** A matcher, for one thread. */
    public RegexMatcher matcher() {
        return new RegexMatcher(program);
    }
}
