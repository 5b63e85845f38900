package cofferdam.analysis.regex;

import cofferdam.analysis.regex.Node.Assertion.Kind;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads an expression in RE2's syntax, where a character is a byte. Not taken, because they have no
 * meaning over bytes or none in RE2: Unicode classes, back references, lookaround. Case is ignored
 * for ASCII letters alone.
 *
 * <p>Source: the syntax page of RE2.
 */
final class RegexParser {

    /** The largest count of a repetition, as in RE2. */
    static final int MAXIMUM_REPEAT = 1000;

    /** The most groups inside one another. */
    static final int MAXIMUM_DEPTH = 100;

    private final RegexInput in;
    private Flags flags = new Flags(false, false, false, false);
    private int depth;

    /** What {@code (?imsU)} switch on. */
    private record Flags(boolean fold, boolean lines, boolean dotAll, boolean swapGreed) {}

    private RegexParser(String text) {
        this.in = new RegexInput(text);
    }

    static Node parse(String text) throws RegexSyntaxException {
        var parser = new RegexParser(text);
        Node node = parser.choice();
        if (!parser.in.atEnd()) {
            throw parser.in.error("a ')' without its '('");
        }
        return node;
    }

    private Node choice() throws RegexSyntaxException {
        List<Node> alternatives = new ArrayList<>();
        do {
            alternatives.add(sequence());
        } while (in.take("|"));
        return alternatives.size() == 1 ? alternatives.getFirst() : new Node.Choice(alternatives);
    }

    private Node sequence() throws RegexSyntaxException {
        List<Node> nodes = new ArrayList<>();
        while (!in.atEnd() && in.peek() != '|' && in.peek() != ')') {
            if (in.take("\\Q")) {
                quoted(nodes);
            } else if (!in.lookingAt("(?") || !flagsOnly()) {
                nodes.add(repeated(atom()));
            }
        }
        return new Node.Sequence(nodes);
    }

    private void quoted(List<Node> nodes) throws RegexSyntaxException {
        while (!in.atEnd() && !in.take("\\E")) {
            nodes.add(set(ByteSet.of(in.next())));
        }
        if (!nodes.isEmpty()) {
            nodes.add(repeated(nodes.removeLast()));
        }
    }

    private Node repeated(Node node) throws RegexSyntaxException {
        RegexInput.Count count = in.count();
        if (count == null) {
            return node;
        }
        if (count.least() > MAXIMUM_REPEAT
                || (count.most() > MAXIMUM_REPEAT && count.most() != Node.UNBOUNDED)
                || count.least() > count.most()) {
            throw in.error("a count of repetitions that is not from 0 to " + MAXIMUM_REPEAT);
        }
        boolean lazy = in.take("?");
        if (in.count() != null) {
            throw in.error("a repetition of a repetition");
        }
        return new Node.Repeat(node, count.least(), count.most(), lazy == flags.swapGreed);
    }

    private Node atom() throws RegexSyntaxException {
        if (in.count() != null) {
            throw in.error("a repetition of nothing");
        }
        int next = in.next();
        return switch (next) {
            case '(' -> group();
            case '[' -> set(new ClassParser(in, flags.fold).read());
            case '.' -> set(flags.dotAll ? ByteSet.ALL : ByteSet.of('\n').not());
            case '^' -> assertion(flags.lines ? Kind.LINE_START : Kind.TEXT_START);
            case '$' -> assertion(flags.lines ? Kind.LINE_END : Kind.TEXT_END);
            case '\\' -> escape();
            default -> literal(next);
        };
    }

    private Node escape() throws RegexSyntaxException {
        if (in.take("A")) {
            return assertion(Kind.TEXT_START);
        }
        if (in.take("z")) {
            return assertion(Kind.TEXT_END);
        }
        if (in.take("b")) {
            return assertion(Kind.WORD_BOUNDARY);
        }
        if (in.take("B")) {
            return assertion(Kind.NO_WORD_BOUNDARY);
        }
        if (in.take("C")) {
            return set(ByteSet.ALL);
        }
        ByteSet named = in.perlClass();
        return named != null ? set(named) : literal(in.escapedByte());
    }

    private Node group() throws RegexSyntaxException {
        if (++depth > MAXIMUM_DEPTH) {
            throw in.error("more than %d groups inside one another".formatted(MAXIMUM_DEPTH));
        }
        Flags outer = flags;
        if (in.take("?P<") || in.take("?<")) {
            in.groupName();
        } else if (in.take("?")) {
            flags = flags(':');
        }
        Node node = choice();
        if (!in.take(")")) {
            throw in.error("a '(' without its ')'");
        }
        flags = outer;
        depth--;
        return node;
    }

    /** Takes a group such as {@code (?i)}, which holds to the end of the group around it. */
    private boolean flagsOnly() throws RegexSyntaxException {
        if (!in.lookingAtFlags()) {
            return false;
        }
        in.take("(?");
        flags = flags(')');
        return true;
    }

    private Flags flags(char last) throws RegexSyntaxException {
        boolean on = true;
        Flags changed = flags;
        while (!in.take(String.valueOf(last))) {
            int flag = in.atEnd() ? -1 : in.next();
            if (flag == '-' && on) {
                on = false;
            } else {
                changed = changed(changed, flag, on);
            }
        }
        return changed;
    }

    private Flags changed(Flags old, int flag, boolean on) throws RegexSyntaxException {
        return switch (flag) {
            case 'i' -> new Flags(on, old.lines, old.dotAll, old.swapGreed);
            case 'm' -> new Flags(old.fold, on, old.dotAll, old.swapGreed);
            case 's' -> new Flags(old.fold, old.lines, on, old.swapGreed);
            case 'U' -> new Flags(old.fold, old.lines, old.dotAll, on);
            default -> throw in.error("a group '(?' that is not supported");
        };
    }

    private Node literal(int value) {
        ByteSet set = ByteSet.of(value);
        return set(flags.fold ? set.folded() : set);
    }

    private static Node set(ByteSet set) {
        return new Node.Bytes(set);
    }

    private static Node assertion(Kind kind) {
        return new Node.Assertion(kind);
    }
}
