package cofferdam.analysis.search;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Stream;

/** Searches one to a few literals, one after the other in blocks that a processor's cache holds. */
final class LiteralSearcher implements Searcher {

    /** Beyond so many literals an engine for sets is faster. */
    static final int MAXIMUM_LITERALS = 3;

    private static final int BLOCK_BYTES = 256 << 10;

    private final LiteralScan scan;
    private final List<Literal> literals;
    private final int longest;

    LiteralSearcher(LiteralScan scan, Needles needles) {
        this.scan = scan;
        this.literals = needles.targets().stream()
                .flatMap(target -> target instanceof Needles.Text text
                        ? Stream.of(text.literal())
                        : Stream.empty())
                .toList();
        this.longest = needles.longest();
    }

    @Override
    public String engine() {
        return scan.engine();
    }

    @Override
    public int longest() {
        return longest;
    }

    @Override
    public void search(MemorySegment bytes, Hits hits) {
        if (bytes.isNative()) {
            blocks(bytes, hits);
            return;
        }
        if (bytes.byteSize() == 0) {
            return;
        }
        // The loops see one kind of memory alone, so that they are compiled for it.
        try (Arena arena = Arena.ofConfined()) {
            long step = Math.min(bytes.byteSize(), BLOCK_BYTES);
            MemorySegment copy = arena.allocate(step + longest);
            for (long from = 0; from < bytes.byteSize(); from += step) {
                long size = Math.min(step + longest - 1, bytes.byteSize() - from);
                MemorySegment.copy(bytes, from, copy, 0, size);
                block(copy.asSlice(0, size), 0, step, from, hits);
            }
        }
    }

    private void blocks(MemorySegment bytes, Hits hits) {
        for (long from = 0; from < bytes.byteSize(); from += BLOCK_BYTES) {
            block(bytes, from, from + BLOCK_BYTES, 0, hits);
        }
    }

    /** Tells the matches that begin in a range of these bytes, moved by an offset. */
    private void block(MemorySegment bytes, long from, long to, long moved, Hits hits) {
        Hits told = moved == 0
                ? hits
                : (needle, start, end) -> hits.hit(needle, start + moved, end + moved);
        for (int i = 0; i < literals.size(); i++) {
            Literal literal = literals.get(i);
            long last = Math.min(to, bytes.byteSize() - literal.length() + 1);
            if (from < last) {
                scan.scan(literal, i, bytes, from, last, told);
            }
        }
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
