package cofferdam.monitor.evidence;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What became of a machine that was switched on or off. */
public enum PowerState {
    /** Its operating system came up and works. */
    @JsonProperty("started")
    STARTED,
    /** It has no system on its disk and idles with the disk attached. */
    @JsonProperty("idle")
    IDLE,
    /** The monitor reported what is wrong and did not start it. */
    @JsonProperty("refused")
    REFUSED,
    /** The monitor started it, and its operating system did not come up. */
    @JsonProperty("failed")
    FAILED,
    /** It was shut down. */
    @JsonProperty("off")
    OFF
}
