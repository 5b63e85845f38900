package cofferdam.scenarios.report.html;

/**
 * Text that others chose, as it may be shown: control and formatting characters (those that turn
 * the writing direction among them), characters of no assigned or of private meaning, and halves of
 * surrogate pairs appear as their numbers; what is too long is cut.
 */
public final class Visible {

    /** The most characters of one text; the rest is counted. */
    public static final int MAXIMUM_LENGTH = 2000;

    private Visible() {}

    /** The text as it may be shown. */
    public static String text(String text) {
        if (text.length() <= MAXIMUM_LENGTH) {
            return shown(text);
        }
        return "%s … and %d more characters"
                .formatted(
                        shown(text.substring(0, MAXIMUM_LENGTH)), text.length() - MAXIMUM_LENGTH);
    }

    private static String shown(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints()
                .forEach(point -> shown.append(
                        isHarmless(point)
                                ? Character.toString(point)
                                : "\\u%04x".formatted(point)));
        return shown.toString();
    }

    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
