package cofferdam.monitor.qemu;

import cofferdam.monitor.DriverOptions;
import cofferdam.monitor.Host;
import cofferdam.monitor.HostSetup;
import cofferdam.monitor.Monitor;
import cofferdam.monitor.RefusedSetupException;
import cofferdam.monitor.SecuritySupport;
import cofferdam.monitor.initramfs.BusyBox;
import cofferdam.monitor.initramfs.GuestImages;
import cofferdam.monitor.initramfs.GuestKernel;
import cofferdam.monitor.initramfs.GuestKernels;
import cofferdam.monitor.initramfs.UnusablePartException;
import cofferdam.monitor.linux.GuestScripts;
import cofferdam.monitor.linux.LinuxHost;
import cofferdam.monitor.live.RealTime;
import cofferdam.monitor.process.WorkFolder;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * QEMU: every guest is a stock Linux kernel under a {@code qemu-system-x86_64} of its own, which is a
 * program of this user.
 */
public final class QemuMonitor implements Monitor {

    static final String NAME = "qemu";

    private static final String PROGRAM = "qemu-system-x86_64";
    private static final List<String> DEVICE_MODULES =
            List.of("virtio_pci", "virtio_net", "virtio_blk", "ext4");
    private static final String POLICY = "https://www.qemu.org/docs/master/system/security.html";

    private final DriverOptions options;
    private final GuestImages images = new GuestImages();

    /** @param options which kernel guests boot */
    public QemuMonitor(DriverOptions options) {
        this.options = options;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "QEMU: Linux guests under qemu-system-x86_64, by KVM where a guest runs under it";
    }

    /** What QEMU's makers say of the accelerator that is used here. */
    @Override
    public SecuritySupport securitySupport() {
        boolean hardware = program()
                .map(found -> Accelerator.of(found).kind() == Accelerator.Kind.KVM)
                .orElse(false);
        return hardware ? ofHardware() : ofSoftware();
    }

    private static SecuritySupport ofSoftware() {
        return new SecuritySupport(
                SecuritySupport.Claim.NO_BOUNDARY,
                "QEMU's guests ran in software emulation (TCG), of which its makers say that nobody"
                        + " may rely on it for isolation, and whose flaws they do not treat as"
                        + " security defects.",
                POLICY);
    }

    private static SecuritySupport ofHardware() {
        return new SecuritySupport(
                SecuritySupport.Claim.BOUNDARY,
                "QEMU's guests ran by hardware virtualization (KVM), for which its makers treat a"
                        + " guest that breaks out as a security defect.",
                POLICY);
    }

    @Override
    public Optional<String> unavailable() {
        try {
            requireProgram();
            kernel();
            BusyBox.installed();
            return Optional.empty();
        } catch (UnusablePartException unusable) {
            return Optional.of(String.valueOf(unusable.getMessage()));
        }
    }

    @Override
    public boolean repeatable() {
        return false;
    }

    @Override
    public Host start(HostSetup setup) throws RefusedSetupException {
        Optional<String> refusal = LinuxHost.refuses(setup).or(() -> refusedDisk(setup));
        if (refusal.isPresent()) {
            throw new RefusedSetupException(refusal.get());
        }
        RealTime time = new RealTime();
        try {
            return LinuxHost.start(setup, hypervisor(setup, time), time);
        } catch (UnusablePartException | IOException failed) {
            time.close();
            throw new IllegalStateException(failed.getMessage(), failed);
        }
    }

    private static Optional<String> refusedDisk(HostSetup setup) {
        return setup.disks().isEmpty()
                ? Optional.empty()
                : QemuDisk.refusal(setup.policy().disk());
    }

    private QemuHypervisor hypervisor(HostSetup setup, RealTime time)
            throws UnusablePartException, IOException {
        Path program = requireProgram();
        GuestKernel kernel = kernel();
        List<String> modules = new ArrayList<>(DEVICE_MODULES);
        modules.addAll(GuestScripts.MODULES);
        byte[] initramfs = images.of(kernel, modules, GuestScripts.files());
        Accelerator accelerator = Accelerator.of(program);
        boolean mergeable = QemuSettings.allowsMerging(setup.policy());
        WorkFolder folder = WorkFolder.create();
        try {
            return new QemuHypervisor(
                    program, accelerator, mergeable, kernel, initramfs, folder, time);
        } catch (IOException failed) {
            folder.close();
            throw failed;
        }
    }

    private GuestKernel kernel() throws UnusablePartException {
        GuestKernels kernels = GuestKernels.ofUser();
        return options.kernel().isPresent()
                ? kernels.at(options.kernel().get(), options.modules())
                : kernels.find();
    }

    private static Path requireProgram() throws UnusablePartException {
        return program()
                .orElseThrow(() -> new UnusablePartException(
                        "there is no %s: install the package qemu-system-x86".formatted(PROGRAM)));
    }

    private static Optional<Path> program() {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, PROGRAM).toAbsolutePath())
                .filter(Files::isExecutable)
                .findFirst();
    }
}
