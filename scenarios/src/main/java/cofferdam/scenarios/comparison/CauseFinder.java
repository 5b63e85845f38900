package cofferdam.scenarios.comparison;

import cofferdam.analysis.Verdict;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.policy.PolicyChange;
import cofferdam.monitor.policy.PolicyKeys;
import cofferdam.scenarios.Scenario;
import cofferdam.scenarios.comparison.Cause.Explanation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the keys that explain where two policies differ: only such in which they differ, each set to
 * the value that the other policy has, and the scenario run again. First one key at a time in the
 * first policy; where that explains nothing, one at a time in the second; then pairs, and at last a set
 * from which nothing can be left out.
 */
final class CauseFinder {

    /** The most keys of an explanation. */
    static final int MAXIMUM_KEYS = 6;

    /** Where more keys than this matter to a scenario, not every pair of them is tried. */
    static final int MAXIMUM_PAIRED = 12;

    private final Laboratory laboratory;
    private final Policy first;
    private final Policy second;

    /** A property that the two give different verdicts of. */
    record Differing(Scenario scenario, int property, Verdict first, Verdict second) {}

    CauseFinder(Laboratory laboratory, Policy first, Policy second) {
        this.laboratory = laboratory;
        this.first = first;
        this.second = second;
    }

    /** The cause of each of these, in their order. */
    List<Cause> causes(List<Differing> cells) {
        prepare(cells, first, second);
        List<Cause> causes = new ArrayList<>();
        for (Differing cell : cells) {
            causes.add(new Cause(explanations(cell), MAXIMUM_KEYS));
        }
        return causes;
    }

    /** Runs everything that will be asked for in any case, so that it goes side by side. */
    private void prepare(List<Differing> cells, Policy from, Policy to) {
        List<List<PolicyChange>> singles = Changes.singles(PolicyKeys.differences(from, to));
        List<Trial> trials = new ArrayList<>();
        for (Scenario scenario :
                cells.stream().map(Differing::scenario).distinct().toList()) {
            for (List<PolicyChange> changes : singles) {
                Changes.of(from, changes)
                        .ifPresent(changed -> trials.add(new Trial(scenario, changed)));
            }
        }
        laboratory.outcomes(trials);
    }

    private List<Explanation> explanations(Differing cell) {
        List<PolicyChange> forward = PolicyKeys.differences(first, second);
        List<Explanation> found = which(cell, first, cell.second(), Changes.singles(forward));
        if (found.isEmpty()) {
            List<PolicyChange> backward = PolicyKeys.differences(second, first);
            found = which(cell, second, cell.first(), Changes.singles(backward));
        }
        return found.isEmpty() ? together(cell, forward) : found;
    }

    private List<Explanation> together(Differing cell, List<PolicyChange> all) {
        List<PolicyChange> relevant = relevant(cell, all);
        if (relevant.size() <= MAXIMUM_PAIRED) {
            List<Explanation> pairs = which(cell, first, cell.second(), Changes.pairs(relevant));
            if (!pairs.isEmpty()) {
                return pairs;
            }
        }
        if (!gives(cell, relevant)) {
            return List.of();
        }
        List<PolicyChange> minimal = Changes.minimal(relevant, part -> gives(cell, part));
        return minimal.size() > MAXIMUM_KEYS
                ? List.of()
                : List.of(new Explanation(first.name(), minimal));
    }

    /** Those whose absence makes another run of the second policy, or none at all. */
    private List<PolicyChange> relevant(Differing cell, List<PolicyChange> all) {
        List<PolicyChange> relevant = new ArrayList<>();
        for (PolicyChange change : all) {
            List<PolicyChange> others = new ArrayList<>(all);
            others.remove(change);
            Optional<Policy> without = Changes.of(first, others);
            if (without.isEmpty()
                    || !laboratory.isSameRun(cell.scenario(), without.get(), second)) {
                relevant.add(change);
            }
        }
        return relevant;
    }

    private boolean gives(Differing cell, List<PolicyChange> changes) {
        return !which(cell, first, cell.second(), List.of(changes)).isEmpty();
    }

    /** Those sets that give this verdict when they are changed in this policy. */
    private List<Explanation> which(
            Differing cell, Policy policy, Verdict wanted, List<List<PolicyChange>> sets) {
        List<List<PolicyChange>> possible = new ArrayList<>();
        List<Trial> trials = new ArrayList<>();
        for (List<PolicyChange> changes : sets) {
            Changes.of(policy, changes).ifPresent(changed -> {
                possible.add(changes);
                trials.add(new Trial(cell.scenario(), changed));
            });
        }
        List<Outcome> outcomes = laboratory.outcomes(trials);
        List<Explanation> found = new ArrayList<>();
        for (int i = 0; i < possible.size(); i++) {
            if (outcomes.get(i).verdict(cell.property()) == wanted) {
                found.add(new Explanation(policy.name(), possible.get(i)));
            }
        }
        return found;
    }
}
