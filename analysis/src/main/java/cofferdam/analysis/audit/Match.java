package cofferdam.analysis.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The bytes that a rule matched.
 *
 * @param head its first bytes, at most {@link #MAXIMUM_HEAD}, as ISO 8859-1
 * @param length of the whole match, in bytes
 * @param sha256 the first 16 hexadecimal digits of the whole match's SHA-256: enough to tell that two
 *     places hold the same secret
 */
public record Match(String head, int length, String sha256) {

    /** The most bytes of a match that are kept. */
    static final int MAXIMUM_HEAD = 200;

    private static final int MOST_SHOWN = 4;
    private static final int SHOWN_FRACTION = 4;
    private static final int HASH_BYTES = 8;

    static Match of(byte[] bytes) {
        byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, MAXIMUM_HEAD));
        byte[] hash = Arrays.copyOf(sha256(bytes), HASH_BYTES);
        return new Match(
                new String(head, StandardCharsets.ISO_8859_1),
                bytes.length,
                HexFormat.of().formatHex(hash));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * At most its first four characters, and never more than a quarter of it, then its length and
     * the digits of its hash.
     */
    public String redacted() {
        int shown = Math.min(MOST_SHOWN, head.length() / SHOWN_FRACTION);
        return "%s... (%d bytes, sha256 %s)"
                .formatted(escaped(head.substring(0, shown)), length, sha256);
    }

    /** Its first bytes as they are, with everything but printable ASCII as {@code \x1b}. */
    public String shown() {
        return escaped(head) + (length > head.length() ? "..." : "");
    }

    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.chars().forEach(octet -> {
            if (octet < ' ' || octet > '~' || octet == '\\') {
                safe.append("\\x%02x".formatted(octet));
            } else {
                safe.append((char) octet);
            }
        });
        return safe.toString();
    }
}
