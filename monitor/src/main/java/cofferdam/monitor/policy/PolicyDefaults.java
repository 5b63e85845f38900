package cofferdam.monitor.policy;

import cofferdam.monitor.policy.NetworkPolicy.ArpInspection;
import cofferdam.monitor.policy.NetworkPolicy.MacLearning;
import cofferdam.monitor.policy.NetworkPolicy.MacTable;
import cofferdam.monitor.policy.NetworkPolicy.Mode;
import cofferdam.monitor.policy.NetworkPolicy.Permission;
import cofferdam.monitor.policy.NetworkPolicy.PortSecurity;
import cofferdam.monitor.policy.NetworkPolicy.Promiscuous;
import cofferdam.monitor.policy.NetworkPolicy.UnknownUnicast;
import cofferdam.monitor.policy.NetworkPolicy.WhenFull;

import java.time.Duration;
import java.util.List;
import java.util.TreeMap;

/** What holds where a policy file says nothing: a plain learning switch that filters nothing. */
final class PolicyDefaults {

    /** The ageing time is the one that IEEE Std 802.1Q recommends, table 8-6. */
    static final MacTable MAC_TABLE = new MacTable(1024, WhenFull.FLOOD, Duration.ofMinutes(5));

    static final NetworkPolicy NETWORK = new NetworkPolicy(
            Mode.SWITCHED,
            Promiscuous.OWN_PORT,
            Permission.ACCEPT,
            Permission.ACCEPT,
            MacLearning.LEARN,
            MAC_TABLE,
            UnknownUnicast.FLOOD,
            PortSecurity.OFF,
            ArpInspection.OFF,
            /* portIsolation= */ false,
            /* rateLimit= */ 0,
            PacketGuards.NONE,
            VlanPolicy.NONE);

    /** A plain file, as it is made by copying: no protection of any kind. */
    static final DiskPolicy DISK = new DiskPolicy(
            DiskPolicy.Format.RAW,
            DiskPolicy.Encryption.NONE,
            DiskPolicy.Integrity.NONE,
            /* zeroOnAllocate= */ false,
            /* probeFormat= */ false,
            /* lock= */ false,
            /* rateLimit= */ 0);

    /** Every machine has its own memory, all of it, and nothing is cleared. */
    static final MemoryPolicy MEMORY = new MemoryPolicy(
            MemoryPolicy.Sharing.NONE,
            new TreeMap<>(),
            /* scanRate= */ 10_000,
            /* overcommit= */ MemoryPolicy.PERCENT,
            /* limit= */ MemoryPolicy.PERCENT,
            /* reservation= */ 0,
            new TreeMap<>(),
            /* balloon= */ false,
            MemoryPolicy.Swap.NONE,
            /* zeroOnAllocate= */ false,
            /* zeroOnFree= */ false,
            /* constantLatency= */ false);

    /** Everybody gets what is there, in turn. */
    static final ProcessorPolicy PROCESSOR =
            new ProcessorPolicy(MemoryPolicy.PERCENT, new TreeMap<>());

    static final DevicesPolicy DEVICES = new DevicesPolicy(
            List.of(DevicesPolicy.Model.VGA, DevicesPolicy.Model.PCNET, DevicesPolicy.Model.IDE),
            /* passthrough= */ false);

    /** Whoever holds the host holds the monitor. */
    static final ManagementPolicy MANAGEMENT =
            new ManagementPolicy(ManagementPolicy.Role.ADMINISTRATOR);

    private PolicyDefaults() {}
}
