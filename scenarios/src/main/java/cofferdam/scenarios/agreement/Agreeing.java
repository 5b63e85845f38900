package cofferdam.scenarios.agreement;

import cofferdam.analysis.Judgement;
import cofferdam.analysis.Verdict;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.policy.PolicyChange;
import cofferdam.scenarios.Scenario;
import cofferdam.scenarios.agreement.Agreement.Disagreement;
import cofferdam.scenarios.agreement.Agreement.Row;
import cofferdam.scenarios.agreement.Explanation.Kind;
import cofferdam.scenarios.comparison.Experiment;
import cofferdam.scenarios.result.ResultJson;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Holds monitors against each other, and looks for the cause of each disagreement: first settings
 * that one does not enforce, tried on a model; then what one lacks or refused; then controls that
 * failed. What is left is unexplained, and is said to be.
 */
public final class Agreeing {

    private final Settings settings;

    /** @param model runs trials on a monitor whose outcomes depend on the trial alone */
    public Agreeing(Experiment model) {
        settings = new Settings(model);
    }

    /**
     * One scenario under one policy on every monitor.
     *
     * @param runs at least one, the reference first
     */
    public record Case(Scenario scenario, Policy policy, List<Observed> runs) {

        public Case {
            runs = List.copyOf(runs);
        }
    }

    /** The verdicts side by side; the cases of one scenario stand together. */
    public Agreement of(List<Case> cases) {
        List<Row> rows = new ArrayList<>();
        for (Scenario scenario : cases.stream().map(Case::scenario).distinct().toList()) {
            List<Case> own = cases.stream()
                    .filter(one -> one.scenario().equals(scenario))
                    .toList();
            for (int property = 0; property < scenario.properties().size(); property++) {
                for (Case one : own) {
                    rows.add(row(one, property));
                }
            }
        }
        return new Agreement(
                cases.getFirst().runs().stream().map(Observed::monitor).toList(), rows);
    }

    private Row row(Case one, int property) {
        List<Judgement> cells =
                one.runs().stream().map(run -> run.judgements().get(property)).toList();
        Observed reference = one.runs().getFirst();
        List<Disagreement> disagreements = new ArrayList<>();
        for (int at = 1; at < cells.size(); at++) {
            if (cells.get(at).verdict() != cells.getFirst().verdict()) {
                Observed other = one.runs().get(at);
                disagreements.add(new Disagreement(
                        reference.monitor(),
                        other.monitor(),
                        explanation(new Differing(one, property, reference, other))));
            }
        }
        return new Row(
                one.scenario().name(),
                one.policy().name(),
                cells.getFirst().question(),
                cells,
                disagreements);
    }

    /** A property that two runs give different verdicts of. */
    private record Differing(Case one, int property, Observed first, Observed second) {

        Differing turned() {
            return new Differing(one, property, /* first= */ second, /* second= */ first);
        }

        Judgement of(Observed run) {
            return run.judgements().get(property);
        }
    }

    private Explanation explanation(Differing differing) {
        return bySetting(differing)
                .or(() -> bySetting(differing.turned()))
                .or(() -> byVerdict(differing, differing.second()))
                .or(() -> byVerdict(differing, differing.first()))
                .orElseGet(() -> unexplained(differing));
    }

    /** Whether the second run's verdict follows from what its monitor does not enforce. */
    private Optional<Explanation> bySetting(Differing differing) {
        Case one = differing.one();
        Observed deviating = differing.second();
        Verdict wanted = differing.of(deviating).verdict();
        if (wanted == Verdict.ERROR || deviating.settings().isEmpty()) {
            return Optional.empty();
        }
        boolean modelled = settings.verdict(one.scenario(), one.policy(), differing.property())
                == differing.of(differing.first()).verdict();
        return modelled
                ? settings.giving(
                                wanted,
                                one.scenario(),
                                one.policy(),
                                differing.property(),
                                deviating.settings())
                        .map(changes -> setting(deviating, wanted, changes))
                : Optional.empty();
    }

    private static Explanation setting(
            Observed deviating, Verdict wanted, List<PolicyChange> changes) {
        String named = deviating.settings().stream()
                .filter(setting -> changes.stream()
                        .anyMatch(change -> change.key().startsWith(setting.subject())))
                .map(setting -> "%s (%s)".formatted(setting.subject(), setting.outcome()))
                .collect(Collectors.joining(", "));
        String with =
                changes.stream().map(PolicyChange::toString).collect(Collectors.joining(", "));
        return new Explanation(
                Kind.SETTING,
                "%s does not enforce %s; with %s the model gives %s too"
                        .formatted(deviating.monitor(), named, with, ResultJson.nameOf(wanted)),
                changes);
    }

    /** What a verdict itself says, where it decides nothing. */
    private static Optional<Explanation> byVerdict(Differing differing, Observed run) {
        Judgement judgement = differing.of(run);
        return switch (judgement.verdict()) {
            case UPHELD, VIOLATED -> Optional.empty();
            case NOT_APPLICABLE -> Optional.of(absence(run, judgement));
            case INCONCLUSIVE, ERROR ->
                Optional.of(Explanation.of(
                        Kind.UNDECIDED,
                        "%s decides nothing: %s".formatted(run.monitor(), judgement.reason())));
        };
    }

    private static Explanation absence(Observed run, Judgement judgement) {
        Optional<Event.CapabilityMissing> missing = run.missing();
        if (missing.isPresent()) {
            return Explanation.of(
                    Kind.CAPABILITY,
                    "%s has no %s for %s: %s"
                            .formatted(
                                    run.monitor(),
                                    missing.get().subject(),
                                    missing.get().actor(),
                                    missing.get().outcome()));
        }
        return run.refusal()
                .map(reason -> Explanation.of(
                        Kind.REFUSAL, "%s refused: %s".formatted(run.monitor(), reason)))
                .orElseGet(() -> Explanation.of(
                        Kind.NO_BOUNDARY,
                        "%s has no such boundary: %s"
                                .formatted(run.monitor(), judgement.reason())));
    }

    private static Explanation unexplained(Differing differing) {
        List<String> tried = new ArrayList<>();
        List<String> untried = new ArrayList<>();
        for (Observed run : List.of(differing.second(), differing.first())) {
            for (Event.SettingNotEnforced setting : run.settings()) {
                boolean can = Settings.canBeTried(differing.one().policy(), setting);
                (can ? tried : untried).add("%s on %s".formatted(setting.subject(), run.monitor()));
            }
        }
        List<String> hints = new ArrayList<>();
        if (!untried.isEmpty()) {
            hints.add("not enforced, and nothing to try it with: " + String.join(", ", untried));
        } else if (!tried.isEmpty()) {
            hints.add("not enforced, but no other value gives this verdict: "
                    + String.join(", ", tried));
        }
        differing.second().endedEarly().ifPresent(hints::add);
        differing.first().endedEarly().ifPresent(hints::add);
        hints.addFirst("unexplained");
        return Explanation.of(
                untried.isEmpty() ? Kind.NONE : Kind.SUSPICION, String.join("; ", hints));
    }
}
