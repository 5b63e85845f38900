package cofferdam.scenarios.comparison;

import cofferdam.analysis.Question;
import cofferdam.analysis.Verdict;
import cofferdam.monitor.policy.PolicyChange;

import java.util.List;

/**
 * What to change in a policy so that wanted properties hold in all scenarios and nothing that held is
 * lost.
 *
 * @param policy its name
 * @param wanted properties
 * @param changes none of which can be left out; empty if nothing need be changed, or nothing helps
 * @param snippet the changes as they stand in a policy file
 * @param before exchanges that failed under the policy as it is
 * @param after exchanges that fail with the changes
 * @param withoutBoundary wanted properties that hold only because there is no such boundary any more
 * @param unmet what could not be reached with any set that was tried; empty if the suggestion does all
 * @param bound up to how many keys were tried
 */
public record Suggestion(
        String policy,
        List<String> wanted,
        List<PolicyChange> changes,
        String snippet,
        int before,
        int after,
        List<Place> withoutBoundary,
        List<Place> unmet,
        int bound) {

    public Suggestion {
        wanted = List.copyOf(wanted);
        changes = List.copyOf(changes);
        withoutBoundary = List.copyOf(withoutBoundary);
        unmet = List.copyOf(unmet);
    }

    /**
     * A property of a scenario.
     *
     * @param verdict under the policy as it is
     */
    public record Place(String scenario, Question question, Verdict verdict) {}

    /** Whether all that is wanted holds, with the changes or without any. */
    public boolean isFound() {
        return unmet.isEmpty();
    }
}
