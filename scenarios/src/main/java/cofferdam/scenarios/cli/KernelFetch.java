package cofferdam.scenarios.cli;

import cofferdam.monitor.initramfs.GuestKernel;
import cofferdam.monitor.initramfs.GuestKernels;
import cofferdam.monitor.initramfs.KernelPackage;
import cofferdam.monitor.initramfs.UnusablePartException;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gets a kernel's package by apt and unpacks it with dpkg's own tool. Neither needs to be root: apt
 * checks the package's hash against the archive's signed lists and writes only into the folder given.
 */
final class KernelFetch {

    private static final Duration LOOK_UP_LIMIT = Duration.ofSeconds(60);
    private static final Duration DOWNLOAD_LIMIT = Duration.ofMinutes(15);
    private static final Duration END_LIMIT = Duration.ofSeconds(60);

    /** Debian Policy, section 5.6.1: what a package may be called. */
    private static final Pattern PACKAGE = Pattern.compile("[a-z0-9][a-z0-9+.-]{1,127}");

    private static final String PREFIX = "linux-image-";
    private static final Pattern KERNEL = Pattern.compile("linux-image-[0-9].*");
    private static final Pattern DEPENDS =
            Pattern.compile("\\s*\\|?Depends: (linux-image-[0-9][a-z0-9+.-]*)");

    private final Path work;

    /** Works in that folder, which is the caller's and empty. */
    KernelFetch(Path work) {
        this.work = work;
    }

    /**
     * The name of the package that has the kernel itself: packages such as {@code
     * linux-image-cloud-amd64} have nothing in them and depend on the newest.
     *
     * @throws BadInputException if apt is not there, or knows no such kernel
     */
    String resolve(String name) throws BadInputException, InterruptedException {
        if (!PACKAGE.matcher(name).matches()) {
            throw new BadInputException("'%s' is no name of a package".formatted(name));
        }
        if (KERNEL.matcher(name).matches()) {
            return name;
        }
        SystemProgram.Finished found = apt(LOOK_UP_LIMIT, List.of("apt-cache", "depends", name));
        if (found.exitCode() != 0) {
            throw new BadInputException(
                    "apt-cache knows no package '%s' (%s); its lists are brought up to date by root with: apt-get update"
                            .formatted(name, found.complaint()));
        }
        return found.out()
                .lines()
                .map(DEPENDS::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1))
                .findFirst()
                .orElseThrow(() -> new BadInputException(
                        "the package '%s' is no kernel and depends on none".formatted(name)));
    }

    /** The kernel of that package, if it was unpacked before. */
    static Optional<GuestKernel> present(String name, Path kernels) {
        String version = name.substring(PREFIX.length());
        Path place = kernels.resolve(version);
        Path image = place.resolve("boot").resolve("vmlinuz-" + version);
        try {
            return Optional.of(new GuestKernels(kernels, place).at(image, Optional.empty()));
        } catch (UnusablePartException absent) {
            return Optional.empty();
        }
    }

    /**
     * Downloads a package.
     *
     * @return its file in the folder of work
     * @throws BadInputException if it cannot be had
     */
    Path download(String name) throws BadInputException, InterruptedException {
        SystemProgram.Finished done = apt(DOWNLOAD_LIMIT, List.of("apt-get", "download", name));
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(work, "*.deb")) {
            all.forEach(files::add);
        } catch (IOException e) {
            throw new BadInputException("'%s' cannot be read: %s".formatted(work, e));
        }
        if (done.exitCode() != 0 || files.size() != 1) {
            throw new BadInputException("the package '%s' could not be downloaded: %s"
                    .formatted(name, done.complaint()));
        }
        return files.getFirst();
    }

    private SystemProgram.Finished apt(Duration limit, List<String> command)
            throws BadInputException, InterruptedException {
        try {
            return SystemProgram.run(work, limit, command);
        } catch (IOException e) {
            throw new BadInputException(
                    "%s does not run (%s): without apt, give a kernel's package with --deb FILE"
                            .formatted(command.getFirst(), e.getMessage()));
        }
    }

    /**
     * Unpacks the kernel of a package into the folder of kernels, whole or not at all.
     *
     * @throws BadInputException if the package has no kernel that guests could use
     */
    GuestKernel unpack(Path file, Path kernels) throws BadInputException, InterruptedException {
        List<KernelPackage> unpacked = new ArrayList<>();
        List<String> command =
                List.of("dpkg-deb", "--fsys-tarfile", file.toAbsolutePath().toString());
        try {
            SystemProgram.Finished done = SystemProgram.run(
                    work,
                    END_LIMIT,
                    command,
                    tar -> unpacked.add(KernelPackage.unpack(tar, kernels)));
            if (done.exitCode() != 0) {
                throw new BadInputException(
                        "dpkg-deb cannot read '%s': %s".formatted(file, done.complaint()));
            }
            return unpacked.getFirst().keep();
        } catch (UnusablePartException | IOException e) {
            throw new BadInputException(
                    "no kernel for guests comes from '%s': %s".formatted(file, reason(e)));
        } catch (BadInputException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            remove(unpacked);
        }
    }

    private static String reason(Exception problem) {
        return Optional.ofNullable(problem.getMessage()).orElse(problem.toString());
    }

    private static void remove(List<KernelPackage> unpacked) {
        for (KernelPackage each : unpacked) {
            try {
                each.close();
            } catch (IOException e) {
                // It lies beside the kernels under a name that is never looked at.
            }
        }
    }
}
