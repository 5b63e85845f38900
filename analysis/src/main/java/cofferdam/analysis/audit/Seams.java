package cofferdam.analysis.audit;

import cofferdam.monitor.disk.ByteSource;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.function.LongPredicate;

/**
 * Finds what lies across the borders of pieces that follow each other in one order and not in
 * another, over however many pieces it lies. Only what is near a border is read, and only where the
 * pieces do not follow each other in the place that was searched already; pieces shorter than a
 * match are read once, however many of them one match takes. What was joined before is known by the
 * places of all pieces that a match may lie in, and is not searched again.
 */
final class Seams {

    private final CompiledRules rules;
    private final Scratch scratch;
    private final LongPredicate mayRead;
    private final LongSet known;
    private final Straddling straddling;
    private final int reach;
    private final SeamWindow window;
    private final SeamBuffer buffer;

    /** Takes what lies across a border. */
    @FunctionalInterface
    interface Straddling {

        /**
         * Takes one match.
         *
         * @param bytes holds the match from {@code start} to {@code end}
         * @param at where the match begins, in the order that is joined
         * @param offset where the match begins, in the source of the piece that it begins in
         */
        void hit(int needle, MemorySegment bytes, long start, long end, long at, long offset);
    }

    /**
     * @param known what was joined already, here or by others that join the same sources
     * @param straddling takes the matches; it is told them at the latest at the next {@link #reset}
     */
    Seams(Workspace work, LongSet known, Straddling straddling) {
        this.rules = work.rules();
        this.scratch = work.scratch();
        this.mayRead = work::mayJoin;
        this.known = known;
        this.straddling = straddling;
        this.reach = rules.reach();
        this.window = new SeamWindow(reach);
        this.buffer = new SeamBuffer(reach);
    }

    /** Tells what is left to tell and begins anew: the next piece follows nothing. */
    void reset() {
        flush();
        window.clear();
    }

    /**
     * Adds the next piece.
     *
     * @param id the same for the same source, however often it is opened
     * @param start where in the source the piece begins
     * @param at where it begins in the order that is joined
     */
    void add(ByteSource source, long id, long start, long length, long at) throws IOException {
        if (reach == 0 || length == 0) {
            return;
        }
        if (!window.isFollowedBy(at)) {
            reset();
        }
        Piece piece = new Piece(source, id, start, length, at);
        boolean isNew = window.hasBorderBefore(piece) && known.add(window.keyWith(piece));
        if (isNew) {
            join(piece);
        } else {
            flush();
        }
        window.add(piece);
    }

    private void join(Piece piece) throws IOException {
        int head = (int) Math.min(reach, piece.length());
        int tail = buffer.isEmpty() ? (int) Math.min(reach, window.length()) : 0;
        if (!mayRead.test(tail + head)) {
            flush();
            return;
        }
        if (buffer.isEmpty()) {
            window.copyTail(buffer);
            buffer.endContext();
        }
        buffer.append(piece, 0, head);
        if (head == reach) {
            flush();
        } else if (buffer.isFull()) {
            search();
            buffer.keepTail();
        }
    }

    private void flush() {
        if (!buffer.isEmpty()) {
            search();
            buffer.clear();
        }
    }

    private void search() {
        MemorySegment bytes = scratch.holding(buffer.bytes(), buffer.size());
        rules.searcher().search(bytes, (needle, start, end) -> {
            if (end <= buffer.context() || !buffer.hasBorder((int) start, (int) end)) {
                return;
            }
            // Whatever the pieces around it are, the same bytes of the same places are told once.
            long places = LongSet.pair(buffer.placeOf((int) start), buffer.placeOf((int) end - 1));
            if (known.add(LongSet.pair(places, ~(long) needle))) {
                straddling.hit(needle, bytes, start, end, buffer.at() + start, buffer.offsetOf((int)
                        start));
            }
        });
    }

    /**
     * A range of a source.
     *
     * @param id of the source
     * @param start where in the source it begins
     * @param at where it begins in the order that is joined
     */
    record Piece(ByteSource source, long id, long start, long length, long at) {

        /** Whether another goes on in the source where this one ends. */
        boolean goesOnWith(Piece next) {
            return next.id == id && next.start == start + length;
        }

        Piece with(Piece next) {
            return new Piece(source, id, start, length + next.length, at);
        }

        /** A number for a byte of it, the same for the same byte of the same source. */
        long place(long within) {
            return LongSet.pair(id, start + within);
        }
    }
}
