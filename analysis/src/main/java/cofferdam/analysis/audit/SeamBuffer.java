package cofferdam.analysis.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Bytes of pieces, joined: first some that were searched already, then those that were not. */
final class SeamBuffer {

    /** How many bytes are searched at once, and so many times the reach. */
    private static final int SIZE = 1 << 16;

    private static final int TIMES_REACH = 4;

    private final int reach;
    private final List<Part> parts = new ArrayList<>();
    private byte[] bytes = {};
    private int size;
    private int context;

    /** The bytes of a piece, from one on, that begin here. */
    private record Part(int begin, Seams.Piece piece, long skipped) {}

    SeamBuffer(int reach) {
        this.reach = reach;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Whether it is time to search it. */
    boolean isFull() {
        return size >= Math.max(SIZE, TIMES_REACH * (long) reach);
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    /** How many bytes at its beginning were searched already. */
    int context() {
        return context;
    }

    /** Where its first byte lies in the order that is joined. */
    long at() {
        Part first = parts.getFirst();
        return first.piece().at() + first.skipped() - first.begin();
    }

    /** Says that all bytes so far were searched already. */
    void endContext() {
        context = size;
    }

    void append(Seams.Piece piece, long skipped, int count) throws IOException {
        if (bytes.length < size + count) {
            bytes = Arrays.copyOf(bytes, Math.max(size + count, 2 * bytes.length));
        }
        try {
            piece.source().read(piece.start() + skipped, bytes, size, count);
        } catch (IOException e) {
            clear();
            throw e;
        }
        parts.add(new Part(size, piece, skipped));
        size += count;
    }

    void clear() {
        parts.clear();
        size = 0;
        context = 0;
    }

    /** Forgets all but the last bytes, which a match may begin in that ends behind them. */
    void keepTail() {
        int dropped = Math.max(0, size - reach);
        List<Part> kept = new ArrayList<>(parts.subList(partOf(dropped), parts.size()));
        System.arraycopy(bytes, dropped, bytes, 0, size - dropped);
        parts.clear();
        for (Part part : kept) {
            parts.add(new Part(part.begin() - dropped, part.piece(), part.skipped()));
        }
        size -= dropped;
        context = size;
    }

    /** Whether pieces meet in this range that do not follow each other in their source. */
    boolean hasBorder(int start, int end) {
        int last = partOf(end - 1);
        for (int i = partOf(start); i < last; i++) {
            Part part = parts.get(i);
            if (!part.piece().goesOnWith(parts.get(i + 1).piece())) {
                return true;
            }
        }
        return false;
    }

    /** A number for a byte, the same for the same byte of the same source. */
    long placeOf(int index) {
        Part part = parts.get(partOf(index));
        return part.piece().place(part.skipped() + index - part.begin());
    }

    /** Where in its source a byte lies. */
    long offsetOf(int index) {
        Part part = parts.get(partOf(index));
        return part.piece().start() + part.skipped() + index - part.begin();
    }

    private int partOf(int index) {
        int low = 0;
        int high = parts.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (parts.get(middle).begin() <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
