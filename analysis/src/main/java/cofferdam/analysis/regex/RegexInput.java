package cofferdam.analysis.regex;

import org.jspecify.annotations.Nullable;

/** The characters of an expression, and what both of its parsers take from them. */
final class RegexInput {

    private static final ByteSet DIGIT = ByteSet.range('0', '9');
    static final ByteSet WORD =
            DIGIT.or(ByteSet.range('a', 'z')).or(ByteSet.range('A', 'Z')).or(ByteSet.of('_'));

    /** Without the vertical tab, which RE2 leaves out here. */
    private static final ByteSet SPACE =
            ByteSet.of(' ').or(ByteSet.range('\t', '\n')).or(ByteSet.range('\f', '\r'));

    private final String text;
    private int at;

    /** How often something is repeated. */
    record Count(int least, int most) {}

    RegexInput(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return at == text.length();
    }

    char peek() {
        return text.charAt(at);
    }

    int next() throws RegexSyntaxException {
        if (atEnd()) {
            throw error("a sudden end");
        }
        char next = text.charAt(at++);
        if (next > 0xff) {
            throw error("character U+%04X, which is not a byte".formatted((int) next));
        }
        return next;
    }

    boolean lookingAt(String wanted) {
        return text.startsWith(wanted, at);
    }

    boolean take(String wanted) {
        boolean there = lookingAt(wanted);
        at += there ? wanted.length() : 0;
        return there;
    }

    /** Gives one character back. */
    void back() {
        at--;
    }

    RegexSyntaxException error(String what) {
        return new RegexSyntaxException("%s at character %d".formatted(what, at));
    }

    /** Whether a group that holds nothing but flags begins here. */
    boolean lookingAtFlags() {
        int end = at + 2;
        while (end < text.length() && "imsU-".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        return end > at + 2 && end < text.length() && text.charAt(end) == ')';
    }

    void groupName() throws RegexSyntaxException {
        int length = 0;
        while (!take(">")) {
            length++;
            if (!WORD.contains(next())) {
                throw error("a name of a group that is not of letters, digits and '_'");
            }
        }
        if (length == 0) {
            throw error("a group with an empty name");
        }
    }

    /** Takes a repetition; what is no full one, such as {@code {,3}}, is plain text. */
    @Nullable
    Count count() {
        if (take("*")) {
            return new Count(0, Node.UNBOUNDED);
        }
        if (take("+")) {
            return new Count(1, Node.UNBOUNDED);
        }
        if (take("?")) {
            return new Count(0, 1);
        }
        int start = at;
        Count count = take("{") ? braced() : null;
        at = count == null ? start : at;
        return count;
    }

    private @Nullable Count braced() {
        int least = number();
        if (least < 0) {
            return null;
        }
        if (take("}")) {
            return new Count(least, least);
        }
        if (!take(",")) {
            return null;
        }
        if (take("}")) {
            return new Count(least, Node.UNBOUNDED);
        }
        int most = number();
        return most >= 0 && take("}") ? new Count(least, most) : null;
    }

    /** A decimal number, huge ones as one that is too large; -1 if there is none. */
    private int number() {
        int value = -1;
        while (!atEnd() && peek() >= '0' && peek() <= '9') {
            int digit = text.charAt(at++) - '0';
            value = Math.min(Math.max(value, 0) * 10 + digit, 1_000_000);
        }
        return value;
    }

    /** Takes the letter of a class such as {@code \d}. */
    @Nullable
    ByteSet perlClass() {
        if (atEnd()) {
            return null;
        }
        ByteSet set = switch (Character.toLowerCase(peek())) {
            case 'd' -> DIGIT;
            case 'w' -> WORD;
            case 's' -> SPACE;
            default -> null;
        };
        if (set == null) {
            return null;
        }
        return Character.isUpperCase(text.charAt(at++)) ? set.not() : set;
    }

    /** Takes what stands behind a backslash for one byte. */
    int escapedByte() throws RegexSyntaxException {
        int next = next();
        return switch (next) {
            case 'a' -> 7;
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0b;
            case 'x' -> take("{") ? bracedHexadecimal() : digits(16, 2);
            case '0' -> octal();
            default -> {
                if (next >= 0x80 || WORD.contains(next)) {
                    throw error("'\\%c', which is not supported,".formatted((char) next));
                }
                yield next;
            }
        };
    }

    private int octal() {
        int value = 0;
        for (int i = 0; i < 2 && !atEnd() && peek() >= '0' && peek() <= '7'; i++) {
            value = value * 8 + text.charAt(at++) - '0';
        }
        return value;
    }

    private int bracedHexadecimal() throws RegexSyntaxException {
        int end = text.indexOf('}', at);
        int value = end > at && end - at <= 6 ? digits(16, end - at) : 256;
        if (value > 0xff || !take("}")) {
            throw error("a '\\x{' without the number of a byte");
        }
        return value;
    }

    private int digits(int radix, int count) throws RegexSyntaxException {
        int value = 0;
        for (int i = 0; i < count; i++) {
            int digit = Character.digit(next(), radix);
            if (digit < 0) {
                throw error("a '\\x' without its digits");
            }
            value = value * radix + digit;
        }
        return value;
    }
}
