package cofferdam.scenarios.export;

import cofferdam.analysis.EvidenceReference;
import cofferdam.analysis.Verdict;
import cofferdam.scenarios.baseline.Gone;
import cofferdam.scenarios.baseline.Reckoning;
import cofferdam.scenarios.result.Cell;
import cofferdam.scenarios.result.MonitorWords;
import cofferdam.scenarios.result.PropertyResult;
import cofferdam.scenarios.result.RunResult;
import cofferdam.scenarios.result.Summary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A summary in GitHub Flavored Markdown, for the comment on a pull request or the summary of a
 * build: what the build fails for first, then the matrix, then what is behind the violations.
 */
public final class MarkdownReport {

    /** No more is told of violations beyond so many characters; a comment takes 65,536. */
    static final int MOST_CHARACTERS = 55_000;

    private final StringBuilder text = new StringBuilder();
    private final Reckoning reckoning;
    private final List<RunResult> runs;
    private final String out;

    private MarkdownReport(Reckoning reckoning, String out) {
        this.reckoning = reckoning;
        this.runs = reckoning.runs();
        this.out = out;
    }

    /**
     * The document.
     *
     * @param out the bundle's folder, as the user named it
     */
    public static String of(Reckoning reckoning, String out) {
        return new MarkdownReport(reckoning, out).write();
    }

    private String write() {
        line("## Cofferdam: " + headline());
        line("");
        line(Summary.of(runs).words(runs.size()) + ".");
        line("");
        matrix();
        monitors();
        gone();
        details();
        line("");
        line("Evidence: " + MarkdownText.code(out));
        return text.toString();
    }

    private String headline() {
        List<String> wrong = new ArrayList<>();
        count(wrong, reckoning.fresh(), "new violation");
        count(wrong, reckoning.lapsed(), "violation whose acceptance is over");
        count(wrong, matching(PropertyResult::isUndecided), "undecided");
        long others = matching(result -> !result.isAsItShouldBe())
                - reckoning.fresh()
                - matching(result -> result.isLapsed() && !result.isAsItShouldBe())
                - matching(PropertyResult::isUndecided);
        count(wrong, others, "other than expected");
        return wrong.isEmpty() ? "all as it should be" : String.join(", ", wrong);
    }

    private static void count(List<String> counts, long count, String what) {
        if (count > 0) {
            counts.add("**%d %s**".formatted(count, what));
        }
    }

    private long matching(Predicate<PropertyResult> predicate) {
        return runs.stream()
                .flatMap(run -> run.properties().stream())
                .filter(predicate)
                .count();
    }

    private void matrix() {
        List<String> policies = runs.stream().map(RunResult::policy).distinct().toList();
        line("| scenario | property | "
                + policies.stream().map(MarkdownText::code).collect(Collectors.joining(" | "))
                + " |");
        line("| --- | --- |" + " --- |".repeat(policies.size()));
        rows().forEach((name, byPolicy) -> line("| %s | %s |"
                .formatted(
                        name,
                        policies.stream()
                                .map(policy -> byPolicy.getOrDefault(policy, ""))
                                .collect(Collectors.joining(" | ")))));
    }

    private void monitors() {
        for (String sentence : MonitorWords.sentences(runs)) {
            line("");
            line(MarkdownText.code(sentence));
        }
    }

    /** The cells' texts by the names of their rows and policies; several seeds share a cell. */
    private Map<String, Map<String, String>> rows() {
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        for (RunResult run : runs) {
            for (PropertyResult result : run.properties()) {
                String row = "%s | %s"
                        .formatted(
                                MarkdownText.code(run.scenario()),
                                MarkdownText.code(ResultWords.question(result)));
                rows.computeIfAbsent(row, name -> new LinkedHashMap<>())
                        .merge(run.policy(), cell(result), MarkdownReport::both);
            }
        }
        return rows;
    }

    private static String both(String one, String other) {
        return one.equals(other) ? one : one + ", " + other;
    }

    private static String cell(PropertyResult result) {
        String words = ResultWords.verdict(result);
        String shown = result.isAsItShouldBe() ? words : "**" + words + "**";
        return symbol(result) + " " + shown;
    }

    private static String symbol(PropertyResult result) {
        if (result.isAccepted()) {
            return "◇";
        }
        if (result.isKnown()) {
            return "◆";
        }
        return switch (result.judgement().verdict()) {
            case UPHELD -> "✔";
            case VIOLATED -> "✘";
            case INCONCLUSIVE -> "?";
            case NOT_APPLICABLE -> "–";
            case ERROR -> "‼";
        };
    }

    private void gone() {
        if (reckoning.gone().isEmpty()) {
            return;
        }
        line("");
        line("No longer there, to be removed from the baseline:");
        line("");
        for (Gone gone : reckoning.gone()) {
            line("- %s, now %s".formatted(MarkdownText.code(gone.cell().words()), gone.now()));
        }
    }

    private void details() {
        int left = 0;
        for (boolean isWrong : List.of(true, false)) {
            for (RunResult run : runs) {
                for (PropertyResult result : run.properties()) {
                    if (isTold(result) && result.isAsItShouldBe() != isWrong) {
                        left += detail(run, result) ? 0 : 1;
                    }
                }
            }
        }
        if (left > 0) {
            line("");
            line("%d more are told in the evidence alone.".formatted(left));
        }
    }

    private static boolean isTold(PropertyResult result) {
        return result.judgement().verdict() == Verdict.VIOLATED || !result.isAsItShouldBe();
    }

    /** Tells what is behind a verdict; false if there is no room. */
    private boolean detail(RunResult run, PropertyResult result) {
        if (text.length() > MOST_CHARACTERS) {
            return false;
        }
        line("");
        line("<details><summary>%s %s: %s</summary>"
                .formatted(
                        symbol(result),
                        MarkdownText.code(Cell.of(run, result).words()),
                        ResultWords.verdict(result)));
        line("");
        line("- " + MarkdownText.code(result.judgement().reason()));
        if (result.accepted() != null && (result.isAccepted() || result.isLapsed())) {
            line("- %s: %s"
                    .formatted(
                            result.isLapsed() ? "was accepted" : "accepted",
                            MarkdownText.code(result.accepted())));
        }
        for (EvidenceReference reference : result.judgement().evidence()) {
            line("- evidence: " + MarkdownText.code(ResultWords.place(run, reference)));
        }
        line("");
        line("</details>");
        return true;
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
