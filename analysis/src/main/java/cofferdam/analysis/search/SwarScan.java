package cofferdam.analysis.search;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Finds one literal by comparing its two rarest bytes at eight places at once, in ordinary
 * registers: for machines and programs without vectors. The test for a zero byte is Mycroft's
 * (1987).
 */
final class SwarScan implements LiteralScan {

    private static final ValueLayout.OfLong LAYOUT =
            JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    @Override
    public String engine() {
        return "swar 64 bit";
    }

    @Override
    public void scan(
            Literal literal,
            int needle,
            MemorySegment text,
            long from,
            long to,
            Searcher.Hits hits) {
        int first = literal.first();
        int second = literal.second();
        long firsts = everywhere(literal.bytes()[first]);
        long seconds = everywhere(literal.bytes()[second]);
        long firstMask = everywhere(literal.masks()[first]);
        long secondMask = everywhere(literal.masks()[second]);
        long at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            // Zero where both probes are what they should be.
            long differences = ((text.get(LAYOUT, at + first) | firstMask) ^ firsts)
                    | ((text.get(LAYOUT, at + second) | secondMask) ^ seconds);
            long zeros = (differences - ONES) & ~differences & HIGHS;
            if (zeros != 0) {
                verify(literal, needle, text, at, zeros, hits);
            }
        }
        for (; at < to; at++) {
            tell(literal, needle, text, at, hits);
        }
    }

    /** A borrow can mark the byte above a zero as well, which the comparison sorts out. */
    private static void verify(
            Literal literal,
            int needle,
            MemorySegment text,
            long at,
            long zeros,
            Searcher.Hits hits) {
        for (long left = zeros; left != 0; left &= left - 1) {
            tell(literal, needle, text, at + Long.numberOfTrailingZeros(left) / Byte.SIZE, hits);
        }
    }

    private static void tell(
            Literal literal, int needle, MemorySegment text, long start, Searcher.Hits hits) {
        if (literal.standsAt(text, start)) {
            hits.hit(needle, start, start + literal.length());
        }
    }

    private static long everywhere(byte value) {
        return ONES * Byte.toUnsignedLong(value);
    }
}
