package cofferdam.monitor.qemu;

import cofferdam.monitor.Requirement;
import cofferdam.monitor.Tool;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.initramfs.BusyBox;
import cofferdam.monitor.initramfs.GuestFile;
import cofferdam.monitor.initramfs.GuestImages;
import cofferdam.monitor.initramfs.GuestKernel;
import cofferdam.monitor.initramfs.GuestKernels;
import cofferdam.monitor.initramfs.UnusablePartException;
import cofferdam.monitor.linux.GuestDisk;
import cofferdam.monitor.linux.GuestPlan;
import cofferdam.monitor.live.RealTime;
import cofferdam.monitor.process.WorkFolder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small Linux guests, which do what lines on their second serial port say, in software emulation. */
final class Guests {

    static final MacAddress ADDRESS = MacAddress.parse("52:54:00:00:00:05");

    private static final String INIT = """
            #!/bin/sh
            mount -t devtmpfs dev /dev
            mount -t proc proc /proc
            mount -t sysfs sys /sys
            while read -r module; do insmod "$module"; done < /etc/modules
            echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6
            echo 'the kernel log is here' > /dev/ttyS0
            exec < /dev/ttyS1 > /dev/ttyS1 2>&1
            stty raw -echo
            echo 'guest is up'
            while read -r line; do eval "$line"; done
            """;

    private static final List<String> MODULES =
            List.of("virtio_pci", "virtio_net", "virtio_blk", "ext4");
    private static final GuestImages IMAGES = new GuestImages();

    private Guests() {}

    /** A hypervisor with what is installed on this computer; without it the test is skipped. */
    static QemuHypervisor hypervisor(RealTime time) throws IOException, UnusablePartException {
        Path program = Tool.named("qemu-system-x86_64").program();
        GuestKernel kernel = Requirement.of(GuestKernels.ofUser()::find);
        Requirement.of(BusyBox::installed);
        byte[] image = IMAGES.of(kernel, MODULES, Map.of("/init", GuestFile.script(INIT)));
        Accelerator accelerator = new Accelerator(Accelerator.Kind.TCG, "tests are to be alike");
        return new QemuHypervisor(
                program, accelerator, false, kernel, image, WorkFolder.create(), time);
    }

    static GuestPlan plan(String name) {
        return plan(name, Optional.empty());
    }

    static GuestPlan plan(String name, Optional<GuestDisk> disk) {
        return new GuestPlan(
                name,
                ADDRESS,
                Ipv4Address.parse("10.0.0.5"),
                QemuHypervisor.OWN_NEED,
                disk,
                "0123456789abcdef");
    }
}
