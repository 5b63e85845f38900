package cofferdam.monitor.disk;

import java.io.IOException;
import java.util.Objects;

/**
 * Bytes that can be read at any offset: an image file, the disk inside an image, a partition, a
 * file. Safe for use by several threads unless an implementation says otherwise.
 */
public interface ByteSource {

    /** Its length in bytes. */
    long size();

    /**
     * Reads exactly {@code count} bytes from {@code offset} on.
     *
     * @throws MalformedImageException if the range is not inside, as {@link
     *     CommonProblem#TRUNCATED}
     * @throws IOException if the bytes cannot be read
     */
    void read(long offset, byte[] into, int start, int count) throws IOException;

    /**
     * Reads exactly {@code count} bytes from {@code offset} on into a new array; the caller has
     * limited the count.
     *
     * @throws IOException as {@link #read(long, byte[], int, int)}
     */
    default byte[] read(long offset, int count) throws IOException {
        requireInside(offset, count);
        byte[] bytes = new byte[count];
        read(offset, bytes, 0, count);
        return bytes;
    }

    /**
     * A part of it.
     *
     * @throws MalformedImageException if the range is not inside, as {@link
     *     CommonProblem#TRUNCATED}
     */
    default ByteSource slice(long offset, long count) throws IOException {
        requireInside(offset, count);
        return new Slice(this, offset, count);
    }

    /**
     * Fails unless the range is inside.
     *
     * @throws MalformedImageException if it is not, as {@link CommonProblem#TRUNCATED}
     */
    default void requireInside(long offset, long count) throws MalformedImageException {
        if (offset < 0 || count < 0 || offset > size() - count) {
            throw new MalformedImageException(
                    CommonProblem.TRUNCATED,
                    "%d bytes at %d are not inside %d bytes".formatted(count, offset, size()));
        }
    }

    /** The given bytes, which are not copied. */
    static ByteSource of(byte[] bytes) {
        return new ByteSource() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public void read(long offset, byte[] into, int start, int count)
                    throws MalformedImageException {
                Objects.checkFromIndexSize(start, count, into.length);
                requireInside(offset, count);
                System.arraycopy(bytes, (int) offset, into, start, count);
            }
        };
    }
}
