package cofferdam.monitor.disk.ext;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A set of block numbers, kept in pages of bits: 32768 blocks in 4 KiB. Once it is full, further
 * blocks are not remembered.
 */
final class BlockSet {

    /** The most pages: 12 MiB, which is 384 GiB of blocks of 4 KiB. */
    private static final int MOST_PAGES = 3072;

    private static final int PAGE_BITS = 15;
    private static final int PAGE = 1 << PAGE_BITS;

    private final Map<Long, long[]> pages = new HashMap<>();
    private boolean full;

    /** Whether blocks could not be remembered. */
    boolean isFull() {
        return full;
    }

    boolean contains(long block) {
        long[] page = pages.get(block >> PAGE_BITS);
        int bit = (int) (block & PAGE - 1);
        return page != null && (page[bit >> 6] >>> bit & 1) != 0;
    }

    /** Puts one block in; whether it was not there before. */
    boolean add(long block) {
        return add(block, 1) < 0;
    }

    /** Puts blocks in; gives the first that was there before, or -1. */
    long add(long block, long count) {
        long twice = -1;
        long at = block;
        long end = block + count;
        while (at < end) {
            int bit = (int) (at & PAGE - 1);
            int bits = (int) Math.min(end - at, PAGE - bit);
            long[] page = page(at >> PAGE_BITS);
            int found = page == null ? -1 : set(page, bit, bits);
            if (twice < 0 && found >= 0) {
                twice = at - bit + found;
            }
            at += bits;
        }
        return twice;
    }

    private long @Nullable [] page(long number) {
        long[] page = pages.get(number);
        if (page != null) {
            return page;
        }
        if (pages.size() >= MOST_PAGES) {
            full = true;
            return null;
        }
        long[] added = new long[PAGE / 64];
        pages.put(number, added);
        return added;
    }

    private static int set(long[] page, int bit, int bits) {
        int twice = -1;
        int at = bit;
        int end = bit + bits;
        while (at < end) {
            int count = Math.min(end - at, 64 - (at & 63));
            long mask = (count == 64 ? -1 : (1L << count) - 1) << (at & 63);
            long known = page[at >> 6] & mask;
            if (known != 0 && twice < 0) {
                twice = (at & ~63) + Long.numberOfTrailingZeros(known);
            }
            page[at >> 6] |= mask;
            at += count;
        }
        return twice;
    }
}
