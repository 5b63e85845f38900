package cofferdam.monitor.emulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.Endpoint;
import cofferdam.monitor.HostSetup;
import cofferdam.monitor.Machine;
import cofferdam.monitor.RefusedSetupException;
import cofferdam.monitor.Wiring;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.emulated.OutsidePort.Place;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.net.FrameSink;
import cofferdam.monitor.packet.ArpPacket;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.recording.LiveEvidence;
import cofferdam.monitor.yaml.InvalidFileException;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

class LiveLabTest {

    private static final MacAddress OWN = MacAddress.parse("02:00:00:00:00:99");
    private static final MacAddress OTHER = MacAddress.parse("02:00:00:00:00:77");
    private static final Ipv4Address ADDRESS = Ipv4Address.parse("10.0.0.99");
    private static final Ipv4Address VM1 = Ipv4Address.parse("10.0.0.11");
    private static final Ipv4Address VM2 = Ipv4Address.parse("10.0.0.12");

    private final VirtualTime time = new VirtualTime();
    private final LiveEvidence evidence = LiveEvidence.inMemory();
    private final List<byte[]> received = new ArrayList<>();

    private static OutsidePort port(Place place) {
        return new OutsidePort("port1", place, OWN, Optional.of(ADDRESS));
    }

    private LiveLab start(String policy, OutsidePort... ports)
            throws RefusedSetupException, InvalidFileException {
        return LiveLab.start(
                HostSetup.withoutDisks(Policies.load(policy), Wiring.LOCAL, 1, evidence),
                time,
                List.of(ports));
    }

    private FrameSink connect(LiveLab lab) {
        return lab.connect(
                "port1",
                (buffer, offset, length) ->
                        received.add(Arrays.copyOfRange(buffer, offset, offset + length)));
    }

    private static void send(FrameSink port, byte[] frame) {
        port.accept(frame, 0, frame.length);
    }

    private static byte[] question(MacAddress from, Ipv4Address sender, Ipv4Address asked) {
        return ArpPacket.request(from, sender, asked).toFrame(MacAddress.BROADCAST, from);
    }

    private boolean isAnswered() {
        return received.stream()
                .flatMap(frame -> ArpPacket.inFrame(frame).stream())
                .anyMatch(packet -> packet.operation() == ArpPacket.Operation.REPLY
                        && packet.senderProtocol().equals(VM1));
    }

    @Test
    void anOutsiderTalksToAGuestAndIsSeen() throws Exception {
        try (LiveLab lab = start("linux-bridge", port(Place.GUEST))) {
            send(connect(lab), question(OWN, ADDRESS, VM1));
            assertThat(time.await(this::isAnswered, Duration.ofSeconds(1))).isTrue();

            assertThat(lab.arpCache("vm1")).singleElement().satisfies(entry -> {
                assertThat(entry.address()).isEqualTo(ADDRESS);
                assertThat(entry.mac()).contains(OWN);
                assertThat(entry.state()).isEqualTo("STALE");
            });
            assertThat(lab.macTable())
                    .anyMatch(entry -> entry.bridge().equals("fabric")
                            && entry.mac().equals(OWN)
                            && entry.port().equals("port1"))
                    .anyMatch(entry -> entry.bridge().equals("switch")
                            && entry.mac().equals(OWN)
                            && entry.port().equals("uplink"));
            assertThat(evidence.traffic())
                    .contains(new LiveEvidence.Traffic("port1", "wire", 1, 1, 0));
        }
    }

