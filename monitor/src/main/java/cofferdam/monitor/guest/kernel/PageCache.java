package cofferdam.monitor.guest.kernel;

import org.jspecify.annotations.Nullable;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/** Pages of files in memory, all of them unchanged: whoever needs the memory drops the oldest. */
final class PageCache {

    private static final float LOAD = 0.75f;
    private static final int INITIAL = 64;

    private final Ram ram;
    private final FrameTable frames;
    private final Map<PageKey, Cached> pages = new LinkedHashMap<>(INITIAL, LOAD, true);

    PageCache(Ram ram, FrameTable frames) {
        this.ram = ram;
        this.frames = frames;
    }

    /** A page of a file, counted from 0 on. */
    record PageKey(String file, int page) {}

    /**
     * A page in the cache.
     *
     * @param page where it is in memory
     * @param loaded when it was read, in nanoseconds
     * @param checksum what it held then, as CRC-32C
     */
    record Cached(int page, long loaded, long checksum) {}

    int size() {
        return pages.size();
    }

    @Nullable
    Cached find(PageKey key) {
        return pages.get(key);
    }

    /** Keeps what was read in a page that was taken for it. */
    void put(PageKey key, int page, byte[] content, long now) {
        byte[] whole = new byte[Ram.PAGE];
        System.arraycopy(content, 0, whole, 0, content.length);
        ram.write(Ram.address(page), whole);
        pages.put(key, new Cached(page, now, checksum(whole)));
    }

    /** Reads a page from memory; null if it is not what was loaded. */
    byte @Nullable [] read(Cached cached) {
        byte[] content = ram.read(Ram.address(cached.page()), Ram.PAGE);
        return checksum(content) == cached.checksum() ? content : null;
    }

    void drop(PageKey key) {
        Cached cached = pages.remove(key);
        if (cached != null) {
            frames.release(cached.page());
        }
    }

    /** Drops the page that nobody has read for the longest; false if there is none. */
    boolean dropOldest() {
        Iterator<Cached> oldest = pages.values().iterator();
        if (!oldest.hasNext()) {
            return false;
        }
        frames.release(oldest.next().page());
        oldest.remove();
        return true;
    }

    private static long checksum(byte[] page) {
        CRC32C checksum = new CRC32C();
        checksum.update(page, 0, page.length);
        return checksum.getValue();
    }
}
