package cofferdam.monitor.disk;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A large file that is mostly the same few bytes again and again, so that tables of any size can be
 * made without the memory for them.
 */
public final class TableBomb implements ByteSource {

    private final long size;
    private final byte[] pattern;
    private final Map<Long, byte[]> pieces = new TreeMap<>();
    private long read;

    /** @param pattern what fills the file, beginning anew at every multiple of its length */
    public TableBomb(long size, byte[] pattern) {
        this.size = size;
        this.pattern = pattern.clone();
    }

    /** Puts bytes over the pattern. */
    public TableBomb with(long offset, byte[] bytes) {
        pieces.put(offset, bytes.clone());
        return this;
    }

    /** How many bytes were read of it. */
    public long read() {
        return read;
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
        read += count;
        for (int i = 0; i < Math.min(count, pattern.length); i++) {
            into[start + i] = pattern[(int) ((offset + i) % pattern.length)];
        }
        for (int done = pattern.length; done < count; done *= 2) {
            System.arraycopy(into, start, into, start + done, Math.min(done, count - done));
        }
        pieces.forEach((at, bytes) -> {
            long from = Math.max(at, offset);
            long to = Math.min(at + bytes.length, offset + count);
            if (from < to) {
                byte[] part = Arrays.copyOfRange(bytes, (int) (from - at), (int) (to - at));
                System.arraycopy(part, 0, into, start + (int) (from - offset), part.length);
            }
        });
    }
}