    @Test
    void theFiltersOfGuestsWorkOnAGuestsPortAndAreCounted() throws Exception {
        try (LiveLab lab = start("hardened", port(Place.GUEST))) {
            FrameSink port = connect(lab);
            send(port, question(OTHER, ADDRESS, VM1));
            send(port, question(OWN, VM2, VM1));
            time.await(() -> false, Duration.ofSeconds(1));

            assertThat(lab.drops())
                    .extracting(Event.FramesDropped::subject, Event.FramesDropped::outcome)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("port1", "forged-transmits"),
                            org.assertj.core.groups.Tuple.tuple("port1", "arp-inspection"));
            assertThat(lab.arpCache("vm1")).isEmpty();
        }
    }

    @Test
    void whatThePortIsTrustedToHavePassesTheSameFilters() throws Exception {
        try (LiveLab lab = start("hardened", port(Place.GUEST))) {
            send(connect(lab), question(OWN, ADDRESS, Ipv4Address.parse("10.0.0.1")));
            time.await(() -> false, Duration.ofSeconds(1));

            assertThat(lab.drops()).noneMatch(drop -> drop.subject().equals("port1"));
            assertThat(lab.arpCache("source")).hasSize(1);
        }
    }

    @Test
    void noFilterWorksOnAPortOutside() throws Exception {
        try (LiveLab lab = start("hardened", port(Place.OUTSIDE))) {
            send(connect(lab), question(OTHER, VM2, VM1));
            time.await(() -> false, Duration.ofSeconds(1));

            assertThat(lab.drops()).isEmpty();
            assertThat(lab.arpCache("vm1")).hasSize(1);
        }
    }

    @Test
    void aPortHearsOthersOnlyWhereThePolicyGrantsIt() throws Exception {
        assertThat(heardBy("vmware-server-default", true)).isPositive();
        assertThat(heardBy("vmware-server-default", false)).isZero();
        assertThat(heardBy("linux-bridge", true)).isZero();
    }

    /** How many frames between two guests, after they have found each other, reach the port. */
    private long heardBy(String policy, boolean promiscuous) throws Exception {
        received.clear();
        try (LiveLab lab = start(policy, port(Place.GUEST))) {
            connect(lab);
            lab.promiscuous("port1", promiscuous);
            Machine vm1 = lab.host().machine("vm1").orElseThrow();
            Machine vm2 = lab.host().machine("vm2").orElseThrow();
            Endpoint.Operation ping = vm1.offer(Endpoint.class)
                    .orElseThrow(IllegalStateException::new)
                    .ping(vm2, FlowId.of(1, 2), 3, Duration.ofMillis(10));
            time.await(ping::done, Duration.ofSeconds(10));
            return received.stream().filter(frame -> (frame[0] & 1) == 0).count();
        }
    }

    @Test
    void aCableThatIsCutMakesTheFabricForget() throws Exception {
        try (LiveLab lab = start("linux-bridge", port(Place.GUEST))) {
            FrameSink port = connect(lab);
            send(port, question(OWN, ADDRESS, VM1));
            port.linkDown();

            assertThat(lab.macTable()).noneMatch(entry -> entry.port().equals("port1"));
        }
    }

    @Test
    void anAddressThatWasNotHeardForTheAgeingTimeIsNotKnown() throws Exception {
        try (LiveLab lab = start("linux-bridge", port(Place.GUEST))) {
            send(connect(lab), question(OWN, ADDRESS, VM1));
            time.await(() -> false, Duration.ofSeconds(299));
            assertThat(lab.macTable()).anyMatch(entry -> entry.mac().equals(OWN));
            time.await(() -> false, Duration.ofSeconds(2));
            assertThat(lab.macTable()).noneMatch(entry -> entry.mac().equals(OWN));
        }
    }

    @Test
    void whatIsTakenIsRefused() {
        assertRefused("vm1", OWN, Optional.empty());
        assertRefused("uplink", OWN, Optional.empty());
        assertRefused("port1", MacAddress.parse("02:00:00:00:01:02"), Optional.empty());
        assertRefused("port1", OWN, Optional.of(VM1));
    }

    private void assertRefused(String name, MacAddress mac, Optional<Ipv4Address> address) {
        assertThatThrownBy(() ->
                        start("linux-bridge", new OutsidePort(name, Place.GUEST, mac, address)))
                .isInstanceOf(RefusedSetupException.class)
                .hasMessageContaining("which is taken");
    }

    @Test
    void aPortCannotHaveTheAddressOfAGroup() {
        assertThatThrownBy(() -> new OutsidePort(
                        "port1", Place.GUEST, MacAddress.BROADCAST, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
