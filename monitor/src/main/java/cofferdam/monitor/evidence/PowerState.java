package cofferdam.monitor.evidence;

/** What became of a machine that was switched on or off. */
public enum PowerState {
    /** Its operating system came up and works. */
    STARTED,
    /** It has no system on its disk and idles with the disk attached. */
    IDLE,
    /** The monitor reported what is wrong and did not start it. */
    REFUSED,
    /** The monitor started it, and its operating system did not come up. */
    FAILED,
    /** It was shut down. */
    OFF
}
