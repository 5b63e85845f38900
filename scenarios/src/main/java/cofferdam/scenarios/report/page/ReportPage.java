package cofferdam.scenarios.report.page;

import cofferdam.scenarios.report.Column;
import cofferdam.scenarios.report.Outcome;
import cofferdam.scenarios.report.Report;
import cofferdam.scenarios.report.html.Element;
import cofferdam.scenarios.report.html.Href;
import cofferdam.scenarios.report.html.Node;
import cofferdam.scenarios.report.html.Page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A report as one HTML file that needs no other. The same report gives the same bytes; everything
 * that comes from bundles is text and stays text.
 */
public final class ReportPage {

    private final Report report;

    private ReportPage(Report report) {
        this.report = report;
    }

    /** The page, to be written in UTF-8. */
    public static String html(Report report) {
        ReportPage page = new ReportPage(report);
        return new Page(
                        "Isolation report",
                        resource("report.css"),
                        resource("report.js"),
                        page.body())
                .html();
    }

    private static String resource(String name) {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program has no " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Node> body() {
        return List.of(
                Element.of("a", "skip").leadingTo(Href.to("matrix")).text("Skip to the matrix"),
                header(),
                Element.of("main")
                        .add(
                                tiles(),
                                new Matrix(report).draw(),
                                new Accounts(report).draw(),
                                new Configurations(report).draw(),
                                new StandardsSection(report).draw(),
                                reading()),
                Element.of("footer")
                        .add(Element.of("p")
                                .text("Written by Cofferdam from what the bundles contain. The page"
                                        + " loads nothing and sends nothing.")));
    }

    private Element header() {
        Element header = Element.of("header")
                .add(
                        Element.of("p", "product").text("Cofferdam"),
                        Element.of("h1").text("Isolation report"),
                        Element.of("p", "lead").text(sentence()),
                        Element.of("p", "caution")
                                .add(Element.of("strong").text("A model, not the product. "))
                                .text(
                                        "Policies that bear a product's name model its documented"
                                                + " configuration; nothing here is a test of the product."));
        Monitors.sentences(report.columns())
                .forEach(sentence -> header.add(Element.of("p", "caution").text(sentence)));
        return header.add(navigation());
    }

    private String sentence() {
        return "%s of %s under %s, %s, from %s%s"
                .formatted(
                        Show.count(report.runs(), "run", "runs"),
                        Show.count(report.chapters().size(), "scenario", "scenarios"),
                        Show.count(report.columns().size(), "policy", "policies"),
                        setting(),
                        String.join(", ", report.bundles()),
                        report.versions().isEmpty()
                                ? "."
                                : ", made by version %s."
                                        .formatted(String.join(" and ", report.versions())));
    }

    private String setting() {
        String monitors = report.columns().stream()
                .map(Column::monitor)
                .distinct()
                .collect(Collectors.joining(" and "));
        List<Long> seeds =
                report.columns().stream().map(Column::seed).distinct().toList();
        return "on the %s monitor with %s %s"
                .formatted(monitors, seeds.size() == 1 ? "seed" : "seeds", Show.some(seeds));
    }

    private static Element navigation() {
        return Element.of("nav")
                .with("aria-label", "Parts of the report")
                .add(Element.of("ul")
                        .add(
                                part("matrix", "The matrix"),
                                part("accounts", "What is behind it"),
                                part("policies", "The policies"),
                                part("standards", "The standards"),
                                part("reading", "How to read this")));
    }

    private static Element part(String id, String name) {
        return Element.of("li").add(Element.of("a").leadingTo(Href.to(id)).text(name));
    }

    private Element tiles() {
        Element tiles = Element.of("ul", "tiles").with("aria-label", "Verdicts in all");
        for (Outcome outcome : Outcome.values()) {
            int count = report.count(outcome);
            tiles.add(Element.of("li", "tile " + outcome.key() + (count == 0 ? " none" : ""))
                    .add(
                            Element.of("span", "big").text(Integer.toString(count)),
                            Show.verdict(outcome),
                            Element.of("span", "meaning").text(outcome.meaning())));
        }
        Element verdict = Element.of("p", "expected").text(expected());
        return Element.of("section").with("aria-label", "Summary").add(tiles, verdict);
    }

    private String expected() {
        int all = report.counts().values().stream().mapToInt(Integer::intValue).sum();
        String compared = report.hasExpectations()
                ? " %d of them were compared with what was expected.".formatted(report.expected())
                : "";
        String rest = report.hasExpectations()
                ? "as expected, or else upheld, accepted or not applicable"
                : "upheld, accepted or not applicable";
        if (report.unexpected() == 0) {
            return "All %s are as they should be: %s.%s"
                    .formatted(Show.count(all, "verdict", "verdicts"), rest, compared);
        }
        return "%d of %s are not as they should be; the others are %s.%s"
                .formatted(
                        report.unexpected(),
                        Show.count(all, "verdict", "verdicts"),
                        rest,
                        compared);
    }

    private Element reading() {
        Element meanings = Element.of("dl", "facts");
        for (Outcome outcome : Outcome.values()) {
            meanings.add(Element.of("div")
                    .add(
                            Element.of("dt").add(Show.verdict(outcome)),
                            Element.of("dd").text(outcome.meaning())));
        }
        return Element.of("section")
                .with("id", "reading")
                .with("aria-labelledby", "reading-title")
                .add(
                        Element.of("h2").with("id", "reading-title").text("How to read this"),
                        meanings,
                        Element.of("p")
                                .text("A verdict follows from the evidence alone: captures of every"
                                        + " vantage, image files and memory as they were, and one list"
                                        + " of events. Nothing that an attack says of itself counts."
                                        + " A property is upheld only if its positive controls worked"
                                        + " in the same run."),
                        Element.of("p")
                                .text("Links lead to the files of the bundle, as long as this page"
                                        + " stays where it was written beside it. The page repeats"
                                        + " what the bundle says; it does not check signature or"
                                        + " hashes."));
    }
}
