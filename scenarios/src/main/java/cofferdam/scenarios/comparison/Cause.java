package cofferdam.scenarios.comparison;

import cofferdam.monitor.policy.PolicyChange;

import java.util.List;

/**
 * Which keys explain a difference: changed in one policy, they give the verdict of the other. Found by
 * running the scenario again, not by looking anything up.
 *
 * @param explanations each by itself is one; empty if nothing was found
 * @param bound up to how many keys together were tried
 */
public record Cause(List<Explanation> explanations, int bound) {

    public Cause {
        explanations = List.copyOf(explanations);
    }

    /**
     * Keys of which none can be left out.
     *
     * @param policy in which policy they are changed
     * @param changes to the other policy's values
     */
    public record Explanation(String policy, List<PolicyChange> changes) {

        public Explanation {
            changes = List.copyOf(changes);
        }
    }

    /** Whether something was found. */
    public boolean isFound() {
        return !explanations.isEmpty();
    }
}
