package cofferdam.scenarios.report.html;

/**
 * Text in a page, shown as {@link Visible} allows.
 *
 * @param text anything
 */
public record Text(String text) implements Node {

    @Override
    public void write(StringBuilder out) {
        escape(Visible.text(text), out);
    }

    /** For text and for attributes in double quotes alike. */
    static void escape(String text, StringBuilder out) {
        for (int at = 0; at < text.length(); at++) {
            char sign = text.charAt(at);
            switch (sign) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(sign);
            }
        }
    }
}
