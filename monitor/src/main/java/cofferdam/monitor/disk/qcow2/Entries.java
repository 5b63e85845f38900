package cofferdam.monitor.disk.qcow2;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.MalformedImageException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Entries of tables in a file, 8 bytes each. Safe for use by several threads. */
@FunctionalInterface
interface Entries {

    /**
     * The entry at an offset of the file, which is a multiple of 8.
     *
     * @throws IOException if it is not inside the file, or cannot be read
     */
    long at(long offset) throws IOException;

    /**
     * The entries of a file that does not change, read in pieces of 4 KiB of which so many are
     * kept: whatever tables are asked for, memory stays the same.
     */
    static Entries cached(ByteSource file, int pieces) {
        AtomicReferenceArray<@Nullable Piece> kept = new AtomicReferenceArray<>(pieces);
        return offset -> {
            long number = offset / Piece.SIZE;
            int slot = (int) Long.remainderUnsigned(number, pieces);
            Piece piece = kept.get(slot);
            if (piece == null || piece.number() != number) {
                piece = Piece.read(file, number);
                kept.set(slot, piece);
            }
            return piece.at((int) (offset % Piece.SIZE));
        };
    }

    /** A piece of a file; shorter where the file ends. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Piece(long number, byte[] bytes) {

        static final int SIZE = 4096;

        static Piece read(ByteSource file, long number) throws IOException {
            long start = number * SIZE;
            file.requireInside(start, Long.BYTES);
            int count = (int) Math.min(SIZE, file.size() - start);
            return new Piece(number, file.read(start, count));
        }

        long at(int place) throws MalformedImageException {
            if (place > bytes.length - Long.BYTES) {
                throw new MalformedImageException(
                        CommonProblem.TRUNCATED,
                        "a table entry at %d is past the end".formatted(number * SIZE + place));
            }
            return BigEndian.number(bytes, place);
        }
    }
}
