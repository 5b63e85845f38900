package cofferdam.scenarios.report.page;

import cofferdam.analysis.Analysis;
import cofferdam.analysis.Figure;
import cofferdam.analysis.Judgement;
import cofferdam.analysis.Property;
import cofferdam.analysis.story.Story;
import cofferdam.scenarios.report.Account;
import cofferdam.scenarios.report.Chapter;
import cofferdam.scenarios.report.Outcome;
import cofferdam.scenarios.report.Report;
import cofferdam.scenarios.report.Row;
import cofferdam.scenarios.report.html.Element;
import cofferdam.scenarios.report.html.Href;
import cofferdam.scenarios.result.PropertyResult;
import cofferdam.scenarios.result.ResultJson;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is behind the verdicts, scenario by scenario. */
final class Accounts {

    private final Report report;
    private final Map<String, Property> properties = Analysis.properties().stream()
            .collect(Collectors.toMap(Property::id, Function.identity()));

    Accounts(Report report) {
        this.report = report;
    }

    Element draw() {
        Element section = Element.of("section")
                .with("id", "accounts")
                .with("aria-labelledby", "accounts-title")
                .add(
                        Element.of("h2").with("id", "accounts-title").text("What is behind it"),
                        Element.of("p", "lead")
                                .text("Verdicts that came about in the same way are told once, for"
                                        + " all the policies they are the same under; pictures and"
                                        + " numbers are of the first one named."),
                        Element.of("p", "needs-script buttons")
                                .add(
                                        button("open-all", "Open all"),
                                        button("close-all", "Close all")));
        for (int number = 0; number < report.chapters().size(); number++) {
            section.add(chapter(report.chapters().get(number), number));
        }
        return section;
    }

    private static Element button(String id, String text) {
        return Element.of("button").with("type", "button").with("id", id).text(text);
    }

    private Element chapter(Chapter chapter, int number) {
        String title = "chapter-" + number;
        Element section = Element.of("section", "chapter")
                .with("aria-labelledby", title)
                .add(
                        Element.of("h3").with("id", title).text(Show.label(chapter.scenario())),
                        Element.of("p", "summary").text(chapter.summary()));
        if (!chapter.standards().isEmpty()) {
            Element standards = Element.of("ul", "standards").with("aria-label", "Standards");
            chapter.standards().forEach(id -> standards.add(Element.of("li").text(id)));
            section.add(standards);
        }
        chapter.accounts().stream()
                .filter(account -> account.story().isPresent())
                .forEach(account -> section.add(atLength(account)));
        List<Account> brief = chapter.accounts().stream()
                .filter(account -> account.story().isEmpty())
                .toList();
        if (!brief.isEmpty()) {
            Element list = Element.of("ul", "brief");
            brief.forEach(account -> list.add(brief(account)));
            section.add(list);
        }
        return section;
    }

    private Element marked(Element element, Account account) {
        return element.with("id", account.id())
                .with("data-row", account.row())
                .with("data-outcome", account.outcome().key())
                .with(
                        "data-columns",
                        account.cases().stream()
                                .map(one -> Integer.toString(one.column()))
                                .collect(Collectors.joining(" ")));
    }

    private String policy(Account.Case one) {
        return Show.label(report.columns().get(one.column()).name());
    }

    private Element policies(Account account) {
        Element names = Element.of("span", "policies");
        for (int at = 0; at < account.cases().size(); at++) {
            Account.Case one = account.cases().get(at);
            names.text(at == 0 ? "" : ", ").add(Show.folder(one.folder(), policy(one)));
        }
        return names;
    }

    private Element reasons(Account account) {
        Element reasons = Element.of("ul");
        for (Account.Case one : account.cases()) {
            reasons.add(Element.of("li").text("%s: %s".formatted(policy(one), one.reason())));
        }
        return reasons;
    }

    private Element brief(Account account) {
        Row row = report.rows().get(account.row());
        Judgement judgement = account.result().judgement();
        Element line = marked(Element.of("li"), account)
                .with("tabindex", "-1")
                .add(Show.verdict(account.outcome()))
                .text(" ")
                .add(Element.of("strong").text(Show.label(row.property())))
                .text(" under ")
                .add(policies(account))
                .text(account.hasOneReason() ? ": " + judgement.reason() : ":");
        if (!account.hasOneReason()) {
            line.add(reasons(account));
        }
        Property property = properties.get(judgement.question().property());
        if (account.outcome() == Outcome.UPHELD && property != null) {
            line.add(Element.of("span", "control")
                    .text(" Controls that held: %s.".formatted(property.control())));
        }
        expectation(line, account.result());
        return line;
    }

