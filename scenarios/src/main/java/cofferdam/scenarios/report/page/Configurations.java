package cofferdam.scenarios.report.page;

import cofferdam.monitor.policy.Acceptance;
import cofferdam.scenarios.report.Column;
import cofferdam.scenarios.report.Outcome;
import cofferdam.scenarios.report.Report;
import cofferdam.scenarios.report.html.Element;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The policies: what each came to, how they differ, and all that each of them says. */
final class Configurations {

    private static final int BAR = 220;
    private static final int BAR_HEIGHT = 12;

    private final Report report;
    private final List<Map<String, String>> keys;

    Configurations(Report report) {
        this.report = report;
        keys = report.columns().stream()
                .map(column -> PolicyKeys.of(column.policy()))
                .toList();
    }

    Element draw() {
        Element section = Element.of("section")
                .with("id", "policies")
                .with("aria-labelledby", "policies-title")
                .add(
                        Element.of("h2").with("id", "policies-title").text("The policies"),
                        Element.of("p", "lead")
                                .text(
                                        "A policy that bears a product's name is a model of a documented"
                                                + " configuration of that product; nothing here is a test of"
                                                + " the product itself."),
                        overview());
        if (report.columns().size() > 1) {
            section.add(Element.of("h3").text("Where they differ"), differences());
        }
        section.add(Element.of("h3").text("Each in full"));
        report.columns().forEach(column -> section.add(policy(column)));
        return section;
    }

    private Element overview() {
        Element head = Element.of("tr").add(column("Policy"), column("Verdicts"));
        List<Outcome> shown = new ArrayList<>(List.of(Outcome.values()));
        shown.removeIf(outcome -> report.count(outcome) == 0);
        shown.forEach(outcome ->
                head.add(Element.of("th").with("scope", "col").add(Show.verdict(outcome))));
        head.add(column("not as it should be"));
        Element body = Element.of("tbody");
        for (Column column : report.columns()) {
            Element row = Element.of("tr")
                    .add(
                            Element.of("th").with("scope", "row").text(Show.label(column.name())),
                            Element.of("td").add(bar(column)));
            shown.forEach(outcome -> row.add(number(column.count(outcome))));
            body.add(row.add(number(column.unexpected())));
        }
        return Element.of("div", "scroller plain")
                .with("tabindex", "0")
                .with("role", "region")
                .with("aria-label", "Verdicts by policy")
                .add(Element.of("table", "overview")
                        .add(
                                Element.of("caption", "visually-hidden").text("Verdicts by policy"),
                                Element.of("thead").add(head),
                                body));
    }

    private static Element column(String name) {
        return Element.of("th").with("scope", "col").text(name);
    }

    private static Element number(int number) {
        return Element.of("td", number == 0 ? "number zero" : "number")
                .text(Integer.toString(number));
    }

    /** The shares of the verdicts, which stand beside it as numbers. */
    private static Element bar(Column column) {
        Element svg = Drawing.ornament("bar", BAR, BAR_HEIGHT);
        int total = Math.max(1, column.total());
        int before = 0;
        for (Outcome outcome : Outcome.values()) {
            int from = BAR * before / total;
            before += column.count(outcome);
            int until = BAR * before / total;
            if (until > from) {
                svg.add(Element.of("rect", "share " + outcome.key())
                        .with("x", from)
                        .with("y", 0)
                        .with("width", until - from)
                        .with("height", BAR_HEIGHT));
            }
        }
        return svg;
    }

    /** A row for each key that is not the same under all of them. */
    private Element differences() {
        Set<String> names = new LinkedHashSet<>();
        keys.forEach(policy -> names.addAll(policy.keySet()));
        names.removeIf(name -> keys.stream()
                        .map(policy -> policy.getOrDefault(name, ""))
                        .distinct()
                        .count()
                == 1);
        if (names.isEmpty()) {
            return Element.of("p").text("In no key.");
        }
        Element head = Element.of("tr").add(column("Key"));
        report.columns().forEach(policy -> head.add(column(Show.label(policy.name()))));
        Element body = Element.of("tbody");
        for (String name : names) {
            Element row =
                    Element.of("tr").add(Element.of("th").with("scope", "row").text(name));
            keys.forEach(policy -> row.add(value(policy, name)));
            body.add(row);
        }
        return Element.of("div", "scroller tall")
                .with("tabindex", "0")
                .with("role", "region")
                .with("aria-label", "Keys in which the policies differ")
                .add(Element.of("table", "differences")
                        .add(
                                Element.of("caption", "visually-hidden")
                                        .text("Keys in which the policies differ"),
                                Element.of("thead").add(head),
                                body));
    }

    /** A key that is off under one policy may have keys of its own under another. */
    private static Element value(Map<String, String> policy, String name) {
        boolean on = policy.keySet().stream().anyMatch(other -> other.startsWith(name + "."));
        String value = policy.getOrDefault(name, on ? "on" : "");
        return value.isEmpty()
                ? Element.of("td", "not-run").add(Show.hidden("says nothing of it"))
                : Element.of("td").text(value);
    }

    private Element policy(Column column) {
        Element details = Element.of("details", "policy-details")
                .with("id", "policy-" + column.number())
                .add(Element.of("summary")
                        .add(Element.of("strong").text(column.name()))
                        .text(" " + column.policy().summary()));
        Element inside = Element.of("div", "inside");
        inside.add(Element.of("p")
                .text("Run on the monitor %s with seed %d."
                        .formatted(column.monitor(), column.seed())));
        Monitors.sentences(List.of(column))
                .forEach(sentence -> inside.add(Element.of("p").text(sentence)));
        if (!column.policy().sources().isEmpty()) {
            Element sources = Element.of("ul");
            column.policy()
                    .sources()
                    .forEach(source -> sources.add(Element.of("li").text(source)));
            inside.add(Element.of("h4").text("Sources"), sources);
        }
        if (!column.policy().accepted().isEmpty()) {
            Element accepted = Element.of("ul");
            column.policy().accepted().forEach(one -> accepted.add(accepted(one)));
            inside.add(Element.of("h4").text("Accepted violations"), accepted);
        }
        inside.add(Element.of("h4").text("Keys"), all(column));
        return details.add(inside);
    }

    private static Element accepted(Acceptance acceptance) {
        return Element.of("li")
                .text("%s of %s: %s%s"
                        .formatted(
                                acceptance.property(),
                                acceptance.scenario().equals("*")
                                        ? "every scenario"
                                        : acceptance.scenario(),
                                acceptance.reason(),
                                acceptance.until().map(" (until %s)"::formatted).orElse("")));
    }

    private Element all(Column column) {
        Map<String, Element> parts = new LinkedHashMap<>();
        keys.get(column.number()).forEach((name, value) -> {
            String part = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
            parts.computeIfAbsent(part, key -> Element.of("dl", "facts"))
                    .add(Element.of("div")
                            .add(Element.of("dt").text(name), Element.of("dd").text(value)));
        });
        Element all = Element.of("div", "key-columns");
        parts.values().forEach(all::add);
        return all;
    }
}
