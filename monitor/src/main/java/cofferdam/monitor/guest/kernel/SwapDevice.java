package cofferdam.monitor.guest.kernel;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;

/**
 * The device to which a guest swaps, half as large as its memory. A page in which one word stands
 * again and again takes only that word here, as in Linux's zswap.
 */
final class SwapDevice {

    static final int NONE = -1;

    private static final int MAXIMUM_SLOTS = (64 << 20) / Ram.PAGE;

    private final int slots;
    private final BitSet used = new BitSet();
    private byte[] @Nullable [] contents = new byte[0][];
    private int taken;

    /** The device of a machine with so many pages of memory. */
    SwapDevice(int pages) {
        slots = Math.min(pages / 2, MAXIMUM_SLOTS);
    }

    /** How many pages it has. */
    int slots() {
        return slots;
    }

    /** How many of them are in use. */
    int taken() {
        return taken;
    }

    /** Keeps a page; returns its slot, or {@link #NONE} if the device is full. */
    int write(byte[] page) {
        if (taken == slots) {
            return NONE;
        }
        if (contents.length == 0) {
            contents = new byte[slots][];
        }
        int slot = used.nextClearBit(0);
        used.set(slot);
        taken++;
        contents[slot] = packed(page);
        return slot;
    }

    /** Reads a page and frees its slot. */
    byte[] take(int slot) {
        byte[] content = slot < contents.length ? contents[slot] : null;
        if (content == null) {
            throw KernelStop.panic("bad swap entry %d".formatted(slot));
        }
        free(slot);
        return content.length == Ram.PAGE ? content : Ram.filled(Ram.doubleWord(content, 0));
    }

    void free(int slot) {
        if (!used.get(slot)) {
            throw KernelStop.panic("bad swap entry %d".formatted(slot));
        }
        used.clear(slot);
        contents[slot] = null;
        taken--;
    }

    private static byte[] packed(byte[] page) {
        long word = Ram.doubleWord(page, 0);
        for (int offset = Long.BYTES; offset < Ram.PAGE; offset += Long.BYTES) {
            if (Ram.doubleWord(page, offset) != word) {
                return page.clone();
            }
        }
        byte[] packed = new byte[Long.BYTES];
        Ram.doubleWord(packed, 0, word);
        return packed;
    }
}
