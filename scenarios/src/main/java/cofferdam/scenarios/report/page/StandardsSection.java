package cofferdam.scenarios.report.page;

import cofferdam.scenarios.report.Cell;
import cofferdam.scenarios.report.Chapter;
import cofferdam.scenarios.report.Outcome;
import cofferdam.scenarios.report.Report;
import cofferdam.scenarios.report.Row;
import cofferdam.scenarios.report.html.Element;
import cofferdam.scenarios.report.html.Href;
import cofferdam.scenarios.standards.Coverage;
import cofferdam.scenarios.standards.Requirement;
import cofferdam.scenarios.standards.Standards;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which requirement of which standard these scenarios test, and which none of them does. */
final class StandardsSection {

    private final Report report;
    private final Map<String, Integer> chapters = new LinkedHashMap<>();
    private final Coverage coverage;

    StandardsSection(Report report) {
        this.report = report;
        Map<String, List<String>> ids = new LinkedHashMap<>();
        for (Chapter chapter : report.chapters()) {
            chapters.put(chapter.scenario(), chapters.size());
            ids.put(chapter.scenario(), chapter.standards());
        }
        coverage = Coverage.of(Standards.builtIn(), ids);
    }

    Element draw() {
        Element section = Element.of("section")
                .with("id", "standards")
                .with("aria-labelledby", "standards-title")
                .add(
                        Element.of("h2").with("id", "standards-title").text("The standards"),
                        Element.of("p", "lead")
                                .text("Which requirement is tested by which of these scenarios. A"
                                        + " scenario that tests a requirement is not an evaluation"
                                        + " by that standard."));
        coverage.families().forEach(family -> section.add(family(family)));
        return section;
    }

    private Element family(Coverage.OfFamily covered) {
        Element head = Element.of("tr")
                .add(column("Requirement"), column("Tested by"), column("Verdicts of these"));
        Element body = Element.of("tbody");
        covered.rows().forEach(row -> body.add(row(row)));
        return Element.of("details", "family")
                .add(
                        Element.of("summary")
                                .add(Element.of("strong").text(covered.family().name()))
                                .text(": %d of %s tested here"
                                        .formatted(
                                                covered.tested(),
                                                Show.count(
                                                        covered.rows().size(),
                                                        "requirement",
                                                        "requirements"))),
                        Element.of("div", "inside")
                                .add(
                                        Element.of("p", "lead")
                                                .text(covered.family().source()),
                                        Element.of("div", "scroller plain")
                                                .with("tabindex", "0")
                                                .with("role", "region")
                                                .with(
                                                        "aria-label",
                                                        covered.family().name())
                                                .add(Element.of("table", "requirements")
                                                        .add(
                                                                Element.of(
                                                                                "caption",
                                                                                "visually-hidden")
                                                                        .text(covered.family()
                                                                                .name()),
                                                                Element.of("thead")
                                                                        .add(head),
                                                                body))));
    }

    private static Element column(String name) {
        return Element.of("th").with("scope", "col").text(name);
    }

    private Element row(Coverage.Row row) {
        Requirement requirement = row.requirement();
        Element name = Element.of("th")
                .with("scope", "row")
                .text("%s %s".formatted(requirement.id(), requirement.name()));
        if (!requirement.says().isEmpty()) {
            name.add(Element.of("span", "says").text(requirement.says()));
        }
        if (!row.isTested()) {
            return Element.of("tr", "untested")
                    .add(name, Element.of("td").text("nothing here"), Element.of("td"));
        }
        Element scenarios = Element.of("td");
        for (int at = 0; at < row.scenarios().size(); at++) {
            String scenario = row.scenarios().get(at);
            scenarios
                    .text(at == 0 ? "" : ", ")
                    .add(Element.of("a")
                            .leadingTo(Href.to("chapter-" + chapters.get(scenario)))
                            .text(scenario));
        }
        return Element.of("tr").add(name, scenarios, verdicts(row.scenarios()));
    }

    private Element verdicts(List<String> scenarios) {
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        for (Row row : report.rows()) {
            if (scenarios.contains(row.scenario())) {
                row.cells().stream()
                        .flatMap(Optional::stream)
                        .map(Cell::outcome)
                        .forEach(outcome -> counts.merge(outcome, 1, Integer::sum));
            }
        }
        Element verdicts = Element.of("td", "verdicts");
        counts.forEach((outcome, count) ->
                verdicts.add(Show.verdict(outcome)).text(" %d  ".formatted(count)));
        return verdicts;
    }
}
