package cofferdam.monitor;

import java.io.IOException;

/** A running machine's own disk, block by block, as its root has it. */
public non-sealed interface OwnDisk extends Capability {

    /**
     * Reads all of it. What was read is evidence.
     *
     * @throws IOException if the machine is off or the disk reports an error
     */
    byte[] readAll() throws IOException;

    /**
     * Writes past the file system.
     *
     * @throws IOException if the machine is off, the range is not on the disk, or the disk reports an
     *     error
     */
    void write(long offset, byte[] bytes) throws IOException;
}
