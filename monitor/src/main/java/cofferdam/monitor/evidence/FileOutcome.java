package cofferdam.monitor.evidence;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How an access to a guest's file ended, as the guest's own programs saw it. */
public enum FileOutcome {
    @JsonProperty("done")
    DONE,
    /** There is no such file. */
    @JsonProperty("missing")
    MISSING,
    /** The file system or the disk reported an error. */
    @JsonProperty("failed")
    FAILED
}
