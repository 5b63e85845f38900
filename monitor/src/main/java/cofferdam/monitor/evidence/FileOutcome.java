package cofferdam.monitor.evidence;

/** How an access to a guest's file ended, as the guest's own programs saw it. */
public enum FileOutcome {
    DONE,
    /** There is no such file. */
    MISSING,
    /** The file system or the disk reported an error. */
    FAILED
}
