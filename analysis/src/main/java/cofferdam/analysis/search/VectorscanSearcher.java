package cofferdam.analysis.search;

import java.lang.foreign.MemorySegment;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** Searches any set with the Vectorscan library, and confirms its candidates for expressions. */
final class VectorscanSearcher implements Searcher {

    /** Small enough for a processor's second cache, from which the copy is scanned. */
    private static final int STEP_BYTES = 256 << 10;

    private final Vectorscan library;
    private final Needles needles;
    private final MemorySegment database;
    private final int overlap;
    private final Queue<VectorscanSession> idle = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    VectorscanSearcher(Vectorscan library, Needles needles) throws InvalidNeedleException {
        this.library = library;
        this.needles = needles;
        this.overlap = needles.targets().stream()
                        .mapToInt(VectorscanDatabase::reach)
                        .max()
                        .orElse(1)
                - 1;
        this.database = VectorscanDatabase.compile(library, needles);
    }

    @Override
    public String engine() {
        return "vectorscan " + library.version();
    }

    @Override
    public int longest() {
        return needles.longest();
    }

    @Override
    public void search(MemorySegment bytes, Hits hits) {
        if (closed.get()) {
            throw new IllegalStateException("the searcher is closed");
        }
        VectorscanSession polled = idle.poll();
        VectorscanSession session = polled != null
                ? polled
                : new VectorscanSession(library, database, needles, overlap, STEP_BYTES);
        try {
            session.search(bytes, hits);
        } finally {
            idle.add(session);
        }
    }

    /** No search may be under way. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        for (var session = idle.poll(); session != null; session = idle.poll()) {
            session.close();
        }
        library.freeDatabase(database);
    }
}
