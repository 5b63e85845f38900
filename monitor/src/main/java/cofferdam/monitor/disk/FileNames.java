package cofferdam.monitor.disk;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Makes file names from images safe to show and to compare: UTF-8 where it is UTF-8, and every other
 * byte, every control character, line separator and direction mark, backslash and slash as an escape
 * such as {@code \x1b} or {@code \u202e}. The result never holds a slash, so a name cannot pretend to
 * be a path.
 */
public final class FileNames {

    /** Not a format string: a hostile image can have millions of characters that need an escape. */
    private static final HexFormat HEX = HexFormat.of();

    private FileNames() {}

    /** The name in these bytes of UTF-8 or anything else. */
    public static String of(byte[] name) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name));
            return of(text);
        } catch (CharacterCodingException e) {
            StringBuilder safe = new StringBuilder();
            for (byte octet : name) {
                appendOctet(safe, octet & 0xff);
            }
            return safe.toString();
        }
    }

    /** The name in these UTF-16 characters, unpaired surrogates included. */
    public static String of(CharSequence name) {
        StringBuilder safe = new StringBuilder(name.length());
        int at = 0;
        while (at < name.length()) {
            int point = Character.codePointAt(name, at);
            append(safe, point);
            at += Character.charCount(point);
        }
        return safe.toString();
    }

    private static void appendOctet(StringBuilder safe, int octet) {
        if (octet < 0x80) {
            append(safe, octet);
        } else {
            safe.append("\\x").append(HEX.toHexDigits((byte) octet));
        }
    }

    private static void append(StringBuilder safe, int point) {
        if (isPlain(point)) {
            safe.appendCodePoint(point);
        } else if (point < 0x100) {
            safe.append("\\x").append(HEX.toHexDigits((byte) point));
        } else if (point <= 0xffff) {
            safe.append("\\u").append(HEX.toHexDigits((char) point));
        } else {
            safe.append("\\U").append(HEX.toHexDigits(point));
        }
    }

    private static boolean isPlain(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> point != '/' && point != '\\';
        };
    }
}
