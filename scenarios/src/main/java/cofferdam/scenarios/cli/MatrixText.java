package cofferdam.scenarios.cli;

import cofferdam.analysis.EvidenceReference;
import cofferdam.analysis.Figure;
import cofferdam.analysis.Verdict;
import cofferdam.scenarios.export.EvidenceWords;
import cofferdam.scenarios.result.Cell;
import cofferdam.scenarios.result.PropertyResult;
import cofferdam.scenarios.result.ResultJson;
import cofferdam.scenarios.result.RunResult;
import cofferdam.scenarios.result.Summary;

import picocli.CommandLine.Help.Ansi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Results as people read them: the matrix of properties and policies first, then what is behind the
 * violations.
 */
final class MatrixText {

    private static final int GAP = 2;

    private final List<RunResult> runs;
    private final List<String> policies;
    private final Ansi ansi;

    MatrixText(List<RunResult> runs, Ansi ansi) {
        this.runs = List.copyOf(runs);
        this.policies = runs.stream().map(RunResult::policy).distinct().toList();
        this.ansi = ansi;
    }

    /** The matrix: a row for each scenario's property, a column for each policy. */
    List<String> matrix() {
        Map<String, Map<String, Map<String, PropertyResult>>> cells = cells();
        int first = cells.entrySet().stream()
                .flatMap(scenario ->
                        scenario.getValue().keySet().stream().map(row -> row.length() + GAP))
                .reduce(0, Math::max);
        first = Math.max(first, cells.keySet().stream().map(String::length).reduce(0, Math::max))
                + GAP;
        List<String> lines = new ArrayList<>();
        lines.add(header(first));
        for (Map.Entry<String, Map<String, Map<String, PropertyResult>>> scenario :
                cells.entrySet()) {
            lines.add(ansi.string("@|bold %s|@".formatted(scenario.getKey())));
            for (Map.Entry<String, Map<String, PropertyResult>> row :
                    scenario.getValue().entrySet()) {
                lines.add(row(first, row.getKey(), row.getValue()));
            }
        }
        return lines;
    }

    private Map<String, Map<String, Map<String, PropertyResult>>> cells() {
        Map<String, Map<String, Map<String, PropertyResult>>> cells = new LinkedHashMap<>();
        for (RunResult run : runs) {
            Map<String, Map<String, PropertyResult>> rows =
                    cells.computeIfAbsent(run.scenario(), name -> new LinkedHashMap<>());
            for (PropertyResult result : run.properties()) {
                rows.computeIfAbsent(rowName(run, result), name -> new LinkedHashMap<>())
                        .put(run.policy(), result);
            }
        }
        return cells;
    }

    /**
     * The property, with its subject and observer where a scenario asks the same property more than
     * once.
     */
    private static String rowName(RunResult run, PropertyResult result) {
        String property = result.judgement().question().property();
        long asked = run.properties().stream()
                .filter(other -> other.judgement().question().property().equals(property))
                .count();
        return asked == 1 ? property : property + " (" + parties(result) + ")";
    }

    private String header(int first) {
        StringBuilder line = new StringBuilder(" ".repeat(first));
        for (String policy : policies) {
            line.append(ansi.string("@|bold %s|@".formatted(policy)))
                    .append(" ".repeat(width(policy) - policy.length()));
        }
        return line.toString().stripTrailing();
    }

    private String row(int first, String name, Map<String, PropertyResult> byPolicy) {
        StringBuilder line =
                new StringBuilder("  ").append(name).append(" ".repeat(first - name.length() - 2));
        for (String policy : policies) {
            PropertyResult result = byPolicy.get(policy);
            String text = result == null ? "" : cell(result);
            line.append(result == null ? "" : ansi.string(style(result).formatted(text)));
            line.append(" ".repeat(width(policy) - text.length()));
        }
        return line.toString().stripTrailing();
    }

    private int width(String policy) {
        int widest = policy.length();
        for (RunResult run : runs) {
            if (run.policy().equals(policy)) {
                for (PropertyResult result : run.properties()) {
                    widest = Math.max(widest, cell(result).length());
                }
            }
        }
        return widest + GAP;
    }

    private static String cell(PropertyResult result) {
        String verdict =
                result.isAccepted() ? "accepted" : shown(result.judgement().verdict());
        if (result.isLapsed()) {
            return verdict + " (was accepted)";
        }
        if (result.isKnown()) {
            return verdict + " (known)";
        }
        return result.isAsItShouldBe() || result.expected() == null
                ? verdict
                : "%s (expected %s)".formatted(verdict, ResultJson.nameOf(result.expected()));
    }

