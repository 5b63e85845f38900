package cofferdam.analysis.search;

import static java.lang.foreign.ValueLayout.ADDRESS;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/** What one search at a time needs: scratch memory, the library's way back, and a window. */
@SuppressWarnings("restricted")
final class VectorscanSession implements AutoCloseable {

    private static final MethodHandle ON_MATCH = onMatch();

    private final Vectorscan library;
    private final MemorySegment database;
    private final Needles needles;
    private final int overlap;
    private final int step;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment scratch;
    private final MemorySegment callback;
    private final MemorySegment copy;
    private final Candidates candidates;

    private MemorySegment text = MemorySegment.NULL;
    private Searcher.Hits hits = (needle, start, end) -> {};
    private long from;
    private long to;
    private @Nullable Throwable failure;

    VectorscanSession(
            Vectorscan library, MemorySegment database, Needles needles, int overlap, int step) {
        this.library = library;
        this.database = database;
        this.needles = needles;
        this.overlap = overlap;
        this.step = step;
        this.candidates = new Candidates(needles.targets());
        this.copy = arena.allocate((long) step + overlap);
        this.callback =
                Linker.nativeLinker().upcallStub(ON_MATCH.bindTo(this), Vectorscan.ON_MATCH, arena);
        this.scratch = scratch();
    }

    private MemorySegment scratch() {
        MemorySegment pointer = arena.allocate(ADDRESS);
        try {
            int status = (int) library.allocateScratch.invokeExact(database, pointer);
            if (status != Vectorscan.SUCCESS) {
                throw new OutOfMemoryError("no memory for a search: status " + status);
            }
        } catch (RuntimeException | Error e) {
            arena.close();
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        return pointer.get(ADDRESS, 0);
    }

    void search(MemorySegment bytes, Searcher.Hits told) {
        text = bytes;
        hits = told;
        failure = null;
        candidates.begin();
        for (from = 0; from < bytes.byteSize(); from += step) {
            to = Math.min(bytes.byteSize(), from + step);
            candidates.window(from, to);
            scan(Math.min(bytes.byteSize() - from, (long) step + overlap));
            candidates.tell(bytes, told);
        }
    }

    /**
     * Scans a copy: memory may lie on the heap, which the library cannot see, or be mapped from a
     * file, which somebody may cut short: a fault is an exception in Java, but the end of the
     * process in the library.
     */
    private void scan(long size) {
        MemorySegment.copy(text, from, copy, 0, size);
        try {
            int status = (int) library.scan.invokeExact(
                    database, copy, (int) size, 0, scratch, callback, MemorySegment.NULL);
            if (failure != null) {
                throw failure;
            }
            if (status != Vectorscan.SUCCESS) {
                throw new IllegalStateException("the library's scan ended with status " + status);
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** An exception must not pass through the library: it is kept, and the scan told to stop. */
    @SuppressWarnings("unused") // called by the library
    private int onMatch(int needle, long ignored, long end, int flags, MemorySegment context) {
        try {
            take(needle, from + end);
            return 0;
        } catch (Throwable e) {
            failure = e;
            return 1;
        }
    }

    private void take(int needle, long end) {
        switch (needles.targets().get(needle)) {
            case Needles.Text target -> {
                Literal literal = target.literal();
                long start = end - VectorscanDatabase.reach(target);
                if (start < to
                        && start + literal.length() <= text.byteSize()
                        && literal.standsAt(text, start)) {
                    hits.hit(needle, start, start + literal.length());
                }
            }
            case Needles.Form form ->
                candidates.add(
                        needle,
                        end - VectorscanDatabase.reach(form),
                        end - form.regex().outlineMinimum());
        }
    }

    @Override
    public void close() {
        library.freeScratch(scratch);
        arena.close();
    }

    private static MethodHandle onMatch() {
        try {
            return MethodHandles.lookup()
                    .findVirtual(
                            VectorscanSession.class, "onMatch", Vectorscan.ON_MATCH.toMethodType());
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
