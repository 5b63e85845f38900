package cofferdam.attacks;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The word before a secret, as an adversary looks for it in bytes whose format it does not know. */
public final class Telltale {

    private static final String WORD = "password";
    private static final List<Charset> CHARSETS =
            List.of(StandardCharsets.US_ASCII, StandardCharsets.UTF_16LE);

    private Telltale() {}

    /** In words: how often it is there, and where first. */
    public static String report(byte[] bytes) {
        int count = 0;
        int first = bytes.length;
        for (Charset charset : CHARSETS) {
            byte[] wanted = WORD.getBytes(charset);
            for (int at = next(bytes, wanted, 0); at >= 0; at = next(bytes, wanted, at + 1)) {
                count++;
                first = Math.min(first, at);
            }
        }
        return count == 0
                ? "'%s' is not in %d bytes".formatted(WORD, bytes.length)
                : "'%s' is %d times in %d bytes, first at %d"
                        .formatted(WORD, count, bytes.length, first);
    }

    private static int next(byte[] bytes, byte[] wanted, int from) {
        for (int at = from; at <= bytes.length - wanted.length; at++) {
            if (bytes[at] == wanted[0] && isAt(bytes, wanted, at)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isAt(byte[] bytes, byte[] wanted, int at) {
        for (int index = 1; index < wanted.length; index++) {
            if (bytes[at + index] != wanted[index]) {
                return false;
            }
        }
        return true;
    }
}
