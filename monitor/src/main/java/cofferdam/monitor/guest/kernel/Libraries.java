package cofferdam.monitor.guest.kernel;

import cofferdam.monitor.guest.kernel.FrameTable.Use;
import cofferdam.monitor.guest.kernel.PageCache.Cached;
import cofferdam.monitor.guest.kernel.PageCache.PageKey;

import org.jspecify.annotations.Nullable;

import java.util.SplittableRandom;

/** The libraries of the release: files whose pages are the same in every machine. */
final class Libraries {

    private static final String FILE = "libraries";
    private static final long RELEASE = 0x6c_69_62_2d_32_2e_33_2eL;

    private final PageCache cache;
    private final Paging paging;
    private final SystemCalls calls;
    private final int pages;

    Libraries(PageCache cache, Paging paging, SystemCalls calls, int pages) {
        this.cache = cache;
        this.paging = paging;
        this.calls = calls;
        this.pages = pages;
    }

    /** Brings pages into the cache, as the start of the system did, while there are free ones. */
    void load(Task reader) {
        for (int page = 0; page < pages; page++) {
            bring(reader, page);
        }
    }

    /**
     * A process executes a page.
     *
     * @return for how many cycles it must wait for the disk; 0 if the page was in the cache
     */
    long execute(Task reader, int number) {
        int page = number % pages;
        Cached cached = cache.find(new PageKey(FILE, page));
        if (cached == null) {
            bring(reader, page);
            return calls.disk(Ram.PAGE, false);
        }
        byte @Nullable [] code = cache.read(cached);
        if (code == null) {
            calls.fault(reader, "page %d of the libraries is damaged in memory".formatted(page));
        }
        return 0;
    }

    private void bring(Task reader, int page) {
        byte[] content = new byte[Ram.PAGE];
        new SplittableRandom(RELEASE + page).nextBytes(content);
        int taken = paging.allocate(reader, Use.CACHE, page);
        cache.put(new PageKey(FILE, page), taken, content, 0);
    }
}
