package cofferdam.analysis.search;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/**
 * Bytes to find. Where case is ignored, a letter is compared with the bit of its case set on both
 * sides, and other bytes as they are.
 *
 * @param bytes with letters in lower case, if case is ignored
 * @param masks what is set in a byte of the text before it is compared: the bit of case, or nothing
 * @param first index of the byte that is probed first, the rarest
 * @param second index of the byte that is probed next, the rarest of the others
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Literal(byte[] bytes, byte[] masks, int first, int second) {

    /** The bit in which ASCII's lower-case letters differ from its upper-case ones. */
    private static final int CASE = 0x20;

    /**
     * The bytes that text, programs and empty space are full of, the most frequent first; all others
     * are rarer. Only speed depends on it.
     */
    private static final String FREQUENT =
            "\0 etaoinsrhldcu\u00ffmpfg\nyb0w1.v,2k_-/\":)(=x3;\t458AESTICNRDLPMO6B7F9'>j<GUH";

    private static final int[] RANK = new int[256];

    static {
        for (int i = 0; i < FREQUENT.length(); i++) {
            RANK[FREQUENT.charAt(i)] = FREQUENT.length() - i;
        }
    }

    static Literal of(byte[] given, boolean ignoreCase) {
        byte[] bytes = given.clone();
        byte[] masks = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            int lower = bytes[i] | CASE;
            if (ignoreCase && lower >= 'a' && lower <= 'z') {
                bytes[i] = (byte) lower;
                masks[i] = CASE;
            }
        }
        int first = rarest(bytes, masks, -1);
        int second = bytes.length == 1 ? first : rarest(bytes, masks, first);
        return new Literal(bytes, masks, first, second);
    }

    int length() {
        return bytes.length;
    }

    /** Whether case is of account in none of its bytes. */
    boolean exact() {
        for (byte mask : masks) {
            if (mask != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether it stands at this place, which must leave room for it. */
    boolean standsAt(MemorySegment text, long start) {
        for (int i = 0; i < bytes.length; i++) {
            if ((text.get(JAVA_BYTE, start + i) | masks[i]) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether it stands at this place, which must leave room for it. */
    boolean standsAt(byte[] text, int start) {
        for (int i = 0; i < bytes.length; i++) {
            if ((text[start + i] | masks[i]) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /** A letter in either case is about as frequent as both. */
    private static int rarest(byte[] bytes, byte[] masks, int but) {
        int best = -1;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < bytes.length; i++) {
            int value = Byte.toUnsignedInt(bytes[i]);
            int rank = RANK[value] + (masks[i] == 0 ? 0 : RANK[value ^ CASE] + 1);
            if (i != but && rank < least) {
                best = i;
                least = rank;
            }
        }
        return best;
    }
}
