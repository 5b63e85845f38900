package cofferdam.monitor.evidence;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a process of a machine ended. */
public enum ProcessEnd {
    @JsonProperty("exited")
    EXITED,
    @JsonProperty("killed")
    KILLED,
    /** Its kernel had neither memory nor swap left and chose it. */
    @JsonProperty("out-of-memory")
    OUT_OF_MEMORY,
    /** What it needed was not there, or was damaged. */
    @JsonProperty("fault")
    FAULT
}
