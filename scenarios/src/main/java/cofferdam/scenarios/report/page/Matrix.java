package cofferdam.scenarios.report.page;

import cofferdam.scenarios.report.Cell;
import cofferdam.scenarios.report.Chapter;
import cofferdam.scenarios.report.Column;
import cofferdam.scenarios.report.Outcome;
import cofferdam.scenarios.report.Report;
import cofferdam.scenarios.report.Row;
import cofferdam.scenarios.report.html.Element;
import cofferdam.scenarios.report.html.Href;
import cofferdam.scenarios.report.html.Node;
import cofferdam.scenarios.result.ResultJson;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The table of properties and policies, with what filters and sorts it. */
final class Matrix {

    /** From so many policies on, names stand upright and cells are narrow. */
    private static final int MANY = 9;

    private final Report report;
    private final Map<String, Chapter> chapters;

    Matrix(Report report) {
        this.report = report;
        chapters = report.chapters().stream()
                .collect(Collectors.toMap(Chapter::scenario, Function.identity()));
    }

    Element draw() {
        return Element.of("section")
                .with("id", "matrix")
                .with("aria-labelledby", "matrix-title")
                .add(
                        Element.of("h2").with("id", "matrix-title").text("The matrix"),
                        Element.of("p", "lead")
                                .text(
                                        "A row for each property of a scenario, a column for each policy;"
                                                + " every verdict leads to what is behind it."),
                        controls(),
                        Element.of("div", isWide() ? "scroller tall" : "scroller tall free")
                                .with("tabindex", "0")
                                .with("role", "region")
                                .with("aria-label", "Matrix of verdicts, scrolls both ways")
                                .add(table()));
    }

    private Element controls() {
        Element verdicts = Element.of("fieldset").add(Element.of("legend").text("Verdicts"));
        for (Outcome outcome : Outcome.values()) {
            if (report.count(outcome) > 0) {
                verdicts.add(box("verdict", outcome.key(), Show.verdict(outcome)));
            }
        }
        Element policies =
                Element.of("details", "choices").add(Element.of("summary").text("Policies shown"));
        Element boxes = Element.of("fieldset")
                .add(Element.of("legend", "visually-hidden").text("Policies shown"));
        for (Column column : report.columns()) {
            boxes.add(box(
                    "policy",
                    Integer.toString(column.number()),
                    Element.of("span").text(Show.label(column.name()))));
        }
        policies.add(boxes);
        Element unexpected = Element.of("label", "box")
                .add(
                        Element.of("input").with("type", "checkbox").with("id", "only-unexpected"),
                        Element.of("span").text("only what is not as it should be"));
        return Element.of("div", "controls needs-script")
                .with("id", "controls")
                .with("role", "search")
                .with("aria-label", "Filter the matrix")
                .add(
                        Element.of("label", "text-filter")
                                .add(
                                        Element.of("span").text("Text"),
                                        Element.of("input")
                                                .with("type", "search")
                                                .with("id", "text-filter")
                                                .with("autocomplete", "off")
                                                .with(
                                                        "placeholder",
                                                        "scenario, property or standard")),
                        verdicts,
                        unexpected,
                        policies,
                        Element.of("button")
                                .with("type", "button")
                                .with("id", "reset")
                                .text("Show all"),
                        Element.of("p", "status")
                                .with("id", "status")
                                .with("role", "status")
                                .with("aria-live", "polite"));
    }

    private static Element box(String name, String value, Element label) {
        return Element.of("label", "box")
                .add(
                        Element.of("input")
                                .with("type", "checkbox")
                                .with("checked")
                                .with("name", name)
                                .with("value", value),
                        label);
    }

    private boolean isWide() {
        return report.columns().size() >= MANY;
    }

