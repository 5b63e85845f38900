package cofferdam.analysis.regex;

import java.util.BitSet;

/**
 * A set of byte values.
 *
 * @param w0 values 0 to 63, the lowest bit for the lowest value
 * @param w1 values 64 to 127
 * @param w2 values 128 to 191
 * @param w3 values 192 to 255
 */
record ByteSet(long w0, long w1, long w2, long w3) {

    static final ByteSet NONE = new ByteSet(0, 0, 0, 0);
    static final ByteSet ALL = new ByteSet(-1, -1, -1, -1);

    static ByteSet range(int first, int last) {
        var bits = new BitSet(256);
        bits.set(first, last + 1);
        return of(bits);
    }

    static ByteSet of(int value) {
        return range(value, value);
    }

    /** Both cases of every ASCII letter in it as well. */
    ByteSet folded() {
        BitSet bits = bits();
        for (int lower = 'a'; lower <= 'z'; lower++) {
            int upper = lower - 'a' + 'A';
            if (contains(lower) || contains(upper)) {
                bits.set(lower);
                bits.set(upper);
            }
        }
        return of(bits);
    }

    ByteSet or(ByteSet other) {
        return new ByteSet(w0 | other.w0, w1 | other.w1, w2 | other.w2, w3 | other.w3);
    }

    ByteSet not() {
        return new ByteSet(~w0, ~w1, ~w2, ~w3);
    }

    boolean contains(int value) {
        long word = value < 128 ? value < 64 ? w0 : w1 : value < 192 ? w2 : w3;
        return (word >>> (value & 63) & 1) != 0;
    }

    int size() {
        return Long.bitCount(w0) + Long.bitCount(w1) + Long.bitCount(w2) + Long.bitCount(w3);
    }

    BitSet bits() {
        return BitSet.valueOf(new long[] {w0, w1, w2, w3});
    }

    private static ByteSet of(BitSet bits) {
        long[] words = new long[4];
        long[] given = bits.toLongArray();
        System.arraycopy(given, 0, words, 0, given.length);
        return new ByteSet(words[0], words[1], words[2], words[3]);
    }
}
