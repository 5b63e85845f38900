package cofferdam.monitor.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.Devices;
import cofferdam.monitor.HostSetup;
import cofferdam.monitor.KernelDevices;
import cofferdam.monitor.Machine;
import cofferdam.monitor.MemorySetup;
import cofferdam.monitor.NetworkSetup;
import cofferdam.monitor.Offer;
import cofferdam.monitor.Requirement;
import cofferdam.monitor.Tool;
import cofferdam.monitor.Wiring;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.initramfs.BusyBox;
import cofferdam.monitor.initramfs.GuestImages;
import cofferdam.monitor.initramfs.GuestKernel;
import cofferdam.monitor.initramfs.GuestKernels;
import cofferdam.monitor.linux.GuestScripts;
import cofferdam.monitor.linux.LinuxHost;
import cofferdam.monitor.live.RealTime;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.process.WorkFolder;
import cofferdam.monitor.recording.RecordedEvidence;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the root of a real guest sees on the buses that QEMU makes for it. */
class QemuBusesTest {

    private final RecordedEvidence evidence = new RecordedEvidence();

    @Test
    void aGuestFindsTheDevicesThatItWasGivenAndWorksOnAfterwards() throws Exception {
        look("");

        assertThat(found("pci "))
                .containsExactlyInAnyOrderElementsOf(given())
                .contains("pci 00:00.0 = 8086:1237", "pci 00:02.0 = 1af4:1000");
        assertThat(found("port "))
                .contains("port 0064 = 1c", "port 00a0 = 10")
                .noneMatch(port -> port.startsWith("port 02f8") || port.startsWith("port 03f8"));
        assertThat(found("memory "))
                .contains("memory 000f0000-000fffff = System ROM")
                .anyMatch(range -> range.startsWith("memory 00100000-0"));
        assertThat(evidence.events())
                .filteredOn(Event.DevicesListed.class::isInstance)
                .extracting(event -> ((Event.DevicesListed) event).subject())
                .containsExactly("pci", "ports", "memory", "pci", "ports", "memory");
    }

    @Test
    void aDeviceThatNothingTellsOfIsFoundAllTheSame() throws Exception {
        look("-device virtio-rng-pci,addr=9 -device isa-debug-exit,iobase=0x501");

        assertThat(found("pci ")).contains("pci 00:09.0 = 1af4:1005");
        assertThat(given()).noneMatch(device -> device.startsWith("pci 00:09.0"));
        assertThat(found("port ")).anyMatch(port -> port.startsWith("port 0501"));
    }

    private List<String> found(String kind) {
        return evidence.events().stream()
                .filter(Event.DeviceFound.class::isInstance)
                .map(Event.DeviceFound.class::cast)
                .map(found -> found.subject() + " = " + found.outcome())
                .filter(found -> found.startsWith(kind))
                .distinct()
                .toList();
    }

    private List<String> given() {
        return evidence.events().stream()
                .filter(Event.DeviceGiven.class::isInstance)
                .map(Event.DeviceGiven.class::cast)
                .filter(given -> !given.function().isEmpty())
                .map(given -> "pci %s = %s".formatted(given.function(), given.outcome()))
                .toList();
    }

    /** Two looks of a guest whose QEMU is started with more options than its command line has. */
    private void look(String more) throws Exception {
        TreeMap<String, Long> memory = new TreeMap<>(Map.of("vm1", 4L << 20));
        HostSetup setup = new HostSetup(
                Policies.builtIn("esx-1.5.2").orElseThrow(),
                Wiring.LOCAL,
                NetworkSetup.PLAIN,
                new TreeMap<>(),
                new MemorySetup(16L << 20, memory),
                1,
                evidence);
        RealTime time = new RealTime();
        try (LinuxHost host = LinuxHost.start(setup, hypervisor(time, more), time)) {
            Machine guest = host.machines().stream()
                    .filter(machine -> machine.name().equals("vm1"))
                    .findFirst()
                    .orElseThrow();
            assertThat(guest.offer(Devices.class)).isInstanceOf(Offer.Missing.class);
            KernelDevices devices =
                    guest.offer(KernelDevices.class).orElseThrow(AssertionError::new);
            KernelDevices.Look first = devices.look();
            assertThat(devices.look().functions()).isEqualTo(first.functions());
        }
    }

    private static QemuHypervisor hypervisor(RealTime time, String more) throws Exception {
        Tool qemu = Tool.named("qemu-system-x86_64");
        GuestKernel kernel = Requirement.of(GuestKernels.ofUser()::find);
        Requirement.of(BusyBox::installed);
        List<String> modules = new ArrayList<>(List.of("virtio_pci", "virtio_net"));
        modules.addAll(GuestScripts.MODULES);
        WorkFolder folder = WorkFolder.create();
        return new QemuHypervisor(
                more.isEmpty() ? qemu.program() : wrapper(folder, qemu.program(), more),
                new Accelerator(Accelerator.Kind.TCG, "tests are to be alike"),
                false,
                kernel,
                new GuestImages().of(kernel, modules, GuestScripts.files()),
                folder,
                time);
    }

    private static Path wrapper(WorkFolder folder, Path program, String more) throws IOException {
        Path wrapper = folder.file("wrapper");
        Files.writeString(wrapper, "#!/bin/sh\nexec %s \"$@\" %s\n".formatted(program, more));
        return Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwx------"));
    }
}
