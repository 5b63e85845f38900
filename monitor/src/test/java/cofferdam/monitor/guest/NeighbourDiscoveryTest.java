package cofferdam.monitor.guest;

import static cofferdam.monitor.guest.DiscoveryBench.ALL;
import static cofferdam.monitor.guest.DiscoveryBench.OTHER_MAC;
import static cofferdam.monitor.guest.DiscoveryBench.OUR_MAC;
import static cofferdam.monitor.guest.DiscoveryBench.PEER;
import static cofferdam.monitor.guest.DiscoveryBench.PEER_MAC;
import static cofferdam.monitor.guest.DiscoveryBench.ROUTER;
import static cofferdam.monitor.guest.DiscoveryBench.US;
import static cofferdam.monitor.guest.DiscoveryBench.US_LOCAL;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.NetworkSetup;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.packet.Icmpv6;
import cofferdam.monitor.packet.Icmpv6.Echo;
import cofferdam.monitor.packet.Icmpv6.NeighbourAdvertisement;
import cofferdam.monitor.packet.Icmpv6.NeighbourSolicitation;
import cofferdam.monitor.packet.Icmpv6.RouterSolicitation;
import cofferdam.monitor.packet.Ipv6Packet;
import cofferdam.monitor.packet.UdpDatagram;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Neighbours and addresses, by the rules of RFC 4861 and RFC 4862. */
class NeighbourDiscoveryTest {

    private static final Ipv6Address GROUP = US.solicitedNode();

    private static Icmpv6 asks(Ipv6Address target, MacAddress mac) {
        return new NeighbourSolicitation(target, Optional.of(mac));
    }

    private static Icmpv6 tells(boolean solicited, boolean override, MacAddress mac) {
        return new NeighbourAdvertisement(false, solicited, override, PEER, Optional.of(mac));
    }

    /** A machine that has asked for the peer and was answered. */
    private static DiscoveryBench knowing() {
        DiscoveryBench bench = DiscoveryBench.configured();
        assertThat(bench.destinationTo(PEER)).isEmpty();
        bench.hear(tells(true, true, PEER_MAC), PEER, PEER_MAC, US);
        bench.take();
        assertThat(bench.destinationTo(PEER)).contains(PEER_MAC);
        return bench;
    }

    @Test
    void aHostProbesForItsAddressesAndThenAsksForARouter() {
        DiscoveryBench bench = new DiscoveryBench();
        bench.time.pass(Duration.ofSeconds(20));

        assertThat(bench.takeMessages())
                .containsExactly(
                        new NeighbourSolicitation(US_LOCAL, Optional.empty()),
                        new RouterSolicitation(Optional.of(OUR_MAC)),
                        new RouterSolicitation(Optional.of(OUR_MAC)),
                        new RouterSolicitation(Optional.of(OUR_MAC)));
        assertThat(bench.events).isEmpty();
    }

    @Test
    void anAddressThatAnotherHasIsNotUsed() {
        for (boolean byProbe : new boolean[] {true, false}) {
            DiscoveryBench bench = new DiscoveryBench();
            if (byProbe) {
                bench.hear(
                        new NeighbourSolicitation(US_LOCAL, Optional.empty()),
                        Ipv6Address.ANY,
                        OTHER_MAC,
                        GROUP);
            } else {
                bench.time.pass(Duration.ofMillis(300));
                bench.hear(
                        new NeighbourAdvertisement(
                                false, false, true, US_LOCAL, Optional.of(OTHER_MAC)),
                        US_LOCAL,
                        OTHER_MAC);
            }
            bench.time.pass(Duration.ofSeconds(10));
            bench.take();
            bench.hear(asks(US_LOCAL, PEER_MAC), ROUTER, PEER_MAC, GROUP);

            assertThat(bench.take()).as("by probe: %s", byProbe).isEmpty();
        }
    }

    @Test
    void anAddressInUseIsDefendedBeforeAll() {
        DiscoveryBench bench = DiscoveryBench.configured();
        bench.hear(
                new NeighbourSolicitation(US, Optional.empty()), Ipv6Address.ANY, PEER_MAC, GROUP);

        byte[] frame = bench.take().getFirst();
        assertThat(Ethernet.destination(frame)).isEqualTo(ALL.multicastMac());
        assertThat(Icmpv6.inPacket(Ipv6Packet.inFrame(frame).orElseThrow()))
                .contains(new NeighbourAdvertisement(false, false, true, US, Optional.of(OUR_MAC)));
    }

