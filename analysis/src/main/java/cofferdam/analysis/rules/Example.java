package cofferdam.analysis.rules;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Bytes that a rule must or must not find. In a file a character from U+0000 to U+00FF is a byte;
 * {@code \n}, {@code \r}, {@code \t}, {@code \\} and {@code \xHH} are the bytes that they are
 * elsewhere, and {@link #SEAM} is left out: examples are broken by it, so that whoever looks for
 * secrets in the file itself finds none.
 */
final class Example {

    /** Stands where an example is broken. */
    static final char SEAM = '\u00a6';

    private static final String ESCAPES = "nrt\\";
    private static final String ESCAPED = "\n\r\t\\";

    private final byte[] bytes;

    private Example(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Reads one; empty if it has another escape or a character that is no byte. */
    static Optional<Example> parse(String given) {
        String text = given.replace(String.valueOf(SEAM), "");
        var out = new ByteArrayOutputStream();
        int at = 0;
        while (at < text.length()) {
            int next = text.charAt(at++);
            if (next == '\\') {
                int escape = at < text.length() ? ESCAPES.indexOf(text.charAt(at)) : -1;
                boolean number = escape < 0 && isNumber(text, at);
                next = number
                        ? HexFormat.fromHexDigits(text, at + 1, at + 3)
                        : escape < 0 ? -1 : ESCAPED.charAt(escape);
                at += number ? 3 : 1;
            }
            if (next < 0 || next > 0xff) {
                return Optional.empty();
            }
            out.write(next);
        }
        return Optional.of(new Example(out.toByteArray()));
    }

    byte[] bytes() {
        return bytes.clone();
    }

    private static boolean isNumber(String text, int at) {
        return at + 2 < text.length()
                && text.charAt(at) == 'x'
                && HexFormat.isHexDigit(text.charAt(at + 1))
                && HexFormat.isHexDigit(text.charAt(at + 2));
    }
}
