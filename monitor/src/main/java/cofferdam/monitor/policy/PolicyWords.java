package cofferdam.monitor.policy;

import cofferdam.monitor.yaml.Words;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The words of policy files. */
final class PolicyWords {

    /** Stands for a protection that is not there. */
    static final String OFF = "off";

    /** Stands for virtual LANs that the fabric does not know. */
    static final String NONE = "none";

    static final Words<MonitorPolicy.Type> TYPE = Words.of(types());
    static final Words<NetworkPolicy.Mode> MODE = Words.of(NetworkPolicy.Mode.class);
    static final Words<NetworkPolicy.Promiscuous> PROMISCUOUS =
            Words.of(NetworkPolicy.Promiscuous.class);
    static final Words<NetworkPolicy.Permission> PERMISSION =
            Words.of(NetworkPolicy.Permission.class);
    static final Words<NetworkPolicy.MacLearning> MAC_LEARNING =
            Words.of(NetworkPolicy.MacLearning.class);
    static final Words<NetworkPolicy.WhenFull> WHEN_FULL = Words.of(NetworkPolicy.WhenFull.class);
    static final Words<NetworkPolicy.UnknownUnicast> UNKNOWN_UNICAST =
            Words.of(NetworkPolicy.UnknownUnicast.class);
    static final Words<DiskPolicy.Format> FORMAT = Words.of(DiskPolicy.Format.class);
    static final Words<DiskPolicy.Encryption> ENCRYPTION = Words.of(DiskPolicy.Encryption.class);
    static final Words<DiskPolicy.Integrity> INTEGRITY = Words.of(DiskPolicy.Integrity.class);
    static final Words<NetworkPolicy.ArpInspection.Stage> STAGE = Words.of(stages());

    static final Words<NetworkPolicy.ArpInspection.Sender> SENDER =
            Words.of(NetworkPolicy.ArpInspection.Sender.class);
    static final Words<IpSourceGuard.Ipv4> IPV4_SOURCE = Words.of(IpSourceGuard.Ipv4.class);
    static final Words<IpSourceGuard.Unspecified> UNSPECIFIED =
            Words.of(IpSourceGuard.Unspecified.class);
    static final Words<IpSourceGuard.Ipv6> IPV6_SOURCE = Words.of(IpSourceGuard.Ipv6.class);
    static final Words<PacketGuards.Protocols> PROTOCOLS = Words.of(PacketGuards.Protocols.class);
    static final Words<PacketGuards.Tagged> TAGGED = Words.of(PacketGuards.Tagged.class);
    static final Words<VlanPolicy.GuestPorts> GUEST_PORTS = Words.of(VlanPolicy.GuestPorts.class);
    static final Words<VlanPolicy.TaggedOnAccess> TAGGED_ON_ACCESS =
            Words.of(VlanPolicy.TaggedOnAccess.class);

    static final Words<MemoryPolicy.Sharing> SHARING = Words.of(MemoryPolicy.Sharing.class);
    static final Words<MemoryPolicy.Swap> SWAP = Words.of(MemoryPolicy.Swap.class);
    static final Words<DevicesPolicy.Model> MODEL = Words.of(DevicesPolicy.Model.class);
    static final Words<ManagementPolicy.Role> ROLE = Words.of(ManagementPolicy.Role.class);

    private PolicyWords() {}

    /** The words of keys that have a closed set of them. */
    static List<Words<?>> all() {
        return List.of(
                MODE,
                PROMISCUOUS,
                PERMISSION,
                MAC_LEARNING,
                WHEN_FULL,
                UNKNOWN_UNICAST,
                FORMAT,
                ENCRYPTION,
                INTEGRITY,
                STAGE,
                SENDER,
                IPV4_SOURCE,
                UNSPECIFIED,
                IPV6_SOURCE,
                PROTOCOLS,
                TAGGED,
                GUEST_PORTS,
                TAGGED_ON_ACCESS,
                SHARING,
                SWAP,
                ROLE);
    }

    private static Map<String, MonitorPolicy.Type> types() {
        Map<String, MonitorPolicy.Type> types = new LinkedHashMap<>();
        types.put("I", MonitorPolicy.Type.TYPE_I);
        types.put("II", MonitorPolicy.Type.TYPE_II);
        types.put("physical", MonitorPolicy.Type.PHYSICAL);
        return types;
    }

    /** Those of an inspection that is on. */
    private static Map<String, NetworkPolicy.ArpInspection.Stage> stages() {
        Map<String, NetworkPolicy.ArpInspection.Stage> stages = new LinkedHashMap<>();
        stages.put("before-learning", NetworkPolicy.ArpInspection.Stage.BEFORE_LEARNING);
        stages.put("after-learning", NetworkPolicy.ArpInspection.Stage.AFTER_LEARNING);
        return stages;
    }
}
