package cofferdam.scenarios.cli;

import cofferdam.monitor.initramfs.GuestKernel;
import cofferdam.monitor.initramfs.GuestKernels;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** {@code cofferdam guest-kernel}. */
@Command(
        name = "guest-kernel",
        description = {
            "Fetch a kernel for the guests of QEMU.",
            "Downloads a kernel's package with apt, which takes no root, and unpacks the kernel and its modules into a folder of yours. Nothing is installed."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the kernel is there", "2:it cannot be had, or is none for guests"})
final class GuestKernelCommand implements Callable<Integer> {

    private static final String DEFAULT_PACKAGE = "linux-image-cloud-amd64";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--package",
            paramLabel = "NAME",
            defaultValue = DEFAULT_PACKAGE,
            description = "Which one to download (default: ${DEFAULT-VALUE}).")
    private String name;

    @Option(
            names = "--deb",
            paramLabel = "FILE",
            description = "Unpack this package of a kernel and download nothing.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Where to put it (default: cofferdam/kernels in $XDG_DATA_HOME, or in "
                    + "~/.local/share).")
    private Optional<Path> folder = Optional.empty();

    @Override
    public Integer call() throws BadInputException, InterruptedException {
        GuestKernel kernel = inWorkFolder();
        PrintWriter out = spec.commandLine().getOut();
        out.println("kernel   " + Terminal.safe(kernel.version()));
        out.println("image    " + Terminal.safe(kernel.image().toString()));
        out.println("modules  " + Terminal.safe(kernel.modules().toString()));
        return 0;
    }

    private GuestKernel inWorkFolder() throws BadInputException, InterruptedException {
        try {
            Path work = Files.createTempDirectory("cofferdam-kernel-");
            try {
                return fetched(new KernelFetch(work));
            } finally {
                remove(work);
            }
        } catch (IOException e) {
            throw new BadInputException("no folder to work in: " + e);
        }
    }

    private GuestKernel fetched(KernelFetch fetch) throws BadInputException, InterruptedException {
        Path kernels = folder.orElseGet(GuestKernels::folder).toAbsolutePath().normalize();
        if (file.isPresent()) {
            return fetch.unpack(file.get(), kernels);
        }
        String resolved = fetch.resolve(name);
        Optional<GuestKernel> present = KernelFetch.present(resolved, kernels);
        if (present.isPresent()) {
            return present.get();
        }
        spec.commandLine()
                .getErr()
                .println("cofferdam: downloading %s ...".formatted(Terminal.safe(resolved)));
        return fetch.unpack(fetch.download(resolved), kernels);
    }

    private static void remove(Path work) throws IOException {
        try (Stream<Path> files = Files.list(work)) {
            for (Path left : files.toList()) {
                Files.deleteIfExists(left);
            }
        }
        Files.delete(work);
    }
}
