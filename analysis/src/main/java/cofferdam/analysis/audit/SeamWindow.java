package cofferdam.analysis.audit;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;

/** The last pieces of an order that is joined: as many as a match may begin in, and no more. */
final class SeamWindow {

    private static final long BASE = 0x9e3779b97f4a7c15L;
    private static final int FIRST_POWERS = 16;

    private final int reach;
    private final Deque<Seams.Piece> pieces = new ArrayDeque<>();
    private long[] powers = powers(FIRST_POWERS);
    private long length;

    /** Of all pieces but the first, as a polynomial in the base: pieces go at both ends. */
    private long hash;

    /**
     * @param reach how many bytes before the end are to be kept
     */
    SeamWindow(int reach) {
        this.reach = reach;
    }

    void clear() {
        pieces.clear();
        length = 0;
        hash = 0;
    }

    /** Bytes of all pieces that are kept. */
    long length() {
        return length;
    }

    /** Whether a piece that begins here follows the last one; nothing follows nothing. */
    boolean isFollowedBy(long at) {
        Seams.Piece last = pieces.peekLast();
        return last == null || last.at() + last.length() == at;
    }

    /** Whether a match that ends in the next piece may lie across a border. */
    boolean hasBorderBefore(Seams.Piece next) {
        Seams.Piece last = pieces.peekLast();
        return last != null && (pieces.size() > 1 || !last.goesOnWith(next));
    }

    /** A number for all places where a match may lie that ends in the next piece; not for empty. */
    long keyWith(Seams.Piece next) {
        Seams.Piece first = Objects.requireNonNull(pieces.peekFirst());
        long from = LongSet.pair(first.place(first.length()), Math.min(reach, first.length()));
        return LongSet.pair(from, hash * BASE + number(next));
    }

    /** Adds a piece, and forgets those that are too far from its end. */
    void add(Seams.Piece next) {
        Seams.Piece last = pieces.peekLast();
        if (last != null && last.goesOnWith(next)) {
            Seams.Piece longer = last.with(next);
            pieces.removeLast();
            pieces.addLast(longer);
            hash += pieces.size() > 1 ? number(longer) - number(last) : 0;
        } else {
            pieces.addLast(next);
            hash = pieces.size() > 1 ? hash * BASE + number(next) : 0;
        }
        length += next.length();
        while (length - first().length() >= reach) {
            length -= pieces.removeFirst().length();
            hash -= number(first()) * power(pieces.size() - 1);
        }
    }

    /** Copies the last bytes, as far as they may belong to a match. */
    void copyTail(SeamBuffer buffer) throws IOException {
        long left = length;
        for (Seams.Piece piece : pieces) {
            long skipped = Math.max(0, Math.min(piece.length(), left - reach));
            if (skipped < piece.length()) {
                buffer.append(piece, skipped, (int) (piece.length() - skipped));
            }
            left -= piece.length();
        }
    }

    private Seams.Piece first() {
        return Objects.requireNonNull(pieces.peekFirst());
    }

    private long number(Seams.Piece piece) {
        return LongSet.pair(piece.place(0), Math.min(reach, piece.length()));
    }

    private long power(int exponent) {
        if (exponent >= powers.length) {
            powers = powers(exponent * 2);
        }
        return powers[exponent];
    }

    private static long[] powers(int count) {
        long[] powers = new long[count];
        Arrays.fill(powers, 1);
        for (int i = 1; i < count; i++) {
            powers[i] = powers[i - 1] * BASE;
        }
        return powers;
    }
}
