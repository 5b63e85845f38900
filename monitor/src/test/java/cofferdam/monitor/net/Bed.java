package cofferdam.monitor.net;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.policy.NetworkPolicy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The guests vm1, vm2 and vm3 and an uplink, behind which the machine source is, on one fabric. */
final class Bed {

    static final MacAddress VM1 = MacAddress.parse("02:00:00:00:00:01");
    static final MacAddress VM2 = MacAddress.parse("02:00:00:00:00:02");
    static final MacAddress VM3 = MacAddress.parse("02:00:00:00:00:03");
    static final MacAddress SOURCE = MacAddress.parse("02:00:00:00:00:10");
    static final MacAddress STRANGER = MacAddress.parse("02:00:00:00:00:99");
    static final MacAddress MULTICAST = MacAddress.parse("01:00:5e:00:00:fb");
    static final Ipv4Address VM1_IP = Ipv4Address.parse("10.0.0.1");
    static final Ipv4Address VM2_IP = Ipv4Address.parse("10.0.0.2");
    static final Ipv4Address SOURCE_IP = Ipv4Address.parse("10.0.0.16");

    final ManualTimeline timeline = new ManualTimeline();
    final DropCounter dropped = new DropCounter(timeline::now);
    final Map<String, FabricPort> ports = new LinkedHashMap<>();
    final Map<String, Recorder> received = new LinkedHashMap<>();

    Bed(Policies policies) {
        this(policies.policy());
    }

    Bed(NetworkPolicy policy) {
        Map<Ipv4Address, MacAddress> bindings = Map.of(VM1_IP, VM1, VM2_IP, VM2, SOURCE_IP, SOURCE);
        Fabric fabric = Fabrics.guestFabric(policy, bindings, timeline::now, dropped);
        ports.put("vm1", fabric.attachGuest("vm1", VM1, recorder("vm1")));
        ports.put("vm2", fabric.attachGuest("vm2", VM2, recorder("vm2")));
        ports.put("vm3", fabric.attachGuest("vm3", VM3, recorder("vm3")));
        ports.put("uplink", fabric.attachUplink("uplink", recorder("uplink")));
    }

    FabricPort port(String name) {
        return ports.get(name);
    }

    /** Sends a frame and says at which ports it came out; nothing else is kept. */
    Set<String> send(String from, MacAddress source, MacAddress destination) {
        return send(from, frame(source, destination));
    }

    /** Sends a frame and says at which ports it came out; nothing else is kept. */
    Set<String> send(String from, byte[] frame) {
        received.values().forEach(recorder -> recorder.frames.clear());
        port(from).accept(frame, 0, frame.length);
        return received.entrySet().stream()
                .filter(entry -> !entry.getValue().frames.isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Lets every machine be heard once. */
    Bed acquainted() {
        send("vm1", VM1, MacAddress.BROADCAST);
        send("vm2", VM2, MacAddress.BROADCAST);
        send("vm3", VM3, MacAddress.BROADCAST);
        send("uplink", SOURCE, MacAddress.BROADCAST);
        return this;
    }

    /** How many frames were dropped, by port and filter. */
    Map<String, Long> drops() {
        return dropped.events("fabric").stream()
                .collect(Collectors.toMap(
                        drop -> drop.subject() + " " + drop.outcome(),
                        Event.FramesDropped::frames));
    }

    static byte[] frame(MacAddress source, MacAddress destination) {
        return Ethernet.frame(destination, source, Ethernet.IPV4, new byte[46]);
    }

    private Recorder recorder(String name) {
        return received.computeIfAbsent(name, key -> new Recorder());
    }
}
