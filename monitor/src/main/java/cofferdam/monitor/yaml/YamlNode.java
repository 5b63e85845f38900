package cofferdam.monitor.yaml;

import java.util.List;

/** A value in a file and its place, not interpreted: {@code 1} and {@code true} are text. */
sealed interface YamlNode {

    Position position();

    /** What it is, for messages. */
    String kind();

    /**
     * A value without parts.
     *
     * @param plain whether it stands in the file without quotes
     */
    record Scalar(Position position, String text, boolean plain) implements YamlNode {

        /** Whether there is no value (YAML 1.2.2, section 10.3.2). */
        boolean missing() {
            return plain
                    && switch (text) {
                        case "", "~", "null", "Null", "NULL" -> true;
                        default -> false;
                    };
        }

        @Override
        public String kind() {
            return Quoted.of(text);
        }
    }

    /** A list. */
    record Sequence(Position position, List<YamlNode> items) implements YamlNode {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A mapping; no key is there twice. */
    record Mapping(Position position, List<Entry> entries) implements YamlNode {
        @Override
        public String kind() {
            return "a mapping";
        }
    }

    /** A key, its place, and its value. */
    record Entry(Position position, String key, YamlNode value) {}
}
