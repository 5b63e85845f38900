package cofferdam.monitor.disk;

import java.io.IOException;

/** A disk of fixed size that can be written: what a guest is given. Not safe for several threads. */
public interface BlockDevice extends ByteSource {

    /** The size of a sector in bytes; sizes of disks are multiples of it. */
    int SECTOR = 512;

    /**
     * Writes {@code count} bytes at {@code offset}; both need not be multiples of a sector.
     *
     * @throws MalformedImageException if the range is not inside
     * @throws IOException if the bytes cannot be written, or the disk refuses
     */
    void write(long offset, byte[] from, int start, int count) throws IOException;

    /** Writes all of the bytes. */
    default void write(long offset, byte[] bytes) throws IOException {
        write(offset, bytes, 0, bytes.length);
    }

    /** Makes everything written so far part of the image file, tables included. */
    void flush() throws IOException;
}
