package cofferdam.monitor.memory;

import cofferdam.monitor.policy.MemoryPolicy;

/** One guest of the host: its pages, and what it was promised. */
final class Guest {

    private final String machine;
    private final GuestPages pages;
    private final Charge charge;
    private final int limit;
    private final int reservation;
    private final int shares;
    private final Balloon balloon;
    private final SwapSeal seal;
    private final Clock clock;
    private int shareFrom;
    private int lent;

    Guest(
            String machine,
            MemoryPolicy policy,
            GuestPages pages,
            Balloon balloon,
            SwapSeal seal,
            Clock clock) {
        this.machine = machine;
        this.pages = pages;
        this.charge = pages.charge();
        this.limit = limit(policy, pages.count());
        this.reservation = reservation(policy, pages.count());
        this.shares = policy.sharesOf(machine);
        this.balloon = balloon;
        this.seal = seal;
        this.clock = clock;
    }

    /** How many frames one of so many pages may hold: at least one. */
    static int limit(MemoryPolicy policy, int pages) {
        return Math.max(1, (int) ((long) pages * policy.limit() / MemoryPolicy.PERCENT));
    }

    /** How many frames are never taken back from one of so many pages. */
    static int reservation(MemoryPolicy policy, int pages) {
        return (int) ((long) pages * policy.reservation() / MemoryPolicy.PERCENT);
    }

    /**
     * How many of so many pages may be swapped out at one time: what is not reserved, and one page that
     * makes room for another.
     */
    static int swappable(MemoryPolicy policy, int pages) {
        int reservation = reservation(policy, pages);
        return reservation == pages ? 0 : pages - reservation + 1;
    }

    String machine() {
        return machine;
    }

    GuestPages pages() {
        return pages;
    }

    Charge charge() {
        return charge;
    }

    /** In frames. */
    int limit() {
        return limit;
    }

    /** In frames. */
    int reservation() {
        return reservation;
    }

    int shares() {
        return shares;
    }

    Balloon balloon() {
        return balloon;
    }

    SwapSeal seal() {
        return seal;
    }

    /** Which page to swap out. */
    Clock clock() {
        return clock;
    }

    /** The page after the one that was tried last, of those that have a frame; one must. */
    int nextToShare() {
        int page = pages.nextPresent(shareFrom);
        int found = page < 0 ? pages.nextPresent(0) : page;
        shareFrom = found + 1;
        return found;
    }

    /** How many frames can be taken back from it. */
    int spare() {
        return charge.atLeast() - reservation;
    }

    /** How many frames it can still demand. */
    int unfilled() {
        return Math.max(0, reservation - charge.atLeast());
    }

    /** How many of the pages in its balloon are there only until memory is plentiful again. */
    int lent() {
        return Math.min(lent, pages.ballooned());
    }

    void lend(int count) {
        lent = Math.max(0, lent() + count);
    }
}
