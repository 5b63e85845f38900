package cofferdam.monitor.disk.fat;

import org.jspecify.annotations.Nullable;

/**
 * Gathers the parts of a long name, of 13 UTF-16 characters each, which come before their entry with the
 * last part first (FATGEN, "FAT Long Directory Entries"). Those of a deleted file have lost their
 * numbers, so that their order and their checksum must do.
 */
final class LongName {

    /** The longest name: 20 parts, of which 255 characters count. */
    private static final int MAXIMUM_PARTS = 20;

    private static final int LAST_PART = 0x40;
    private static final int NUMBER = 0x3f;
    private static final int CHECKSUM_OFFSET = 13;
    private static final int[] CHARACTERS = {1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30};
    private static final char FILLING = '\uffff';

    private final StringBuilder name = new StringBuilder();
    private int parts;
    private int nextNumber;
    private int checksum;
    private boolean deleted;
    private boolean broken;

    /** Takes the part that begins there. */
    void add(byte[] bytes, int at) {
        int first = bytes[at] & 0xff;
        int sum = bytes[at + CHECKSUM_OFFSET] & 0xff;
        if (first == ShortName.DELETED) {
            addDeleted(bytes, at, sum);
            return;
        }
        if ((first & LAST_PART) != 0) {
            boolean orphans = parts > 0 && !deleted;
            clear();
            broken = orphans;
            nextNumber = first & NUMBER;
            checksum = sum;
        }
        boolean fits = !deleted && (first & NUMBER) == nextNumber && checksum == sum;
        if (!fits || nextNumber == 0 || nextNumber > MAXIMUM_PARTS) {
            clear();
            broken = true;
            return;
        }
        nextNumber--;
        prepend(bytes, at);
    }

    private void addDeleted(byte[] bytes, int at, int sum) {
        boolean begins = !deleted || sum != checksum || parts == MAXIMUM_PARTS || ends(bytes, at);
        if (begins) {
            clear();
            deleted = true;
            checksum = sum;
        }
        prepend(bytes, at);
    }

    /** Whether a part is the last of its name, as it has the zero that ends it. */
    private static boolean ends(byte[] bytes, int at) {
        for (int offset : CHARACTERS) {
            if (bytes[at + offset] == 0 && bytes[at + offset + 1] == 0) {
                return true;
            }
        }
        return false;
    }

    private void prepend(byte[] bytes, int at) {
        StringBuilder part = new StringBuilder();
        for (int offset : CHARACTERS) {
            char letter =
                    (char) ((bytes[at + offset] & 0xff) | ((bytes[at + offset + 1] & 0xff) << 8));
            if (letter == 0 || letter == FILLING) {
                break;
            }
            part.append(letter);
        }
        name.insert(0, part);
        parts++;
    }

    /** The name, if it belongs to the short entry that begins there; parts are gone after this. */
    @Nullable
    String takeFor(byte[] bytes, int at) {
        boolean wasDeleted = (bytes[at] & 0xff) == ShortName.DELETED;
        boolean belongs = parts > 0
                && deleted == wasDeleted
                && (deleted
                        ? ShortName.canHaveHad(bytes, at, checksum)
                        : nextNumber == 0 && checksum == ShortName.checksum(bytes, at));
        boolean orphans = !belongs && parts > 0 && !deleted;
        String taken = belongs && !name.isEmpty() ? name.toString() : null;
        boolean wasBroken = broken;
        clear();
        broken = wasBroken || orphans;
        return taken;
    }

    /** Whether parts that nothing deleted were found without their entry since this was last asked. */
    boolean takeBroken() {
        boolean was = broken;
        broken = false;
        return was;
    }

    private void clear() {
        name.setLength(0);
        parts = 0;
        nextNumber = 0;
        checksum = 0;
        deleted = false;
    }
}
