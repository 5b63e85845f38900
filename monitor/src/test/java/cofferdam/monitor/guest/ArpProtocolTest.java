package cofferdam.monitor.guest;

import static cofferdam.monitor.guest.ArpBench.OTHER_MAC;
import static cofferdam.monitor.guest.ArpBench.OUR_MAC;
import static cofferdam.monitor.guest.ArpBench.PEER;
import static cofferdam.monitor.guest.ArpBench.PEER_MAC;
import static cofferdam.monitor.guest.ArpBench.THIRD;
import static cofferdam.monitor.guest.ArpBench.US;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.ArpPacket;
import cofferdam.monitor.packet.Ethernet;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/** Each rule with the reason that {@code arp_process} of Linux has for it. */
class ArpProtocolTest {

    private static final Duration BEYOND_LOCK = Duration.ofMillis(1001);

    private final ArpBench bench = new ArpBench();

    @Test
    void requestForUsIsAnsweredToTheSenderHardwareAddressAndNotToTheEthernetSource() {
        // Linux passes the ARP sender hardware address to arp_send_dst as both target and
        // destination.
        ArpPacket request = ArpPacket.request(PEER_MAC, PEER, US);
        bench.machine.receive(request.toFrame(MacAddress.BROADCAST, OTHER_MAC));

        byte[] answer = bench.take().getFirst();
        assertThat(Ethernet.destination(answer)).isEqualTo(PEER_MAC);
        assertThat(Ethernet.source(answer)).isEqualTo(OUR_MAC);
        assertThat(ArpPacket.inFrame(answer))
                .contains(ArpPacket.reply(OUR_MAC, US, PEER_MAC, PEER));
    }

    @Test
    void requestForUsCreatesAnEntryBecauseTheSenderWillHearFromUs() {
        bench.request(PEER_MAC, US);

        assertThat(bench.destinationOfPacket()).contains(PEER_MAC);
        assertThat(bench.changes()).containsExactly("10.0.0.2 02:00:00:00:00:02 ARP request");
    }

    @Test
    void requestForUsOverridesEvenWithinTheLockTime() {
        // neigh_event_ns updates with NEIGH_UPDATE_F_OVERRIDE and never looks at the lock time.
        bench.learnPeer();
        bench.request(OTHER_MAC, US);

        assertThat(bench.destinationOfPacket()).contains(OTHER_MAC);
    }

    @Test
    void requestForAnotherIsNotAnsweredAndCreatesNoEntry() {
        bench.request(PEER_MAC, THIRD);

        assertThat(bench.take()).isEmpty();
        assertThat(bench.destinationOfPacket()).isEmpty();
    }

    @Test
    void requestForAnotherUpdatesAnEntryThatIsThere() {
        bench.learnPeer();
        bench.time.pass(BEYOND_LOCK);
        bench.request(OTHER_MAC, THIRD);

        assertThat(bench.destinationOfPacket()).contains(OTHER_MAC);
    }

    @Test
    void requestForAnotherDoesNotOverrideWithinTheLockTime() {
        bench.learnPeer();
        bench.request(OTHER_MAC, THIRD);

        assertThat(bench.destinationOfPacket()).contains(PEER_MAC);
    }

    @Test
    void unsolicitedReplyDoesNotCreateAnEntry() {
        // arp_accept is 0 by default.
        bench.reply(OTHER_MAC, OUR_MAC);
        bench.reply(OTHER_MAC, MacAddress.BROADCAST);

        assertThat(bench.destinationOfPacket()).isEmpty();
        assertThat(bench.changes()).isEmpty();
    }

    @Test
    void unsolicitedReplyUpdatesAnEntryThatIsThere() {
        bench.learnPeer();
        bench.time.pass(BEYOND_LOCK);
        bench.reply(OTHER_MAC, OUR_MAC);

        assertThat(bench.destinationOfPacket()).contains(OTHER_MAC);
        assertThat(bench.changes())
                .containsExactly(
                        "10.0.0.2 02:00:00:00:00:02 ARP reply",
                        "10.0.0.2 02:00:00:00:00:99 ARP reply");
    }

    @Test
    void firstOfSeveralRepliesWinsForASecond() {
        // The lock time keeps several proxies that answer at once from taking turns.
        bench.learnPeer();
        bench.time.pass(Duration.ofSeconds(1));
        bench.reply(OTHER_MAC, OUR_MAC);
        assertThat(bench.destinationOfPacket()).contains(PEER_MAC);

        bench.time.pass(Duration.ofMillis(1));
        bench.reply(OTHER_MAC, OUR_MAC);
        assertThat(bench.destinationOfPacket()).contains(OTHER_MAC);
    }

    @Test
    void replyThatChangesNothingDoesNotProlongTheLockTime() {
        bench.learnPeer();
        bench.time.pass(Duration.ofMillis(900));
        bench.reply(PEER_MAC, OUR_MAC);
        bench.time.pass(Duration.ofMillis(101));
        bench.reply(OTHER_MAC, OUR_MAC);

        assertThat(bench.destinationOfPacket()).contains(OTHER_MAC);
    }

