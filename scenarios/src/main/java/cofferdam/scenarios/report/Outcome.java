package cofferdam.scenarios.report;

import cofferdam.scenarios.result.PropertyResult;

/** A verdict as a report shows it: a violation that is accepted is a kind of its own. */
public enum Outcome {
    VIOLATED(0, "violated", "✗", "the evidence shows a breach"),
    ERROR(1, "error", "!", "the testbed failed; never a pass"),
    INCONCLUSIVE(
            2,
            "inconclusive",
            "?",
            "a positive control failed or evidence is missing; never a pass"),
    ACCEPTED(3, "accepted", "≈", "a breach that the policy's owner accepts, with a reason"),
    UPHELD(4, "upheld", "✓", "the positive controls worked and the property held"),
    NOT_APPLICABLE(5, "not applicable", "–", "there is no such boundary under this policy");

    private final int rank;
    private final String word;
    private final String sign;
    private final String meaning;

    Outcome(int rank, String word, String sign, String meaning) {
        this.rank = rank;
        this.word = word;
        this.sign = sign;
        this.meaning = meaning;
    }

    /** What came of a property. */
    public static Outcome of(PropertyResult result) {
        return switch (result.judgement().verdict()) {
            case UPHELD -> UPHELD;
            case VIOLATED -> result.isAccepted() ? ACCEPTED : VIOLATED;
            case INCONCLUSIVE -> INCONCLUSIVE;
            case NOT_APPLICABLE -> NOT_APPLICABLE;
            case ERROR -> ERROR;
        };
    }

    /** Its place among all, the worst being 0. */
    public int rank() {
        return rank;
    }

    /** In words. */
    public String word() {
        return word;
    }

    /** In one sign, told apart by its shape. */
    public String sign() {
        return sign;
    }

    /** What it means, in one line. */
    public String meaning() {
        return meaning;
    }

    /** What a page calls its kind: lower-case letters and hyphens. */
    public String key() {
        return word.replace(' ', '-');
    }

    /** Whether what is behind it is told at length. */
    public boolean isToldAtLength() {
        return switch (this) {
            case VIOLATED, ERROR, INCONCLUSIVE, ACCEPTED -> true;
            case UPHELD, NOT_APPLICABLE -> false;
        };
    }
}
