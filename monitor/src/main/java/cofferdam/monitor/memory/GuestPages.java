package cofferdam.monitor.memory;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The translation of one guest: what has become of each of its pages. An entry has the number of the
 * frame or of the slot, and how the page is.
 */
final class GuestPages {

    static final int NUMBER = (1 << 25) - 1;

    /** Without contents; the first access gives it a frame. */
    static final int ABSENT = 0;

    /** In a frame. */
    static final int PRESENT = 1 << 25;

    /** In a slot of the host's swap file. */
    static final int SWAPPED = 2 << 25;

    /** Given back by the guest's driver, as if absent. */
    static final int BALLOONED = 3 << 25;

    static final int STATE = 3 << 25;

    /** The monitor wants to know of the next write: the frame is shared or may become so. */
    static final int PROTECTED = 1 << 27;

    /** Read or written since the clock's hand came by. */
    static final int ACCESSED = 1 << 28;

    /** Written since the scanner left a key. */
    private static final int WRITTEN = 1 << 29;

    private final int guest;
    private final int group;
    private final FramePool pool;
    private final FrameTable frames;
    private final Charge charge;
    private final int[] entries;
    private final long[] keys;
    private final BitSet present = new BitSet();
    private int pinned = -1;
    private int swapped;
    private int ballooned;

    /**
     * All absent.
     *
     * @param guest the guest's number in the frame table
     * @param group its trust group
     * @param scanned whether a scanner leaves keys with the pages
     */
    GuestPages(
            int guest,
            int group,
            int count,
            boolean scanned,
            FramePool pool,
            FrameTable frames,
            Charge charge) {
        this.guest = guest;
        this.group = group;
        this.pool = pool;
        this.frames = frames;
        this.charge = charge;
        entries = new int[count];
        keys = new long[scanned ? count : 0];
    }

    int guest() {
        return guest;
    }

    int group() {
        return group;
    }

    int count() {
        return entries.length;
    }

    Charge charge() {
        return charge;
    }

    int swapped() {
        return swapped;
    }

    int ballooned() {
        return ballooned;
    }

    int entry(int page) {
        return entries[page];
    }

    int state(int page) {
        return entries[page] & STATE;
    }

    /** The frame or the slot of the page. */
    int number(int page) {
        return entries[page] & NUMBER;
    }

    /** Whether it has a frame that the guest may write. */
    boolean isWritable(int page) {
        return (entries[page] & (STATE | PROTECTED)) == PRESENT;
    }

    boolean isProtected(int page) {
        return (entries[page] & PROTECTED) != 0;
    }

    /** The page from this one on that has a frame, or -1. */
    int nextPresent(int page) {
        return present.nextSetBit(page);
    }

    /** The hash key of the page when the scanner came by. */
    long key(int page) {
        return keys[page];
    }

    void keep(int page, long key) {
        keys[page] = key;
        entries[page] &= ~WRITTEN;
    }

    /** Whether the key may not be that of the contents any more. */
    boolean isWritten(int page) {
        return (entries[page] & WRITTEN) != 0;
    }

    /**
     * Keeps the scanner and the clock off a page; one at a time.
     *
     * @return which one it was before, or -1
     */
    int pin(int page) {
        int before = pinned;
        pinned = page;
        return before;
    }

    boolean isPinned(int page) {
        return page == pinned;
    }

    void accessed(int page) {
        entries[page] |= ACCESSED;
    }

    void written(int page) {
        entries[page] |= ACCESSED | WRITTEN;
    }

    void forgetAccess(int page) {
        entries[page] &= ~ACCESSED;
    }

    void protect(int page) {
        entries[page] |= PROTECTED;
    }

    /** The frame, whose only mapping this is, becomes the page's alone, to be written at will. */
    void makePrivate(int page) {
        frames.unshare(number(page), guest);
        entries[page] &= ~PROTECTED;
    }

    /** Gives a page that has none a frame. */
    void map(int page, int frame) {
        if (state(page) == BALLOONED) {
            ballooned--;
        }
        frames.own(frame, guest);
        enter(page, frame);
    }

    private void enter(int page, int frame) {
        entries[page] = PRESENT | ACCESSED | WRITTEN | frame;
        present.set(page);
    }

    /** The contents of a page go to a frame of its own. */
    void moveTo(int page, int frame) {
        int before = number(page);
        pool.copy(before, frame);
        frames.own(frame, guest);
        leave(before);
        enter(page, frame);
    }

    private void leave(int frame) {
        if (frames.leave(frame, guest)) {
            pool.give(frame);
        }
    }

    /** A page gives up its frame for one with the same contents that may be shared. */
    void join(int page, int frame) {
        int before = number(page);
        frames.join(frame, guest);
        leave(before);
        entries[page] = (entries[page] & ~NUMBER) | PROTECTED | frame;
    }

    private void unmap(int page, int becomes) {
        int frame = number(page);
        entries[page] = becomes;
        present.clear(page);
        leave(frame);
    }

    /**
     * Writes a page that has a frame to the swap file.
     *
     * @throws IOException if that cannot be done; then nothing has changed
     */
    void swapOut(int page, SwapFile file, SwapSeal seal) throws IOException {
        int slot = file.store(pool, number(page), seal);
        unmap(page, SWAPPED | slot);
        swapped++;
    }

    /**
     * Reads a page back into a frame.
     *
     * @throws IOException if that cannot be done; then nothing has changed
     */
    void swapIn(int page, int frame, SwapFile file, SwapSeal seal) throws IOException {
        int slot = number(page);
        file.load(slot, pool, frame, seal);
        file.free(slot);
        swapped--;
        frames.own(frame, guest);
        enter(page, frame);
    }

    /** The guest's driver gives a page to the monitor; nothing happens if it has done so already. */
    void giveUp(int page, SwapSlots slots) {
        if (state(page) == BALLOONED) {
            return;
        }
        drop(page, slots, BALLOONED);
        ballooned++;
    }

    /** The guest may use a page again that its driver had given up. */
    void allow(int page) {
        if (state(page) == BALLOONED) {
            entries[page] = ABSENT;
            ballooned--;
        }
    }

    private void drop(int page, SwapSlots slots, int becomes) {
        int before = entries[page];
        switch (before & STATE) {
            case PRESENT -> unmap(page, becomes);
            case SWAPPED -> {
                slots.free(before & NUMBER);
                swapped--;
                entries[page] = becomes;
            }
            default -> entries[page] = becomes;
        }
    }

    /**
     * Gives everything back, the last page first, so that the first one's frame is the next to be
     * handed out.
     */
    void release(SwapSlots slots) {
        for (int page = entries.length - 1; page >= 0; page--) {
            drop(page, slots, ABSENT);
        }
        ballooned = 0;
        Arrays.fill(keys, 0);
    }

    /** Where slots of the swap file are given back. */
    @FunctionalInterface
    interface SwapSlots {
        void free(int slot);
    }
}
