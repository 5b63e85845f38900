package cofferdam.monitor.guest.kernel;

/**
 * Finds pages when none are free: first of the page cache, then pages of processes, which go to the
 * swap device by the clock algorithm.
 */
final class Reclaimer {

    /** So many pages are left for the kernel when somebody asks whether there is memory for more. */
    static final int KEPT = 32;

    private final Ram ram;
    private final Layout layout;
    private final FrameTable frames;
    private final PageTables tables;
    private final PageCache cache;
    private final SwapDevice swap;
    private final Tasks tasks;
    private final Work work;
    private int hand;

    Reclaimer(
            Ram ram,
            Layout layout,
            FrameTable frames,
            PageTables tables,
            PageCache cache,
            SwapDevice swap,
            Tasks tasks,
            Work work) {
        this.ram = ram;
        this.layout = layout;
        this.frames = frames;
        this.tables = tables;
        this.cache = cache;
        this.swap = swap;
        this.tasks = tasks;
        this.work = work;
        this.hand = layout.firstFree();
    }

    /** Frees a page; false if there is none to free. */
    boolean reclaim() {
        work.spend(Cost.RECLAIM);
        return cache.dropOldest() || swapOut();
    }

    /** How many pages could be had without ending a process. */
    int available() {
        return frames.free() + cache.size() + swap.slots() - swap.taken();
    }

    private boolean swapOut() {
        if (swap.taken() == swap.slots()) {
            return false;
        }
        int twice = 2 * (layout.pages() - layout.firstFree());
        for (int seen = 0; seen < twice; seen++) {
            int page = hand;
            hand = hand + 1 == layout.pages() ? layout.firstFree() : hand + 1;
            if (frames.use(page) == FrameTable.Use.PROCESS && swappedOut(page)) {
                return true;
            }
        }
        return false;
    }

    /** A page that was used since the hand came by last has another chance. */
    private boolean swappedOut(int page) {
        Task task = tasks.at(frames.owner(page));
        int index = frames.index(page);
        if (task == null || index < 0 || index >= PageTables.MAXIMUM_PAGES) {
            return false;
        }
        int entry = tables.entry(task, index);
        if (!PageTables.isPresent(entry) || PageTables.number(entry) != page) {
            return false;
        }
        if ((entry & PageTables.ACCESSED) != 0) {
            tables.entry(task, index, entry & ~PageTables.ACCESSED);
            return false;
        }
        int slot = swap.write(ram.read(Ram.address(page), Ram.PAGE));
        tables.entry(task, index, PageTables.swapped(slot));
        frames.release(page);
        work.spend(Cost.SWAP);
        return true;
    }
}
