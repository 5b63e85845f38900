package cofferdam.monitor.evidence;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What somebody with access to a host's storage did to an image file. */
public enum ImageAccess {
    /** All of it was read. */
    @JsonProperty("read")
    READ,
    /** Bytes of it were changed, added or cut. */
    @JsonProperty("changed")
    CHANGED,
    /** A copy of it was made. */
    @JsonProperty("copied")
    COPIED,
    /** The storage did not let them. */
    @JsonProperty("refused")
    REFUSED
}