    @Test
    void whoAsksIsAnsweredAndRemembered() {
        DiscoveryBench bench = DiscoveryBench.configured();
        bench.hear(asks(US, PEER_MAC), PEER, PEER_MAC, GROUP);

        assertThat(bench.takeMessages())
                .containsExactly(
                        new NeighbourAdvertisement(false, true, true, US, Optional.of(OUR_MAC)));
        assertThat(bench.neighbours())
                .last()
                .isEqualTo(PEER + " " + PEER_MAC + " neighbour solicitation from " + PEER_MAC);
    }

    @Test
    void aQuestionOverridesWhatWasKnown() {
        DiscoveryBench bench = knowing();
        bench.hear(asks(US, OTHER_MAC), PEER, OTHER_MAC, US);

        assertThat(bench.destinationTo(PEER)).contains(OTHER_MAC);
    }

    @Test
    void anAdvertisementThatNobodyAskedForTeachesNothingNew() {
        DiscoveryBench bench = DiscoveryBench.configured();
        int before = bench.neighbours().size();
        bench.hear(tells(false, true, OTHER_MAC), PEER, OTHER_MAC);

        assertThat(bench.neighbours()).hasSize(before);
    }

    @Test
    void anAdvertisementChangesAnEntryOnlyIfItSaysSo() {
        DiscoveryBench bench = knowing();
        bench.hear(tells(false, false, OTHER_MAC), PEER, OTHER_MAC);
        assertThat(bench.destinationTo(PEER)).contains(PEER_MAC);

        bench.hear(tells(false, true, OTHER_MAC), PEER, OTHER_MAC);
        assertThat(bench.destinationTo(PEER)).contains(OTHER_MAC);
        assertThat(bench.neighbours())
                .last()
                .isEqualTo(PEER + " " + OTHER_MAC + " neighbour advertisement from " + OTHER_MAC);
    }

    /** Doubted, it is asked for again after the delay; undoubted, only after the reachable time. */
    @Test
    void anAdvertisementThatContradictsMakesTheEntryDoubtful() {
        DiscoveryBench bench = knowing();
        bench.time.pass(Duration.ofSeconds(1));
        bench.hear(tells(false, false, OTHER_MAC), PEER, OTHER_MAC);
        bench.destinationTo(PEER);
        bench.time.pass(Duration.ofSeconds(6));

        assertThat(bench.takeMessages())
                .contains(new NeighbourSolicitation(PEER, Optional.of(OUR_MAC)));
        DiscoveryBench calm = knowing();
        calm.time.pass(Duration.ofSeconds(1));
        calm.destinationTo(PEER);
        calm.time.pass(Duration.ofSeconds(6));
        assertThat(calm.takeMessages()).isEmpty();
    }

    @Test
    void anAdvertisementWithoutHardwareConfirmsWhatIsKnown() {
        DiscoveryBench bench = knowing();
        int before = bench.neighbours().size();
        bench.hear(
                new NeighbourAdvertisement(false, true, true, PEER, Optional.empty()),
                PEER,
                PEER_MAC,
                US);

        assertThat(bench.destinationTo(PEER)).contains(PEER_MAC);
        assertThat(bench.neighbours()).hasSize(before);
    }

    @Test
    void whatHasPassedARouterIsIgnored() {
        DiscoveryBench bench = knowing();
        Ipv6Packet packet = tells(true, true, OTHER_MAC).toPacket(PEER, US, 254);
        bench.machine.receive(packet.toFrame(OUR_MAC, OTHER_MAC));

        assertThat(bench.destinationTo(PEER)).contains(PEER_MAC);
    }

    @Test
    void aNeighbourThatDoesNotAnswerIsAskedForThreeTimes() {
        DiscoveryBench bench = DiscoveryBench.configured();
        bench.destinationTo(PEER);
        bench.time.pass(Duration.ofSeconds(10));

        assertThat(bench.takeMessages())
                .hasSize(2)
                .containsOnly(new NeighbourSolicitation(PEER, Optional.of(OUR_MAC)));
    }

