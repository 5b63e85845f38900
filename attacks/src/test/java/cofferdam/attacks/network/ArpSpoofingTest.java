package cofferdam.attacks.network;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.attacks.Attack;
import cofferdam.attacks.staging.Segment;
import cofferdam.attacks.staging.Stage;
import cofferdam.attacks.staging.Station;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.ArpPacket;
import cofferdam.monitor.packet.Ethernet;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

final class ArpSpoofingTest {

    private final Stage stage = new Stage();
    private final Segment segment = new Segment(stage);
    private final Station anne = segment.station(People.ANNE_IP, People.ANNE);
    private final Station bill = segment.station(People.BILL_IP, People.BILL);

    @BeforeEach
    void theyKnowEachOther() {
        anne.say(People.BILL_IP, "hello");
        bill.say(People.ANNE_IP, "hello");
        bill.say(Stage.ATTACKER_IP, "hello");
        stage.run(Duration.ofMillis(10));
    }

    @Test
    void aFalseProtocolAddressMakesTheAttackerOfTheFirstVictim() {
        start("ip");
        stage.run(Duration.ofSeconds(4));
        assertThat(claims()).allSatisfy(claim -> {
            assertThat(claim.senderProtocol()).isEqualTo(People.ANNE_IP);
            assertThat(claim.senderHardware()).isEqualTo(Stage.ATTACKER);
        });
        assertThat(bill.neighbours()).containsEntry(People.ANNE_IP, Stage.ATTACKER);
    }

    @Test
    void aFalseHardwareAddressSendsTheAttackersTrafficToTheFirstVictim() {
        start("mac");
        stage.run(Duration.ofSeconds(4));
        assertThat(claims()).allSatisfy(claim -> {
            assertThat(claim.senderProtocol()).isEqualTo(Stage.ATTACKER_IP);
            assertThat(claim.senderHardware()).isEqualTo(People.ANNE);
        });
    }

    @Test
    void bothFalseIsAnAddressThatNobodyHas() {
        start("both");
        stage.run(Duration.ofSeconds(4));
        MacAddress claimed = claims().getFirst().senderHardware();
        assertThat(claims()).allSatisfy(claim -> {
            assertThat(claim.senderProtocol()).isEqualTo(People.ANNE_IP);
            assertThat(claim.senderHardware()).isEqualTo(claimed);
        });
        assertThat(claimed).isNotIn(Stage.ATTACKER, People.ANNE, People.BILL);
        assertThat(claimed.isGroup()).isFalse();
    }

    @Test
    void eachRoundTellsTheSecondVictimAndEverybodyUnderTheAttackersOwnAddress() {
        Attack.Campaign campaign = start("ip");
        stage.run(Duration.ofMillis(2_500));
        assertThat(campaign.ready()).isFalse();
        assertThat(lies())
                .hasSize(6)
                .allMatch(frame -> Ethernet.source(frame).equals(Stage.ATTACKER));
        assertThat(lies().stream().map(Ethernet::destination).limit(2))
                .containsExactly(People.BILL, MacAddress.BROADCAST);
        stage.run(Duration.ofSeconds(1));
        assertThat(campaign.ready()).isTrue();
    }

    @Test
    void divertedTrafficIsHandedOn() {
        start("ip");
        stage.run(Duration.ofSeconds(4));
        bill.say(People.ANNE_IP, "for anne");
        stage.run(Duration.ofSeconds(1));
        assertThat(anne.heard()).contains("for anne");
    }

    @Test
    void theEndPutsTheEntryRight() {
        Attack.Campaign campaign = start("ip");
        stage.run(Duration.ofSeconds(4));
        campaign.stop();
        campaign.stop();
        stage.run(Duration.ofSeconds(4));
        assertThat(campaign.stopped()).isTrue();
        assertThat(bill.neighbours()).containsEntry(People.ANNE_IP, People.ANNE);
        assertThat(stage.nic.listeners()).isZero();
    }

    @Test
    void withoutAnAnswerThereIsNothingToClaim() {
        Stage lonely = new Stage();
        lonely.choices.put("claim", "both");
        Attack.Campaign alone = lonely.start(new ArpSpoofing(), People.ANNE_IP, People.BILL_IP);
        lonely.run(Duration.ofSeconds(10));
        assertThat(alone.ready()).isTrue();
        assertThat(lonely.reports)
                .endsWith("nothing to claim without the addresses of both victims");
        alone.stop();
        assertThat(alone.stopped()).isTrue();
    }

    private Attack.Campaign start(String claim) {
        stage.choices.put("claim", claim);
        return stage.start(new ArpSpoofing(), People.ANNE_IP, People.BILL_IP);
    }

    private List<byte[]> lies() {
        return stage.nic.frames().stream()
                .filter(frame -> ArpPacket.inFrame(frame)
                        .filter(packet -> !isHonest(packet))
                        .isPresent())
                .toList();
    }

    private List<ArpPacket> claims() {
        List<ArpPacket> claims = lies().stream()
                .map(ArpPacket::inFrame)
                .flatMap(Optional::stream)
                .toList();
        assertThat(claims).isNotEmpty();
        return claims;
    }

    private static boolean isHonest(ArpPacket packet) {
        Ipv4Address said = packet.senderProtocol();
        return said.equals(Stage.ATTACKER_IP) && packet.senderHardware().equals(Stage.ATTACKER);
    }
}
