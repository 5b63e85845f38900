package cofferdam.monitor.evidence;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a legitimate exchange ended. */
public enum FlowOutcome {
    /** Everything that was sent was answered. */
    @JsonProperty("completed")
    COMPLETED,
    /** Something was not answered, or answered wrongly. */
    @JsonProperty("failed")
    FAILED,
    /**
     * Nobody knows: the testbed did not learn from a machine that is on how it went, or could not have it
     * done there. It counts for nothing.
     */
    @JsonProperty("unknown")
    UNKNOWN
}
