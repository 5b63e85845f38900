package cofferdam.monitor.guest.kernel;

import cofferdam.monitor.Timeline;
import cofferdam.monitor.guest.kernel.FrameTable.Use;
import cofferdam.monitor.guest.kernel.PageCache.Cached;
import cofferdam.monitor.guest.kernel.PageCache.PageKey;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The files that the first process is made of: it reads their pages as it executes them. */
final class EssentialFiles {

    static final List<String> PATHS = List.of("/sbin/init", "/lib/libc.so.6");

    /** So many pages of each file are executed, one after the other. */
    private static final int PAGES = 4;

    /** Pages that were read longer ago are read again. */
    private static final long LIFE = Duration.ofSeconds(5).toNanos();

    private final RootFiles files;
    private final PageCache cache;
    private final Paging paging;
    private final Timeline timeline;
    private final Work work;

    EssentialFiles(RootFiles files, PageCache cache, Paging paging, Timeline timeline, Work work) {
        this.files = files;
        this.cache = cache;
        this.paging = paging;
        this.timeline = timeline;
        this.work = work;
    }

    /**
     * Executes the next page of every file.
     *
     * @return whether something had to be read
     * @throws IOException if a page can be had neither from the cache nor from its file
     */
    boolean execute(Task init, long round) throws IOException {
        boolean read = false;
        for (String path : PATHS) {
            read |= execute(init, new PageKey(path, (int) (round % PAGES)));
        }
        return read;
    }

    private boolean execute(Task init, PageKey key) throws IOException {
        Cached cached = cache.find(key);
        if (cached != null && timeline.now() - cached.loaded() < LIFE) {
            requireWhole(key, cached);
            return false;
        }
        cache.drop(key);
        byte[] content = files.read(key.file(), Ram.address(key.page()), Ram.PAGE);
        if (content.length == 0 && key.page() == 0) {
            throw new IOException("%s is empty".formatted(key.file()));
        }
        int page = paging.allocate(init, Use.CACHE, key.page());
        cache.put(key, page, content, timeline.now());
        work.spend(Cost.PAGE_FAULT);
        return true;
    }

    private void requireWhole(PageKey key, Cached cached) throws IOException {
        if (cache.read(cached) == null) {
            throw new IOException(
                    "page %d of %s is damaged in memory".formatted(key.page(), key.file()));
        }
    }
}