    private static void expectation(Element line, PropertyResult result) {
        if (result.expected() != null) {
            boolean same = result.judgement().verdict() == result.expected();
            line.add(Element.of("span", same ? "expectation" : "expectation wrong")
                    .text(
                            same
                                    ? " As expected."
                                    : " Expected: %s."
                                            .formatted(ResultJson.nameOf(result.expected()))));
        }
    }

    private Element atLength(Account account) {
        Row row = report.rows().get(account.row());
        Element summary = Element.of("summary")
                .add(
                        Show.verdict(account.outcome()),
                        Element.of("span", "what")
                                .add(Element.of("strong").text(Show.label(row.property())))
                                .text(" under ")
                                .add(Element.of("span", "policies").text(names(account))),
                        Element.of("span", "reason").text(reason(account)));
        Element details = marked(
                        Element.of("details", "account " + account.outcome().key()), account)
                .add(summary);
        Element inside = Element.of("div", "inside");
        question(inside, account);
        account.story().ifPresent(story -> story(inside, story, account));
        details.add(inside);
        return details;
    }

    private static String reason(Account account) {
        String first = account.result().judgement().reason();
        return account.hasOneReason() ? first : first + "; the like under the others";
    }

    private String names(Account account) {
        return account.cases().stream().map(this::policy).collect(Collectors.joining(", "));
    }

    private void question(Element inside, Account account) {
        Judgement judgement = account.result().judgement();
        Element facts = Element.of("dl", "facts");
        Property property = properties.get(judgement.question().property());
        if (property != null) {
            fact(facts, "Question", Element.of("span").text(property.question()));
        }
        String observer = judgement.question().observer();
        fact(
                facts,
                "Parties",
                Element.of("span")
                        .text("protected: "
                                + String.join(" and ", judgement.question().subject()))
                        .text(
                                observer.isEmpty()
                                        ? ""
                                        : "; judged from the vantage of " + observer));
        if (account.result().isAccepted()) {
            fact(
                    facts,
                    "Accepted",
                    Element.of("span")
                            .text(String.valueOf(account.result().accepted()))
                            .text(
                                    account.result().until() == null
                                            ? ""
                                            : " (until %s)"
                                                    .formatted(account.result().until())));
        }
        if (account.result().expected() != null) {
            Element line = Element.of("span");
            expectation(line, account.result());
            fact(facts, "Expectation", line);
        }
        if (account.outcome() == Outcome.INCONCLUSIVE && property != null) {
            fact(facts, "Controls needed", Element.of("span").text(property.control()));
        }
        for (Figure figure : judgement.figures()) {
            fact(
                    facts,
                    figure.name(),
                    Element.of("span").text((figure.value() + " " + figure.unit()).strip()));
        }
        if (!account.hasOneReason()) {
            fact(facts, "Reasons", reasons(account));
        }
        fact(facts, "Runs", policies(account));
        Monitors.warnings(account.cases().stream()
                        .map(one -> report.columns().get(one.column()))
                        .toList())
                .forEach(sentence -> fact(facts, "Monitor", Element.of("span").text(sentence)));
        inside.add(facts);
    }

    private static void fact(Element facts, String name, Element value) {
        facts.add(Element.of("div")
                .add(Element.of("dt").text(name), Element.of("dd").add(value)));
    }

    private void story(Element inside, Story story, Account account) {
        List<String> folder = account.cases().getFirst().folder();
        for (String problem : story.problems()) {
            inside.add(Element.of("p", "problem").text(problem));
        }
        story.topology()
                .ifPresent(topology ->
                        inside.add(heading("Who was there"), new TopologyPicture(topology).draw()));
        if (!story.sequences().isEmpty()) {
            inside.add(heading("The frames that matter"));
            story.sequences()
                    .forEach(sequence -> inside.add(new SequenceTable(sequence, folder).draw()));
        }
        if (!story.excerpts().isEmpty()) {
            inside.add(heading("The bytes"));
            story.excerpts().forEach(excerpt -> inside.add(HexBlock.of(excerpt, folder)));
        }
        if (!story.memory().isEmpty()) {
            inside.add(heading("Memory over time"), MemoryPicture.of(story.memory()));
        }
        if (!story.events().isEmpty()) {
            inside.add(heading("What happened"), EventTable.of(story.events(), folder));
        }
        if (!account.result().judgement().evidence().isEmpty()) {
            inside.add(
                    heading("Look for yourself"),
                    EvidenceList.of(account.result().judgement().evidence(), folder));
        }
        inside.add(Element.of("p", "back")
                .add(Element.of("a").leadingTo(Href.to("matrix")).text("Back to the matrix")));
    }

    private static Element heading(String text) {
        return Element.of("h4").text(text);
    }
}
