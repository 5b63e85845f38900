package cofferdam.monitor.disk;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A source that refuses once more has been read from it than is in proportion: the answer to images
 * whose tables refer to the same few bytes again and again.
 */
public final class MeteredSource implements ByteSource {

    /** What the smallest read counts, in bytes. */
    private static final int LEAST = 512;

    private final ByteSource source;
    private final AtomicLong left;

    /** @param limit how many bytes may be read in all; every read counts at least 512 */
    public MeteredSource(ByteSource source, long limit) {
        this(source, new AtomicLong(limit));
    }

    /** @param left how many bytes may still be read, from this source and those it is shared with */
    public MeteredSource(ByteSource source, AtomicLong left) {
        this.source = source;
        this.left = left;
    }

    @Override
    public long size() {
        return source.size();
    }

    @Override
    public void read(long offset, byte[] into, int start, int count) throws IOException {
        if (left.addAndGet(-Math.max(LEAST, count)) < 0) {
            throw new MalformedImageException(
                    CommonProblem.WORK_LIMIT, "more was read than its size accounts for");
        }
        source.read(offset, into, start, count);
    }
}
