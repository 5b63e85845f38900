package cofferdam.attacks;

import cofferdam.attacks.device.DeviceVisibility;
import cofferdam.attacks.disk.DiskScan;
import cofferdam.attacks.disk.FormatConfusion;
import cofferdam.attacks.disk.ImageCopy;
import cofferdam.attacks.disk.ImageCorruption;
import cofferdam.attacks.disk.ImageStringSearch;
import cofferdam.attacks.disk.ImageTampering;
import cofferdam.attacks.exhaustion.GuestCrash;
import cofferdam.attacks.exhaustion.MemoryExhaustion;
import cofferdam.attacks.exhaustion.NoisyNeighbour;
import cofferdam.attacks.host.HostCapture;
import cofferdam.attacks.host.HostMemoryRead;
import cofferdam.attacks.host.HostProcessTampering;
import cofferdam.attacks.host.ManagementTakeover;
import cofferdam.attacks.memory.CovertChannel;
import cofferdam.attacks.memory.DedupProbe;
import cofferdam.attacks.memory.MemoryScan;
import cofferdam.attacks.memory.SwapFileSearch;
import cofferdam.attacks.network.ArpPoisoning;
import cofferdam.attacks.network.ArpSpoofing;
import cofferdam.attacks.network.GuestContact;
import cofferdam.attacks.network.IpSpoofing;
import cofferdam.attacks.network.MacFlooding;
import cofferdam.attacks.network.MacSpoofing;
import cofferdam.attacks.network.NdSpoofing;
import cofferdam.attacks.network.PortStealing;
import cofferdam.attacks.network.PromiscuousCapture;
import cofferdam.attacks.network.RogueDhcp;
import cofferdam.attacks.network.RogueRouter;
import cofferdam.attacks.network.VlanHopping;

import java.util.List;
import java.util.Optional;

/** The attacks there are. */
public final class Attacks {

    private static final List<Attack> ALL = List.of(
            new ArpPoisoning(),
            new ArpSpoofing(),
            new CovertChannel(),
            new DedupProbe(),
            new DeviceVisibility(),
            new DiskScan(),
            new FormatConfusion(),
            new GuestContact(),
            new GuestCrash(),
            new HostCapture(),
            new HostMemoryRead(),
            new HostProcessTampering(),
            new ImageCopy(),
            new ImageCorruption(),
            new ImageStringSearch(),
            new ImageTampering(),
            new IpSpoofing(),
            new MacFlooding(),
            new MacSpoofing(),
            new ManagementTakeover(),
            new MemoryExhaustion(),
            new MemoryScan(),
            new NdSpoofing(),
            new NoisyNeighbour(),
            new PortStealing(),
            new PromiscuousCapture(),
            new RogueDhcp(),
            new RogueRouter(),
            new SwapFileSearch(),
            new VlanHopping());

    private Attacks() {}

    /** All of them, by name. */
    public static List<Attack> all() {
        return ALL;
    }

    /** The attack of that name. */
    public static Optional<Attack> named(String name) {
        return ALL.stream().filter(attack -> attack.name().equals(name)).findFirst();
    }
}
