package cofferdam.monitor.disk;

import java.io.IOException;

/**
 * A file on the host that holds an image and grows when written past its end. What was never
 * written reads as zeros. Not safe for several threads.
 */
public interface ImageFile extends ByteSource {

    /**
     * Writes at the offset; the file grows as needed.
     *
     * @throws IOException if the bytes cannot be written
     */
    void write(long offset, byte[] from, int start, int count) throws IOException;

    /** Writes all of the bytes. */
    default void write(long offset, byte[] bytes) throws IOException {
        write(offset, bytes, 0, bytes.length);
    }

    /**
     * Gives the file space for this size in bytes without clearing it, as preallocation does: where
     * it grew, it may show what the space held before.
     *
     * @throws IOException if the space cannot be had
     */
    default void allocate(long size) throws IOException {
        resize(size);
    }

    /** Cuts the file, or lets it grow by zeros, to this size in bytes. */
    void resize(long size) throws IOException;
}
