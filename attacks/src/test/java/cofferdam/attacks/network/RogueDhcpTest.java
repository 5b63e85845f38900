package cofferdam.attacks.network;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.attacks.Attack;
import cofferdam.attacks.staging.Segment;
import cofferdam.attacks.staging.Stage;
import cofferdam.attacks.staging.Station;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.DhcpMessage;
import cofferdam.monitor.packet.DhcpMessage.Type;
import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.packet.Ipv4Packet;
import cofferdam.monitor.packet.UdpDatagram;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

final class RogueDhcpTest {

    private static final int TRANSACTION = 0x1234_5678;
    private static final byte[] IDENTIFIER = {0, 'f', 'l', 'o', 'w'};

    private final Stage stage = new Stage();
    private final Segment segment = new Segment(stage);
    private final Station anne = segment.station(People.ANNE_IP, People.ANNE);
    private final Station router = segment.station(People.BILL_IP, People.BILL);
    private Attack.Campaign campaign;

    @BeforeEach
    void start() {
        campaign = stage.start(new RogueDhcp(), People.ANNE_IP, People.BILL_IP);
        stage.run(Duration.ofMillis(50));
        assertThat(campaign.ready()).isTrue();
    }

    @Test
    void aDiscoveryIsAnsweredInTheSameInstantWithItselfAsRouter() {
        stage.nic.deliver(ask(Type.DISCOVER, People.ANNE, Optional.empty()));
        DhcpMessage offer = answers().getFirst();
        assertThat(offer.type()).isEqualTo(Type.OFFER);
        assertThat(offer.transaction()).isEqualTo(TRANSACTION);
        assertThat(offer.yourAddress()).isEqualTo(People.ANNE_IP);
        assertThat(offer.address(DhcpMessage.ROUTER)).contains(Stage.ATTACKER_IP);
        assertThat(offer.address(DhcpMessage.SERVER_IDENTIFIER)).contains(Stage.ATTACKER_IP);
        assertThat(offer.options().get(DhcpMessage.CLIENT_IDENTIFIER)).isEqualTo(IDENTIFIER);
        byte[] frame = stage.nic.frames().getLast();
        assertThat(Ethernet.destination(frame)).isEqualTo(People.ANNE);
        assertThat(Ethernet.source(frame)).isEqualTo(Stage.ATTACKER);
        assertThat(Ipv4Packet.inFrame(frame).orElseThrow().source()).isEqualTo(Stage.ATTACKER_IP);
    }

    @Test
    void aRequestToTheTrueServerIsAcknowledgedToo() {
        stage.nic.deliver(ask(Type.REQUEST, People.ANNE, Optional.of(People.BILL_IP)));
        assertThat(answers()).extracting(DhcpMessage::type).containsExactly(Type.ACK);
        assertThat(answers().getFirst().address(DhcpMessage.ROUTER)).contains(Stage.ATTACKER_IP);
    }

    @Test
    void acknowledgementsFollowTheOfferUnaskedAtEverLongerIntervals() {
        stage.nic.deliver(ask(Type.DISCOVER, People.ANNE, Optional.empty()));
        long asked = stage.timeline.now();
        stage.run(Duration.ofSeconds(2));
        assertThat(answers().stream().skip(1))
                .hasSize(20)
                .allMatch(answer -> answer.type() == Type.ACK)
                .allMatch(answer -> answer.transaction() == TRANSACTION);
        assertThat(stage.nic.sent().stream()
                        .skip(stage.nic.sent().size() - 20)
                        .map(sent -> sent.time().toNanos() - asked)
                        .limit(3))
                .containsExactly(1_000L, 2_000L, 4_000L);
    }

    @Test
    void othersAndServersAreNotAnswered() {
        stage.nic.deliver(ask(Type.DISCOVER, People.STRANGER, Optional.empty()));
        stage.nic.deliver(ask(Type.RELEASE, People.ANNE, Optional.empty()));
        stage.nic.deliver(ask(Type.OFFER, People.ANNE, Optional.empty()));
        assertThat(answers()).isEmpty();
    }

    @Test
    void whatIsForTheWorldGoesToTheTrueRouter() {
        Ipv4Address world = Ipv4Address.parse("192.0.2.1");
        anne.neighbours().put(world, Stage.ATTACKER);
        anne.say(world, "to the world");
        stage.run(Duration.ofMillis(10));
        byte[] forwarded = stage.nic.frames().getLast();
        assertThat(Ethernet.destination(forwarded)).isEqualTo(People.BILL);
        assertThat(Ipv4Packet.inFrame(forwarded).orElseThrow().target()).isEqualTo(world);
        assertThat(router.received).isNotEmpty();
    }

    @Test
    void whatIsForTheAttackerItselfStays() {
        int before = stage.nic.sent().size();
        anne.say(Stage.ATTACKER_IP, "for you");
        stage.run(Duration.ofMillis(10));
        anne.neighbours().put(Stage.ATTACKER_IP, Stage.ATTACKER);
        anne.say(Stage.ATTACKER_IP, "for you again");
        stage.run(Duration.ofMillis(10));
        assertThat(stage.nic.sent()).hasSize(before);
    }

    @Test
    void theEndIsAtOnce() {
        campaign.stop();
        campaign.stop();
        assertThat(campaign.stopped()).isTrue();
        stage.nic.deliver(ask(Type.DISCOVER, People.ANNE, Optional.empty()));
        assertThat(answers()).isEmpty();
        assertThat(stage.reports).endsWith("answered 0 DHCP messages, forwarded 0 frames");
    }

    private static byte[] ask(Type type, MacAddress client, Optional<Ipv4Address> server) {
        Map<Integer, byte[]> options = new TreeMap<>();
        options.put(DhcpMessage.CLIENT_IDENTIFIER, IDENTIFIER);
        server.ifPresent(address ->
                options.put(DhcpMessage.SERVER_IDENTIFIER, DhcpMessage.value(address)));
        DhcpMessage message = new DhcpMessage(
                type, TRANSACTION, false, Ipv4Address.ANY, Ipv4Address.ANY, client, options);
        Ipv4Address all = Ipv4Address.parse("255.255.255.255");
        byte[] payload = new UdpDatagram(
                        DhcpMessage.CLIENT_PORT, DhcpMessage.SERVER_PORT, message.toBytes())
                .toBytes(Ipv4Address.ANY, all);
        return new Ipv4Packet(Ipv4Address.ANY, all, 1, 64, Ipv4Packet.UDP, payload)
                .toFrame(MacAddress.BROADCAST, client);
    }

    private List<DhcpMessage> answers() {
        return stage.nic.frames().stream()
                .map(Ipv4Packet::inFrame)
                .flatMap(Optional::stream)
                .map(UdpDatagram::inPacket)
                .flatMap(Optional::stream)
                .filter(datagram -> datagram.sourcePort() == DhcpMessage.SERVER_PORT)
                .map(datagram -> DhcpMessage.read(datagram.data()))
                .flatMap(Optional::stream)
                .toList();
    }
}
