package cofferdam.scenarios.cli;

/** Text that others chose, made safe for the cell of a Markdown table. */
final class MarkdownText {

    private static final String MARKS = "\\`*_{}[]<>()#!|~&";

    private MarkdownText() {}

    /** The text with every mark that means something in Markdown or HTML escaped, on one line. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        Terminal.safe(text).codePoints().forEach(point -> {
            if (MARKS.indexOf(point) >= 0) {
                escaped.append('\\');
            }
            escaped.appendCodePoint(point);
        });
        return escaped.toString();
    }
}
