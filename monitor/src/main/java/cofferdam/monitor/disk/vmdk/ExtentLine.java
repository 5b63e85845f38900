package cofferdam.monitor.disk.vmdk;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.Reference;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of the descriptor that accounts for a run of the disk, such as {@code RW 4192256 SPARSE
 * "disk-s001.vmdk"}; after "The Extent Descriptions".
 *
 * @param length in bytes
 * @param name of the file, as it is; empty for {@link Type#ZERO}
 * @param start where the run begins in a flat file, in bytes
 */
record ExtentLine(boolean readable, long length, Type type, String name, long start) {

    /** How the file has the run. */
    enum Type {
        FLAT,
        SPARSE,
        ZERO,
        /** A device of the host: raw device mappings and whole disks. */
        DEVICE,
        /** COWD or seSparse extents, or what nobody knows. */
        UNREAD
    }

    private static final Pattern BEGINNING =
            Pattern.compile("^(RW|RDONLY|NOACCESS)\\s", Pattern.CASE_INSENSITIVE);

    private static final Pattern LINE = Pattern.compile(
            "^(RW|RDONLY|NOACCESS)\\s+(\\d{1,18})\\s+([A-Za-z0-9]{1,32})"
                    + "(?:\\s+\"([^\"]*)\"(?:\\s+(\\d{1,18}))?)?.*$",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern DEVICE_NAME =
            Pattern.compile("^(/dev/|[/\\\\]{2}[.?][/\\\\]).*", Pattern.CASE_INSENSITIVE);

    private static final long MOST_SECTORS = Long.MAX_VALUE / BlockDevice.SECTOR;

    /** Whether the line begins as one about an extent does, well formed or not. */
    static boolean begins(String line) {
        return BEGINNING.matcher(line).lookingAt();
    }

    /** The line; empty if it is not well formed. */
    static Optional<ExtentLine> of(String line) {
        Matcher fields = LINE.matcher(line);
        if (!fields.matches()) {
            return Optional.empty();
        }
        String name = fields.group(4) == null ? "" : fields.group(4);
        Type type = type(fields.group(3), name);
        long sectors = Long.parseLong(fields.group(2));
        long start = fields.group(5) == null ? 0 : Long.parseLong(fields.group(5));
        boolean needsName = type != Type.ZERO;
        if (sectors > MOST_SECTORS
                || start > MOST_SECTORS - sectors
                || (needsName && name.isEmpty())
                || name.length() > Reference.LONGEST_NAME) {
            return Optional.empty();
        }
        return Optional.of(new ExtentLine(
                !fields.group(1).equalsIgnoreCase("NOACCESS"),
                sectors * BlockDevice.SECTOR,
                type,
                name,
                start * BlockDevice.SECTOR));
    }

    private static Type type(String word, String name) {
        if (DEVICE_NAME.matcher(name).matches()) {
            return Type.DEVICE;
        }
        return switch (word.toUpperCase(Locale.ROOT)) {
            case "FLAT", "VMFS" -> Type.FLAT;
            case "SPARSE" -> Type.SPARSE;
            case "ZERO" -> Type.ZERO;
            case "VMFSRDM", "VMFSRAW" -> Type.DEVICE;
            default -> Type.UNREAD;
        };
    }

    /** The file that it names. */
    Reference reference() {
        String format = type == Type.FLAT || type == Type.DEVICE ? "raw" : "vmdk";
        return new Reference(Reference.Role.EXTENT, name, format);
    }
}
