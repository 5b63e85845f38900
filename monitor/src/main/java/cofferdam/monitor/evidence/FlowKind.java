package cofferdam.monitor.evidence;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a legitimate exchange consists of. */
public enum FlowKind {
    /** ICMP echo requests and replies. */
    @JsonProperty("ping")
    PING,
    /** Messages to an echo service by UDP or TCP, and their echoes. */
    @JsonProperty("probe")
    PROBE,
    /** A POP3 session over TCP. */
    @JsonProperty("login")
    LOGIN,
    /** An address asked for and obtained by DHCP. */
    @JsonProperty("lease")
    LEASE
}
