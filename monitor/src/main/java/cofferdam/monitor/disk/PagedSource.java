package cofferdam.monitor.disk;

import java.io.IOException;
import java.util.Objects;

/**
 * Answers small reads from the page that was read last, so that a table is not fetched entry by
 * entry. For sources that nobody writes to.
 */
public final class PagedSource implements ByteSource {

    /** The size of a page in bytes. */
    private static final int PAGE = 4096;

    private final ByteSource source;
    private volatile Page last = new Page(-1, new byte[0]);

    public PagedSource(ByteSource source) {
        this.source = source;
    }

    @Override
    public long size() {
        return source.size();
    }

    @Override
    public void read(long offset, byte[] into, int start, int count) throws IOException {
        Objects.checkFromIndexSize(start, count, into.length);
        requireInside(offset, count);
        if (count >= PAGE) {
            source.read(offset, into, start, count);
            return;
        }
        int done = 0;
        while (done < count) {
            long at = offset + done;
            Page page = page(at / PAGE);
            int within = (int) (at % PAGE);
            int now = Math.min(count - done, page.bytes.length - within);
            System.arraycopy(page.bytes, within, into, start + done, now);
            done += now;
        }
    }

    private Page page(long index) throws IOException {
        Page known = last;
        if (known.index == index) {
            return known;
        }
        long from = index * PAGE;
        Page fresh = new Page(index, source.read(from, (int) Math.min(PAGE, size() - from)));
        last = fresh;
        return fresh;
    }

    /** Never changed once it is made, so threads may share it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Page(long index, byte[] bytes) {}
}
