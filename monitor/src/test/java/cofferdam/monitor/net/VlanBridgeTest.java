package cofferdam.monitor.net;

import static cofferdam.monitor.address.MacAddress.BROADCAST;
import static cofferdam.monitor.net.Bed.SOURCE;
import static cofferdam.monitor.net.Bed.STRANGER;
import static cofferdam.monitor.net.Bed.VM1;
import static cofferdam.monitor.net.Bed.VM2;
import static cofferdam.monitor.net.Bed.VM3;
import static cofferdam.monitor.net.Packets.tagged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.policy.NetworkPolicy.Promiscuous;
import cofferdam.monitor.policy.PacketGuards.Protocols;
import cofferdam.monitor.policy.PacketGuards.Tagged;
import cofferdam.monitor.policy.VlanPolicy;
import cofferdam.monitor.policy.VlanPolicy.GuestPorts;
import cofferdam.monitor.policy.VlanPolicy.TaggedOnAccess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** vm1 and vm3 are in network 10, vm2 in network 1, which is the native one, source in 10. */
final class VlanBridgeTest {

    private static final int C_TAG = 0x8100;
    private static final int S_TAG = 0x88a8;
    private static final byte[] HELLO = Bed.frame(VM2, BROADCAST);

    private final ManualTimeline timeline = new ManualTimeline();
    private final DropCounter dropped = new DropCounter(timeline::now);
    private final Map<String, FrameSink> ports = new LinkedHashMap<>();
    private final Map<String, Recorder> received = new LinkedHashMap<>();

    /** The policy's switch, with a trunk to the plain one, where source is. */
    private void wire(Policies policies, VlanPolicy vlan) {
        var networks = new TreeMap<>(Map.of("vm1", 10, "vm3", 10, "source", 10));
        Bridge inside = Fabrics.guestBridge(
                policies.vlan(vlan).policy(), networks, Map.of(), timeline::now, dropped);
        Bridge outside = Fabrics.plainBridge(networks, vlan.nativeNetwork(), timeline::now);
        ports.put("vm1", inside.attachGuest("vm1", VM1, recorder("vm1")));
        ports.put("vm2", inside.attachGuest("vm2", VM2, recorder("vm2")));
        ports.put("vm3", inside.attachGuest("vm3", VM3, recorder("vm3")));
        FrameSink[] trunks = new FrameSink[2];
        Recorder wire = recorder("wire");
        trunks[0] = inside.attachTrunk("uplink", (buffer, offset, length) -> {
            wire.accept(buffer, offset, length);
            trunks[1].accept(buffer, offset, length);
        });
        trunks[1] = outside.attachTrunk("uplink", (buffer, offset, length) -> {
            wire.accept(buffer, offset, length);
            trunks[0].accept(buffer, offset, length);
        });
        ports.put("wire", trunks[1]);
        ports.put("source", outside.attachComputer("source", recorder("source")));
        ports.put("host", outside.attachComputer("host", recorder("host")));
    }

    private void wire(GuestPorts guests, TaggedOnAccess tagged) {
        wire(Policies.open(), new VlanPolicy(guests, tagged, 1));
    }

    private Recorder recorder(String name) {
        return received.computeIfAbsent(name, key -> new Recorder());
    }