    @Test
    void gratuitousAnnouncementOverridesWithinTheLockTime() {
        bench.learnPeer();
        ArpPacket announcement = ArpPacket.request(OTHER_MAC, PEER, PEER);
        bench.machine.receive(announcement.toFrame(MacAddress.BROADCAST, OTHER_MAC));

        assertThat(bench.destinationOfPacket()).contains(OTHER_MAC);
        assertThat(bench.changes()).last().isEqualTo("10.0.0.2 02:00:00:00:00:99 ARP request");
    }

    @Test
    void gratuitousReplyMustNameItsHardwareAddressTwice() {
        // arp_is_garp compares target and sender hardware address of a reply.
        bench.learnPeer();
        ArpPacket wrong = ArpPacket.reply(OTHER_MAC, PEER, OUR_MAC, PEER);
        bench.machine.receive(wrong.toFrame(MacAddress.BROADCAST, OTHER_MAC));
        assertThat(bench.destinationOfPacket()).contains(PEER_MAC);

        ArpPacket right = ArpPacket.reply(OTHER_MAC, PEER, OTHER_MAC, PEER);
        bench.machine.receive(right.toFrame(MacAddress.BROADCAST, OTHER_MAC));
        assertThat(bench.destinationOfPacket()).contains(OTHER_MAC);
    }

    @Test
    void replyToSomebodyElseThatAPromiscuousInterfacePassesUpIsIgnored() {
        // arp_rcv drops PACKET_OTHERHOST.
        bench.learnPeer();
        bench.time.pass(BEYOND_LOCK);
        bench.reply(OTHER_MAC, PEER_MAC);

        assertThat(bench.destinationOfPacket()).contains(PEER_MAC);
    }

    @Test
    void requestToAnotherStationThatAPromiscuousInterfacePassesUpIsNotAnswered() {
        ArpPacket request = ArpPacket.request(PEER_MAC, PEER, US);
        bench.machine.receive(request.toFrame(OTHER_MAC, PEER_MAC));

        assertThat(bench.take()).isEmpty();
    }

    @Test
    void requestToAnyGroupAddressIsAnswered() {
        // By this, tools such as search_promisc tell an interface that passes up every group.
        ArpPacket request = ArpPacket.request(PEER_MAC, PEER, US);
        bench.machine.receive(request.toFrame(MacAddress.parse("fd:fd:00:00:00:00"), PEER_MAC));

        assertThat(bench.take()).hasSize(1);
    }

    @Test
    void probeForADuplicateAddressIsAnsweredAndTeachesNothing() {
        ArpPacket probe = ArpPacket.request(PEER_MAC, Ipv4Address.ANY, US);
        bench.machine.receive(probe.toFrame(MacAddress.BROADCAST, PEER_MAC));

        assertThat(bench.take()).hasSize(1);
        assertThat(bench.changes()).isEmpty();
    }

    @Test
    void whoeverClaimsOurOwnAddressGetsNoAnswerAndNoEntry() {
        // The route lookup refuses a source that is local.
        for (Ipv4Address target : List.of(US, PEER)) {
            ArpPacket claim = ArpPacket.request(OTHER_MAC, US, target);
            bench.machine.receive(claim.toFrame(MacAddress.BROADCAST, OTHER_MAC));
        }

        assertThat(bench.take()).isEmpty();
        assertThat(bench.changes()).isEmpty();
    }

    @Test
    void requestFromAGroupAddressIsIgnored() {
        ArpPacket request = ArpPacket.request(OTHER_MAC, Ipv4Address.parse("224.0.0.1"), US);
        bench.machine.receive(request.toFrame(MacAddress.BROADCAST, OTHER_MAC));

        assertThat(bench.take()).isEmpty();
        assertThat(bench.changes()).isEmpty();
    }

    @Test
    void repeatedAddressIsNoChange() {
        bench.learnPeer();
        bench.time.pass(BEYOND_LOCK);
        bench.reply(PEER_MAC, OUR_MAC);
        bench.request(PEER_MAC, US);

        assertThat(bench.changes()).hasSize(1);
    }

    @Test
    void newHardwareAddressIsUsedAndEverythingKnownIsForgotten() {
        // NETDEV_CHANGEADDR flushes the neighbours; arp_notify is 0, so nothing is announced.
        bench.learnPeer();
        bench.machine.hardwareAddress(OTHER_MAC);

        assertThat(bench.take()).isEmpty();
        bench.makeItSend();
        assertThat(bench.take()).isEmpty();
        ArpPacket request = ArpPacket.request(PEER_MAC, PEER, US);
        bench.machine.receive(request.toFrame(MacAddress.BROADCAST, PEER_MAC));
        byte[] answer = bench.take().getFirst();
        assertThat(Ethernet.source(answer)).isEqualTo(OTHER_MAC);
        assertThat(ArpPacket.inFrame(answer).orElseThrow().senderHardware()).isEqualTo(OTHER_MAC);
    }
}
