package cofferdam.monitor.initramfs;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where kernels for guests come from: first the folder into which {@code cofferdam guest-kernel}
 * unpacks them, then the kernels of this computer, if they may be read; of each the newest.
 *
 * <p>That folder is {@code $XDG_DATA_HOME/cofferdam/kernels}, by default {@code
 * ~/.local/share/cofferdam/kernels} (XDG Base Directory Specification 0.8). It has a folder for each
 * version with {@code boot} and {@code lib/modules} in it, as in a package.
 */
public final class GuestKernels {

    /** What a guest needs of its kernel: its disk, its network interface, and the relay's bridge. */
    private static final List<String> NEEDED_MODULES =
            List.of("virtio_pci", "virtio_net", "virtio_blk", "bridge");

    private static final List<Path> MODULE_FOLDERS =
            List.of(Path.of("lib", "modules"), Path.of("usr", "lib", "modules"));
    private static final String IMAGES = "vmlinuz-*";
    private static final Comparator<GuestKernel> NEWEST_FIRST =
            Comparator.comparing(GuestKernel::version, new VersionOrder()).reversed();

    private final Path unpacked;
    private final Path root;

    /**
     * Kernels in these places.
     *
     * @param unpacked a folder with a folder for each kernel
     * @param root the root of the file system of a computer
     */
    public GuestKernels(Path unpacked, Path root) {
        this.unpacked = unpacked;
        this.root = root;
    }

    /** Those that this user can start guests with. */
    public static GuestKernels ofUser() {
        return new GuestKernels(folder(), Path.of("/"));
    }

    /** Where this user's unpacked kernels are. */
    public static Path folder() {
        return folder(System.getenv(), System.getProperty("user.home", ""));
    }

    /** The specification has a relative {@code XDG_DATA_HOME} ignored. */
    static Path folder(Map<String, String> environment, String home) {
        Path base = Path.of(home, ".local", "share");
        try {
            Path named = Path.of(environment.getOrDefault("XDG_DATA_HOME", ""));
            base = named.isAbsolute() ? named : base;
        } catch (InvalidPathException notAFolder) {
            // As if it were not there, like a relative one.
        }
        return base.resolve("cofferdam").resolve("kernels");
    }

    /**
     * The kernel in that file. Its modules are in the given folder, or else beside it as in a
     * package, {@code ../lib/modules/VERSION}, or else those of this computer for that version.
     *
     * @throws UnusablePartException if it is no kernel, or a module that every guest needs is neither
     *     there nor built in
     */
    public GuestKernel at(Path image, Optional<Path> modules) throws UnusablePartException {
        String version = KernelImage.version(image);
        List<Path> places = modules.map(List::of).orElseGet(() -> besides(image, version));
        Path folder = places.stream()
                .filter(place -> Files.isDirectory(place.resolve("kernel")))
                .findFirst()
                .orElseThrow(() -> new UnusablePartException(
                        "the kernel %s (%s) has no modules: there is no %s"
                                .formatted(image, version, places.getFirst().resolve("kernel"))));
        ModuleFolder.open(folder).plan(NEEDED_MODULES).complete();
        return new GuestKernel(image, folder, version);
    }

    private List<Path> besides(Path image, String version) {
        List<Path> places = new ArrayList<>();
        Path folder = image.toAbsolutePath().normalize().getParent();
        Path above = folder == null ? null : folder.getParent();
        for (Path modules : MODULE_FOLDERS) {
            if (above != null) {
                places.add(above.resolve(modules).resolve(version));
            }
        }
        MODULE_FOLDERS.forEach(modules -> places.add(root.resolve(modules).resolve(version)));
        return places;
    }

    /**
     * The one that a guest is started with unless somebody says otherwise.
     *
     * @throws UnusablePartException if there is none
     */
    public GuestKernel find() throws UnusablePartException {
        List<String> reasons = new ArrayList<>();
        List<Path> folders = new ArrayList<>();
        for (Path kernel : members(unpacked, "[!.]*")) {
            folders.add(kernel.resolve("boot"));
        }
        Optional<GuestKernel> found = newest(folders, reasons);
        if (found.isEmpty()) {
            found = newest(List.of(root.resolve("boot")), reasons);
        }
        return found.orElseThrow(() -> new UnusablePartException(none(reasons)));
    }

    private static String none(List<String> reasons) {
        String help = "fetch one with 'cofferdam guest-kernel'";
        return reasons.isEmpty()
                ? "there is no kernel for guests: " + help
                : "there is no usable kernel for guests (%s): %s"
                        .formatted(reasons.getFirst(), help);
    }

    /** Only as many are looked into as it takes to find one that is usable. */
    private Optional<GuestKernel> newest(List<Path> folders, List<String> reasons) {
        List<GuestKernel> images = new ArrayList<>();
        for (Path folder : folders) {
            for (Path image : members(folder, IMAGES)) {
                try {
                    images.add(new GuestKernel(image, folder, KernelImage.version(image)));
                } catch (UnusablePartException e) {
                    reasons.add(e.getMessage());
                }
            }
        }
        images.sort(NEWEST_FIRST);
        for (GuestKernel kernel : images) {
            try {
                return Optional.of(at(kernel.image(), Optional.empty()));
            } catch (UnusablePartException e) {
                reasons.add(e.getMessage());
            }
        }
        return Optional.empty();
    }

    /**
     * The kernel of User-mode Linux, which is a program, as Debian's package has it.
     *
     * @throws UnusablePartException if it is not installed
     */
    public GuestKernel userMode() throws UnusablePartException {
        Path program = root.resolve(Path.of("usr", "bin", "linux.uml"));
        String install = "install the package user-mode-linux";
        if (!Files.isExecutable(program)) {
            throw new UnusablePartException("there is no %s: %s".formatted(program, install));
        }
        Path modules = root.resolve(Path.of("usr", "lib", "uml", "modules"));
        Path newest = members(modules, "[0-9]*").stream()
                .max(Comparator.comparing(
                        folder -> folder.getFileName().toString(), new VersionOrder()))
                .orElseThrow(() -> new UnusablePartException(
                        "there are no modules in %s: %s".formatted(modules, install)));
        return new GuestKernel(program, newest, newest.getFileName().toString());
    }

    /** What is in a folder under such a name, in order; nothing if the folder cannot be read. */
    private static List<Path> members(Path folder, String pattern) {
        List<Path> members = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return members;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, pattern)) {
            all.forEach(members::add);
        } catch (IOException | DirectoryIteratorException unreadable) {
            return List.of();
        }
        members.sort(null);
        return members;
    }
}
