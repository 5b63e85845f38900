package cofferdam.monitor.guest.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Readable texts that end with a number of six digits, such as {@code cofferdam page=000001}. */
final class NumberedText {

    /** The largest number. */
    static final int MAXIMUM = 999_999;

    private static final int DIGITS = 6;
    private static final int BASE = 10;

    /** The printable characters of ASCII, from space on. */
    private static final int FIRST = ' ';

    private static final int CHARACTERS = 95;

    private NumberedText() {}

    static byte[] of(String label, int number) {
        String digits = Integer.toString(number);
        String text = label + "=" + "0".repeat(DIGITS - digits.length()) + digits;
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The number after the label; -1 if it is another text. */
    static int number(String label, byte[] text) {
        int at = label.length() + 1;
        if (text.length < at + DIGITS) {
            return -1;
        }
        int number = 0;
        for (int i = at; i < at + DIGITS; i++) {
            if (text[i] < '0' || text[i] > '9') {
                return -1;
            }
            number = BASE * number + text[i] - '0';
        }
        byte[] expected = of(label, number);
        return Arrays.equals(expected, Arrays.copyOf(text, expected.length)) ? number : -1;
    }

    /** The text, and after it characters in turn (RFC 864, "ring of characters") up to the length. */
    static byte[] filled(byte[] text, int length) {
        byte[] filled = Arrays.copyOf(text, length);
        for (int i = text.length; i < length; i++) {
            filled[i] = (byte) (FIRST + i % CHARACTERS);
        }
        return filled;
    }
}
