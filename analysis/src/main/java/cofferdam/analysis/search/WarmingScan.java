package cofferdam.analysis.search;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Uses vectors once they are fast. Until the compiler has seen them often enough, every vector is an
 * object on the heap and a search runs at a few megabytes a second; so at first all but a small part
 * of each block goes through ordinary registers.
 */
final class WarmingScan implements LiteralScan {

    /** The blocks that are mostly searched without vectors. */
    private static final int COLD_BLOCKS = 400;

    /** How much of a cold block is searched with vectors, in bytes. */
    private static final int SAMPLE = 8 << 10;

    private final LiteralScan vectors;
    private final LiteralScan registers;
    private final AtomicInteger blocks = new AtomicInteger();

    WarmingScan(LiteralScan vectors, LiteralScan registers) {
        this.vectors = vectors;
        this.registers = registers;
    }

    @Override
    public String engine() {
        return vectors.engine();
    }

    @Override
    public void scan(
            Literal literal,
            int needle,
            MemorySegment text,
            long from,
            long to,
            Searcher.Hits hits) {
        if (blocks.get() >= COLD_BLOCKS) {
            vectors.scan(literal, needle, text, from, to, hits);
            return;
        }
        blocks.incrementAndGet();
        long border = Math.min(to, from + SAMPLE);
        vectors.scan(literal, needle, text, from, border, hits);
        if (border < to) {
            registers.scan(literal, needle, text, border, to, hits);
        }
    }
}
