package cofferdam.scenarios.result;

import cofferdam.analysis.Verdict;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How many verdicts there are of each kind.
 *
 * @param violated violations, accepted ones left out
 * @param accepted violations that a policy accepts
 * @param unexpected verdicts that are not as they should be
 */
public record Summary(
        int upheld,
        int violated,
        int inconclusive,
        int notApplicable,
        int error,
        int accepted,
        int unexpected) {

    /** The process's exit code when everything is as it should be. */
    public static final int EXIT_AS_IT_SHOULD_BE = 0;

    /** The exit code when there is a violation, or a verdict other than the one expected. */
    public static final int EXIT_VIOLATION = 1;

    /** The exit code when nothing worse happened than that something could not be decided. */
    public static final int EXIT_UNDECIDED = 3;

    /** Counts the verdicts of these runs. */
    public static Summary of(List<RunResult> runs) {
        List<PropertyResult> all =
                runs.stream().flatMap(run -> run.properties().stream()).toList();
        int accepted = (int) all.stream().filter(PropertyResult::isAccepted).count();
        return new Summary(
                count(all, Verdict.UPHELD),
                count(all, Verdict.VIOLATED) - accepted,
                count(all, Verdict.INCONCLUSIVE),
                count(all, Verdict.NOT_APPLICABLE),
                count(all, Verdict.ERROR),
                accepted,
                (int) all.stream().filter(result -> !result.isAsItShouldBe()).count());
    }

    private static int count(List<PropertyResult> all, Verdict verdict) {
        return (int) all.stream()
                .filter(result -> result.judgement().verdict() == verdict)
                .count();
    }

    /** The counts in one sentence, such as {@code 3 runs: 7 upheld, 2 violated}. */
    public String words(int runs) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("upheld", upheld);
        counts.put("violated", violated);
        counts.put("accepted", accepted);
        counts.put("inconclusive", inconclusive);
        counts.put("error", error);
        counts.put("not applicable", notApplicable);
        String text = counts.entrySet().stream()
                .filter(count -> count.getValue() > 0)
                .map(count -> "%d %s".formatted(count.getValue(), count.getKey()))
                .collect(Collectors.joining(", "));
        return "%d %s: %s".formatted(runs, runs == 1 ? "run" : "runs", text);
    }

    /** The exit code that these runs deserve; a violation outranks an undecided property. */
    public static int exitCode(List<RunResult> runs) {
        List<PropertyResult> wrong = runs.stream()
                .flatMap(run -> run.properties().stream())
                .filter(result -> !result.isAsItShouldBe())
                .toList();
        if (wrong.isEmpty()) {
            return EXIT_AS_IT_SHOULD_BE;
        }
        return wrong.stream().allMatch(PropertyResult::isUndecided)
                ? EXIT_UNDECIDED
                : EXIT_VIOLATION;
    }
}
