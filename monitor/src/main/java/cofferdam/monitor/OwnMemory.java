package cofferdam.monitor;

import java.io.IOException;

/** A running machine's physical memory, byte by byte, as its root has it. */
public non-sealed interface OwnMemory extends Capability {

    /** Its size in bytes as the machine sees it. */
    long size();

    /**
     * Reads all of it from address 0 on; what was read is evidence.
     *
     * @throws IOException if the machine is down
     */
    byte[] readAll() throws IOException;
}
