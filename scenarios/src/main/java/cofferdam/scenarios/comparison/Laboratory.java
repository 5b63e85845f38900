package cofferdam.scenarios.comparison;

import cofferdam.monitor.policy.Policy;
import cofferdam.scenarios.Scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Runs trials, each once: what was asked before, or is known to come to the same, is remembered. Not
 * for use by several threads at a time; the experiment may use several.
 */
final class Laboratory {

    private final Experiment experiment;
    private final Map<Known, Outcome> outcomes = new LinkedHashMap<>();

    /** A run that was made: the scenario's name stands for the scenario. */
    private record Known(String scenario, Policy policy) {}

    Laboratory(Experiment experiment) {
        this.experiment = experiment;
    }

    /** The outcomes of these trials, in their order. */
    List<Outcome> outcomes(List<Trial> trials) {
        run(trials.stream().map(Laboratory::onTrial).toList());
        List<Trial> decided = trials.stream().map(this::decided).toList();
        run(decided);
        return decided.stream().map(this::known).toList();
    }

    /** The outcome of one trial. */
    Outcome outcome(Trial trial) {
        return outcomes(List.of(trial)).getFirst();
    }

    /** Whether two policies come to one and the same run, as far as is known before it is made. */
    boolean isSameRun(Scenario scenario, Policy one, Policy other) {
        return onTrial(new Trial(scenario, one)).equals(onTrial(new Trial(scenario, other)));
    }

    /** How many runs there were in all. */
    int runs() {
        return outcomes.size();
    }

    private static Trial onTrial(Trial trial) {
        Mask mask = new Mask(trial.scenario());
        return new Trial(
                trial.scenario(),
                mask.maybeSilent() ? mask.withoutNetwork(trial.policy()) : mask.of(trial.policy()));
    }

    /** The run that counts: the one without the network, if it was silent. */
    private Trial decided(Trial trial) {
        Trial first = onTrial(trial);
        boolean counts =
                !new Mask(trial.scenario()).maybeSilent() || known(first).silent();
        return counts
                ? first
                : new Trial(trial.scenario(), new Mask(trial.scenario()).of(trial.policy()));
    }

    private void run(List<Trial> masked) {
        Map<Known, Trial> missing = new LinkedHashMap<>();
        for (Trial trial : masked) {
            Known key = key(trial);
            if (!outcomes.containsKey(key)) {
                missing.putIfAbsent(key, trial);
            }
        }
        List<Outcome> made = experiment.outcomes(new ArrayList<>(missing.values()));
        int next = 0;
        for (Known key : missing.keySet()) {
            outcomes.put(key, made.get(next));
            next++;
        }
    }

    private Outcome known(Trial masked) {
        return Objects.requireNonNull(outcomes.get(key(masked)));
    }

    private static Known key(Trial trial) {
        return new Known(trial.scenario().name(), trial.policy());
    }
}
