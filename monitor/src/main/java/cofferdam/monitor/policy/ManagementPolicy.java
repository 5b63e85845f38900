package cofferdam.monitor.policy;

/**
 * How the host is managed.
 *
 * @param consoleRole what whoever holds the host's operating system may ask of the monitor
 */
public record ManagementPolicy(Role consoleRole) {

    /** What somebody may do, each role more than the one before it. */
    public enum Role {
        /** See which machines there are. */
        AUDITOR,
        /** Also switch machines on. */
        OPERATOR,
        /** Everything. */
        ADMINISTRATOR
    }
}
