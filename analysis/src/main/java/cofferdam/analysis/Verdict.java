package cofferdam.analysis;

/** The answer to a question. */
public enum Verdict {
    /** The positive controls worked and the property held. */
    UPHELD,
    /** The evidence shows a breach, and the judgement points at it. */
    VIOLATED,
    /** A positive control failed, or evidence is missing. */
    INCONCLUSIVE,
    /** This monitor or policy has no such boundary. */
    NOT_APPLICABLE,
    /** The testbed failed; never a pass. */
    ERROR
}
