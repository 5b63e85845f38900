package cofferdam.monitor.yaml;

/** Text from a file as it may be shown in a message: quoted, short, harmless on a terminal. */
public final class Quoted {

    /** The most characters shown. */
    public static final int MAXIMUM_SHOWN = 60;

    private Quoted() {}

    /** The text in single quotes; what is left out of a long text is shown as three dots. */
    public static String of(String text) {
        if (text.codePointCount(0, text.length()) <= MAXIMUM_SHOWN) {
            return "'" + escaped(text) + "'";
        }
        int end = text.offsetByCodePoints(0, MAXIMUM_SHOWN);
        return "'" + escaped(text.substring(0, end)) + "...'";
    }

    /** The text with every character that could steer a terminal written as its number. */
    static String escaped(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(codePoint -> append(shown, codePoint));
        return shown.toString();
    }

    /**
     * Whether a character could steer a terminal, reorder a line or break it: control, format,
     * surrogate, private and unassigned characters, and line and paragraph separators.
     */
    static boolean steers(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static void append(StringBuilder shown, int codePoint) {
        if (steers(codePoint)) {
            shown.append("\\u{%x}".formatted(codePoint));
            return;
        }
        shown.appendCodePoint(codePoint);
    }
}
