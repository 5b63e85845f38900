package cofferdam.monitor.guest.kernel;

import cofferdam.monitor.guest.kernel.FrameTable.Use;

/** The memory of processes: pages that come when they are touched, go to swap and come back. */
final class Paging {

    private final Ram ram;
    private final FrameTable frames;
    private final PageTables tables;
    private final Reclaimer reclaimer;
    private final SwapDevice swap;
    private final Tasks tasks;
    private final Work work;

    Paging(
            Ram ram,
            FrameTable frames,
            PageTables tables,
            Reclaimer reclaimer,
            SwapDevice swap,
            Tasks tasks,
            Work work) {
        this.ram = ram;
        this.frames = frames;
        this.tables = tables;
        this.reclaimer = reclaimer;
        this.swap = swap;
        this.tasks = tasks;
        this.work = work;
    }

    /** Takes a page, and something from somebody for it if it must; {@link FrameTable#NONE} if all is in use. */
    int tryAllocate(Use use, int owner, int index) {
        int page = frames.take(use, owner, index);
        while (page == FrameTable.NONE && reclaimer.reclaim()) {
            page = frames.take(use, owner, index);
        }
        return page;
    }

    /**
     * Takes a page for a process. When there is none, the largest process is ended.
     *
     * @throws TaskEnded if that was this one
     */
    int allocate(Task task, Use use, int index) {
        int page = tryAllocate(use, task.slot(), index);
        while (page == FrameTable.NONE) {
            tasks.endLargest();
            if (!task.alive()) {
                throw new TaskEnded(task);
            }
            page = tryAllocate(use, task.slot(), index);
        }
        return page;
    }

    /** Reads from a page of a process. */
    byte[] read(Task task, int page, int offset, int count) {
        long address = Ram.address(resident(task, page, true)) + offset;
        work.spend(Cost.ACCESS);
        return ram.read(address, count);
    }

    /** Writes to a page of a process. */
    void write(Task task, int page, int offset, byte[] bytes) {
        boolean partial = bytes.length < Ram.PAGE;
        long address = Ram.address(resident(task, page, partial)) + offset;
        work.spend(partial ? Cost.ACCESS : Cost.COPY);
        ram.write(address, bytes);
    }

    /** Where a page of a process is in memory; it is brought there. */
    int resident(Task task, int page) {
        return resident(task, page, true);
    }

    /** Where a page of a process is in memory, or {@link FrameTable#NONE}. */
    int whereIs(Task task, int page) {
        int entry = tables.entry(task, page);
        return PageTables.isPresent(entry) ? PageTables.number(entry) : FrameTable.NONE;
    }

    /** Frees all memory of a process, as it is. */
    void release(Task task) {
        tables.visit(task, this::releaseEntry, table -> frames.release(PageTables.number(table)));
        task.pages(0);
    }

    private void releaseEntry(int entry) {
        if (PageTables.isPresent(entry)) {
            frames.release(PageTables.number(entry));
            return;
        }
        swap.free(PageTables.number(entry));
    }

    private int resident(Task task, int page, boolean contents) {
        if (!task.alive()) {
            throw new TaskEnded(task);
        }
        int entry = tables.entry(task, page);
        if (!PageTables.isPresent(entry)) {
            return fault(task, page, entry, contents);
        }
        if ((entry & PageTables.ACCESSED) == 0) {
            tables.entry(task, page, entry | PageTables.ACCESSED);
        }
        return PageTables.number(entry);
    }

    private int fault(Task task, int page, int entry, boolean contents) {
        work.spend(Cost.PAGE_FAULT);
        if (PageTables.isSwapped(entry)) {
            return swapIn(task, page, PageTables.number(entry));
        }
        if (!tables.hasTable(task, page)) {
            tables.addTable(task, page, allocate(task, Use.PAGE_TABLE, page));
        }
        int taken = allocate(task, Use.PROCESS, page);
        if (contents) {
            ram.clear(taken);
            work.spend(Cost.CLEAR);
        }
        tables.entry(task, page, PageTables.present(taken));
        task.pages(task.pages() + 1);
        return taken;
    }

    /** The slot is free before a page is taken, so that another page can go there. */
    private int swapIn(Task task, int page, int slot) {
        byte[] content = swap.take(slot);
        tables.entry(task, page, 0);
        task.pages(task.pages() - 1);
        int taken = allocate(task, Use.PROCESS, page);
        ram.write(Ram.address(taken), content);
        tables.entry(task, page, PageTables.present(taken));
        task.pages(task.pages() + 1);
        work.spend(Cost.SWAP);
        return taken;
    }
}
