package cofferdam.attacks;

/** What stands between the adversary and its victim. */
public enum Boundary {
    /** The network between machines. */
    NETWORK,
    /** The monitor, seen from the host's operating system. */
    HOST
}
