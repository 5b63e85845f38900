package cofferdam.scenarios.comparison.document;

import cofferdam.scenarios.comparison.document.Document.Block;
import cofferdam.scenarios.comparison.document.Document.Code;
import cofferdam.scenarios.comparison.document.Document.Field;
import cofferdam.scenarios.comparison.document.Document.Items;
import cofferdam.scenarios.comparison.document.Document.Paragraph;
import cofferdam.scenarios.comparison.document.Document.Section;
import cofferdam.scenarios.comparison.document.Document.Table;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A document as GitHub's Markdown. Everything that is not markup is escaped. */
public final class MarkdownDocument {

    private static final String MARKS = "\\`*_{}[]<>()#!|~&$";

    private MarkdownDocument() {}

    /** The document, its lines ended by line feeds. */
    public static String of(Document document) {
        StringBuilder text = new StringBuilder();
        text.append("# ").append(escaped(document.title())).append('\n');
        for (Section section : document.sections()) {
            text.append("\n## ").append(escaped(section.heading())).append('\n');
            section.blocks().forEach(block -> append(text.append('\n'), block));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Block block) {
        switch (block) {
            case Paragraph paragraph -> text.append(escaped(paragraph.text())).append('\n');
            case Items items ->
                items.texts()
                        .forEach(item -> text.append("- ").append(escaped(item)).append('\n'));
            case Code code ->
                code.lines()
                        .lines()
                        .forEach(line ->
                                text.append("    ").append(Shown.of(line)).append('\n'));
            case Table table -> append(text, table);
        }
    }

    private static void append(StringBuilder text, Table table) {
        append(text, table.header(), MarkdownDocument::escaped);
        append(text, table.header(), name -> "---");
        table.rows().forEach(row -> append(text, row.fields(), MarkdownDocument::field));
    }

    private static String field(Field field) {
        return switch (field.tone()) {
            case BAD, OPEN -> "**" + escaped(field.text()) + "**";
            case PLAIN, GOOD, ACCEPTED, FAINT -> escaped(field.text());
        };
    }

    private static <T> void append(
            StringBuilder text, List<T> fields, Function<T, String> written) {
        text.append(fields.stream().map(written).collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    /** The text with every mark that means something in Markdown or HTML escaped, on one line. */
    public static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        Shown.of(text).codePoints().forEach(point -> {
            if (MARKS.indexOf(point) >= 0) {
                escaped.append('\\');
            }
            escaped.appendCodePoint(point);
        });
        return escaped.toString();
    }
}
