package cofferdam.scenarios.agreement;

import cofferdam.monitor.policy.PolicyChange;

import java.util.List;

/**
 * Why two monitors give different verdicts.
 *
 * @param words a sentence without a full stop
 * @param changes of the policy, with which a model gives the other verdict too; empty for other kinds
 *     than {@link Kind#SETTING}
 */
public record Explanation(Kind kind, String words, List<PolicyChange> changes) {

    public Explanation {
        changes = List.copyOf(changes);
    }

    /** What sort of cause it is. */
    public enum Kind {
        /** One does not enforce a setting; changed so, the model gives the same verdict. Tested. */
        SETTING,
        /** One lacks what the scenario needs. */
        CAPABILITY,
        /** One refused to start such a host. */
        REFUSAL,
        /** One has no such boundary. */
        NO_BOUNDARY,
        /** A control failed on one of them, or its testbed: its verdict says nothing. */
        UNDECIDED,
        /** One does not enforce settings that no model can be given otherwise. Not tested. */
        SUSPICION,
        /** The evidence has no cause. */
        NONE
    }

    static Explanation of(Kind kind, String words) {
        return new Explanation(kind, words, List.of());
    }

    /** Whether the evidence accounts for the difference. */
    public boolean isFound() {
        return switch (kind) {
            case SETTING, CAPABILITY, REFUSAL, NO_BOUNDARY, UNDECIDED -> true;
            case SUSPICION, NONE -> false;
        };
    }
}
