package cofferdam.monitor.qemu;

import cofferdam.monitor.linux.GuestPlan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of one guest. The machine is {@code pc}, the i440FX board: {@code microvm} boots
 * half a second sooner, but has no PCI bus, and so nothing to look for on it.
 *
 * @param program QEMU
 * @param accelerator by what it runs the guest's code
 * @param mergeable whether the host's kernel may merge pages of the guest with equal ones
 * @param kernel the guest's kernel
 * @param initramfs its initial file system
 */
record QemuCommand(
        Path program, Accelerator accelerator, boolean mergeable, Path kernel, Path initramfs) {

    /** QEMU gives up system calls that it needs for nothing here, such as those that start programs. */
    static final List<String> SANDBOX = List.of(
            "-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny");

    /** Nothing that was not asked for: no devices, no configuration files, no window. */
    static final List<String> BARE = List.of("-nodefaults", "-no-user-config", "-display", "none");

    /** The netdev of the interface under test. */
    static final String NETWORK = "network";

    /** The netdev of the relay. */
    static final String RELAY = "relay";

    /** The relay's address, which no frame that leaves it bears. */
    private static final String RELAY_ADDRESS = "02:ff:00:00:00:02";

    /** Megabytes for translated code: a guest that boots fits into them. */
    private static final int TRANSLATED = 64;

    private static final String CONSOLE = "ttyS1";

    /**
     * For the kernel's own messages, and to spare the guest, whose clock is emulated, what takes it
     * long: calibrating clocks, moving itself about, and testing its ciphers.
     */
    private static final List<String> KERNEL_PARAMETERS = List.of(
            "console=ttyS0",
            "tsc=reliable",
            "no_timer_check",
            "nokaslr",
            "cryptomgr.notests",
            "audit=0");

    /**
     * The command line for a guest.
     *
     * @throws IOException if QEMU cannot open its disk
     */
    List<String> of(GuestPlan plan, GuestFiles files) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString(), "-name", plan.name()));
        command.addAll(BARE);
        command.addAll(SANDBOX);
        command.addAll(machine(plan));
        command.addAll(boot(plan));
        String address = plan.mac().toString();
        command.addAll(networkInterface(NETWORK, QemuBoard.NETWORK, files.network(), address));
        command.addAll(networkInterface(RELAY, QemuBoard.RELAY, files.relay(), RELAY_ADDRESS));
        command.addAll(chardev("kernel", files.kernel()));
        command.addAll(List.of("-serial", "chardev:kernel"));
        command.addAll(chardev("console", files.console()));
        command.addAll(List.of("-serial", "chardev:console"));
        command.addAll(control(files.control()));
        if (plan.disk().isPresent()) {
            command.addAll(QemuDisk.options(plan.disk().get(), files.secret()));
        }
        return command;
    }

    /** The options by which QEMU connects to the client of its protocol. */
    static List<String> control(Path socket) {
        List<String> options = new ArrayList<>(chardev("control", socket));
        options.addAll(List.of("-mon", "chardev=control,mode=control"));
        return options;
    }

    private List<String> machine(GuestPlan plan) {
        List<String> options = new ArrayList<>(List.of(
                "-machine",
                "pc,vmport=off,hpet=off,usb=off,dump-guest-core=off,mem-merge="
                        + (mergeable ? "on" : "off")));
        options.addAll(
                switch (accelerator.kind()) {
                    case KVM -> List.of("-accel", "kvm", "-cpu", "host");
                    case TCG -> List.of("-accel", "tcg,tb-size=" + TRANSLATED);
                });
        options.addAll(List.of("-smp", "1", "-m", (plan.memory() >> 10) + "K"));
        return options;
    }

    private List<String> boot(GuestPlan plan) {
        List<String> parameters = new ArrayList<>(KERNEL_PARAMETERS);
        parameters.addAll(plan.parameters(CONSOLE));
        return List.of(
                "-no-reboot",
                "-kernel",
                kernel.toString(),
                "-initrd",
                initramfs.toString(),
                "-append",
                String.join(" ", parameters));
    }

    private static List<String> networkInterface(
            String name, int slot, Path socket, String address) {
        return List.of(
                "-netdev",
                "stream,id=%s,server=off,addr.type=unix,addr.path=%s"
                        .formatted(name, QemuDisk.escaped(socket)),
                "-device",
                "virtio-net-pci,netdev=%s,mac=%s,romfile=,addr=%d".formatted(name, address, slot));
    }

    private static List<String> chardev(String name, Path socket) {
        return List.of(
                "-chardev",
                "socket,id=%s,server=off,path=%s".formatted(name, QemuDisk.escaped(socket)));
    }
}
