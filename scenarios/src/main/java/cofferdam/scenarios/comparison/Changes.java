package cofferdam.scenarios.comparison;

import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.policy.PolicyChange;
import cofferdam.monitor.policy.PolicyKeys;
import cofferdam.monitor.yaml.InvalidFileException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Sets of changes of a policy. */
final class Changes {

    private Changes() {}

    /** The policy with these keys changed; empty if they cannot hold together. */
    static Optional<Policy> of(Policy policy, List<PolicyChange> changes) {
        try {
            return Optional.of(PolicyKeys.with(policy, changes));
        } catch (InvalidFileException contradictory) {
            return Optional.empty();
        }
    }

    /** Every set of one. */
    static List<List<PolicyChange>> singles(List<PolicyChange> changes) {
        return changes.stream().map(List::of).toList();
    }

    /** Every set of two that are about different keys. */
    static List<List<PolicyChange>> pairs(List<PolicyChange> changes) {
        List<List<PolicyChange>> pairs = new ArrayList<>();
        for (int left = 0; left < changes.size(); left++) {
            for (int right = left + 1; right < changes.size(); right++) {
                if (!changes.get(left).key().equals(changes.get(right).key())) {
                    pairs.add(List.of(changes.get(left), changes.get(right)));
                }
            }
        }
        return pairs;
    }

    /**
     * A part of a set that still does what the whole does, and of which nothing can be left out:
     * first halves are left out, then smaller and smaller parts (after Zeller and Hildebrandt,
     * "Simplifying and Isolating Failure-Inducing Input", 2002). Not always the smallest there is.
     *
     * @param suffices what the whole set passes
     */
    static List<PolicyChange> minimal(
            List<PolicyChange> whole, Predicate<List<PolicyChange>> suffices) {
        List<PolicyChange> left = new ArrayList<>(whole);
        int part = Math.max(1, left.size() / 2);
        while (true) {
            boolean smaller = leaveOut(left, part, suffices);
            if (part == 1 && !smaller) {
                return List.copyOf(left);
            }
            part = smaller ? Math.min(part, Math.max(1, left.size() / 2)) : Math.max(1, part / 2);
        }
    }

    /** Leaves out every part of this size that can be; whether there was any. */
    private static boolean leaveOut(
            List<PolicyChange> left, int part, Predicate<List<PolicyChange>> suffices) {
        boolean smaller = false;
        int from = 0;
        while (from < left.size() && left.size() > 1) {
            List<PolicyChange> without = new ArrayList<>(left);
            without.subList(from, Math.min(from + part, left.size())).clear();
            if (!without.isEmpty() && suffices.test(without)) {
                left.clear();
                left.addAll(without);
                smaller = true;
            } else {
                from += part;
            }
        }
        return smaller;
    }
}
