package cofferdam.monitor.disk.fat;

import cofferdam.monitor.disk.FileNames;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A file or directory as its directory has it: 32 bytes (FATGEN, "FAT Directory Structure").
 *
 * @param name the long name if it has one, else the short; safe to show
 * @param shortName safe to show; of a label, the label
 * @param deleted whether it is marked as deleted; its content may be there still
 * @param firstCluster 0 for none
 * @param size in bytes; 0 for directories
 */
record DirectoryEntry(
        String name,
        String shortName,
        boolean deleted,
        int attributes,
        int firstCluster,
        long size) {

    static final int SIZE = 32;
    static final int ATTRIBUTES_OFFSET = 11;
    static final int LABEL = 0x08;
    static final int LONG_NAME = 0x0f;

    private static final int DIRECTORY = 0x10;
    private static final int ATTRIBUTES = 0x3f;

    static DirectoryEntry parse(
            byte[] bytes, int at, FatVariant variant, @Nullable String longName) {
        ByteBuffer entry = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int low = entry.getShort(at + 26) & 0xffff;
        int high = variant == FatVariant.FAT32 ? entry.getShort(at + 20) & 0xffff : 0;
        int attributes = bytes[at + ATTRIBUTES_OFFSET] & ATTRIBUTES;
        boolean label = (attributes & LABEL) != 0;
        String shortName =
                FileNames.of(label ? ShortName.label(bytes, at) : ShortName.text(bytes, at));
        return new DirectoryEntry(
                longName == null ? shortName : FileNames.of(longName),
                shortName,
                (bytes[at] & 0xff) == ShortName.DELETED,
                attributes,
                (high << 16) | low,
                Integer.toUnsignedLong(entry.getInt(at + 28)));
    }

    /** Whether the bytes there are a part of a long name. */
    static boolean isLongName(byte[] bytes, int at) {
        return (bytes[at + ATTRIBUTES_OFFSET] & ATTRIBUTES) == LONG_NAME;
    }

    boolean isDirectory() {
        return (attributes & DIRECTORY) != 0;
    }

    /** Whether it is the volume's label. */
    boolean isLabel() {
        return (attributes & LABEL) != 0;
    }

    /** Whether it is one of the two with which every directory but the root begins. */
    boolean isDot() {
        return isDirectory() && (shortName.equals(".") || shortName.equals(".."));
    }

    /** Whether it goes by this name, in any case. */
    boolean isNamed(String wanted) {
        return name.equalsIgnoreCase(wanted) || shortName.equalsIgnoreCase(wanted);
    }
}
