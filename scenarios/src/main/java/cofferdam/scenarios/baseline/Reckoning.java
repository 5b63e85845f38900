package cofferdam.scenarios.baseline;

import cofferdam.analysis.Verdict;
import cofferdam.scenarios.result.Cell;
import cofferdam.scenarios.result.PropertyResult;
import cofferdam.scenarios.result.PropertyResult.Treatment;
import cofferdam.scenarios.result.ResultJson;
import cofferdam.scenarios.result.RunResult;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Results as they count today. An acceptance that still holds, the policy's or the baseline's,
 * makes a violation accepted; else one that is over makes it count again, whatever the baseline
 * says; else a violation that the baseline has is known. The baseline forgives violations alone:
 * what is inconclusive, an error, or upheld against an expectation stays what it is.
 *
 * @param runs in the order that they were given
 * @param gone violations of the baseline that are there no longer; those whose runs were not
 *     repeated, or could not be decided, are not among them
 */
public record Reckoning(List<RunResult> runs, List<Gone> gone) {

    public Reckoning {
        runs = List.copyOf(runs);
        gone = List.copyOf(gone);
    }

    /** Reckons what came of runs. */
    public static Reckoning of(List<RunResult> runs, Baseline baseline, LocalDate today) {
        List<RunResult> reckoned = runs.stream()
                .map(run -> run.with(run.properties().stream()
                        .map(result -> treated(Cell.of(run, result), result, baseline, today))
                        .toList()))
                .toList();
        return new Reckoning(reckoned, gone(runs, baseline));
    }

    /** How many violations are not in the baseline, not accepted and not expected. */
    public long fresh() {
        return runs.stream()
                .flatMap(run -> run.properties().stream())
                .filter(Baseline::isNew)
                .count();
    }

    /** How many violations the baseline has, without a reason why they are accepted. */
    public long known() {
        return runs.stream()
                .flatMap(run -> run.properties().stream())
                .filter(PropertyResult::isKnown)
                .count();
    }

    /** How many violations count again because their acceptance is over. */
    public long lapsed() {
        return runs.stream()
                .flatMap(run -> run.properties().stream())
                .filter(PropertyResult::isLapsed)
                .count();
    }

    private static PropertyResult treated(
            Cell cell, PropertyResult result, Baseline baseline, LocalDate today) {
        if (result.judgement().verdict() != Verdict.VIOLATED) {
            return result;
        }
        Optional<AcceptedRisk> policys = Optional.ofNullable(result.accepted())
                .map(reason -> new AcceptedRisk(reason, Optional.ofNullable(result.until())));
        boolean isListed = baseline.known().containsKey(cell);
        Optional<AcceptedRisk> listed = baseline.known().getOrDefault(cell, Optional.empty());
        Treatment holding = isListed ? Treatment.KNOWN : Treatment.AS_WRITTEN;
        if (listed.isPresent() && !listed.get().isOver(today)) {
            return accepted(result, listed.get(), holding);
        }
        if (policys.isPresent() && !policys.get().isOver(today)) {
            return accepted(result, policys.get(), holding);
        }
        return listed.or(() -> policys)
                .map(over -> accepted(result, over, Treatment.LAPSED))
                .orElse(result.as(holding));
    }

    private static PropertyResult accepted(
            PropertyResult result, AcceptedRisk risk, Treatment treatment) {
        return new PropertyResult(
                result.judgement(),
                result.expected(),
                risk.reason(),
                risk.until().orElse(null),
                treatment);
    }

    private static List<Gone> gone(List<RunResult> runs, Baseline baseline) {
        Map<Cell, Verdict> verdicts = new TreeMap<>();
        for (RunResult run : runs) {
            for (PropertyResult result : run.properties()) {
                // The same question under several seeds: one violation is enough to keep it.
                verdicts.merge(
                        Cell.of(run, result), result.judgement().verdict(), Reckoning::worse);
            }
        }
        var repeated = runs.stream()
                .map(run -> List.of(run.scenario(), run.policy(), run.monitor()))
                .collect(Collectors.toSet());
        List<Gone> gone = new ArrayList<>();
        for (Cell cell : baseline.cells()) {
            if (repeated.contains(List.of(cell.scenario(), cell.policy(), cell.monitor()))) {
                now(Optional.ofNullable(verdicts.get(cell)))
                        .ifPresent(now -> gone.add(new Gone(cell, now)));
            }
        }
        return gone;
    }

    private static Verdict worse(Verdict one, Verdict other) {
        return List.of(
                        Verdict.VIOLATED,
                        Verdict.ERROR,
                        Verdict.INCONCLUSIVE,
                        Verdict.NOT_APPLICABLE,
                        Verdict.UPHELD)
                .stream()
                .filter(verdict -> verdict == one || verdict == other)
                .findFirst()
                .orElseThrow();
    }

    /** What is there instead of the violation; empty while it is there or nothing can be said. */
    private static Optional<String> now(Optional<Verdict> verdict) {
        if (verdict.isEmpty()) {
            return Optional.of(Gone.NOT_ASKED);
        }
        return switch (verdict.get()) {
            case VIOLATED, INCONCLUSIVE, ERROR -> Optional.empty();
            case UPHELD, NOT_APPLICABLE -> Optional.of(ResultJson.nameOf(verdict.get()));
        };
    }
}
