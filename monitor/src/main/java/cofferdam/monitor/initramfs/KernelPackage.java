package cofferdam.monitor.initramfs;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/**
 * A kernel on its way from a package into the folder of kernels. It lies beside its place until
 * {@link #keep} moves it there in one step; if that does not happen, {@link #close} removes it. Only
 * the kernel and its modules are taken, and only as plain files: an archive is somebody else's, so no
 * link is ever made and a name that leads out of the folder ends it all.
 */
public final class KernelPackage implements AutoCloseable {

    /** How much a kernel may have on the disk, in bytes: a full one of Debian has 400 MB. */
    private static final long LIMIT = 2L << 30;

    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_NAME = 255;
    private static final int PADDING_LIMIT = 1 << 20;
    private static final List<String> MODULES = List.of("lib/modules/", "usr/lib/modules/");
    private static final String IMAGE = "boot/vmlinuz-";

    private final Path kernels;
    private final Path place;
    private long written;

    private KernelPackage(Path kernels, Path place) {
        this.kernels = kernels;
        this.place = place;
    }

    /**
     * Unpacks a package's files.
     *
     * @param tar the archive in the package, not compressed, as {@code dpkg-deb --fsys-tarfile}
     *     writes it; read to its end, not closed
     * @param kernels the folder of kernels, which is made if it is not there
     * @throws UnusablePartException if the archive is damaged, hostile or too large
     * @throws IOException if it cannot be read, or the folder not be written to
     */
    public static KernelPackage unpack(InputStream tar, Path kernels)
            throws IOException, UnusablePartException {
        Files.createDirectories(kernels);
        KernelPackage unpacked =
                new KernelPackage(kernels, Files.createTempDirectory(kernels, ".unpacking-"));
        boolean complete = false;
        try {
            unpacked.takeAll(new TarReader(tar));
            // What packed it gets to its end, unless more follows than any padding.
            tar.readNBytes(PADDING_LIMIT);
            complete = true;
            return unpacked;
        } finally {
            if (!complete) {
                unpacked.close();
            }
        }
    }

    /**
     * Puts the kernel into its place, the folder of its version, unless there is one already.
     *
     * @return the kernel that is there now
     * @throws UnusablePartException if the package had no kernel that a guest could use, or what is
     *     in its place is not usable
     * @throws IOException if it cannot be moved
     */
    public GuestKernel keep() throws IOException, UnusablePartException {
        GuestKernel kernel = in(place);
        Path target = kernels.resolve(kernel.version());
        if (!Files.exists(target)) {
            Files.move(place, target, StandardCopyOption.ATOMIC_MOVE);
        }
        return in(target);
    }

    /** The one kernel in a folder, with the modules that came with it and no others. */
    private static GuestKernel in(Path folder) throws IOException, UnusablePartException {
        Path boot = folder.resolve("boot");
        List<Path> images = List.of();
        if (Files.isDirectory(boot)) {
            try (var all = Files.list(boot)) {
                images = all.sorted().toList();
            }
        }
        if (images.size() != 1) {
            throw new UnusablePartException(
                    "it has %d kernels (boot/vmlinuz-*) and not one".formatted(images.size()));
        }
        return new GuestKernels(folder, folder).at(images.getFirst(), Optional.empty());
    }

    private void takeAll(TarReader tar) throws IOException, UnusablePartException {
        for (Optional<TarReader.Member> next = tar.next(); next.isPresent(); next = tar.next()) {
            TarReader.Member member = next.get();
            String name = checkedName(member.name());
            if (isWanted(name)) {
                take(tar, member, place.resolve(name));
            }
        }
    }

    private void take(TarReader tar, TarReader.Member member, Path target)
            throws IOException, UnusablePartException {
        switch (member.type()) {
            case DIRECTORY -> Files.createDirectories(target);
            case FILE -> write(tar, member, target);
            case OTHER -> {} // such as the link from modules to their sources
        }
    }

    private void write(TarReader tar, TarReader.Member member, Path target)
            throws IOException, UnusablePartException {
        if (member.size() > LIMIT - written) {
            throw new UnusablePartException(
                    "the package has more than %d bytes of kernel".formatted(LIMIT));
        }
        written += member.size();
        Path folder = target.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        byte[] buffer = new byte[BUFFER];
        try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
            for (long left = member.size(); left > 0; ) {
                int count = tar.read(buffer, (int) Math.min(buffer.length, left));
                out.write(buffer, 0, count);
                left -= count;
            }
        }
    }

    /** The name without the leading {@code ./} of packages. */
    private static String checkedName(String name) throws UnusablePartException {
        String relative = name.startsWith("./") ? name.substring(2) : name;
        String plain =
                relative.endsWith("/") ? relative.substring(0, relative.length() - 1) : relative;
        boolean harmless = plain.isEmpty()
                || List.of(plain.split("/", -1)).stream().allMatch(KernelPackage::isHarmless);
        if (!harmless) {
            throw new UnusablePartException(
                    "the package has a file under a name that is not allowed: '%s'"
                            .formatted(name));
        }
        return plain;
    }

    private static boolean isHarmless(String part) {
        return !part.isEmpty()
                && part.length() <= LONGEST_NAME
                && !part.equals(".")
                && !part.equals("..")
                && part.chars().noneMatch(Character::isISOControl);
    }

    private static boolean isWanted(String name) {
        boolean image = name.startsWith(IMAGE) && name.indexOf('/', IMAGE.length()) < 0;
        boolean plain = name.chars().allMatch(character -> character < 0x7f);
        return plain && (image || MODULES.stream().anyMatch(name::startsWith));
    }

    /** Removes what was not kept. */
    @Override
    public void close() throws IOException {
        if (Files.exists(place)) {
            Files.walkFileTree(place, new Removal());
        }
    }

    /** Removes a folder with all that is in it; follows no links. */
    private static final class Removal extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
                throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
