package cofferdam.monitor.disk;

import java.util.regex.Pattern;

/**
 * Another file that an image names. Whether it is opened is for whoever opens the image to decide.
 *
 * @param name as the image has it, at most 4096 characters
 * @param format the format that the image declares for it, or empty
 */
public record Reference(Role role, String name, String format) {

    /** The longest name, in characters. */
    public static final int LONGEST_NAME = 4096;

    /** A drive letter, or a scheme such as {@code nbd:}; {@code json:} is one too. */
    private static final Pattern SCHEME =
            Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);

    private static final Pattern SEPARATOR = Pattern.compile("[/\\\\]");

    /** What the other file is to the image. */
    public enum Role {
        /** What the image does not have itself is read from it: a backing file or a parent. */
        BACKING,
        /** It holds the data of the image, which has only tables: qcow2's external data file. */
        DATA,
        /** It holds a part of the image: an extent of a VMDK descriptor. */
        EXTENT
    }

    /**
     * Whether the name, taken as a path of any system, may lead out of the folder that the image is
     * in: it begins with a separator, a drive letter or a scheme, or has a component {@code ..}.
     */
    public boolean leavesFolder() {
        if (name.startsWith("/")
                || name.startsWith("\\")
                || SCHEME.matcher(name).matches()) {
            return true;
        }
        return SEPARATOR.splitAsStream(name).anyMatch(".."::equals);
    }

    /** Whether the name has neither control characters nor unpaired surrogates, as honest paths do. */
    public boolean isPlain() {
        return name.codePoints()
                .allMatch(point -> !Character.isISOControl(point)
                        && Character.getType(point) != Character.SURROGATE);
    }
}
