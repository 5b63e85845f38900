package cofferdam.monitor.guest.kernel;

/**
 * Page tables in memory, of two levels as on IA-32: a directory of 1024 entries of 4 bytes for tables
 * of 1024 entries. An entry of a table that is present has the page's number above 12 bits; one that
 * is swapped has the slot there; 0 is a page that the process has not touched.
 */
final class PageTables {

    /** The most pages that a process can have. */
    static final int MAXIMUM_PAGES = 1 << 20;

    static final int PRESENT = 1;
    static final int SWAPPED = 2;
    static final int ACCESSED = 0x20;

    private static final int ENTRIES = 1024;
    private static final int ENTRY = 4;
    private static final int SHIFT = 12;

    private final Ram ram;
    private final Layout layout;
    private final ProcessTable processes;

    PageTables(Ram ram, Layout layout, ProcessTable processes) {
        this.ram = ram;
        this.layout = layout;
        this.processes = processes;
    }

    /** What is done with every entry of a process that is not 0. */
    interface Visitor {
        void entry(int entry);
    }

    static int present(int page) {
        return (page << SHIFT) | PRESENT | ACCESSED;
    }

    static int swapped(int slot) {
        return (slot << SHIFT) | SWAPPED;
    }

    /** The page or slot of an entry. */
    static int number(int entry) {
        return entry >>> SHIFT;
    }

    static boolean isPresent(int entry) {
        return (entry & PRESENT) != 0;
    }

    static boolean isSwapped(int entry) {
        return (entry & (PRESENT | SWAPPED)) == SWAPPED;
    }

    /** Whether there is a table that has the entry of the page. */
    boolean hasTable(Task task, int page) {
        return ram.word(directoryEntry(task, page)) != 0;
    }

    /** Adds a table, whose page has been taken for it. */
    void addTable(Task task, int page, int table) {
        ram.clear(table);
        ram.word(directoryEntry(task, page), present(table));
    }

    /** The entry of a page; 0 where there is no table. */
    int entry(Task task, int page) {
        int table = ram.word(directoryEntry(task, page));
        if (table == 0) {
            return 0;
        }
        int entry = ram.word(tableEntry(table, page));
        return isPresent(entry) ? checked(entry) : entry;
    }

    /** Changes the entry of a page that has a table. */
    void entry(Task task, int page, int entry) {
        ram.word(tableEntry(ram.word(directoryEntry(task, page)), page), entry);
    }

    /** Goes through all entries, then through the tables and the directory themselves. */
    void visit(Task task, Visitor entries, Visitor tables) {
        int root = inMemory(processes.directory(task));
        byte[] directory = ram.read(Ram.address(root), Ram.PAGE);
        for (int upper = 0; upper < ENTRIES; upper++) {
            int table = Ram.word(directory, upper * ENTRY);
            if (table != 0) {
                visitTable(table, entries);
                tables.entry(table);
            }
        }
        tables.entry(PageTables.present(root));
    }

    private void visitTable(int table, Visitor entries) {
        byte[] content = ram.read(Ram.address(inMemory(number(table))), Ram.PAGE);
        for (int lower = 0; lower < ENTRIES; lower++) {
            int entry = Ram.word(content, lower * ENTRY);
            if (entry != 0) {
                entries.entry(isPresent(entry) ? checked(entry) : entry);
            }
        }
    }

    private long directoryEntry(Task task, int page) {
        int root = inMemory(processes.directory(task));
        return Ram.address(root) + (long) (page / ENTRIES) * ENTRY;
    }

    private long tableEntry(int table, int page) {
        return Ram.address(inMemory(number(table))) + (long) (page % ENTRIES) * ENTRY;
    }

    private int checked(int entry) {
        inMemory(number(entry));
        return entry;
    }

    private int inMemory(int page) {
        if (page < layout.firstFree() || page >= layout.pages()) {
            throw KernelStop.panic("bad page table: there is no page %d for it".formatted(page));
        }
        return page;
    }
}
