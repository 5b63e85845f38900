package cofferdam.analysis.rules;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;
import java.util.Locale;

/** Values that show what they are once they are decoded. */
final class EncodedValues {

    private static final String BLANK_NTLM = "31d6cfe0d16ae931b73c59d7e0c089c0";

    private EncodedValues() {}

    /** Whether this is Base64 of printable text with a colon and something behind it (RFC 7617). */
    static boolean isBasicCredentials(byte[] match) {
        String encoded = new String(match, ISO_8859_1).replaceAll("[^A-Za-z0-9+/=]", "");
        String decoded = decoded(Base64.getDecoder(), encoded);
        int colon = decoded.indexOf(':');
        return colon >= 0
                && colon < decoded.length() - 1
                && decoded.chars().allMatch(c -> c >= 0x20 && c != 0x7f)
                && !Placeholders.isPlaceholder(decoded.substring(colon + 1).getBytes(ISO_8859_1));
    }

    /** Whether the first part is a JSON object with an {@code alg} (RFC 7515, section 4.1.1). */
    static boolean isJsonWebToken(byte[] match) {
        String token = new String(match, ISO_8859_1);
        int dot = token.indexOf('.');
        String header = decoded(Base64.getUrlDecoder(), token.substring(0, Math.max(dot, 0)));
        return header.startsWith("{") && header.endsWith("}") && header.contains("\"alg\"");
    }

    static boolean isBlankNtlm(byte[] match) {
        return new String(match, ISO_8859_1).toLowerCase(Locale.ROOT).contains(BLANK_NTLM);
    }

    /** The decoded text, empty if it is not Base64. */
    private static String decoded(Base64.Decoder decoder, String encoded) {
        try {
            return new String(decoder.decode(encoded), ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
