package cofferdam.scenarios.cli;

import cofferdam.analysis.Figure;
import cofferdam.analysis.Judgement;
import cofferdam.scenarios.result.PropertyResult;
import cofferdam.scenarios.result.RunResult;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the service of machines lost while one of them used up what they share: a row for each
 * scenario, a column for each policy, and in it the loss of the good machine and of the bad one. The
 * form is that of the Isolation Benchmark Suite (Matthews and others, ExpCS 2007).
 */
final class ServiceTable {

    private static final String TITLE = "service lost, good / bad machine";
    private static final String GOOD = "good-degradation";
    private static final String BAD = "bad-degradation";
    private static final String NOT_MEASURED = "not measured";
    private static final int GAP = 2;

    private final List<String> policies = new ArrayList<>();
    private final Map<String, Map<String, String>> rows = new LinkedHashMap<>();

    ServiceTable(List<RunResult> runs) {
        for (RunResult run : runs) {
            cell(run).ifPresent(cell -> {
                rows.computeIfAbsent(run.scenario(), name -> new LinkedHashMap<>())
                        .put(run.policy(), cell);
                if (!policies.contains(run.policy())) {
                    policies.add(run.policy());
                }
            });
        }
    }

    /** The table; empty if no run has measured any service. */
    List<String> lines() {
        if (rows.isEmpty()) {
            return List.of();
        }
        int first = widest(TITLE, rows.keySet());
        List<String> lines = new ArrayList<>();
        lines.add(line(first, TITLE, policy -> policy));
        rows.forEach((scenario, cells) ->
                lines.add(line(first, scenario, policy -> cells.getOrDefault(policy, ""))));
        return lines;
    }

    private String line(int first, String name, UnaryOperator<String> cell) {
        StringBuilder line = new StringBuilder(padded(name, first));
        for (String policy : policies) {
            List<String> column = rows.values().stream()
                    .map(cells -> cells.getOrDefault(policy, ""))
                    .toList();
            line.append(padded(cell.apply(policy), widest(policy, column)));
        }
        return line.toString().stripTrailing();
    }

    private static int widest(String title, Iterable<String> cells) {
        int widest = title.length();
        for (String cell : cells) {
            widest = Math.max(widest, cell.length());
        }
        return widest + GAP;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static Optional<String> cell(RunResult run) {
        return run.properties().stream()
                .map(PropertyResult::judgement)
                .flatMap(judgement -> figure(judgement, GOOD).stream()
                        .map(good -> "%s / %s"
                                .formatted(good, figure(judgement, BAD).orElse(NOT_MEASURED))))
                .findFirst();
    }

    private static Optional<String> figure(Judgement judgement, String name) {
        return judgement.figures().stream()
                .filter(figure -> figure.name().equals(name))
                .map(ServiceTable::text)
                .findFirst();
    }

    private static String text(Figure figure) {
        return "%s %s".formatted(figure.value(), figure.unit()).strip();
    }
}
