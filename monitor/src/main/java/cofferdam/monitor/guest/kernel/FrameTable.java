package cofferdam.monitor.guest.kernel;

/**
 * Which pages are in use, and for what. In memory: a bitmap, one bit a page, and the frame table,
 * 8 bytes a page: the use in the lowest byte and the process's number above it; then which page of
 * the process or file it is.
 */
final class FrameTable {

    static final int ENTRY = 8;
    static final int NONE = -1;

    private static final int OWNER_SHIFT = 8;
    private static final int USE_MASK = 0xff;
    private static final int BITS = Long.SIZE;

    /** What a page is used for. */
    enum Use {
        FREE(0),
        KERNEL(1),
        PAGE_TABLE(2),
        PROCESS(3),
        CACHE(4),
        BALLOON(5);

        /** What stands for it in memory. */
        private final int code;

        Use(int code) {
            this.code = code;
        }
    }

    private static final Use[] USES = Use.values();

    private final Ram ram;
    private final Layout layout;
    private final long bitmap;
    private final long table;
    private int free;
    private int next;

    FrameTable(Ram ram, Layout layout) {
        this.ram = ram;
        this.layout = layout;
        this.bitmap = Ram.address(layout.bitmap());
        this.table = Ram.address(layout.frames());
    }

    /** The kernel's own pages are in use, and those behind the end of memory; all others are free. */
    void install() {
        for (int page = layout.bitmap(); page < layout.firstFree(); page++) {
            ram.clear(page);
        }
        for (int page = 0; page < layout.firstFree(); page++) {
            mark(page, Use.KERNEL, 0, page);
        }
        int end = layout.bitmapPages() * Ram.PAGE * Byte.SIZE;
        for (int page = layout.pages(); page < Math.min(end, roundUp(layout.pages())); page++) {
            setBit(page);
        }
        free = layout.pages() - layout.firstFree();
        next = layout.firstFree() / BITS;
    }

    int free() {
        return free;
    }

    /** Takes a free page, whatever it holds; {@link #NONE} if there is none. */
    int take(Use use, int owner, int index) {
        if (free == 0) {
            return NONE;
        }
        int words = roundUp(layout.pages()) / BITS;
        for (int tried = 0; tried < words; tried++) {
            long word = ram.doubleWord(bitmap + (long) next * Long.BYTES);
            if (word != -1) {
                int page = next * BITS + Long.numberOfTrailingZeros(~word);
                if (page >= layout.pages()) {
                    break;
                }
                mark(page, use, owner, index);
                free--;
                return page;
            }
            next = (next + 1) % words;
        }
        throw KernelStop.panic("the bitmap of pages is damaged: %d should be free".formatted(free));
    }

    /** Gives a page back as it is. */
    void release(int page) {
        long address = bitmap + (long) (page / BITS) * Long.BYTES;
        long word = ram.doubleWord(address);
        long bit = 1L << (page % BITS);
        if ((word & bit) == 0) {
            throw KernelStop.panic("page %d is freed twice".formatted(page));
        }
        ram.doubleWord(address, word & ~bit);
        ram.doubleWord(entry(page), 0);
        free++;
        next = page / BITS;
    }

    Use use(int page) {
        int number = ram.word(entry(page)) & USE_MASK;
        if (number >= USES.length) {
            throw KernelStop.panic("the frame table is damaged at page %d".formatted(page));
        }
        return USES[number];
    }

    /** The number of the process that it belongs to. */
    int owner(int page) {
        return ram.word(entry(page)) >>> OWNER_SHIFT;
    }

    int index(int page) {
        return ram.word(entry(page) + Integer.BYTES);
    }

    private void mark(int page, Use use, int owner, int index) {
        setBit(page);
        long low = use.code | ((long) owner << OWNER_SHIFT);
        ram.doubleWord(entry(page), low | ((long) index << Integer.SIZE));
    }

    private void setBit(int page) {
        long address = bitmap + (long) (page / BITS) * Long.BYTES;
        ram.doubleWord(address, ram.doubleWord(address) | (1L << (page % BITS)));
    }

    private long entry(int page) {
        return table + (long) page * ENTRY;
    }

    private static int roundUp(int pages) {
        return Math.ceilDiv(pages, BITS) * BITS;
    }
}
