package cofferdam.scenarios.comparison;

import cofferdam.analysis.Verdict;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.policy.PolicyChange;
import cofferdam.monitor.policy.PolicyChoices;
import cofferdam.monitor.policy.PolicyKeys;
import cofferdam.scenarios.Scenario;
import cofferdam.scenarios.comparison.SuggestionSearch.Broken;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Sets of changes of one policy that mend one cell: all of one key; where there is none, those that
 * delta debugging leaves of each model that holds the cell; and where these are of more than two, all
 * pairs.
 */
final class Remedies {

    /** The most alternatives of one cell, the smallest first. */
    static final int MAXIMUM_ALTERNATIVES = 20;

    /** Where there are more candidates than this, not every pair is tried. */
    static final int MAXIMUM_PAIRED = 14;

    private static final String CONNECTIVITY = "connectivity";
    private static final String MONITOR = "monitor.";

    private final Laboratory laboratory;
    private final Policy policy;
    private final List<Policy> models;
    private final List<PolicyChange> candidates;

    /** A set that mends, and whether it does so by taking the boundary away. */
    private record Remedy(List<PolicyChange> changes, boolean boundless) {}

    Remedies(Laboratory laboratory, Policy policy, List<Policy> models) {
        this.laboratory = laboratory;
        this.policy = policy;
        this.models = List.copyOf(models);
        candidates = withoutMonitor(new PolicyChoices(models).of(policy));
    }

    /** What a product's administrator can set. */
    static List<PolicyChange> withoutMonitor(List<PolicyChange> changes) {
        return changes.stream()
                .filter(change -> !change.key().startsWith(MONITOR))
                .toList();
    }

    /** Whether something that held before does not now, or legitimate traffic is lost. */
    static boolean isWorse(Outcome before, Outcome after) {
        for (int property = 0; property < before.judgements().size(); property++) {
            Verdict then = before.verdict(property);
            Verdict now = after.verdict(property);
            boolean talk =
                    before.judgements().get(property).question().property().equals(CONNECTIVITY);
            boolean mustStay = talk && then == Verdict.UPHELD;
            if (mustStay ? now != Verdict.UPHELD : Cell.holds(then) && !Cell.holds(now)) {
                return true;
            }
        }
        return after.traffic().lost() > before.traffic().lost();
    }

    /** The alternatives that mend this cell without making its scenario worse, the smallest first. */
    List<List<PolicyChange>> of(Broken cell, Outcome before) {
        Set<Remedy> found = new LinkedHashSet<>(which(cell, before, Changes.singles(candidates)));
        if (found.isEmpty()) {
            found.addAll(fromModels(cell, before));
            boolean large = found.stream().allMatch(remedy -> remedy.changes().size() > 2);
            List<PolicyChange> relevant = relevant(cell.scenario());
            if (large && relevant.size() <= MAXIMUM_PAIRED) {
                found.addAll(which(cell, before, Changes.pairs(relevant)));
            }
        }
        return found.stream()
                .sorted(Comparator.comparingInt(
                                (Remedy remedy) -> remedy.changes().size())
                        .thenComparing(Remedy::boundless))
                .limit(MAXIMUM_ALTERNATIVES)
                .map(Remedy::changes)
                .toList();
    }

    private List<Remedy> fromModels(Broken cell, Outcome before) {
        List<Remedy> found = new ArrayList<>();
        for (Policy model : models) {
            List<PolicyChange> all = withoutMonitor(PolicyKeys.differences(policy, model));
            if (!all.isEmpty() && mends(cell, before, all)) {
                List<PolicyChange> part = Changes.minimal(all, some -> mends(cell, before, some));
                found.addAll(which(cell, before, List.of(part)));
            }
        }
        return found;
    }

    private boolean mends(Broken cell, Outcome before, List<PolicyChange> changes) {
        return !which(cell, before, List.of(changes)).isEmpty();
    }

    private List<PolicyChange> relevant(Scenario scenario) {
        return candidates.stream()
                .filter(change -> {
                    Optional<Policy> changed = Changes.of(policy, List.of(change));
                    return changed.isEmpty()
                            || !laboratory.isSameRun(scenario, changed.get(), policy);
                })
                .toList();
    }

    private List<Remedy> which(Broken cell, Outcome before, List<List<PolicyChange>> sets) {
        List<List<PolicyChange>> possible = new ArrayList<>();
        List<Trial> trials = new ArrayList<>();
        for (List<PolicyChange> changes : sets) {
            Changes.of(policy, changes).ifPresent(changed -> {
                possible.add(changes);
                trials.add(new Trial(cell.scenario(), changed));
            });
        }
        List<Outcome> outcomes = laboratory.outcomes(trials);
        List<Remedy> found = new ArrayList<>();
        for (int i = 0; i < possible.size(); i++) {
            Verdict verdict = outcomes.get(i).verdict(cell.property());
            if (Cell.holds(verdict) && !isWorse(before, outcomes.get(i))) {
                found.add(new Remedy(possible.get(i), verdict == Verdict.NOT_APPLICABLE));
            }
        }
        return found;
    }
}
