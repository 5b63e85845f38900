package cofferdam.monitor.evidence;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What came of an attempt to reach something of the host's. */
public enum Access {
    @JsonProperty("allowed")
    ALLOWED,
    @JsonProperty("refused")
    REFUSED
}
