package cofferdam.monitor.guest.kernel;

/**
 * Where the kernel keeps what, in pages: page 0 is the interrupt descriptor table, page 1 the system
 * record, page 2 the code that a double fault enters; then come the kernel's text, the process table,
 * the bitmap of pages in use and the frame table; the rest is handed out.
 *
 * @param pages how many there are
 * @param libraryPages how many pages of libraries a newly booted system has in its page cache
 * @param firstFree the first page that is handed out
 */
record Layout(
        int pages,
        int text,
        int textPages,
        int processes,
        int bitmap,
        int bitmapPages,
        int frames,
        int framePages,
        int firstFree,
        int libraryPages) {

    static final int INTERRUPTS = 0;
    static final int SYSTEM_RECORD = 1;
    static final int ENTRY_CODE = 2;

    private static final int FIRST_TEXT = 3;
    private static final int TEXT_PART = 8;
    private static final int MAXIMUM_TEXT = (8 << 20) / Ram.PAGE;
    private static final int LIBRARY_PART = 4;
    private static final int MAXIMUM_LIBRARY = (16 << 20) / Ram.PAGE;

    static Layout of(int pages) {
        int textPages = Math.min(pages / TEXT_PART, MAXIMUM_TEXT);
        int processes = FIRST_TEXT + textPages;
        int bitmap = processes + ProcessTable.PAGES;
        int bitmapPages = Math.ceilDiv(pages, Byte.SIZE * Ram.PAGE);
        int frames = bitmap + bitmapPages;
        int framePages = Math.ceilDiv(pages * FrameTable.ENTRY, Ram.PAGE);
        return new Layout(
                pages,
                FIRST_TEXT,
                textPages,
                processes,
                bitmap,
                bitmapPages,
                frames,
                framePages,
                frames + framePages,
                Math.min(pages / LIBRARY_PART, MAXIMUM_LIBRARY));
    }
}
