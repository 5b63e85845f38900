package cofferdam.monitor.disk;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/**
 * A source with as many zeros behind it, or cut so far, that it has the given size: what an image
 * that is larger or smaller than its backing image sees below itself.
 *
 * @param size in bytes
 */
public record PaddedSource(ByteSource source, long size) implements ByteSource {

    /** Nothing but zeros. */
    public static PaddedSource zeros(long size) {
        return new PaddedSource(ByteSource.of(new byte[0]), size);
    }

    @Override
    public void read(long offset, byte[] into, int start, int count) throws IOException {
        Objects.checkFromIndexSize(start, count, into.length);
        requireInside(offset, count);
        int there = Math.clamp(source.size() - offset, 0, count);
        if (there > 0) {
            source.read(offset, into, start, there);
        }
        Arrays.fill(into, start + there, start + count, (byte) 0);
    }
}
