package cofferdam.scenarios.report.page;

import cofferdam.analysis.story.QuotedEvent;
import cofferdam.scenarios.report.html.Element;

import java.util.List;

/** Lines of the event log. */
final class EventTable {

    private static final String FILE = "events.jsonl";
    private static final List<String> COLUMNS =
            List.of("Line", "Time", "Event", "Actor", "Subject", "Outcome", "More");

    private EventTable() {}

    static Element of(List<QuotedEvent> events, List<String> folder) {
        Element head = Element.of("tr");
        COLUMNS.forEach(name -> head.add(Element.of("th").with("scope", "col").text(name)));
        Element body = Element.of("tbody");
        events.forEach(event -> body.add(row(event)));
        return Element.of("div", "scroller plain")
                .with("tabindex", "0")
                .with("role", "region")
                .with("aria-label", "Lines of " + FILE)
                .add(Element.of("table", "events")
                        .add(
                                Element.of("caption")
                                        .text("Lines of ")
                                        .add(Show.link(folder, FILE)),
                                Element.of("thead").add(head),
                                body));
    }

    private static Element row(QuotedEvent event) {
        Element kind = Element.of("td").text(event.kind());
        if (event.proof()) {
            kind.add(Element.of("strong", "proof-word").text(" proof"));
        }
        return Element.of("tr", event.proof() ? "proof" : "around")
                .add(
                        Element.of("td").text(Integer.toString(event.line())),
                        Element.of("td").text(Show.time(event.time())),
                        kind,
                        Element.of("td").text(event.actor()),
                        Element.of("td").text(event.subject()),
                        Element.of("td").text(event.outcome()),
                        Element.of("td").text(event.details()));
    }
}
