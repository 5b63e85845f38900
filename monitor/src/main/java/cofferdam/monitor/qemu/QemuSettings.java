package cofferdam.monitor.qemu;

import cofferdam.monitor.linux.ActualPolicy;
import cofferdam.monitor.linux.HostKernel;
import cofferdam.monitor.linux.Unenforced;
import cofferdam.monitor.policy.DevicesPolicy;
import cofferdam.monitor.policy.DiskPolicy;
import cofferdam.monitor.policy.MemoryPolicy;
import cofferdam.monitor.policy.NetworkPolicy;
import cofferdam.monitor.policy.PacketGuards;
import cofferdam.monitor.policy.Policy;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What of a policy holds under QEMU.
 *
 * @param kernel the host's
 */
record QemuSettings(HostKernel kernel) {

    /** What the board i440FX has of what policies can name. */
    private static final List<DevicesPolicy.Model> MODELS = List.of(
            DevicesPolicy.Model.IDE, DevicesPolicy.Model.FLOPPY, DevicesPolicy.Model.SERIAL);

    private static final String DEVICES = "devices.models";
    private static final String DEVICES_REASON =
            "QEMU's machine has the devices of its board and virtio ones of the testbed";

    private static final SortedMap<String, String> REASONS = reasons();

    /** Whether QEMU is to allow the host's kernel to merge pages. */
    static boolean allowsMerging(Policy policy) {
        return policy.memory().sharing() == MemoryPolicy.Sharing.INTER_VM;
    }

    /** The settings that do not hold. */
    List<Unenforced> unenforced(Policy asked) {
        Policy held = ActualPolicy.ofProcesses(asked, sharing(asked), kernel, MODELS)
                .withDisk(disk(asked.disk()));
        Policy actual = asked.network().mode() == NetworkPolicy.Mode.SHARED
                ? held.withNetwork(hub(held.network()))
                : held;
        return withDevices(ActualPolicy.differences(asked, actual, REASONS));
    }

    /** Whatever a policy lists, no list has the testbed's own devices. */
    private static List<Unenforced> withDevices(List<Unenforced> differences) {
        if (differences.stream().anyMatch(setting -> setting.key().equals(DEVICES))) {
            return differences;
        }
        List<Unenforced> all = new ArrayList<>(differences);
        all.add(new Unenforced(DEVICES, DEVICES_REASON));
        return List.copyOf(all);
    }

    private MemoryPolicy.Sharing sharing(Policy asked) {
        return allowsMerging(asked) && kernel.merging()
                ? MemoryPolicy.Sharing.INTER_VM
                : MemoryPolicy.Sharing.NONE;
    }

    private static DiskPolicy disk(DiskPolicy asked) {
        return new DiskPolicy(
                asked.format(),
                asked.encryption(),
                DiskPolicy.Integrity.NONE,
                /* zeroOnAllocate= */ true,
                asked.probeFormat(),
                /* lock= */ false,
                asked.rateLimit());
    }

    private static NetworkPolicy hub(NetworkPolicy held) {
        return new NetworkPolicy(
                held.mode(),
                held.promiscuous(),
                NetworkPolicy.Permission.ACCEPT,
                NetworkPolicy.Permission.ACCEPT,
                held.macLearning(),
                held.macTable(),
                NetworkPolicy.UnknownUnicast.FLOOD,
                NetworkPolicy.PortSecurity.OFF,
                NetworkPolicy.ArpInspection.OFF,
                /* portIsolation= */ false,
                /* rateLimit= */ 0,
                PacketGuards.NONE,
                held.vlan());
    }

    private static SortedMap<String, String> reasons() {
        SortedMap<String, String> reasons = new TreeMap<>();
        reasons.put(
                "memory.sharing",
                "of what QEMU lets the host's kernel merge, it merges all or, as here, nothing");
        reasons.put("disk.integrity", "QEMU does not look whether an image was changed");
        reasons.put("disk.encryption", "QEMU has no such cipher, which comes with the integrity");
        reasons.put(
                "disk.lock",
                "QEMU's lock keeps a second QEMU from an image, and no program that does not ask");
        reasons.put("disk.zero-on-allocate", "the host's file system clears what it gives out");
        reasons.put(DEVICES, DEVICES_REASON);
        reasons.put("network", "QEMU's hub passes every frame and filters none");
        return reasons;
    }
}
