package cofferdam.analysis.audit;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.LongConsumer;

/**
 * Searches a host file's own bytes once, from front to back, in windows that are mapped one after
 * the other. Windows overlap on both sides, so that a match across their border is seen whole, and
 * so that nobody takes the end of a match for another one.
 */
final class PlainScan {

    /** How much is mapped at once, in bytes: 64 MiB. */
    private static final long WINDOW = 64L << 20;

    private final CompiledRules rules;
    private final Hits hits;
    private final long window;

    PlainScan(CompiledRules rules, Hits hits) {
        this(rules, hits, WINDOW);
    }

    PlainScan(CompiledRules rules, Hits hits, long window) {
        this.rules = rules;
        this.hits = hits;
        this.window = window;
    }

    /**
     * Searches the whole file.
     *
     * @param progress is told how many bytes were searched since it was told last
     */
    void search(MappedFile file, int index, LongConsumer progress) throws IOException {
        int reach = rules.reach();
        for (long from = 0; from < file.size(); from += window) {
            long to = Math.min(file.size(), from + window);
            long begin = Math.max(0, from - reach);
            long end = Math.min(file.size(), to + reach);
            try (Arena arena = Arena.ofConfined()) {
                search(file.map(begin, end - begin, arena), begin, from, to, index);
            }
            progress.accept(to - from);
        }
    }

    private void search(MemorySegment bytes, long begin, long from, long to, int index) {
        rules.searcher().search(bytes, (needle, start, end) -> {
            long at = begin + start;
            if (at < from || at >= to) {
                return;
            }
            Hit hit = hits.take(needle, bytes, start, end, Finding.Stored.PLAIN);
            if (hit != null) {
                hit.inFile(index, at);
            }
        });
    }
}
