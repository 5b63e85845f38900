package cofferdam.analysis;

/** The pages of kept memory. */
final class Pages {

    private static final int PAGE = 4096;

    private Pages() {}

    /** How many pages have something in them; the last may be a part of one. */
    static int inUse(byte[] bytes) {
        int pages = 0;
        for (int from = 0; from < bytes.length; from += PAGE) {
            pages += isEmpty(bytes, from / PAGE) ? 0 : 1;
        }
        return pages;
    }

    /** Whether a page has nothing but zeros. */
    static boolean isEmpty(byte[] bytes, int page) {
        int until = (int) Math.min(bytes.length, (page + 1L) * PAGE);
        for (int at = page * PAGE; at < until; at++) {
            if (bytes[at] != 0) {
                return false;
            }
        }
        return true;
    }
}