    private Map<String, List<byte[]>> send(String from, byte[] frame) {
        received.values().forEach(recorder -> recorder.frames.clear());
        ports.get(from).accept(frame, 0, frame.length);
        return received.entrySet().stream()
                .filter(entry -> !entry.getValue().frames.isEmpty())
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> List.copyOf(entry.getValue().frames),
                        (left, right) -> left,
                        TreeMap::new));
    }

    private Map<String, Long> drops() {
        return dropped.events("fabric").stream()
                .collect(Collectors.toMap(
                        drop -> drop.subject() + " " + drop.outcome(),
                        Event.FramesDropped::frames));
    }

    @Test
    void framesStayInTheirVirtualLanAndAreTaggedOnTheTrunk() {
        wire(GuestPorts.ACCESS, TaggedOnAccess.DROP);
        byte[] frame = Bed.frame(VM1, BROADCAST);
        var arrived = send("vm1", frame);
        assertThat(arrived).containsOnlyKeys("vm3", "wire", "source");
        assertThat(arrived.get("wire")).containsExactly(tagged(C_TAG, 10, frame));
        assertThat(arrived.get("vm3")).containsExactly(frame);
        assertThat(arrived.get("source")).containsExactly(frame);
        byte[] back = Bed.frame(SOURCE, VM1);
        assertThat(send("source", back)).containsOnlyKeys("vm1", "wire");
        assertThat(drops()).isEmpty();
    }

    @Test
    void theNativeVirtualLanHasNoTagOnTheTrunk() {
        wire(GuestPorts.ACCESS, TaggedOnAccess.DROP);
        var arrived = send("vm2", HELLO);
        assertThat(arrived).containsOnlyKeys("host", "wire");
        assertThat(arrived.get("wire")).containsExactly(HELLO);
        assertThat(send("host", Bed.frame(SOURCE, BROADCAST))).containsOnlyKeys("vm2", "wire");
    }

    @Test
    void eachVirtualLanLearnsForItself() {
        wire(GuestPorts.ACCESS, TaggedOnAccess.DROP);
        send("vm1", Bed.frame(STRANGER, BROADCAST));
        send("vm2", Bed.frame(STRANGER, BROADCAST));
        assertThat(send("vm3", Bed.frame(VM3, STRANGER))).containsOnlyKeys("vm1");
        assertThat(send("host", Bed.frame(SOURCE, STRANGER))).containsOnlyKeys("vm2", "wire");
    }

    @Test
    void promiscuousModeShowsTheOwnVirtualLanAlone() {
        wire(
                Policies.open().promiscuous(Promiscuous.ACCEPT),
                new VlanPolicy(GuestPorts.ACCESS, TaggedOnAccess.DROP, 1));
        GuestPort vm3 = (GuestPort) ports.get("vm3");
        assertThat(vm3.promiscuous(true)).isTrue();
        send("source", Bed.frame(SOURCE, BROADCAST));
        assertThat(send("vm1", Bed.frame(VM1, SOURCE))).containsKey("vm3");
        send("host", Bed.frame(STRANGER, BROADCAST));
        assertThat(send("vm2", Bed.frame(VM2, STRANGER))).doesNotContainKey("vm3");
    }

    @Test
    void doubleTagsHopWhereTheFirstIsTakenOffTwice() {
        wire(GuestPorts.ACCESS, TaggedOnAccess.OWN);
        byte[] hop = tagged(C_TAG, 1, tagged(C_TAG, 10, HELLO));
        var arrived = send("vm2", hop);
        assertThat(arrived).containsOnlyKeys("wire", "source");
        assertThat(arrived.get("wire")).containsExactly(tagged(C_TAG, 10, HELLO));
        assertThat(arrived.get("source")).containsExactly(HELLO);
    }

    @Test
    void doubleTagsDoNotHopFromAVirtualLanThatIsNotTheNativeOne() {
        wire(Policies.open(), new VlanPolicy(GuestPorts.ACCESS, TaggedOnAccess.OWN, 99));
        byte[] hop = tagged(C_TAG, 10, tagged(C_TAG, 99, Bed.frame(VM1, BROADCAST)));
        var arrived = send("vm1", hop);
        assertThat(arrived).containsOnlyKeys("vm3", "wire", "source");
        assertThat(arrived.get("wire")).containsExactly(hop);
    }

    @Test
    void aTransparentPortHopsWithOneTag() {
        wire(GuestPorts.ACCESS, TaggedOnAccess.PASS);
        byte[] hop = tagged(C_TAG, 10, HELLO);
        var arrived = send("vm2", hop);
        assertThat(arrived).containsOnlyKeys("wire", "source");
        assertThat(arrived.get("source")).containsExactly(HELLO);
    }

    @ParameterizedTest
    @CsvSource({
        "DROP, 0, false",
        "DROP, 1, false",
        "DROP, 10, false",
        "OWN, 0, true",
        "OWN, 1, true",
        "OWN, 10, false",
        "OWN, 4095, false",
        "OWN, 2, false"
    })
    void tagsOnAnAccessPort(TaggedOnAccess tagged, int network, boolean passes) {
        wire(GuestPorts.ACCESS, tagged);
        var arrived = send("vm2", tagged(C_TAG, network, HELLO));
        assertThat(arrived.keySet()).isEqualTo(passes ? keys("host", "wire") : keys());
        assertThat(drops()).isEqualTo(passes ? Map.of() : Map.of("vm2 vlan", 1L));
        assertThat(send("vm2", tagged(S_TAG, network, HELLO))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(TaggedOnAccess.class)
    void framesThatEndInTheirTagReachNobodyElsesVirtualLan(TaggedOnAccess tagged) {
        wire(GuestPorts.ACCESS, tagged);
        byte[] frame = tagged(C_TAG, 10, HELLO);
        for (int length = 0; length < 18; length++) {
            assertThat(send("vm2", Arrays.copyOf(frame, length)))
                    .as("%d bytes", length)
                    .doesNotContainKeys("vm1", "vm3", "source");
        }
    }

    @Test
    void aTrunkTakesEveryTagAndShowsEveryVirtualLan() {
        wire(GuestPorts.TRUNK, TaggedOnAccess.DROP);
        var arrived = send("vm2", tagged(C_TAG, 10, HELLO));
        assertThat(arrived).containsOnlyKeys("vm1", "vm3", "wire", "source");
        assertThat(arrived.get("vm1")).containsExactly(HELLO);
        byte[] other = Bed.frame(VM1, BROADCAST);
        assertThat(send("vm1", other).get("vm2")).containsExactly(tagged(C_TAG, 10, other));
        assertThat(send("vm2", tagged(C_TAG, 77, HELLO))).isEmpty();
        assertThat(drops()).isEqualTo(Map.of("vm2 vlan", 1L));
        assertThat(send("vm2", HELLO)).containsOnlyKeys("vm1", "vm3", "host", "wire");
    }

    @Test
    void whatATrunksInterfaceTellsIsToldInEveryVirtualLan() {
        wire(
                Policies.open().promiscuous(Promiscuous.ACCEPT),
                new VlanPolicy(GuestPorts.TRUNK, TaggedOnAccess.DROP, 1));
        GuestPort vm2 = (GuestPort) ports.get("vm2");
        assertThat(vm2.promiscuous(true)).isTrue();
        send("source", Bed.frame(SOURCE, BROADCAST));
        byte[] secret = Bed.frame(VM1, SOURCE);
        assertThat(send("vm1", secret).get("vm2")).containsExactly(tagged(C_TAG, 10, secret));
        assertThat(vm2.promiscuous(false)).isFalse();
        assertThat(send("vm1", secret)).doesNotContainKey("vm2");
    }

    @Test
    void anAddressIsForgottenInEveryVirtualLanOfATrunkThatLosesItsLink() {
        wire(GuestPorts.TRUNK, TaggedOnAccess.DROP);
        send("vm2", tagged(C_TAG, 10, Bed.frame(STRANGER, BROADCAST)));
        assertThat(send("vm1", Bed.frame(VM1, STRANGER))).containsOnlyKeys("vm2");
        ports.get("vm2").linkDown();
        assertThat(send("vm1", Bed.frame(VM1, STRANGER))).hasSizeGreaterThan(1);
    }

    @ParameterizedTest
    @CsvSource({"PASS, true", "INSPECT, false", "DROP, false"})
    void filtersSeeAFrameAsItCame(Tagged tagged, boolean passes) {
        Policies guarded = Policies.open()
                .guards(Guarded.not()
                        .protocols(Protocols.IPV4_AND_ARP)
                        .tagged(tagged)
                        .guards());
        wire(guarded, new VlanPolicy(GuestPorts.ACCESS, TaggedOnAccess.OWN, 1));
        byte[] frame = Ethernet.frame(BROADCAST, VM2, Packets.IPV6_TYPE, new byte[46]);
        assertThat(send("vm2", frame)).isEmpty();
        assertThat(send("vm2", tagged(C_TAG, 1, frame))).hasSize(passes ? 2 : 0);
    }

    @Test
    void physicalComputersTagFramesWithTheirOwnVirtualLanAlone() {
        wire(GuestPorts.ACCESS, TaggedOnAccess.DROP);
        byte[] frame = Bed.frame(SOURCE, BROADCAST);
        assertThat(send("source", tagged(C_TAG, 10, frame))).containsOnlyKeys("vm1", "vm3", "wire");
        assertThat(send("source", tagged(C_TAG, 1, frame))).isEmpty();
    }

    @Test
    void tagsThatTheTrunkBringsAreSorted() {
        wire(GuestPorts.ACCESS, TaggedOnAccess.DROP);
        byte[] frame = Bed.frame(MacAddress.parse("02:00:00:00:00:77"), BROADCAST);
        assertThat(send("wire", tagged(C_TAG, 10, frame))).containsOnlyKeys("source");
        assertThat(send("wire", tagged(C_TAG, 0, frame))).containsOnlyKeys("host");
        assertThat(send("wire", tagged(C_TAG, 11, frame))).isEmpty();
        assertThat(send("wire", tagged(S_TAG, 10, frame))).containsOnlyKeys("host");
    }

    @Test
    void aPolicyThatKnowsNoVirtualLansHasNone() {
        assertThatThrownBy(() -> wire(Policies.open(), VlanPolicy.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("knows no virtual LANs");
    }

    @Test
    void tagsComeOffAsTheyWentOn() {
        byte[] frame = Bed.frame(VM1, VM2);
        for (int network = 1; network <= 4094; network++) {
            byte[] carried = Tags.tagged(frame, 0, frame.length, network);
            assertThat(carried).isEqualTo(tagged(C_TAG, network, frame));
            assertThat(Tags.network(carried, 0)).isEqualTo(network);
            assertThat(Tags.stripped(carried, 0, carried.length)).isEqualTo(frame);
        }
    }

    private static Set<String> keys(String... names) {
        return new TreeSet<>(List.of(names));
    }
}
