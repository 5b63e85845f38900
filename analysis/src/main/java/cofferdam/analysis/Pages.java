package cofferdam.analysis;

/** The pages of kept memory. */
final class Pages {

    private static final int PAGE = 4096;

    private Pages() {}

    /** How many pages have something in them; the last may be a part of one. */
    static int inUse(byte[] bytes) {
        int pages = 0;
        for (int from = 0; from < bytes.length; from += PAGE) {
            int at = from;
            int until = Math.min(bytes.length, from + PAGE);
            while (at < until && bytes[at] == 0) {
                at++;
            }
            pages += at < until ? 1 : 0;
        }
        return pages;
    }
}
