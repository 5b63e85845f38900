package cofferdam.monitor;

/** A virtual machine monitor under test. */
public interface Monitor {

    /** The name by which users choose this monitor, such as {@code emulated}. */
    String name();

    /** One line that says what this monitor is. */
    String summary();

    /**
     * Starts a host with its machines and its wiring, all configured as the policy says.
     *
     * @throws RefusedSetupException if this monitor cannot be configured so; the message says why
     */
    Host start(HostSetup setup) throws RefusedSetupException;
}
