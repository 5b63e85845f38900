package cofferdam.scenarios.cli;

import cofferdam.monitor.initramfs.GuestKernel;
import cofferdam.monitor.initramfs.UnusablePartException;
import cofferdam.monitor.qemu.Accelerator;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a computer has and lacks, one finding for each thing. */
final class Diagnosis {

    private static final String INSTALL = "install: ";
    private static final String QEMU = "qemu-system-x86_64";
    private static final List<Tool> TOOLS = List.of(
            new Tool("wireshark", "opens the captures of a bundle", "wireshark"),
            new Tool(
                    "tshark", "reads captures on the command line; the tests' reference", "tshark"),
            new Tool("capinfos", "tells interfaces and counts of a capture", "tshark"),
            new Tool("qemu-img", "reads the image files of a bundle", "qemu-utils"),
            new Tool("fls", "lists what is in an image, deleted files too", "sleuthkit"),
            new Tool("mvn", "builds the program and runs its tests", "maven"));
    private static final List<Tool> LAB_TOOLS = List.of(
            new Tool("ettercap", "attacks emulated guests from outside", "ettercap-text-only"),
            new Tool("arpspoof", "attacks emulated guests from outside", "dsniff"),
            new Tool("tcpdump", "shows what an outside port sees", "tcpdump"),
            new Tool("ip", "sets up an outside port's interface", "iproute2"),
            new Tool("unshare", "gives an attacker a network of its own", "util-linux"));

    private final Installation installation;

    /**
     * A program that is of use beside Cofferdam.
     *
     * @param purpose what for
     * @param debianPackage what to install for it on Debian
     */
    private record Tool(String name, String purpose, String debianPackage) {}

    /**
     * Something that is there or not.
     *
     * @param good whether it is there and works
     * @param purpose what it is for
     * @param detail where it is, or why it does not work and what to do
     */
    record Finding(String name, boolean good, String purpose, String detail) {

        /** The command that installs it, if it is a program that is not there. */
        Optional<String> install() {
            return good || !detail.startsWith(INSTALL)
                    ? Optional.empty()
                    : Optional.of(detail.substring(INSTALL.length()));
        }
    }

    /** A part of a guest, which may be missing. */
    @FunctionalInterface
    private interface Part {

        /** Where it is. */
        String place() throws UnusablePartException;
    }

    Diagnosis(Installation installation) {
        this.installation = installation;
    }

    /** Each monitor; its purpose is its summary, its detail is empty if it works. */
    List<Finding> monitors() {
        return installation.monitors().stream()
                .map(monitor -> {
                    Optional<String> reason = monitor.unavailable();
                    return new Finding(
                            monitor.name(), reason.isEmpty(), monitor.summary(), reason.orElse(""));
                })
                .toList();
    }

    /** What guests of real monitors are started from, and by what. */
    List<Finding> guests() {
        return List.of(
                accelerator(),
                part("kernel", "guests of QEMU boot it", () -> text(installation.kernel())),
                part(
                        "linux.uml",
                        "User-mode Linux, a kernel that is a program",
                        () -> text(installation.userModeKernel())),
                part(
                        "busybox",
                        "a guest's tools",
                        () -> installation.busyBox().file().toString()));
    }

    private static String text(GuestKernel kernel) {
        return "%s, %s".formatted(kernel.version(), kernel.image());
    }

    private static Finding part(String name, String purpose, Part part) {
        try {
            return new Finding(name, true, purpose, part.place());
        } catch (UnusablePartException e) {
            return new Finding(name, false, purpose, String.valueOf(e.getMessage()));
        }
    }

    private Finding accelerator() {
        String purpose = "runs QEMU's guests at full speed; without it they are emulated";
        Optional<Path> qemu = installation.program(QEMU);
        if (qemu.isEmpty()) {
            String hint = "not tried, QEMU is not installed: apt install qemu-system-x86";
            return new Finding("kvm", false, purpose, hint);
        }
        Accelerator found = installation.accelerator(qemu.get());
        return new Finding("kvm", found.kind() == Accelerator.Kind.KVM, purpose, found.reason());
    }

    /** What a lab's outside ports and attackers need. */
    List<Finding> lab() {
        Optional<String> refused = installation.program("unshare").isEmpty()
                ? Optional.of("unshare is not installed")
                : installation.namespacesRefused();
        Finding namespaces = new Finding(
                "namespaces",
                refused.isEmpty(),
                "let anybody have a network of its own",
                refused.orElse("user namespaces are allowed"));
        List<Finding> findings = new ArrayList<>(tools(LAB_TOOLS));
        findings.add(namespaces);
        return List.copyOf(findings);
    }

    /** Programs that are of use beside Cofferdam. */
    List<Finding> tools() {
        return tools(TOOLS);
    }

    private List<Finding> tools(List<Tool> tools) {
        return tools.stream()
                .map(tool -> {
                    Optional<Path> place = installation.program(tool.name());
                    String detail = place.map(Path::toString)
                            .orElse(INSTALL + "apt install " + tool.debianPackage());
                    return new Finding(tool.name(), place.isPresent(), tool.purpose(), detail);
                })
                .toList();
    }
}
