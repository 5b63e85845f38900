package cofferdam.monitor.evidence;

/** What somebody with access to a host's storage did to an image file. */
public enum ImageAccess {
    /** All of it was read. */
    READ,
    /** Bytes of it were changed, added or cut. */
    CHANGED,
    /** A copy of it was made. */
    COPIED,
    /** The storage did not let them. */
    REFUSED
}
