package cofferdam.attacks.network;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.attacks.Attack;
import cofferdam.attacks.staging.RecordingNic.Sent;
import cofferdam.attacks.staging.Segment;
import cofferdam.attacks.staging.Stage;
import cofferdam.attacks.staging.Station;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.packet.Ipv4Packet;
import cofferdam.monitor.packet.Ipv6Packet;
import cofferdam.monitor.packet.UdpDatagram;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

final class IpSpoofingTest {

    private static final Duration FIRST_ROUND = Duration.ofMillis(50);

    private final Stage stage = new Stage();
    private final Segment segment = new Segment(stage);
    private final Station bill = segment.station(People.BILL_IP, People.BILL);

    @Test
    void packetsNameTheVictimAndFramesTheAttacker() {
        segment.station(People.ANNE_IP, People.ANNE);
        start();
        stage.run(FIRST_ROUND);
        List<byte[]> forged = packets();
        assertThat(forged).hasSize(2);
        assertThat(forged).allMatch(frame -> Ethernet.source(frame).equals(Stage.ATTACKER));
        assertThat(Ethernet.destination(forged.get(0))).isEqualTo(People.BILL);
        assertThat(Ethernet.destination(forged.get(1))).isEqualTo(MacAddress.BROADCAST);
        assertThat(forged.stream().map(frame -> Ipv4Packet.inFrame(frame).orElseThrow()))
                .extracting(Ipv4Packet::source)
                .containsOnly(People.ANNE_IP);
        assertThat(bill.heard()).containsExactly("cofferdam ip-spoofing forged 1 of 10 unicast");
    }

    @Test
    void packetsOfOneCampaignAreAllDifferent() {
        segment.station(People.ANNE_IP, People.ANNE);
        stage.spans.put("interval", Duration.ofNanos(1_000));
        Attack.Campaign campaign = start();
        stage.run(Duration.ofSeconds(1));
        assertThat(campaign.ready()).isTrue();
        assertThat(packets()).hasSize(20);
        assertThat(packets().stream().map(Arrays::hashCode).distinct()).hasSize(20);
        assertThat(stage.reports).endsWith("sent 20 packets under addresses that are not its own");
    }

    @Test
    void anUnspecifiedSenderIsNobody() {
        segment.station(People.ANNE_IP, People.ANNE);
        stage.choices.put("from", "unspecified");
        start();
        stage.run(FIRST_ROUND);
        assertThat(packets())
                .hasSize(2)
                .allSatisfy(frame -> assertThat(
                                Ipv4Packet.inFrame(frame).orElseThrow().source().value())
                        .isZero());
    }

    @Test
    void tagsThatNameNoNetworkStandBeforeThePacket() {
        segment.station(People.ANNE_IP, People.ANNE);
        stage.counts.put("tags", 2);
        start();
        stage.run(FIRST_ROUND);
        byte[] frame = stage.nic.frames().getLast();
        assertThat(Arrays.copyOfRange(frame, 12, 22))
                .containsExactly(0x81, 0, 0, 0, 0x81, 0, 0, 0, 0x08, 0);
    }

    @Test
    void atOnceTheForgedFramesAreTheFirstOfAll() {
        stage.know(People.ANNE_IP, People.ANNE);
        stage.know(People.BILL_IP, People.BILL);
        stage.choices.put("begin", "at-once");
        stage.counts.put("frames", 3);
        stage.spans.put("interval", Duration.ofMillis(1));
        Attack.Campaign campaign = start();
        assertThat(packets()).hasSize(2);
        stage.run(Duration.ofSeconds(1));
        assertThat(campaign.ready()).isTrue();
        assertThat(stage.nic.sent().stream().map(Sent::time).map(Duration::toMillis))
                .containsExactly(0L, 0L, 1L, 1L, 2L, 2L);
        assertThat(packets()).hasSize(6);
    }

    @Test
    void overIpv6TheVictimsOwnAddressesAreClaimed() {
        segment.station(People.ANNE_IP, People.ANNE);
        stage.choices.put("family", "ipv6");
        start();
        stage.run(FIRST_ROUND);
        List<Ipv6Packet> packets = stage.nic.frames().stream()
                .map(Ipv6Packet::inFrame)
                .flatMap(Optional::stream)
                .toList();
        assertThat(packets)
                .extracting(Ipv6Packet::source)
                .containsExactly(
                        Ipv6Address.parse("2001:db8:0:1:0:ff:fe00:1"),
                        Ipv6Address.parse("fe80::ff:fe00:1"));
        assertThat(packets)
                .extracting(Ipv6Packet::target)
                .containsExactly(
                        Ipv6Address.parse("2001:db8:0:1:0:ff:fe00:3"), Ipv6Address.ALL_NODES);
        assertThat(Ethernet.destination(stage.nic.frames().getLast()))
                .isEqualTo(MacAddress.parse("33:33:00:00:00:01"));
        UdpDatagram datagram = UdpDatagram.inPacket(packets.getFirst()).orElseThrow();
        assertThat(new String(datagram.data(), StandardCharsets.US_ASCII))
                .isEqualTo("cofferdam ip-spoofing forged 1 of 10 unicast");
    }

    @Test
    void aVictimThatIsUnknownCannotBeClaimedOverIpv6() {
        stage.choices.put("family", "ipv6");
        Attack.Campaign campaign = start();
        stage.run(Duration.ofSeconds(10));
        assertThat(campaign.ready()).isTrue();
        assertThat(stage.reports).endsWith("sent 0 packets under addresses that are not its own");
    }

    @Test
    void stopEndsItInTheMiddle() {
        segment.station(People.ANNE_IP, People.ANNE);
        Attack.Campaign campaign = start();
        stage.run(Duration.ofMillis(250));
        campaign.stop();
        int sent = stage.nic.sent().size();
        stage.run(Duration.ofSeconds(10));
        assertThat(campaign.stopped()).isTrue();
        assertThat(stage.nic.sent()).hasSize(sent);
    }

    private Attack.Campaign start() {
        return stage.start(new IpSpoofing(), People.ANNE_IP, People.BILL_IP);
    }

    private List<byte[]> packets() {
        return stage.nic.frames().stream()
                .filter(frame -> Ipv4Packet.inFrame(frame).isPresent())
                .toList();
    }
}
