package cofferdam.monitor.disk;

import java.io.IOException;

/** A part of another source. */
record Slice(ByteSource whole, long offset, long size) implements ByteSource {

    @Override
    public void read(long from, byte[] into, int start, int count) throws IOException {
        requireInside(from, count);
        whole.read(offset + from, into, start, count);
    }

    @Override
    public ByteSource slice(long from, long count) throws IOException {
        requireInside(from, count);
        return new Slice(whole, offset + from, count);
    }
}
