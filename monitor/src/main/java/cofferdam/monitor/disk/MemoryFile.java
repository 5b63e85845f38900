package cofferdam.monitor.disk;

import java.util.Arrays;
import java.util.Objects;

/** An image file in memory. */
public final class MemoryFile implements ImageFile {

    /** The largest file: 1 GiB. */
    public static final int MAXIMUM_SIZE = 1 << 30;

    private byte[] bytes;
    private int size;

    /** An empty file. */
    public MemoryFile() {
        bytes = new byte[0];
    }

    /** A file with a copy of these bytes. */
    public MemoryFile(byte[] content) {
        bytes = content.clone();
        size = content.length;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long offset, byte[] into, int start, int count)
            throws MalformedImageException {
        Objects.checkFromIndexSize(start, count, into.length);
        requireInside(offset, count);
        System.arraycopy(bytes, (int) offset, into, start, count);
    }

    @Override
    public void write(long offset, byte[] from, int start, int count)
            throws MalformedImageException {
        Objects.checkFromIndexSize(start, count, from.length);
        requireRoom(offset, count);
        int end = (int) offset + count;
        if (end > size) {
            grow(end);
        }
        System.arraycopy(from, start, bytes, (int) offset, count);
    }

    @Override
    public void resize(long wanted) throws MalformedImageException {
        requireRoom(0, wanted);
        if (wanted > size) {
            grow((int) wanted);
            return;
        }
        Arrays.fill(bytes, (int) wanted, size, (byte) 0);
        size = (int) wanted;
    }

    /** A copy of everything in it. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private static void requireRoom(long offset, long count) throws MalformedImageException {
        if (offset < 0 || count < 0 || offset > MAXIMUM_SIZE - count) {
            throw new MalformedImageException(
                    CommonProblem.LIMIT,
                    "%d bytes at %d exceed a file of %d bytes"
                            .formatted(count, offset, MAXIMUM_SIZE));
        }
    }

    private void grow(int wanted) {
        if (wanted > bytes.length) {
            long roomier = Math.min(MAXIMUM_SIZE, bytes.length + bytes.length / 2L);
            bytes = Arrays.copyOf(bytes, (int) Math.max(wanted, roomier));
        }
        size = wanted;
    }
}
