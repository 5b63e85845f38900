package cofferdam.attacks.network;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.attacks.Attack;
import cofferdam.attacks.staging.Segment;
import cofferdam.attacks.staging.Stage;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.packet.Icmpv6;
import cofferdam.monitor.packet.Icmpv6.NeighbourAdvertisement;
import cofferdam.monitor.packet.Icmpv6.RouterAdvertisement;
import cofferdam.monitor.packet.Icmpv6.RouterPreference;
import cofferdam.monitor.packet.Ipv6Packet;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@link RogueRouter} and {@link NdSpoofing}. */
final class DiscoveryAttacksTest {

    private static final long PREFIX = 0x2001_0db8_0000_0001L;
    private static final Ipv6Address OWN = local(Stage.ATTACKER);

    private final Stage stage = new Stage();
    private final Segment segment = new Segment(stage);

    @BeforeEach
    void twoVictims() {
        segment.station(People.ANNE_IP, People.ANNE);
        segment.station(People.BILL_IP, People.BILL);
    }

    @Test
    void theRogueAdvertisesItselfToAllWithHighPreference() {
        stage.start(new RogueRouter(), People.ANNE_IP, People.BILL_IP);
        stage.run(Duration.ofMillis(50));
        Ipv6Packet packet = packets().getFirst();
        assertThat(packet.source()).isEqualTo(OWN);
        assertThat(packet.target()).isEqualTo(Ipv6Address.ALL_NODES);
        RouterAdvertisement told = advertisements().getFirst();
        assertThat(told.preference()).isEqualTo(RouterPreference.HIGH);
        assertThat(told.lifetime()).isEqualTo(1800);
        assertThat(told.sourceHardware()).contains(Stage.ATTACKER);
        assertThat(told.prefixes())
                .extracting(prefix -> prefix.prefix().high())
                .containsExactly(PREFIX);
    }

    @Test
    void whoAsksForARouterIsAnsweredAtOnce() {
        stage.start(new RogueRouter(), People.ANNE_IP, People.BILL_IP);
        stage.run(Duration.ofMillis(50));
        int before = advertisements().size();
        Icmpv6 asked = new Icmpv6.RouterSolicitation(Optional.of(People.ANNE));
        stage.nic.deliver(frame(asked, People.ANNE, Ipv6Address.ALL_ROUTERS));
        assertThat(advertisements()).hasSize(before + 1);
    }

    @Test
    void theRogueResignsThreeTimesAtTheEnd() {
        Attack.Campaign campaign = stage.start(new RogueRouter(), People.ANNE_IP, People.BILL_IP);
        stage.run(Duration.ofMillis(3_500));
        assertThat(campaign.ready()).isTrue();
        campaign.stop();
        campaign.stop();
        stage.run(Duration.ofSeconds(4));
        assertThat(campaign.stopped()).isTrue();
        assertThat(advertisements().stream().map(RouterAdvertisement::lifetime))
                .containsExactly(1800, 1800, 1800, 1800, 0, 0, 0);
    }

    @Test
    void bothVictimsAreToldThatTheOtherIsHere() {
        stage.start(new NdSpoofing(), People.ANNE_IP, People.BILL_IP);
        stage.run(Duration.ofMillis(50));
        assertThat(packets()).extracting(Ipv6Packet::source).containsOnly(OWN);
        assertThat(packets())
                .extracting(Ipv6Packet::target)
                .containsExactly(
                        local(People.ANNE),
                        local(People.BILL),
                        local(People.ANNE),
                        local(People.BILL));
        List<NeighbourAdvertisement> told = neighbours();
        assertThat(told)
                .extracting(NeighbourAdvertisement::target)
                .containsExactly(
                        local(People.BILL),
                        local(People.ANNE),
                        Ipv6Address.eui64(PREFIX, People.BILL),
                        Ipv6Address.eui64(PREFIX, People.ANNE));
        assertThat(told)
                .allMatch(NeighbourAdvertisement::override)
                .allMatch(lie -> lie.targetHardware().equals(Optional.of(Stage.ATTACKER)));
    }

