package cofferdam.analysis.search;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorSpecies;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/**
 * Finds one literal by comparing its two rarest bytes at as many places at once as a vector holds.
 *
 * <p>The species is a constant and stays inside this class: passed as a parameter, the compiler no
 * longer knows the vectors' size and puts each of them on the heap, which is twenty times slower.
 */
final class VectorScan implements LiteralScan {

    private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_PREFERRED;

    @Override
    public String engine() {
        return "vector %d bit".formatted(SPECIES.vectorBitSize());
    }

    @Override
    public void scan(
            Literal literal,
            int needle,
            MemorySegment text,
            long from,
            long to,
            Searcher.Hits hits) {
        long at = literal.exact()
                ? exact(literal, needle, text, from, to, hits)
                : folded(literal, needle, text, from, to, hits);
        for (; at < to; at++) {
            if (literal.standsAt(text, at)) {
                hits.hit(needle, at, at + literal.length());
            }
        }
    }

    private static long exact(
            Literal literal,
            int needle,
            MemorySegment text,
            long from,
            long to,
            Searcher.Hits hits) {
        ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        int first = literal.first();
        int second = literal.second();
        ByteVector firsts = ByteVector.broadcast(SPECIES, literal.bytes()[first]);
        ByteVector seconds = ByteVector.broadcast(SPECIES, literal.bytes()[second]);
        int lanes = SPECIES.length();
        long at = from;
        for (; at <= to - lanes; at += lanes) {
            var found = ByteVector.fromMemorySegment(SPECIES, text, at + first, order)
                    .eq(firsts)
                    .and(ByteVector.fromMemorySegment(SPECIES, text, at + second, order)
                            .eq(seconds));
            if (found.anyTrue()) {
                verify(literal, needle, text, at, found.toLong(), hits);
            }
        }
        return at;
    }

    private static long folded(
            Literal literal,
            int needle,
            MemorySegment text,
            long from,
            long to,
            Searcher.Hits hits) {
        ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        int first = literal.first();
        int second = literal.second();
        ByteVector firsts = ByteVector.broadcast(SPECIES, literal.bytes()[first]);
        ByteVector seconds = ByteVector.broadcast(SPECIES, literal.bytes()[second]);
        ByteVector firstMask = ByteVector.broadcast(SPECIES, literal.masks()[first]);
        ByteVector secondMask = ByteVector.broadcast(SPECIES, literal.masks()[second]);
        int lanes = SPECIES.length();
        long at = from;
        for (; at <= to - lanes; at += lanes) {
            var found = ByteVector.fromMemorySegment(SPECIES, text, at + first, order)
                    .or(firstMask)
                    .eq(firsts)
                    .and(ByteVector.fromMemorySegment(SPECIES, text, at + second, order)
                            .or(secondMask)
                            .eq(seconds));
            if (found.anyTrue()) {
                verify(literal, needle, text, at, found.toLong(), hits);
            }
        }
        return at;
    }

    private static void verify(
            Literal literal,
            int needle,
            MemorySegment text,
            long at,
            long lanes,
            Searcher.Hits hits) {
        for (long left = lanes; left != 0; left &= left - 1) {
            long start = at + Long.numberOfTrailingZeros(left);
            if (literal.standsAt(text, start)) {
                hits.hit(needle, start, start + literal.length());
            }
        }
    }
}
