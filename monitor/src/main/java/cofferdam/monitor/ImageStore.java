package cofferdam.monitor;

import java.io.IOException;
import java.util.List;

/**
 * The host's files, as whoever holds its operating system has them. Every access to a file leaves an
 * {@code image-accessed} event.
 */
public non-sealed interface ImageStore extends Capability {

    /** The names of all files, sorted. */
    List<String> names();

    /** The image file that holds this machine's disk. */
    String imageOf(String machine) throws IOException;

    /**
     * Reads all of a file.
     *
     * @throws IOException if there is none, or it is locked
     */
    byte[] read(String name) throws IOException;

    /**
     * Replaces a file's content.
     *
     * @param what what is changed, in words
     * @throws IOException if there is none, it is locked, or the storage is full
     */
    void replace(String name, byte[] content, String what) throws IOException;

    /**
     * Copies a file to a new one.
     *
     * @throws IOException if there is none, it is locked, the copy's name is taken, or the storage is
     *     full
     */
    void copy(String name, String copy) throws IOException;
}
