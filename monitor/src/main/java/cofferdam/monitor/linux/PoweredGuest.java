package cofferdam.monitor.linux;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A guest as whoever holds its switch has it. */
interface PoweredGuest {

    String name();

    /** Whether it has a process on the host. */
    boolean isOn();

    /** Whether it is on and its console has answered. */
    boolean isUp();

    /** The disk with which it is started from now on. */
    void disk(Optional<GuestDisk> given);

    /**
     * Switches it on, and returns at once; does nothing while it is on.
     *
     * @throws IOException if the hypervisor does not start it; the message is what it reports
     */
    void start() throws IOException;

    /**
     * Waits until it is up or its process has ended.
     *
     * @return why its process has ended; empty if it is up
     * @throws IOException if it is neither in time; the message says what is known
     */
    Optional<String> awaitStart() throws IOException;

    /**
     * Its root's shell.
     *
     * @throws IOException if it is off
     */
    GuestShell shell() throws IOException;

    /**
     * Waits for the end of its process, which is expected from now on, and ends it if it does not come.
     *
     * @return whether the process ended by itself
     */
    boolean awaitEnd(Duration limit);

    /** Cuts its power. */
    void cut();
}
