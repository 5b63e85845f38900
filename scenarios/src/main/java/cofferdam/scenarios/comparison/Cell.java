package cofferdam.scenarios.comparison;

import cofferdam.analysis.Judgement;
import cofferdam.analysis.Verdict;

import org.jspecify.annotations.Nullable;

/**
 * A property of a scenario under one policy.
 *
 * @param accepted why the policy's owner accepts the violation, or null where there is none or it is
 *     not accepted
 */
public record Cell(Judgement judgement, @Nullable String accepted) {

    /** What came of it. */
    public Verdict verdict() {
        return judgement.verdict();
    }

    /** Whether nothing is lost here: it held, or there is no such boundary. */
    public boolean holds() {
        return holds(verdict());
    }

    static boolean holds(Verdict verdict) {
        return switch (verdict) {
            case UPHELD, NOT_APPLICABLE -> true;
            case VIOLATED, INCONCLUSIVE, ERROR -> false;
        };
    }

    /** Whether nothing can be said. */
    public boolean isUndecided() {
        return switch (verdict()) {
            case INCONCLUSIVE, ERROR -> true;
            case UPHELD, VIOLATED, NOT_APPLICABLE -> false;
        };
    }
}