    private Element table() {
        Element table = Element.of("table", isWide() ? "matrix many grouped" : "matrix grouped")
                .with("id", "matrix-table")
                .add(Element.of("caption", "visually-hidden")
                        .text("Verdicts by scenario and property, for each policy"));
        Element head = Element.of("tr")
                .add(Element.of("th", "corner")
                        .with("scope", "col")
                        .with("data-sort", "rows")
                        .add(Element.of("span", "sort-label").text("Scenario and property")));
        report.columns().forEach(column -> head.add(head(column)));
        table.add(Element.of("thead").add(head), body(), foot());
        return table;
    }

    private static Element head(Column column) {
        return Element.of("th", "policy")
                .with("scope", "col")
                .with("data-sort", "column")
                .with("data-column", column.number())
                .with("title", title(column))
                .add(Element.of("span", "sort-label").text(Show.label(column.name())));
    }

    private static String title(Column column) {
        return "%s: %s".formatted(column.name(), column.policy().summary());
    }

    private Element body() {
        Element body = Element.of("tbody");
        String before = "";
        for (Row row : report.rows()) {
            body.add(row(row, !row.scenario().equals(before)));
            before = row.scenario();
        }
        return body;
    }

    private Element row(Row row, boolean first) {
        Chapter chapter = chapters.get(row.scenario());
        Element element = Element.of("tr", first ? "first" : "again")
                .with("data-row", row.number())
                .with("data-words", chapter == null ? "" : words(chapter));
        element.add(Element.of("th", "property")
                .with("scope", "row")
                .add(
                        Element.of("span", "scenario").text(Show.label(row.scenario())),
                        Element.of("span", "visually-hidden").text(": "),
                        Element.of("span", "name").text(Show.label(row.property()))));
        for (int column = 0; column < row.cells().size(); column++) {
            element.add(cell(row.cells().get(column), column));
        }
        return element;
    }

    private static String words(Chapter chapter) {
        return "%s %s".formatted(chapter.summary(), String.join(" ", chapter.standards()));
    }

    private static Element cell(Optional<Cell> cell, int column) {
        if (cell.isEmpty()) {
            return Element.of("td", "not-run")
                    .with("data-column", column)
                    .add(Show.hidden("not run"));
        }
        Cell shown = cell.get();
        boolean expected = shown.result().isAsItShouldBe();
        Element link = Element.of("a")
                .leadingTo(Href.to("account-" + shown.account()))
                .with("title", shown.result().judgement().reason())
                .add(
                        Show.sign(shown.outcome()),
                        Element.of("span", "word").text(shown.outcome().word()));
        return Element.of("td", "cell " + shown.outcome().key() + (expected ? "" : " unexpected"))
                .with("data-column", column)
                .with("data-outcome", shown.outcome().key())
                .with("data-rank", shown.outcome().rank())
                .add(link)
                .addAll(note(shown));
    }

    private static List<Node> note(Cell cell) {
        if (cell.result().expected() == null) {
            return List.of();
        }
        String expected = ResultJson.nameOf(cell.result().expected()).replace('-', ' ');
        boolean same = cell.result().isAsItShouldBe();
        return List.of(Element.of("span", "note")
                .add(
                        Element.of("span", "note-sign")
                                .with("aria-hidden", "true")
                                .text(same ? "=" : "≠"),
                        Element.of("span", "note-word")
                                .text(same ? "as expected" : "expected " + expected)));
    }

    private Element foot() {
        Element foot = Element.of("tfoot");
        List<Outcome> shown = new ArrayList<>(List.of(Outcome.values()));
        shown.removeIf(outcome -> report.count(outcome) == 0);
        for (Outcome outcome : shown) {
            Element row = Element.of("tr")
                    .add(Element.of("th", "property")
                            .with("scope", "row")
                            .add(Show.verdict(outcome)));
            for (Column column : report.columns()) {
                row.add(Element.of("td", "count")
                        .with("data-column", column.number())
                        .text(Integer.toString(column.count(outcome))));
            }
            foot.add(row);
        }
        return foot;
    }
}
