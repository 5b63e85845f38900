package cofferdam.monitor.initramfs;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The initial file system of a guest: BusyBox under all its names in {@code /bin}, kernel modules in
 * {@code /lib/modules} with their order in {@code /etc/modules}, and what the caller adds, such as
 * {@code /init}. The same parts give the same bytes.
 */
public final class GuestImage {

    /** Where a guest finds the files of its modules, one a line, in the order of loading. */
    public static final String MODULE_LIST = "/etc/modules";

    private static final int PROGRAM = 0755;
    private static final int DATA = 0644;
    private static final int FOLDER = 0755;
    private static final int FOR_ALL = 01777;
    private static final int CONSOLE = 0600;
    private static final int DEVICE = 0666;

    private GuestImage() {}

    /**
     * Puts one together, compressed with gzip.
     *
     * @param modules in the order of loading
     * @param files by absolute path, such as {@code /init}; folders are made
     * @throws UnusablePartException if a module cannot be read
     * @throws IllegalArgumentException if a path is taken or no path
     */
    public static byte[] build(
            BusyBox busyBox, List<KernelModule> modules, Map<String, GuestFile> files)
            throws UnusablePartException {
        CpioArchive archive = new CpioArchive();
        addFolders(archive);
        addBusyBox(archive, busyBox);
        addModules(archive, modules);
        new TreeMap<>(files)
                .forEach((path, file) ->
                        archive.file(relative(path), file.permissions(), file.content()));
        return archive.compressed();
    }

    /** The kernel opens /dev/console for /init before anything could mount a file system on /dev. */
    private static void addFolders(CpioArchive archive) {
        for (String folder :
                List.of("bin", "dev", "etc", "lib", "mnt", "proc", "root", "run", "sys")) {
            archive.directory(folder, FOLDER);
        }
        archive.directory("tmp", FOR_ALL)
                .characterDevice("dev/console", CONSOLE, 5, 1)
                .characterDevice("dev/null", DEVICE, 1, 3)
                .characterDevice("dev/zero", DEVICE, 1, 5)
                .characterDevice("dev/urandom", DEVICE, 1, 9);
    }

    private static void addBusyBox(CpioArchive archive, BusyBox busyBox) {
        archive.file("bin/busybox", PROGRAM, busyBox.content());
        busyBox.applets().stream()
                .filter(applet -> !applet.equals("busybox"))
                .forEach(applet -> archive.symbolicLink("bin/" + applet, "busybox"));
    }

    private static void addModules(CpioArchive archive, List<KernelModule> modules)
            throws UnusablePartException {
        StringBuilder order = new StringBuilder();
        for (KernelModule module : modules) {
            String path = "lib/modules/" + module.name() + ".ko";
            archive.file(path, DATA, module.content());
            order.append('/').append(path).append('\n');
        }
        archive.file(
                relative(MODULE_LIST), DATA, GuestFile.text(order.toString()).content());
    }

    private static String relative(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("'%s' is not absolute".formatted(path));
        }
        return path.substring(1);
    }
}
