package cofferdam.scenarios.cli;

import cofferdam.scenarios.comparison.document.Document;
import cofferdam.scenarios.comparison.document.Document.Block;
import cofferdam.scenarios.comparison.document.Document.Code;
import cofferdam.scenarios.comparison.document.Document.Field;
import cofferdam.scenarios.comparison.document.Document.Items;
import cofferdam.scenarios.comparison.document.Document.Paragraph;
import cofferdam.scenarios.comparison.document.Document.Section;
import cofferdam.scenarios.comparison.document.Document.Table;
import cofferdam.scenarios.comparison.document.Document.Tone;

import picocli.CommandLine.Help.Ansi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A document on a terminal. What others chose is escaped; colour says nothing that words do not. */
record TextDocument(Ansi ansi) {

    private static final int GAP = 2;

    /** The lines of a document. */
    List<String> lines(Document document) {
        List<String> lines = new ArrayList<>();
        for (Section section : document.sections()) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.add(styled("bold", section.heading()));
            section.blocks().forEach(block -> add(lines, block));
        }
        return lines;
    }

    private void add(List<String> lines, Block block) {
        switch (block) {
            case Paragraph paragraph -> lines.add("  " + Terminal.safe(paragraph.text()));
            case Items items ->
                items.texts().forEach(item -> lines.add("  " + Terminal.safe(item)));
            case Code code ->
                code.lines().lines().forEach(line -> lines.add("      " + Terminal.safe(line)));
            case Table table -> add(lines, table);
        }
    }

    private void add(List<String> lines, Table table) {
        int[] widths = new int[table.header().size()];
        measure(widths, table.header());
        table.rows()
                .forEach(row ->
                        measure(widths, row.fields().stream().map(Field::text).toList()));
        List<Field> header = new ArrayList<>();
        for (int column = 0; column < table.header().size(); column++) {
            String name = column == 0 ? "" : table.header().get(column);
            header.add(Field.plain(name));
        }
        lines.add(line(header, widths));
        table.rows().forEach(row -> lines.add(line(row.fields(), widths)));
    }

    private static void measure(int[] widths, List<String> texts) {
        int[] lengths =
                texts.stream().mapToInt(text -> Terminal.safe(text).length()).toArray();
        Arrays.setAll(widths, column -> Math.max(widths[column], lengths[column]));
    }

    private String line(List<Field> fields, int[] widths) {
        StringBuilder line = new StringBuilder("  ");
        for (int column = 0; column < fields.size(); column++) {
            Field field = fields.get(column);
            boolean last = column == fields.size() - 1;
            int gap = widths[column] + GAP - Terminal.safe(field.text()).length();
            line.append(styled(style(field.tone()), field.text()))
                    .append(last ? "" : " ".repeat(gap));
        }
        return line.toString().stripTrailing();
    }

    private static String style(Tone tone) {
        return switch (tone) {
            case PLAIN -> "";
            case GOOD -> "green";
            case BAD -> "red";
            case ACCEPTED -> "yellow";
            case OPEN -> "magenta";
            case FAINT -> "faint";
        };
    }

    /** The text is never read as markup of the library's own. */
    private String styled(String style, String text) {
        String safe = Terminal.safe(text);
        return style.isEmpty() || !ansi.enabled() ? safe : mark(style, safe);
    }

    private String mark(String style, String text) {
        String[] around = ansi.string("@|%s x|@".formatted(style)).split("x", 2);
        return around[0] + text + around[1];
    }
}
