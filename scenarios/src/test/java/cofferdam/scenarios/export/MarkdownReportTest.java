package cofferdam.scenarios.export;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.Verdict;
import cofferdam.monitor.SecuritySupport;
import cofferdam.scenarios.baseline.Baseline;
import cofferdam.scenarios.baseline.Gone;
import cofferdam.scenarios.baseline.Reckoning;
import cofferdam.scenarios.result.Cell;
import cofferdam.scenarios.result.PropertyResult;
import cofferdam.scenarios.result.PropertyResult.Treatment;
import cofferdam.scenarios.result.RunResult;

import org.junit.jupiter.api.Test;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

class MarkdownReportTest {

    /** What the report itself may write; everything else that steers is a character reference. */
    private static final Pattern OWN_MARKUP = Pattern.compile(
            "</?(?:code|details|summary)>|&#[0-9]+;|\\*\\*|\\| |\\|$|^\\||^- |^## ");

    private static final Pattern STEERING = Pattern.compile("[<>&`*_\\[\\]\\\\|#@~!]|://|www\\.");

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    @Test
    void tellsFirstWhatTheBuildFailsFor() {
        assertThat(of(Results.ofEveryKind().toArray(PropertyResult[]::new))
                        .lines()
                        .findFirst())
                .contains("## Cofferdam: **1 new violation**, **2 undecided**, **1 other than"
                        + " expected**");
        assertThat(of(Results.result(Verdict.UPHELD)).lines().findFirst())
                .contains("## Cofferdam: all as it should be");
    }

    @Test
    void aLapsedAcceptanceIsInTheHeadlineAndSaysUntilWhen() {
        PropertyResult lapsed = new PropertyResult(
                Results.judgement("connectivity", Verdict.VIOLATED, "because"),
                null,
                "a lab",
                LocalDate.of(2026, 10, 1),
                Treatment.LAPSED);
        String document =
                MarkdownReport.of(new Reckoning(List.of(Results.run(lapsed)), List.of()), "out");
        assertThat(document)
                .startsWith("## Cofferdam: **1 violation whose acceptance is over**\n")
                .contains("**violated, accepted until 2026-10-01, which is over**")
                .contains("- was accepted: <code>a lab</code>");
    }

    private static final SecuritySupport HOSTILE_SUPPORT = new SecuritySupport(
            SecuritySupport.Claim.NO_BOUNDARY, Results.HOSTILE, Results.HOSTILE);

    @Test
    void theMatrixSaysEveryVerdictInSymbolsAndInWords() {
        RunResult first = Results.run(Results.result(Verdict.UPHELD));
        RunResult second = new RunResult(
                first.scenario(),
                "hardened",
                first.monitor(),
                1,
                List.of(Results.result(Verdict.VIOLATED)),
                first.securitySupport(),
                first.duration());
        String document =
                MarkdownReport.of(new Reckoning(List.of(first, second), List.of()), "out");
        assertThat(document)
                .contains("| scenario | property | <code>esx-1&#46;5&#46;2</code> |"
                        + " <code>hardened</code> |")
                .contains("| --- | --- | --- | --- |")
                .contains(" | ✔ upheld | ✘ **violated** |\n");
    }

    @Test
    void whatIsGoneIsListed() {
        Cell cell = Cell.of(Results.run(), Results.result(Verdict.UPHELD));
        String document = MarkdownReport.of(
                new Reckoning(List.of(), List.of(new Gone(cell, "upheld"))), "out");
        assertThat(document).contains("to be removed from the baseline:\n\n- <code>arp-poisoning");
    }

    @Test
    void hostileTextIsNeitherMarkdownNorHtml() {
        PropertyResult hostile = new PropertyResult(
                Results.judgement("connectivity", Verdict.VIOLATED, Results.HOSTILE),
                null,
                Results.HOSTILE);
        RunResult run = Results.run(hostile);
        String document = MarkdownReport.of(
                Reckoning.of(
                        List.of(
                                run,
                                new RunResult(
                                        Results.HOSTILE,
                                        Results.HOSTILE,
                                        "emulated",
                                        1,
                                        run.properties(),
                                        HOSTILE_SUPPORT,
                                        run.duration())),
                        Baseline.EMPTY,
                        TODAY),
                Results.HOSTILE);
        for (String line : document.lines().toList()) {
            String foreign = OWN_MARKUP.matcher(line).replaceAll("");
            assertThat(STEERING.matcher(foreign).results().map(found -> found.group()))
                    .as(line)
                    .isEmpty();
        }
        assertThat(document).contains("&#60;script&#62;alert&#40;1&#41;", "&#64;&#8203;octocat");
        assertThat(document.codePoints()
                        .filter(point -> Character.isISOControl(point) && point != '\n'))
                .isEmpty();
        assertThat(document).doesNotContain("\u202e", "\u2028", "\ufffe", "\ud800");
    }

    @Test
    void everyRowOfTheMatrixHasTheSameCells() {
        PropertyResult hostile = Results.result(Results.HOSTILE, Verdict.VIOLATED, null, null);
        String document = of(hostile, Results.result(Verdict.UPHELD));
        assertThat(document.lines().filter(line -> line.startsWith("|")))
                .hasSize(4)
                .allSatisfy(
                        line -> assertThat(line.chars().filter(c -> c == '|')).hasSize(4));
    }

    @Test
    void fitsIntoACommentHoweverMuchThereIsToTellAndSaysWhatItLeftOut() {
        List<PropertyResult> many = new ArrayList<>(Collections.nCopies(
                2000,
                new PropertyResult(
                        Results.judgement("connectivity", Verdict.VIOLATED, "x".repeat(5000)),
                        null,
                        null)));
        String document = of(many.toArray(PropertyResult[]::new));
        assertThat(document.length()).isLessThan(65_536);
        assertThat(document).contains("more are told in the evidence alone", "characters more");
    }

    private static String of(PropertyResult... results) {
        return MarkdownReport.of(new Reckoning(List.of(Results.run(results)), List.of()), "out");
    }
}
