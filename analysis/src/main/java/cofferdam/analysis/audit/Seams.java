package cofferdam.analysis.audit;

import cofferdam.monitor.disk.ByteSource;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Finds what lies across the borders of pieces that follow each other in one order and not in
 * another. Only the ends of the pieces are read, and only where they do not follow each other in the
 * place that was searched already.
 */
final class Seams {

    private final CompiledRules rules;
    private final Scratch scratch;
    private final int reach;
    private @Nullable Piece last;
    private byte[] beforeLast = {};

    /** A piece: a range of a source, and where it begins in the order that is joined. */
    private record Piece(ByteSource source, long start, long length, long at) {

        byte[] head(int most) throws IOException {
            return source.read(start, (int) Math.min(most, length));
        }

        byte[] tail(int most) throws IOException {
            int count = (int) Math.min(most, length);
            return source.read(start + length - count, count);
        }
    }

    /** Takes what lies across a border. */
    @FunctionalInterface
    interface Straddling {

        /**
         * Takes one match.
         *
         * @param bytes holds the match from {@code start} to {@code end}
         * @param at where the match begins, in the order that is joined
         */
        void hit(int needle, MemorySegment bytes, long start, long end, long at);
    }

    Seams(CompiledRules rules, Scratch scratch) {
        this.rules = rules;
        this.scratch = scratch;
        this.reach = rules.reach();
    }

    /** Begins anew: the next piece follows nothing. */
    void reset() {
        last = null;
        beforeLast = new byte[0];
    }

    /** Whether a piece that begins here follows the last one. */
    boolean follows(long at) {
        return last != null && last.at + last.length == at;
    }

    /**
     * Adds the next piece.
     *
     * @param join whether what lies across the border to the last piece is still to be found; where
     *     this piece follows nothing there is nothing to join
     */
    void add(
            ByteSource source,
            long start,
            long length,
            long at,
            boolean join,
            Straddling straddling)
            throws IOException {
        if (reach == 0 || length == 0) {
            return;
        }
        Piece piece = new Piece(source, start, length, at);
        Piece before = last;
        if (before == null || before.at + before.length != at) {
            beforeLast = new byte[0];
            last = piece;
            return;
        }
        boolean needsTail = join || length < reach;
        byte[] tail = needsTail ? tailOf(before) : new byte[0];
        if (join) {
            search(tail, piece.head(reach), at, straddling);
        }
        beforeLast = length < reach ? tail : new byte[0];
        last = piece;
    }

    private byte[] tailOf(Piece piece) throws IOException {
        byte[] own = piece.tail(reach);
        if (own.length == reach || beforeLast.length == 0) {
            return own;
        }
        int kept = Math.min(beforeLast.length, reach - own.length);
        byte[] joined = Arrays.copyOfRange(
                beforeLast, beforeLast.length - kept, beforeLast.length - kept + kept + own.length);
        System.arraycopy(own, 0, joined, kept, own.length);
        return joined;
    }

    private void search(byte[] tail, byte[] head, long at, Straddling straddling) {
        byte[] joined = Arrays.copyOf(tail, tail.length + head.length);
        System.arraycopy(head, 0, joined, tail.length, head.length);
        MemorySegment bytes = scratch.holding(joined, joined.length);
        rules.searcher().search(bytes, (needle, start, end) -> {
            if (start < tail.length && end > tail.length) {
                straddling.hit(needle, bytes, start, end, at - tail.length + start);
            }
        });
    }
}
