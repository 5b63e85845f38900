package cofferdam.scenarios.report.page;

import cofferdam.analysis.story.Excerpt;
import cofferdam.scenarios.report.html.Element;

import java.util.HexFormat;
import java.util.List;

/** Bytes of a file: offset, hexadecimal digits and text, with what was found marked. */
final class HexBlock {

    private static final int ROW = 16;
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int LAST_PRINTABLE = 0x7e;

    private HexBlock() {}

    static Element of(Excerpt excerpt, List<String> folder) {
        Element block = Element.of("pre", "hex").with("tabindex", "0");
        excerpt.rows().forEach(row -> row(block, row));
        return Element.of("figure")
                .add(
                        Element.of("figcaption")
                                .text("Bytes of ")
                                .add(Show.link(folder, excerpt.file()))
                                .text(": " + excerpt.title()),
                        block);
    }

    private static void row(Element block, Excerpt.Row row) {
        byte[] bytes = HexFormat.of().parseHex(row.digits());
        int from = Math.clamp(row.from(), 0, bytes.length);
        int until = Math.clamp(row.until(), from, bytes.length);
        Element line = Element.of("span", "hex-row")
                .add(Element.of("span", "offset").text("%08x".formatted(row.offset())))
                .text("  ");
        digits(line, bytes, 0, from, false);
        digits(line, bytes, from, until, true);
        digits(line, bytes, until, bytes.length, false);
        line.text("   ".repeat(ROW - bytes.length) + " ");
        signs(line, bytes, 0, from, false);
        signs(line, bytes, from, until, true);
        signs(line, bytes, until, bytes.length, false);
        block.add(line);
    }

    private static void digits(Element line, byte[] bytes, int from, int until, boolean marked) {
        if (from == until) {
            return;
        }
        String text = HexFormat.ofDelimiter(" ").formatHex(bytes, from, until);
        mark(line, text, marked);
        line.text(" ");
    }

    private static void signs(Element line, byte[] bytes, int from, int until, boolean marked) {
        StringBuilder text = new StringBuilder();
        for (int at = from; at < until; at++) {
            boolean printable = FIRST_PRINTABLE <= bytes[at] && bytes[at] <= LAST_PRINTABLE;
            text.append(printable ? (char) bytes[at] : '.');
        }
        mark(line, text.toString(), marked);
    }

    private static void mark(Element line, String text, boolean marked) {
        if (text.isEmpty()) {
            return;
        }
        if (marked) {
            line.add(Element.of("mark").text(text));
        } else {
            line.text(text);
        }
    }
}
