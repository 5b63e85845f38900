package cofferdam.monitor.evidence;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a scenario ended. */
public enum RunOutcome {
    /** Every step was carried out. */
    @JsonProperty("completed")
    COMPLETED,
    /** A capability that the scenario needs was missing. */
    @JsonProperty("not-applicable")
    NOT_APPLICABLE,
    /** A step did not end within its time limit. */
    @JsonProperty("timed-out")
    TIMED_OUT,
    /** A step could not be carried out. */
    @JsonProperty("failed")
    FAILED
}
