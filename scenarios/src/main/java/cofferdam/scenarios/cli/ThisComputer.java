package cofferdam.scenarios.cli;

import cofferdam.monitor.Monitor;
import cofferdam.monitor.Monitors;
import cofferdam.monitor.initramfs.BusyBox;
import cofferdam.monitor.initramfs.GuestKernel;
import cofferdam.monitor.initramfs.GuestKernels;
import cofferdam.monitor.initramfs.UnusablePartException;
import cofferdam.monitor.qemu.Accelerator;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The computer that the program runs on. */
final class ThisComputer implements Installation {

    private static final Duration PROBE_LIMIT = Duration.ofSeconds(5);

    /** Not on everybody's path, but everybody may run what is there. */
    private static final List<String> ROOTS_FOLDERS = List.of("/usr/sbin", "/sbin");

    @Override
    public List<Monitor> monitors() {
        return Monitors.all();
    }

    @Override
    public Optional<Path> program(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(
                        Stream.of(path.split(Pattern.quote(File.pathSeparator))),
                        ROOTS_FOLDERS.stream())
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> candidate(folder, name).stream())
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    private static Optional<Path> candidate(String folder, String name) {
        try {
            return Optional.of(Path.of(folder, name));
        } catch (InvalidPathException notAFolder) {
            return Optional.empty();
        }
    }

    @Override
    public Accelerator accelerator(Path qemu) {
        return Accelerator.of(qemu);
    }

    @Override
    public GuestKernel kernel() throws UnusablePartException {
        return GuestKernels.ofUser().find();
    }

    @Override
    public GuestKernel userModeKernel() throws UnusablePartException {
        return GuestKernels.ofUser().userMode();
    }

    @Override
    public BusyBox busyBox() throws UnusablePartException {
        return BusyBox.installed();
    }

    /** Settings that forbid it differ between distributions, so it is tried. */
    @Override
    public Optional<String> namespacesRefused() {
        try {
            SystemProgram.Finished tried = SystemProgram.run(
                    Path.of(System.getProperty("java.io.tmpdir")),
                    PROBE_LIMIT,
                    List.of("unshare", "--user", "--map-root-user", "--net", "true"));
            return tried.exitCode() == 0 ? Optional.empty() : Optional.of(tried.complaint());
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the probe was interrupted");
        }
    }
}
