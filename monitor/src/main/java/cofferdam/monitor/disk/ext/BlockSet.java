package cofferdam.monitor.disk.ext;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

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
        return (bits(block) & 1) != 0;
    }

    /** Which of 64 blocks are in it, the first in the lowest bit. */
    long bits(long block) {
        long low = word(block >> 6);
        int shift = (int) (block & 63);
        return shift == 0 ? low : (low >>> shift) | (word((block >> 6) + 1) << (64 - shift));
    }

    private long word(long number) {
        long[] page = pages.get(number >> (PAGE_BITS - 6));
        return page == null ? 0 : page[(int) number & (PAGE / 64 - 1)];
    }

    /** The first block from here on, before the end, that is in it, or is not; else the end. */
    long next(long block, long end, boolean isIn) {
        long at = block;
        while (at < end) {
            long found = isIn ? bits(at) : ~bits(at);
            if (found != 0) {
                return Math.min(end, at + Long.numberOfTrailingZeros(found));
            }
            at += 64;
        }
        return end;
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
            int bit = (int) (at & (PAGE - 1));
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
