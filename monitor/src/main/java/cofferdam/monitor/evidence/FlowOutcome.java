package cofferdam.monitor.evidence;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a legitimate exchange ended. */
public enum FlowOutcome {
    /** Everything that was sent was answered. */
    @JsonProperty("completed")
    COMPLETED,
    /** Something was not answered, or answered wrongly. */
    @JsonProperty("failed")
    FAILED
}
