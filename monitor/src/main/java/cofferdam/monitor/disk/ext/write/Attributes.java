package cofferdam.monitor.disk.ext.write;

/**
 * Who may do what with a file.
 *
 * @param permissions the twelve lowest bits of a POSIX mode
 * @param user the owner's number
 * @param group the group's number
 */
public record Attributes(int permissions, int user, int group) {

    /** What root gives its files: {@code rw-r--r--}. */
    public static final Attributes ROOT_FILE = new Attributes(0644, 0, 0);

    /** What root gives its directories: {@code rwxr-xr-x}. */
    public static final Attributes ROOT_DIRECTORY = new Attributes(0755, 0, 0);

    public Attributes {
        if ((permissions & ~07777) != 0) {
            throw new IllegalArgumentException(
                    "permissions %o have more than twelve bits".formatted(permissions));
        }
    }
}
