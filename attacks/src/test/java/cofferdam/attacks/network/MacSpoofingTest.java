package cofferdam.attacks.network;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.attacks.Attack;
import cofferdam.attacks.staging.RecordingNic.Sent;
import cofferdam.attacks.staging.Segment;
import cofferdam.attacks.staging.Stage;
import cofferdam.attacks.staging.Station;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.packet.Ipv4Packet;
import cofferdam.monitor.packet.UdpDatagram;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

final class MacSpoofingTest {

    private final Stage stage = new Stage();
    private final Segment segment = new Segment(stage);
    private final Station anne = segment.station(People.ANNE_IP, People.ANNE);
    private final Station bill = segment.station(People.BILL_IP, People.BILL);

    @Test
    void forgedFramesCarryTheVictimsAddressesAndSayWhatTheyAre() {
        start();
        stage.run(Duration.ofMillis(50));
        List<byte[]> forged = forged();
        assertThat(forged).hasSize(2);
        assertThat(Ethernet.destination(forged.get(0))).isEqualTo(People.BILL);
        assertThat(Ethernet.destination(forged.get(1))).isEqualTo(MacAddress.BROADCAST);
        Ipv4Packet unicast = Ipv4Packet.inFrame(forged.get(0)).orElseThrow();
        assertThat(unicast.source()).isEqualTo(People.ANNE_IP);
        assertThat(unicast.target()).isEqualTo(People.BILL_IP);
        UdpDatagram datagram = UdpDatagram.inPacket(unicast).orElseThrow();
        assertThat(datagram.targetPort()).isEqualTo(9);
        assertThat(new String(datagram.data(), StandardCharsets.US_ASCII))
                .isEqualTo("cofferdam mac-spoofing forged 1 of 10 unicast");
        assertThat(bill.heard()).containsExactly("cofferdam mac-spoofing forged 1 of 10 unicast");
    }

    @Test
    void forgedFramesKeepTheirIntervalAndTheirNumber() {
        stage.counts.put("frames", 3);
        stage.spans.put("interval", Duration.ofSeconds(1));
        Attack.Campaign campaign = start();
        stage.run(Duration.ofMillis(2_500));
        assertThat(stage.nic.sent().stream().skip(2).map(Sent::time).map(Duration::toMillis))
                .containsExactly(0L, 0L, 1_000L, 1_000L, 2_000L, 2_000L);
        assertThat(campaign.ready()).isFalse();
        assertThat(stage.nic.addresses()).containsExactly(Stage.ATTACKER);
    }

    @Test
    void cloneTakesTheAddressAndShowsItToTheSwitch() {
        stage.counts.put("frames", 1);
        Attack.Campaign campaign = start();
        stage.run(Duration.ofMillis(200));
        assertThat(campaign.ready()).isTrue();
        assertThat(stage.nic.address()).isEqualTo(People.ANNE);
        assertThat(stage.reports)
                .contains("sent 1 forged frames as 02:00:00:00:00:01 to each addressee");
        bill.say(People.ANNE_IP, "for anne");
        stage.run(Duration.ofSeconds(3));
        assertThat(anne.heard()).isEmpty();
        assertThat(stage.reports).endsWith("took 1 frames for 10.0.0.1 as its clone");
    }

    @Test
    void cloneFallsSilentAfterTheHoldAndKeepsTheAddressUntilTheEnd() {
        Attack.Campaign campaign = start();
        stage.run(Duration.ofSeconds(4));
        int before = stage.nic.sent().size();
        assertThat(before).isEqualTo(2 + 20 + 20);
        stage.run(Duration.ofSeconds(20));
        assertThat(stage.nic.sent()).hasSize(before);
        campaign.stop();
        campaign.stop();
        assertThat(campaign.stopped()).isTrue();
        assertThat(stage.nic.addresses())
                .containsExactly(Stage.ATTACKER, People.ANNE, Stage.ATTACKER);
        assertThat(stage.reports)
                .filteredOn(report -> report.startsWith("took"))
                .hasSize(1);
    }

    @Test
    void stopBeforeTheCloneLeavesTheAddressAlone() {
        Attack.Campaign campaign = start();
        stage.run(Duration.ofMillis(500));
        campaign.stop();
        stage.run(Duration.ofSeconds(10));
        assertThat(campaign.stopped()).isTrue();
        assertThat(stage.nic.addresses()).containsExactly(Stage.ATTACKER);
    }

    @Test
    void oneVictimIsForgedToEverybodyOnly() {
        stage.start(new MacSpoofing(), People.ANNE_IP);
        stage.run(Duration.ofMillis(950));
        assertThat(forged())
                .hasSize(10)
                .allMatch(frame -> Ethernet.destination(frame).equals(MacAddress.BROADCAST));
    }

    @Test
    void silentVictimLeavesNothingToForge() {
        Stage lonely = new Stage();
        Attack.Campaign alone = lonely.start(new MacSpoofing(), People.ANNE_IP);
        assertThat(alone.ready()).isFalse();
        lonely.run(Duration.ofSeconds(10));
        assertThat(alone.ready()).isTrue();
        assertThat(lonely.nic.sent()).hasSize(3);
        assertThat(lonely.reports)
                .containsExactly(
                        "victim 10.0.0.1 does not answer",
                        "nothing to forge without the address of 10.0.0.1");
        alone.stop();
        assertThat(alone.stopped()).isTrue();
        assertThat(lonely.nic.addresses()).containsExactly(Stage.ATTACKER);
    }

    private Attack.Campaign start() {
        return stage.start(new MacSpoofing(), People.ANNE_IP, People.BILL_IP);
    }

    private List<byte[]> forged() {
        return stage.nic.frames().stream()
                .filter(frame -> Ethernet.source(frame).equals(People.ANNE))
                .toList();
    }
}