    @Test
    void whoAsksForAVictimIsLiedToAtOnce() {
        stage.start(new NdSpoofing(), People.ANNE_IP, People.BILL_IP);
        stage.run(Duration.ofMillis(50));
        Icmpv6 asked =
                new Icmpv6.NeighbourSolicitation(local(People.BILL), Optional.of(People.ANNE));
        stage.nic.deliver(frame(asked, People.ANNE, local(People.BILL).solicitedNode()));
        assertThat(neighbours()).hasSize(8);
        Icmpv6 other =
                new Icmpv6.NeighbourSolicitation(local(People.STRANGER), Optional.of(People.ANNE));
        stage.nic.deliver(frame(other, People.ANNE, local(People.STRANGER).solicitedNode()));
        assertThat(neighbours()).hasSize(8);
    }

    @Test
    void theTruthIsToldThreeTimesAtTheEnd() {
        Attack.Campaign campaign = stage.start(new NdSpoofing(), People.ANNE_IP, People.BILL_IP);
        stage.run(Duration.ofMillis(50));
        int lies = neighbours().size();
        campaign.stop();
        stage.run(Duration.ofSeconds(4));
        assertThat(campaign.stopped()).isTrue();
        List<NeighbourAdvertisement> truth =
                neighbours().subList(lies, neighbours().size());
        assertThat(truth).hasSize(12).allSatisfy(told -> {
            MacAddress at = told.targetHardware().orElseThrow();
            assertThat(Ipv6Address.eui64(told.target().high(), at)).isEqualTo(told.target());
        });
    }

    @Test
    void divertedPacketsGoToTheirOwnerOrTheTrueRouter() {
        stage.start(new NdSpoofing(), People.ANNE_IP, People.BILL_IP);
        stage.run(Duration.ofMillis(50));
        assertThat(forwardedTo(Ipv6Address.eui64(PREFIX, People.ANNE), People.BILL))
                .containsExactly(People.ANNE);
        assertThat(forwardedTo(Ipv6Address.parse("2001:db8:ffff::1"), People.ANNE))
                .containsExactly(People.BILL);
    }

    @Test
    void whatIsForTheAttackerOrForTheLinkStays() {
        stage.start(new NdSpoofing(), People.ANNE_IP, People.BILL_IP);
        stage.run(Duration.ofMillis(50));
        assertThat(forwardedTo(Ipv6Address.eui64(PREFIX, Stage.ATTACKER), People.ANNE))
                .isEmpty();
        assertThat(forwardedTo(Ipv6Address.ALL_NODES, People.ANNE)).isEmpty();
        assertThat(forwardedTo(Ipv6Address.eui64(PREFIX, People.ANNE), People.ANNE))
                .isEmpty();
        int before = stage.nic.sent().size();
        Icmpv6 told = new NeighbourAdvertisement(
                false, true, false, local(People.BILL), Optional.of(People.BILL));
        stage.nic.deliver(frame(told, People.BILL, local(People.ANNE)));
        assertThat(stage.nic.sent()).hasSize(before);
    }

    private List<MacAddress> forwardedTo(Ipv6Address target, MacAddress from) {
        int before = stage.nic.sent().size();
        Ipv6Address source = local(from);
        Icmpv6 echo = new Icmpv6.Echo(false, 1, 1, new byte[8]);
        stage.nic.deliver(echo.toPacket(source, target, 64).toFrame(Stage.ATTACKER, from));
        return stage.nic.frames().stream()
                .skip(before)
                .map(Ethernet::destination)
                .toList();
    }

    private static byte[] frame(Icmpv6 message, MacAddress from, Ipv6Address to) {
        return message.toPacket(local(from), to, Icmpv6.NEIGHBOUR_DISCOVERY_HOP_LIMIT)
                .toFrame(to.isMulticast() ? to.multicastMac() : Stage.ATTACKER, from);
    }

    private static Ipv6Address local(MacAddress mac) {
        return Ipv6Address.eui64(Ipv6Address.LINK_LOCAL, mac);
    }

    private List<Ipv6Packet> packets() {
        return stage.nic.frames().stream()
                .map(Ipv6Packet::inFrame)
                .flatMap(Optional::stream)
                .toList();
    }

    private List<RouterAdvertisement> advertisements() {
        return messages(RouterAdvertisement.class);
    }

    private List<NeighbourAdvertisement> neighbours() {
        return messages(NeighbourAdvertisement.class);
    }

    private <M extends Icmpv6> List<M> messages(Class<M> kind) {
        return packets().stream()
                .map(Icmpv6::inPacket)
                .flatMap(Optional::stream)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
