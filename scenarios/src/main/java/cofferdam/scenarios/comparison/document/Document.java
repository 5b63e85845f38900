package cofferdam.scenarios.comparison.document;

import java.util.List;

/** Headings, sentences and tables, whatever they are printed as. Texts are not escaped. */
public record Document(String title, List<Section> sections) {

    public Document {
        sections = List.copyOf(sections);
    }

    /** A heading and what stands under it. */
    public record Section(String heading, List<Block> blocks) {
        public Section {
            blocks = List.copyOf(blocks);
        }
    }

    /** A part of a section. */
    public sealed interface Block {}

    /** Sentences of equal weight. */
    public record Items(List<String> texts) implements Block {
        public Items {
            texts = List.copyOf(texts);
        }
    }

    /** A sentence. */
    public record Paragraph(String text) implements Block {}

    /** Lines that are to be copied as they are. */
    public record Code(String lines) implements Block {}

    /** A table; every row has as many fields as the header. */
    public record Table(List<String> header, List<Row> rows) implements Block {
        public Table {
            header = List.copyOf(header);
            rows = List.copyOf(rows);
        }
    }

    /** A row of a table; the first field says what it is about. */
    public record Row(List<Field> fields) {
        public Row {
            fields = List.copyOf(fields);
        }
    }

    /** A field of a table. */
    public record Field(String text, Tone tone) {

        /** A field without meaning of its own. */
        public static Field plain(String text) {
            return new Field(text, Tone.PLAIN);
        }
    }

    /** What a field says, so that it can be seen at a glance; never by colour alone. */
    public enum Tone {
        PLAIN,
        GOOD,
        BAD,
        ACCEPTED,
        OPEN,
        FAINT
    }
}
