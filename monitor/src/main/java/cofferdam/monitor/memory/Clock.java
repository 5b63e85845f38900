package cofferdam.monitor.memory;

/**
 * Finds the page of a guest that is missed least: the first one that was not accessed since the hand
 * came by (second chance).
 */
final class Clock {

    private final FrameTable frames;
    private final GuestPages pages;
    private int hand;

    Clock(FrameTable frames, GuestPages pages) {
        this.frames = frames;
        this.pages = pages;
    }

    /** A page that has a frame, of its own if there is such a one; -1 if there is none. */
    int next() {
        Charge charge = pages.charge();
        boolean shared = charge.sharedMappings() == charge.mappings();
        for (long steps = 2L * charge.mappings() + 1; steps > 0; steps--) {
            int page = advance();
            if (page < 0) {
                return page;
            }
            if (pages.isPinned(page) || (!shared && frames.references(pages.number(page)) > 1)) {
                continue;
            }
            if ((pages.entry(page) & GuestPages.ACCESSED) == 0) {
                return page;
            }
            pages.forgetAccess(page);
        }
        return -1;
    }

    private int advance() {
        int page = pages.nextPresent(hand);
        if (page < 0) {
            page = pages.nextPresent(0);
        }
        hand = page + 1;
        return page;
    }
}
