package cofferdam.monitor.initramfs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/**
 * A cpio archive in the "newc" format, as Linux unpacks it at boot. The same calls give the same
 * bytes: times are 0, owners are root, inode numbers follow the order of the calls.
 *
 * <p>Source: Linux, Documentation/driver-api/early-userspace/buffer-format.rst; cpio(5).
 */
public final class CpioArchive {

    /** The largest archive, in bytes before compression: a guest has as little as 128 MiB. */
    public static final int LIMIT = 64 << 20;

    private static final String MAGIC = "070701";
    private static final String TRAILER = "TRAILER!!!";
    private static final int ALIGNMENT = 4;
    private static final int LONGEST_PATH = 1024;
    private static final int PERMISSION_BITS = 07777;
    private static final int MAJOR_LIMIT = 1 << 12;
    private static final int MINOR_LIMIT = 1 << 20;
    private static final int REGULAR_FILE = 0100000;
    private static final int DIRECTORY = 0040000;
    private static final int CHARACTER_DEVICE = 0020000;
    private static final int SYMBOLIC_LINK = 0120000;
    private static final int DIRECTORY_PERMISSIONS = 0755;
    private static final int LINK_PERMISSIONS = 0777;
    private static final byte[] NOTHING = {};

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Set<String> directories = new HashSet<>();
    private final Set<String> paths = new HashSet<>();
    private int nextInode = 1;

    /** An archive with nothing in it. */
    public CpioArchive() {
        // The fields begin empty.
    }

    /** A device's number: major and minor, 0 for everything that is no device. */
    private record Device(int major, int minor) {

        static final Device NONE = new Device(0, 0);

        Device {
            if (major < 0 || major >= MAJOR_LIMIT || minor < 0 || minor >= MINOR_LIMIT) {
                throw new IllegalArgumentException(
                        "no device has the number %d:%d".formatted(major, minor));
            }
        }
    }

    /**
     * Adds a folder, and the folders above it that are not there yet (mode 0755). A folder that is
     * there already stays as it is.
     *
     * @param path relative, names separated by {@code /}, such as {@code etc/network}
     * @param permissions the lower twelve bits of the mode
     * @throws IllegalArgumentException if the path is not of that form or taken by something else
     */
    public CpioArchive directory(String path, int permissions) {
        if (directories.contains(path)) {
            return this;
        }
        add(path, DIRECTORY | checked(permissions), Device.NONE, NOTHING);
        directories.add(path);
        return this;
    }

    /**
     * Adds a file, and the folders above it that are not there yet.
     *
     * @throws IllegalArgumentException if the path is not relative or taken
     */
    public CpioArchive file(String path, int permissions, byte[] content) {
        return add(path, REGULAR_FILE | checked(permissions), Device.NONE, content);
    }

    /**
     * Adds a symbolic link, and the folders above it that are not there yet.
     *
     * @throws IllegalArgumentException if the path is not relative or taken
     */
    public CpioArchive symbolicLink(String path, String target) {
        byte[] content = target.getBytes(StandardCharsets.UTF_8);
        return add(path, SYMBOLIC_LINK | LINK_PERMISSIONS, Device.NONE, content);
    }

    /**
     * Adds a character device, such as {@code dev/console} with 5:1, and the folders above it that
     * are not there yet.
     *
     * @throws IllegalArgumentException if the path is not relative or taken, or no device has that
     *     number
     */
    public CpioArchive characterDevice(String path, int permissions, int major, int minor) {
        Device device = new Device(major, minor);
        return add(path, CHARACTER_DEVICE | checked(permissions), device, NOTHING);
    }

    /** The archive as it is by now, with its end mark. */
    public byte[] bytes() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream(out.size() + 128);
        whole.writeBytes(out.toByteArray());
        writeMember(whole, 0, TRAILER, 0, Device.NONE, NOTHING);
        return whole.toByteArray();
    }

    /** The same, compressed with gzip (RFC 1952), without a time. */
    public byte[] compressed() {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    private CpioArchive add(String path, int mode, Device device, byte[] content) {
        requireForm(path);
        addParents(path);
        if (!paths.add(path)) {
            throw new IllegalArgumentException("'%s' is in the archive already".formatted(path));
        }
        if (content.length > LIMIT - out.size()) {
            throw new IllegalArgumentException(
                    "'%s' has %d bytes, and an archive may have %d, %d of which are used"
                            .formatted(path, content.length, LIMIT, out.size()));
        }
        writeMember(out, nextInode, path, mode, device, content);
        nextInode++;
        return this;
    }

    /** The kernel makes no folder that is not in the archive. */
    private void addParents(String path) {
        int slash = path.lastIndexOf('/');
        if (slash > 0) {
            directory(path.substring(0, slash), DIRECTORY_PERMISSIONS);
        }
    }

    private static void requireForm(String path) {
        boolean wellFormed = path.length() <= LONGEST_PATH
                && path.indexOf('\0') < 0
                && !path.equals(TRAILER)
                && List.of(path.split("/", -1)).stream()
                        .noneMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."));
        if (!wellFormed) {
            throw new IllegalArgumentException(
                    "'%s' is no relative path that an archive can hold".formatted(path));
        }
    }

    private static int checked(int permissions) {
        if ((permissions & ~PERMISSION_BITS) != 0) {
            throw new IllegalArgumentException("%o is more than permissions, which are %o at most"
                    .formatted(permissions, PERMISSION_BITS));
        }
        return permissions;
    }

    private static void writeMember(
            ByteArrayOutputStream to,
            int inode,
            String path,
            int mode,
            Device device,
            byte[] content) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        int links = (mode & DIRECTORY) == DIRECTORY ? 2 : 1;
        int[] fields = {
            inode,
            mode,
            0, // owner
            0, // group
            links,
            0, // time of change
            content.length,
            0, // major number of the device that it came from
            0, // minor number
            device.major(),
            device.minor(),
            name.length + 1,
            0 // checksum, which this format does not have
        };
        StringBuilder header = new StringBuilder(MAGIC);
        for (int field : fields) {
            header.append(String.format(Locale.ROOT, "%08x", field));
        }
        to.writeBytes(header.toString().getBytes(StandardCharsets.US_ASCII));
        to.writeBytes(name);
        to.write(0);
        align(to);
        to.writeBytes(content);
        align(to);
    }

    private static void align(ByteArrayOutputStream to) {
        while (to.size() % ALIGNMENT != 0) {
            to.write(0);
        }
    }
}