    @Test
    void neighboursAreAskedForInTheirOwnGroup() {
        DiscoveryBench bench = DiscoveryBench.configured();
        bench.hear(new Echo(false, 1, 1, new byte[8]), PEER, OTHER_MAC, US);

        byte[] frame = bench.take().getFirst();
        assertThat(Ethernet.destination(frame)).isEqualTo(PEER.solicitedNode().multicastMac());
        assertThat(Ipv6Packet.inFrame(frame).orElseThrow().source()).isEqualTo(US);
    }

    @Test
    void itsInterfacePassesItsOwnGroupsAndNoOther() {
        assertThat(DiscoveryBench.configured().machine.groups())
                .containsExactlyInAnyOrder(ALL.multicastMac(), GROUP.multicastMac());
        assertThat(new ArpBench().machine.groups()).isEmpty();
    }

    @Test
    void groupsOfOthersAreIgnoredHoweverTheyCame() {
        DiscoveryBench bench = DiscoveryBench.configured();
        bench.hear(asks(US, PEER_MAC), PEER, PEER_MAC, PEER.solicitedNode());
        bench.hear(new RouterSolicitation(Optional.of(PEER_MAC)), PEER, PEER_MAC);

        assertThat(bench.take()).isEmpty();
    }

    @Test
    void theEchoServiceAnswersButNotAnother() {
        DiscoveryBench bench = knowing();
        bench.machine.receive(datagram(5000, 7));
        Ipv6Packet answer = Ipv6Packet.inFrame(bench.take().getFirst()).orElseThrow();
        bench.machine.receive(datagram(7, 7));
        bench.machine.receive(datagram(0, 7));

        assertThat(UdpDatagram.inPacket(answer).orElseThrow().targetPort()).isEqualTo(5000);
        assertThat(answer.source()).isEqualTo(US);
        assertThat(bench.take()).isEmpty();
    }

    private static byte[] datagram(int from, int to) {
        byte[] payload = new UdpDatagram(from, to, new byte[] {1, 2}).toBytes(PEER, US);
        return new Ipv6Packet(PEER, US, 64, Ipv6Packet.UDP, payload).toFrame(OUR_MAC, PEER_MAC);
    }

    @Test
    void packetsOfPlainMachinesAreIgnored() {
        ArpBench plain = new ArpBench();
        plain.machine.start();
        plain.machine.receive(asks(US, PEER_MAC)
                .toPacket(PEER, GROUP, 255)
                .toFrame(GROUP.multicastMac(), PEER_MAC));

        assertThat(plain.take()).isEmpty();
    }

    @Test
    void anotherHardwareAddressForgetsNeighboursAndKeepsTheAddresses() {
        DiscoveryBench bench = knowing();
        bench.machine.hardwareAddress(OTHER_MAC);
        Ipv6Packet question = asks(US, PEER_MAC).toPacket(PEER, GROUP, 255);
        bench.machine.receive(question.toFrame(GROUP.multicastMac(), PEER_MAC));

        assertThat(bench.takeMessages())
                .contains(
                        new NeighbourAdvertisement(false, true, true, US, Optional.of(OTHER_MAC)));
    }

    @Test
    void damagedFramesNeverThrowAndLeaveNothingBehind() {
        DiscoveryBench bench = knowing();
        List<byte[]> sound = List.of(
                asks(US, PEER_MAC).toPacket(PEER, US, 255).toFrame(OUR_MAC, PEER_MAC),
                tells(true, true, PEER_MAC).toPacket(PEER, US, 255).toFrame(OUR_MAC, PEER_MAC),
                DiscoveryBench.of(RouterAdvertiser.prefix())
                        .toPacket(ROUTER, ALL, 255)
                        .toFrame(ALL.multicastMac(), PEER_MAC),
                datagram(5000, 7));
        for (long seed = 0; seed < 20_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] frame = sound.get(random.nextInt(sound.size())).clone();
            for (int i = random.nextInt(4); i > 0; i--) {
                frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
            }
            bench.take();
            bench.machine.receive(Arrays.copyOf(frame, random.nextInt(frame.length + 1)));
            bench.machine.receive(frame);
            assertThat(bench.take()).as("seed %d", seed).hasSizeLessThan(4);
        }
        assertThat(NetworkSetup.IPV6_PREFIX).isEqualTo(US.high());
    }
}
