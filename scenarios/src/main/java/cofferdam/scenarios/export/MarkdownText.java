package cofferdam.scenarios.export;

/** Foreign text in GitHub Flavored Markdown, which may hold HTML and so must be escaped for both. */
final class MarkdownText {

    /** More characters than this are cut: a reason is to be read in a comment. */
    static final int MAXIMUM_TEXT = 600;

    private static final int LAST_ASCII = 0x7f;

    private MarkdownText() {}

    /**
     * The text as code, in one line. Every ASCII character but letters, digits, spaces, commas and
     * hyphens is a character reference, which neither Markdown nor HTML takes for markup; within
     * {@code <code>} no name is mentioned and no issue is linked, and an at sign is cut off from the
     * name that follows it for those who look there too.
     */
    static String code(String text) {
        String plain = PlainText.of(text);
        int length = plain.codePointCount(0, plain.length());
        StringBuilder escaped = new StringBuilder("<code>");
        plain.codePoints().limit(MAXIMUM_TEXT).forEach(point -> append(escaped, point));
        if (length > MAXIMUM_TEXT) {
            escaped.append(" and %d characters more".formatted(length - MAXIMUM_TEXT));
        }
        return escaped.append("</code>").toString();
    }

    private static void append(StringBuilder escaped, int point) {
        boolean harmless = point > LAST_ASCII
                || Character.isLetterOrDigit(point)
                || point == ' '
                || point == ','
                || point == '-';
        if (harmless) {
            escaped.appendCodePoint(point);
            return;
        }
        escaped.append("&#%d;".formatted(point));
        if (point == '@') {
            escaped.append("&#8203;");
        }
    }
}
