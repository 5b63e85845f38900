package cofferdam.scenarios.comparison;

import cofferdam.analysis.Verdict;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.policy.PolicyChange;
import cofferdam.monitor.policy.PolicyKeys;
import cofferdam.scenarios.Scenario;
import cofferdam.scenarios.comparison.Suggestion.Place;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks for the smallest set of changes of one policy by which wanted properties hold: for each cell
 * that does not hold, the sets that mend it ({@link Remedies}); then the smallest union of them that,
 * run under all scenarios, mends everything and loses nothing. The kind of monitor is not changed: no
 * setting makes one product of another.
 */
final class SuggestionSearch {

    /** The most keys of a suggestion. */
    static final int MAXIMUM_KEYS = 16;

    /** The most unions that are run under all scenarios. */
    static final int MAXIMUM_UNIONS = 20;

    private final Laboratory laboratory;
    private final List<Scenario> scenarios;
    private final Policy policy;
    private final List<String> wanted;
    private final List<Policy> models;
    private final List<Outcome> before;

    /** A wanted property that does not hold. */
    record Broken(Scenario scenario, int place, int property) {}

    /**
     * @param wanted properties
     * @param models policies to take values from
     */
    SuggestionSearch(
            Laboratory laboratory,
            List<Scenario> scenarios,
            Policy policy,
            List<String> wanted,
            List<Policy> models) {
        this.laboratory = laboratory;
        this.scenarios = List.copyOf(scenarios);
        this.policy = policy;
        this.wanted = List.copyOf(wanted);
        this.models = List.copyOf(models);
        before = outcomes(policy);
    }

    Suggestion find() {
        List<Broken> broken = broken(before);
        if (broken.isEmpty()) {
            return suggestion(List.of(), List.of());
        }
        Remedies remedies = new Remedies(laboratory, policy, models);
        List<Broken> unmet = new ArrayList<>();
        List<List<List<PolicyChange>>> alternatives = new ArrayList<>();
        for (Broken cell : broken) {
            List<List<PolicyChange>> sets = remedies.of(cell, before.get(cell.place()));
            if (sets.isEmpty()) {
                unmet.add(cell);
            } else {
                alternatives.add(sets);
            }
        }
        Optional<List<PolicyChange>> changes = alternatives.isEmpty()
                ? Optional.empty()
                : best(alternatives, unmet).or(() -> asAnotherPolicy(unmet));
        return changes.isPresent()
                ? suggestion(changes.get(), unmet)
                : suggestion(List.of(), broken);
    }

    private Optional<List<PolicyChange>> best(
            List<List<List<PolicyChange>>> alternatives, List<Broken> unmet) {
        return new Unions(alternatives, MAXIMUM_KEYS, MAXIMUM_UNIONS)
                .smallestFirst().stream()
                        .filter(union -> suffices(union, unmet))
                        .findFirst()
                        .map(union -> Changes.minimal(union, part -> suffices(part, unmet)));
    }

    /** Where sets do not go together: everything that a model has, less what can be left out. */
    private Optional<List<PolicyChange>> asAnotherPolicy(List<Broken> unmet) {
        return models.stream()
                .map(model -> Remedies.withoutMonitor(PolicyKeys.differences(policy, model)))
                .filter(all -> suffices(all, unmet))
                .map(all -> Changes.minimal(all, part -> suffices(part, unmet)))
                .filter(part -> part.size() <= MAXIMUM_KEYS)
                .findFirst();
    }

    /** Whether all that is wanted holds with these, but for what nothing mends, and nothing is lost. */
    private boolean suffices(List<PolicyChange> changes, List<Broken> unmet) {
        Optional<Policy> changed = Changes.of(policy, changes);
        if (changed.isEmpty()) {
            return false;
        }
        List<Outcome> after = outcomes(changed.get());
        for (int i = 0; i < scenarios.size(); i++) {
            if (Remedies.isWorse(before.get(i), after.get(i))) {
                return false;
            }
        }
        return unmet.containsAll(broken(after));
    }

    private List<Outcome> outcomes(Policy other) {
        return laboratory.outcomes(
                scenarios.stream().map(scenario -> new Trial(scenario, other)).toList());
    }

    private List<Broken> broken(List<Outcome> outcomes) {
        List<Broken> broken = new ArrayList<>();
        for (int i = 0; i < scenarios.size(); i++) {
            Scenario scenario = scenarios.get(i);
            for (int property = 0; property < scenario.properties().size(); property++) {
                if (wanted.contains(scenario.properties().get(property).property())
                        && !Cell.holds(outcomes.get(i).verdict(property))) {
                    broken.add(new Broken(scenario, i, property));
                }
            }
        }
        return broken;
    }

    private Suggestion suggestion(List<PolicyChange> changes, List<Broken> unmet) {
        List<Outcome> after = outcomes(Changes.of(policy, changes).orElseThrow());
        return new Suggestion(
                policy.name(),
                wanted,
                changes,
                changes.isEmpty() ? "" : PolicyKeys.snippet(policy, changes),
                lost(before),
                lost(after),
                withoutBoundary(after),
                unmet.stream().map(cell -> place(cell, before)).toList(),
                MAXIMUM_KEYS);
    }

    private List<Place> withoutBoundary(List<Outcome> after) {
        return broken(before).stream()
                .filter(cell ->
                        after.get(cell.place()).verdict(cell.property()) == Verdict.NOT_APPLICABLE)
                .map(cell -> place(cell, before))
                .toList();
    }

    private static Place place(Broken cell, List<Outcome> outcomes) {
        var judgement = outcomes.get(cell.place()).judgements().get(cell.property());
        return new Place(cell.scenario().name(), judgement.question(), judgement.verdict());
    }

    private static int lost(List<Outcome> outcomes) {
        return outcomes.stream().mapToInt(outcome -> outcome.traffic().lost()).sum();
    }
}
