package cofferdam.monitor.disk.vmdk;

import cofferdam.monitor.disk.ByteSource;

import java.io.IOException;

/**
 * A run whose bytes are in a file one for one.
 *
 * @param file index into the image's files
 * @param start where the run begins in the file, in bytes
 */
record FlatPart(int file, ByteSource source, long start, long length) implements Part {

    @Override
    public void read(long offset, byte[] into, int from, int count) throws IOException {
        source.read(start + offset, into, from, count);
    }

    /** How many of its bytes the file has. */
    long available() {
        return Math.clamp(source.size() - start, 0, length);
    }
}
