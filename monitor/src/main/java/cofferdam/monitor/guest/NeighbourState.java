package cofferdam.monitor.guest;

/**
 * What a machine knows of a neighbour's hardware address (RFC 4861 section 7.3.2, as Linux applies
 * it to ARP).
 */
enum NeighbourState {
    /** It is being asked for; packets wait. */
    INCOMPLETE,
    /** It is known, and it was confirmed not long ago. */
    REACHABLE,
    /** It is known, but not confirmed; the next packet begins to check it. */
    STALE,
    /** It is known and in use; a confirmation may still come by itself. */
    DELAY,
    /** It is known and in use, and the neighbour is being asked whether it still holds. */
    PROBE,
    /** Nothing is known: nobody has answered, or nobody was asked yet. */
    FAILED;

    /** Whether there is a hardware address that packets may be sent to. */
    boolean valid() {
        return this != INCOMPLETE && this != FAILED;
    }
}
