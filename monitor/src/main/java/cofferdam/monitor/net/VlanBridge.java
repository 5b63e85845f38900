package cofferdam.monitor.net;

import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.policy.VlanPolicy;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * A switch with virtual LANs (IEEE Std 802.1Q), each of which is a fabric of its own: it learns for
 * itself, and its table has the bounds of the policy for itself. A machine that is in none is in
 * that of untagged frames. On a guest's trunk, what is counted by port is counted for each virtual
 * LAN.
 */
final class VlanBridge implements Bridge {

    /** The policy key under which drops are counted. */
    static final String NAME = "vlan";

    private final SortedMap<String, Integer> networks;
    private final VlanPolicy policy;
    private final SortedMap<Integer, Fabric> fabrics = new TreeMap<>();
    private final DropCounter dropped;

    /**
     * @param networks the virtual LANs of machines, by name
     * @param policy one with virtual LANs
     * @param fabric makes the fabric of a virtual LAN
     */
    VlanBridge(
            SortedMap<String, Integer> networks,
            VlanPolicy policy,
            Supplier<Fabric> fabric,
            DropCounter dropped) {
        this.networks = networks;
        this.policy = policy;
        this.dropped = dropped;
        TreeSet<Integer> all = new TreeSet<>(networks.values());
        all.add(policy.nativeNetwork());
        all.forEach(network -> fabrics.put(network, fabric.get()));
    }

    @Override
    public GuestPort attachGuest(String name, MacAddress configured, FrameSink cable) {
        BiFunction<Fabric, FrameSink, FabricPort> attach =
                (fabric, end) -> fabric.attachGuest(name, configured, end);
        return switch (policy.guestPorts()) {
            case ACCESS -> access(name, policy.taggedOnAccess(), cable, attach);
            case TRUNK -> trunk(network(name), cable, attach);
        };
    }

    /** Whoever stands outside may tag frames with the virtual LAN that is its own. */
    @Override
    public GuestPort attachComputer(String name, FrameSink cable) {
        return access(
                name,
                VlanPolicy.TaggedOnAccess.OWN,
                cable,
                (fabric, end) -> fabric.attachComputer(name, end));
    }

    @Override
    public GuestPort attachTrunk(String name, FrameSink cable) {
        return trunk(policy.nativeNetwork(), cable, (fabric, end) -> fabric.attachTrunk(name, end));
    }

    @Override
    public List<LearnedAddress> learned() {
        return fabrics.values().stream()
                .flatMap(fabric -> fabric.learned().stream())
                .sorted(Comparator.comparing(LearnedAddress::address))
                .toList();
    }

    private GuestPort access(
            String name,
            VlanPolicy.TaggedOnAccess tagged,
            FrameSink cable,
            BiFunction<Fabric, FrameSink, FabricPort> attach) {
        int network = network(name);
        return new AccessPort(attach.apply(fabric(network), cable), network, tagged, dropped);
    }

    private GuestPort trunk(
            int untagged, FrameSink cable, BiFunction<Fabric, FrameSink, FabricPort> attach) {
        FabricPort own = attach.apply(fabric(untagged), cable);
        Map<Integer, FabricPort> ports = new LinkedHashMap<>();
        ports.put(untagged, own);
        fabrics.forEach((network, fabric) -> {
            if (network != untagged) {
                ports.put(network, attach.apply(fabric, tagging(network, cable)));
            }
        });
        return new TrunkPort(own, ports, dropped);
    }

    private static FrameSink tagging(int network, FrameSink cable) {
        return (buffer, offset, length) -> {
            byte[] tagged = Tags.tagged(buffer, offset, length, network);
            cable.accept(tagged, 0, tagged.length);
        };
    }

    private int network(String name) {
        return networks.getOrDefault(name, policy.nativeNetwork());
    }

    private Fabric fabric(int network) {
        Fabric fabric = fabrics.get(network);
        if (fabric == null) {
            throw new IllegalStateException("no fabric for network " + network);
        }
        return fabric;
    }
}
