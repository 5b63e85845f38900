package cofferdam.scenarios;

/** What a checker is expected to find. */
public enum ExpectedVerdict {
    /** The property holds. */
    UPHELD,
    /** The evidence shows a breach. */
    VIOLATED,
    /** There is no such boundary under this policy. */
    NOT_APPLICABLE
}
