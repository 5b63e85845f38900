package cofferdam.scenarios.result;

import cofferdam.analysis.Judgement;
import cofferdam.analysis.Verdict;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;

/**
 * A property's verdict beside what was wanted of it.
 *
 * @param judgement what the evidence shows
 * @param expected the verdict that an expectation names, or null where there is none
 * @param accepted why the violation is accepted, or null where it is not
 * @param until the last day on which it is accepted, or null where that has no end
 * @param treatment what is to be made of it today; in a bundle always {@link Treatment#AS_WRITTEN}
 */
public record PropertyResult(
        Judgement judgement,
        @Nullable Verdict expected,
        @Nullable String accepted,
        @Nullable LocalDate until,
        Treatment treatment) {

    /** What a baseline and the calendar, which no bundle knows, make of a result. */
    public enum Treatment {
        /** Nothing: it counts as policy and expectation say. */
        AS_WRITTEN,
        /** A violation that the baseline has: it is not new. */
        KNOWN,
        /** A violation whose acceptance is over: it counts again. */
        LAPSED
    }

    /** A result as a bundle keeps it. */
    public PropertyResult(
            Judgement judgement,
            @Nullable Verdict expected,
            @Nullable String accepted,
            @Nullable LocalDate until) {
        this(judgement, expected, accepted, until, Treatment.AS_WRITTEN);
    }

    /** A result whose acceptance, if there is one, has no end. */
    public PropertyResult(
            Judgement judgement, @Nullable Verdict expected, @Nullable String accepted) {
        this(judgement, expected, accepted, null);
    }

    /** The same result, treated so. */
    public PropertyResult as(Treatment other) {
        return new PropertyResult(judgement, expected, accepted, until, other);
    }

    /** Whether it is a violation that is accepted, and still is. */
    public boolean isAccepted() {
        return isViolated() && accepted != null && treatment != Treatment.LAPSED;
    }

    /** Whether it is a violation that the baseline has, without a reason why it is accepted. */
    public boolean isKnown() {
        return isViolated() && treatment == Treatment.KNOWN && accepted == null;
    }

    /** Whether it is a violation that was accepted until a day that is over. */
    public boolean isLapsed() {
        return isViolated() && treatment == Treatment.LAPSED;
    }

    /**
     * Whether this is as it should be: what was expected, or a violation that the baseline has;
     * without an expectation, upheld, accepted or not applicable.
     */
    public boolean isAsItShouldBe() {
        if (isViolated() && treatment == Treatment.KNOWN) {
            return true;
        }
        if (expected != null) {
            return judgement.verdict() == expected;
        }
        return switch (judgement.verdict()) {
            case UPHELD, NOT_APPLICABLE -> true;
            case VIOLATED -> isAccepted();
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

    private boolean isViolated() {
        return judgement.verdict() == Verdict.VIOLATED;
    }
}
