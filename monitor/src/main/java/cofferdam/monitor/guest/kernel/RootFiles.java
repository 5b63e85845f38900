package cofferdam.monitor.guest.kernel;

import java.io.IOException;

/** A running machine's root file system, on its disk or in its memory. */
public interface RootFiles {

    /**
     * Reads part of a file, as a page fault on a mapped file does.
     *
     * @return fewer bytes at the end of the file
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws IOException if the file system or the disk reports an error
     */
    byte[] read(String path, long offset, int count) throws IOException;

    /**
     * Deletes a file, essential or not.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws IOException if the file system or the disk reports an error
     */
    void delete(String path) throws IOException;
}
