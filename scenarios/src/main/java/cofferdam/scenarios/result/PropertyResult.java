package cofferdam.scenarios.result;

import cofferdam.analysis.Judgement;
import cofferdam.analysis.Verdict;

import org.jspecify.annotations.Nullable;

/**
 * A property's verdict beside what was wanted of it.
 *
 * @param judgement what the evidence shows
 * @param expected the verdict that an expectation names, or null where there is none
 * @param accepted why the policy's owner accepts the violation, or null where it is not accepted
 */
public record PropertyResult(
        Judgement judgement,
        @Nullable Verdict expected,
        @Nullable String accepted) {

    /** Whether it is a violation that the policy accepts. */
    public boolean isAccepted() {
        return judgement.verdict() == Verdict.VIOLATED && accepted != null;
    }

    /**
     * Whether this is as it should be: what was expected; without an expectation, upheld, accepted
     * or not applicable.
     */
    public boolean isAsItShouldBe() {
        if (expected != null) {
            return judgement.verdict() == expected;
        }
        return switch (judgement.verdict()) {
            case UPHELD, NOT_APPLICABLE -> true;
            case VIOLATED -> accepted != null;
            case INCONCLUSIVE, ERROR -> false;
        };
    }

    /** Whether nothing can be said: an instrument failed, or a positive control did. */
    public boolean isUndecided() {
        return switch (judgement.verdict()) {
            case INCONCLUSIVE, ERROR -> true;
            case UPHELD, VIOLATED, NOT_APPLICABLE -> false;
        };
    }
}
