package cofferdam.monitor.evidence;

/** Which way a frame went, as seen from the interface that captured it. */
public enum Direction {
    INBOUND,
    OUTBOUND
}
