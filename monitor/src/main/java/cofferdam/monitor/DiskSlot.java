package cofferdam.monitor;

import java.io.IOException;

/** Where the host's administrator gives a machine a disk, or takes it away; the machine is off. */
public non-sealed interface DiskSlot extends Capability {

    /**
     * Gives the machine a new empty disk instead of the one it has, whose image file is deleted.
     *
     * @param bytes its size, a multiple of a sector from {@link HostSetup#MINIMUM_DISK} to {@link
     *     HostSetup#MAXIMUM_DISK}
     * @throws IOException if the storage has no room, or the machine runs
     */
    void attach(long bytes) throws IOException;

    /**
     * Deletes the machine's disk.
     *
     * @throws IOException if it has none, or runs
     */
    void release() throws IOException;
}
