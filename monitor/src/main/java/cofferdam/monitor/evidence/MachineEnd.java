package cofferdam.monitor.evidence;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a running machine came to its end. */
public enum MachineEnd {
    /** Its kernel found that it cannot go on. */
    @JsonProperty("panic")
    PANIC,
    /** Its processor met an exception for which there was no handler. */
    @JsonProperty("triple-fault")
    TRIPLE_FAULT,
    /** Its processor runs, and nothing else comes of it. */
    @JsonProperty("hung")
    HUNG,
    /** What the monitor runs for it on the host is gone. */
    @JsonProperty("killed")
    KILLED
}
