package cofferdam.monitor.uml;

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

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** User-mode Linux: a Linux kernel that is a program of the host's user. */
public final class UmlMonitor implements Monitor {

    static final String NAME = "uml";

    private final GuestImages images = new GuestImages();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "User-mode Linux: guests are processes of this user; needs user-mode-linux";
    }

    @Override
    public SecuritySupport securitySupport() {
        return new SecuritySupport(
                SecuritySupport.Claim.NO_BOUNDARY,
                "A guest of User-mode Linux is a process of the host's user; its documentation"
                        + " promises no security boundary around a guest's root.",
                "https://docs.kernel.org/virt/uml/user_mode_linux_howto_v2.html");
    }

    @Override
    public Optional<String> unavailable() {
        try {
            GuestKernels.ofUser().userMode();
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
        Optional<String> refusal = LinuxHost.refuses(setup);
        if (refusal.isPresent()) {
            throw new RefusedSetupException(refusal.get());
        }
        RealTime time = new RealTime();
        try {
            return LinuxHost.start(setup, hypervisor(time), time);
        } catch (UnusablePartException | IOException failed) {
            time.close();
            throw new IllegalStateException(failed.getMessage(), failed);
        }
    }

    private UmlHypervisor hypervisor(RealTime time) throws UnusablePartException, IOException {
        GuestKernel kernel = GuestKernels.ofUser().userMode();
        List<String> modules = new ArrayList<>(List.of("ipv6"));
        modules.addAll(GuestScripts.MODULES);
        byte[] initramfs = images.of(kernel, modules, GuestScripts.files());
        WorkFolder folder = WorkFolder.create();
        try {
            return new UmlHypervisor(kernel, initramfs, folder, time);
        } catch (IOException failed) {
            folder.close();
            throw failed;
        }
    }
}
