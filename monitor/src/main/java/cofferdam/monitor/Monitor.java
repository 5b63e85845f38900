package cofferdam.monitor;

import java.util.Optional;

/** A virtual machine monitor under test. */
public interface Monitor {

    /** The name by which users choose this monitor, such as {@code emulated}. */
    String name();

    /** One line that says what this monitor is. */
    String summary();

    /** What its makers say of its isolation. */
    SecuritySupport securitySupport();

    /** Why it does not work on this computer, and what to install: for people; empty if it works. */
    Optional<String> unavailable();

    /** Whether the same inputs give the same evidence, byte by byte. */
    boolean repeatable();

    /**
     * Starts a host with its machines and its wiring, all configured as the policy says.
     *
     * @throws RefusedSetupException if this monitor cannot be configured so; the message says why
     */
    Host start(HostSetup setup) throws RefusedSetupException;
}