    private static String shown(Verdict verdict) {
        return switch (verdict) {
            case UPHELD, INCONCLUSIVE -> ResultJson.nameOf(verdict);
            case VIOLATED, ERROR -> ResultJson.nameOf(verdict).toUpperCase(Locale.ROOT);
            case NOT_APPLICABLE -> "-";
        };
    }

    private static String style(PropertyResult result) {
        if (result.isAccepted() || result.isKnown()) {
            return "@|yellow %s|@";
        }
        return switch (result.judgement().verdict()) {
            case UPHELD -> "@|green %s|@";
            case VIOLATED -> "@|red %s|@";
            case INCONCLUSIVE, ERROR -> "@|magenta %s|@";
            case NOT_APPLICABLE -> "@|faint %s|@";
        };
    }

    /**
     * What is behind the verdicts: reasons, captures and frames.
     *
     * @param out the bundle's folder, as the user named it
     * @param all every verdict, or only those that are not as they should be
     */
    List<String> details(String out, boolean all) {
        List<String> lines = new ArrayList<>();
        for (RunResult run : runs) {
            for (PropertyResult result : run.properties()) {
                if (all || !result.isAsItShouldBe()) {
                    lines.addAll(detail(run, result, out));
                }
            }
        }
        return lines;
    }

    /**
     * The command that shows the first proof of a violation in Wireshark; empty if there is none.
     */
    Optional<String> example(String out) {
        return runs.stream()
                .flatMap(run -> run.properties().stream()
                        .filter(result -> result.judgement().verdict() == Verdict.VIOLATED)
                        .flatMap(result -> result.judgement().frames().stream())
                        .map(proof ->
                                "wireshark -r %s/%s/%s -Y 'frame.comment contains \"cofferdam\"'"
                                        .formatted(out, run.folder(), proof.file())))
                .findFirst();
    }

    private List<String> detail(RunResult run, PropertyResult result, String out) {
        List<String> lines = new ArrayList<>();
        String title = "%s under %s: %s %s"
                .formatted(
                        run.scenario(),
                        run.policy(),
                        result.judgement().question().property(),
                        cell(result));
        lines.add(ansi.string("@|bold %s|@ (%s)".formatted(title, parties(result))));
        lines.add("  " + Terminal.safe(result.judgement().reason()));
        if (result.isAccepted() || result.isLapsed()) {
            lines.add("  %s: %s"
                    .formatted(
                            acceptance(result), Terminal.safe(String.valueOf(result.accepted()))));
        }
        for (EvidenceReference reference : result.judgement().evidence()) {
            lines.add("  %s/%s/%s %s"
                    .formatted(
                            out, run.folder(), reference.file(), EvidenceWords.places(reference)));
        }
        for (Figure figure : result.judgement().figures()) {
            lines.add("  %s: %s %s"
                    .formatted(figure.name(), figure.value(), figure.unit())
                    .stripTrailing());
        }
        return lines;
    }

    private static String acceptance(PropertyResult result) {
        if (result.until() == null) {
            return "accepted";
        }
        return result.isLapsed()
                ? "accepted until %s, which is over".formatted(result.until())
                : "accepted until %s".formatted(result.until());
    }

    private static String parties(PropertyResult result) {
        return Cell.parties(result.judgement().question());
    }

    /** The counts in one sentence. */
    String summary(String expectation) {
        String held = expectation.isEmpty() ? "" : ", " + against(expectation);
        return Summary.of(runs).words(runs.size()) + held;
    }

    private String against(String expectation) {
        List<PropertyResult> all =
                runs.stream().flatMap(run -> run.properties().stream()).toList();
        List<PropertyResult> covered =
                all.stream().filter(result -> result.expected() != null).toList();
        if (covered.isEmpty()) {
            return "%s expects nothing of them".formatted(expectation);
        }
        long wrong = covered.stream().filter(result -> !result.isAsItShouldBe()).count();
        String told = wrong == 0
                ? "all as %s expects".formatted(expectation)
                : "%d not as %s expects".formatted(wrong, expectation);
        int others = all.size() - covered.size();
        return others == 0 ? told : "%s, which says nothing of %d more".formatted(told, others);
    }
}
