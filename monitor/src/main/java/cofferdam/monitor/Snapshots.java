package cofferdam.monitor;

import java.io.IOException;

/** Kept states of a machine's disk, inside its image file; taken and deleted while it is off. */
public non-sealed interface Snapshots extends Capability {

    /**
     * Keeps the state of the disk.
     *
     * @throws IOException if there is one of that name, or the machine runs
     */
    void take(String name) throws IOException;

    /**
     * Deletes a kept state; its space in the image file is given back.
     *
     * @throws IOException if there is none of that name, or the machine runs
     */
    void delete(String name) throws IOException;
}
