package cofferdam.monitor;

import java.io.IOException;
import java.util.List;

/**
 * The monitor's management interface, in the role that whoever holds the host's operating system has.
 * Every use leaves a {@code console-used} event, refused or not.
 */
public non-sealed interface ManagementConsole extends Capability {

    /**
     * The guests.
     *
     * @throws IOException if the role does not allow it
     */
    List<String> machines() throws IOException;

    /**
     * Switches a guest off without asking it.
     *
     * @throws IOException if the role does not allow it, or there is no such guest
     */
    void powerOff(String machine) throws IOException;

    /**
     * Switches a guest on.
     *
     * @throws IOException if the role does not allow it, or there is no such guest
     */
    void powerOn(String machine) throws IOException;
}
