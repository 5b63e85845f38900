package cofferdam.monitor.disk.fat;

import java.util.Locale;

/**
 * The name of eight characters and three in a directory entry (FATGEN, "FAT Directory Structure").
 */
final class ShortName {

    static final int LENGTH = 11;

    /** The first octet of an entry whose file was deleted. */
    static final int DELETED = 0xe5;

    /** Stands in the first octet for 0xe5, which is a letter in some character sets. */
    private static final int REPLACED = 0x05;

    private static final int BASE = 8;
    private static final int LOWER_BASE = 0x08;
    private static final int LOWER_EXTENSION = 0x10;

    private ShortName() {}

    /**
     * The name as text, with an underscore for the first letter of a deleted one, which is lost.
     *
     * @param at where the entry begins
     */
    static String text(byte[] bytes, int at) {
        int flags = bytes[at + 12];
        String base = part(bytes, at, BASE, (flags & LOWER_BASE) != 0);
        String extension = part(bytes, at + BASE, LENGTH - BASE, (flags & LOWER_EXTENSION) != 0);
        String first = switch (bytes[at] & 0xff) {
            case DELETED -> "_" + base.substring(1);
            case REPLACED -> CodePage437.character(DELETED) + base.substring(1);
            default -> base.isEmpty() ? "_" : base;
        };
        return extension.isEmpty() ? first : first + "." + extension;
    }

    /** The name as a volume's label: eleven characters without a dot among them. */
    static String label(byte[] bytes, int at) {
        return part(bytes, at, LENGTH, false);
    }

    private static String part(byte[] bytes, int at, int length, boolean lower) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(CodePage437.character(bytes[at + i] & 0xff));
        }
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        String name = text.substring(0, end);
        return lower ? name.toLowerCase(Locale.ROOT) : name;
    }

    /** What each part of a long name bears, to show which short name it belongs to. */
    static int checksum(byte[] bytes, int at) {
        return checksum(bytes, at, bytes[at] & 0xff);
    }

    /** Whether a deleted entry, whose first octet is lost, can have had this checksum. */
    static boolean canHaveHad(byte[] bytes, int at, int checksum) {
        for (int first = '!'; first <= 0xff; first++) {
            if (checksum(bytes, at, first) == checksum) {
                return first != DELETED && "\"*+,./:;<=>?[\\]|".indexOf(first) < 0;
            }
        }
        return false;
    }

    private static int checksum(byte[] bytes, int at, int first) {
        int sum = first;
        for (int i = 1; i < LENGTH; i++) {
            sum = (((sum & 1) << 7 | sum >> 1) + (bytes[at + i] & 0xff)) & 0xff;
        }
        return sum;
    }
}
