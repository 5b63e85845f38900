package cofferdam.analysis.rules;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.zip.CRC32;

/** Checksums that some secrets carry. */
final class Checksums {

    private static final String BASE62 =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /** Digits of a checksum at the end of a token. */
    private static final int CRC_DIGITS = 6;

    private static final int KEY_GROUPS = 8;

    /** A group is 11 times a number of 16 bits. */
    private static final int GROUP_LIMIT = 11 << 16;

    private Checksums() {}

    /**
     * Whether the last six characters are the CRC-32, in base 62, of those between the prefix's
     * underscore and them.
     *
     * <p>Source: GitHub, Behind GitHub's new authentication token formats, 2021.
     */
    static boolean endsWithCrc32(byte[] match) {
        String token = new String(match, ISO_8859_1);
        int start = token.indexOf('_') + 1;
        int end = token.length() - CRC_DIGITS;
        if (end <= start) {
            return false;
        }
        var crc = new CRC32();
        crc.update(match, start, end - start);
        long value = 0;
        for (char digit : token.substring(end).toCharArray()) {
            value = value * BASE62.length() + BASE62.indexOf(digit);
        }
        return value == crc.getValue();
    }

    /**
     * Whether this is a recovery key of BitLocker: eight groups of six digits, each a multiple of 11
     * whose quotient has 16 bits. Zero bytes of UTF-16 between the digits do not matter.
     *
     * <p>Source: libyal, BitLocker Drive Encryption (BDE) format, section on recovery passwords.
     */
    static boolean isRecoveryKey(byte[] match) {
        String[] groups = new String(match, ISO_8859_1).replace("\0", "").split("-", -1);
        if (groups.length != KEY_GROUPS) {
            return false;
        }
        for (String group : groups) {
            if (!group.matches("[0-9]{6}")) {
                return false;
            }
            int value = Integer.parseInt(group);
            if (value % 11 != 0 || value >= GROUP_LIMIT) {
                return false;
            }
        }
        return true;
    }
}
