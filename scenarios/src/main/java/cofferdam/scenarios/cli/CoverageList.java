package cofferdam.scenarios.cli;

import cofferdam.scenarios.Scenario;
import cofferdam.scenarios.Scenarios;
import cofferdam.scenarios.standards.Coverage;
import cofferdam.scenarios.standards.Coverage.OfFamily;
import cofferdam.scenarios.standards.Coverage.Row;
import cofferdam.scenarios.standards.Requirement;
import cofferdam.scenarios.standards.Standards;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code cofferdam list coverage} prints. */
record CoverageList(Coverage coverage) {

    private static final int WIDTH_OF_ID = 24;

    private static final String NOTHING = "nothing yet";

    /** Of the built-in scenarios. */
    static CoverageList builtIn() {
        Map<String, List<String>> ids = new LinkedHashMap<>();
        for (Scenario scenario : Scenarios.builtIn().all()) {
            ids.put(scenario.name(), scenario.standards());
        }
        return new CoverageList(Coverage.of(Standards.builtIn(), ids));
    }

    /** For people. */
    List<String> text() {
        List<String> lines = new ArrayList<>();
        for (OfFamily family : coverage.families()) {
            lines.add("%s: %s".formatted(family.family().name(), count(family)));
            lines.add("  " + family.family().source());
            for (Row row : family.rows()) {
                lines.add(title(row));
                lines.add(" ".repeat(WIDTH_OF_ID) + "  tested by " + testedBy(row));
            }
            lines.add("");
        }
        lines.add("An evaluator's review reads documents and tests nothing.");
        return lines.stream().map(Terminal::safe).toList();
    }

    private static String title(Row row) {
        Requirement requirement = row.requirement();
        String said = requirement.says().isEmpty() ? "" : ": " + requirement.says();
        String checked = switch (requirement.evaluation()) {
            case TEST -> " (evaluator: test)";
            case REVIEW -> " (evaluator: review)";
            case NONE -> "";
        };
        return "  %-22s  %s%s%s".formatted(requirement.id(), requirement.name(), said, checked)
                + (requirement.note().isEmpty() ? "" : "; " + requirement.note());
    }

    private static String testedBy(Row row) {
        return row.isTested() ? String.join(", ", row.scenarios()) : NOTHING;
    }

    private static String count(OfFamily family) {
        return "%d of %d tested".formatted(family.tested(), family.rows().size());
    }

    /** For a page. */
    List<String> markdown() {
        List<String> lines = new ArrayList<>();
        for (OfFamily family : coverage.families()) {
            lines.add("## " + MarkdownText.escaped(family.family().name()));
            lines.add("");
            lines.add("%s. %s."
                    .formatted(MarkdownText.escaped(family.family().source()), count(family)));
            lines.add("");
            lines.add("| id | name | evaluator | tested by |");
            lines.add("| --- | --- | --- | --- |");
            for (Row row : family.rows()) {
                lines.add("| %s | %s | %s | %s |"
                        .formatted(
                                MarkdownText.escaped(row.requirement().id()),
                                MarkdownText.escaped(row.requirement().name()),
                                word(row.requirement().evaluation()),
                                MarkdownText.escaped(testedBy(row))));
            }
            lines.add("");
        }
        return lines;
    }

    private static String word(Requirement.Evaluation evaluation) {
        return switch (evaluation) {
            case TEST, REVIEW -> evaluation.name().toLowerCase(Locale.ROOT);
            case NONE -> "-";
        };
    }

    /** For programs. */
    String json() {
        JsonMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        ObjectNode document = mapper.createObjectNode();
        ArrayNode families = document.putArray("families");
        for (OfFamily family : coverage.families()) {
            ObjectNode node = families.addObject()
                    .put("family", family.family().id())
                    .put("name", family.family().name())
                    .put("source", family.family().source())
                    .put("tested", family.tested());
            ArrayNode rows = node.putArray("requirements");
            family.rows().forEach(row -> requirement(rows.addObject(), row));
        }
        return mapper.writeValueAsString(document);
    }

    private static void requirement(ObjectNode node, Row row) {
        Requirement requirement = row.requirement();
        node.put("id", requirement.id()).put("name", requirement.name());
        if (!requirement.says().isEmpty()) {
            node.put("says", requirement.says());
        }
        if (requirement.evaluation() != Requirement.Evaluation.NONE) {
            node.put("evaluation", word(requirement.evaluation()));
        }
        if (!requirement.note().isEmpty()) {
            node.put("note", requirement.note());
        }
        ArrayNode scenarios = node.putArray("scenarios");
        row.scenarios().forEach(scenarios::add);
    }
}
