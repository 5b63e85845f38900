package cofferdam.attacks.network;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.attacks.Attack;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.staging.RecordingNic.Sent;
import cofferdam.attacks.staging.Segment;
import cofferdam.attacks.staging.Stage;
import cofferdam.attacks.staging.Station;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.packet.Ipv4Packet;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.HexFormat;

final class PortStealingTest {

    private final Stage stage = new Stage();
    private final Segment segment = new Segment(stage);
    private final Station anne = segment.station(People.ANNE_IP, People.ANNE);
    private final Station bill = segment.station(People.BILL_IP, People.BILL);

    @Test
    void stealingFrameIsARequestUnderTheVictimsAddressToTheAttackerItself() {
        start();
        stage.run(Duration.ofMillis(1));
        assertThat(HexFormat.of().formatHex(stage.nic.frames().get(2)))
                .isEqualTo("020000000002" + "020000000001" + "0806"
                        + "0001" + "0800" + "06" + "04" + "0001"
                        + "020000000001" + "00000000" + "000000000000" + "00000000");
        assertThat(Ethernet.source(stage.nic.frames().get(3))).isEqualTo(People.BILL);
    }

    @Test
    void everyVictimIsStolenOnceAnIntervalAndReadyComesAfterTheFirstBurst() {
        stage.spans.put("interval", Duration.ofMillis(10));
        Attack.Campaign campaign = start();
        stage.run(Duration.ofMillis(100));
        assertThat(campaign.ready()).isFalse();
        assertThat(stealing(People.ANNE.value())).isEqualTo(10);
        stage.run(Duration.ofMillis(1));
        assertThat(campaign.ready()).isTrue();
        assertThat(segment.attackerHas(stage.nic, People.ANNE)).isTrue();
        assertThat(segment.attackerHas(stage.nic, People.BILL)).isTrue();
        assertThat(stage.nic.sent().stream()
                        .filter(sent -> Ethernet.source(sent.frame()).equals(People.BILL))
                        .map(Sent::time)
                        .map(Duration::toMillis))
                .startsWith(0L, 10L, 20L);
    }

    @Test
    void stolenFrameIsHandedOnUnchangedOnceTheVictimHasAnswered() {
        start();
        stage.run(Duration.ofSeconds(1));
        anne.neighbours().put(People.BILL_IP, People.BILL);
        anne.say(People.BILL_IP, "the secret");
        stage.run(Duration.ofSeconds(1));
        assertThat(bill.heard()).containsExactly("the secret");
        byte[] handedOn = stage.nic.frames().stream()
                .filter(frame -> Ipv4Packet.inFrame(frame).isPresent())
                .findFirst()
                .orElseThrow();
        assertThat(Ethernet.source(handedOn)).isEqualTo(People.ANNE);
        assertThat(Ethernet.destination(handedOn)).isEqualTo(People.BILL);
    }

    @Test
    void stealingRestsWhileTheVictimIsAskedAndGoesOnAfterwards() {
        stage.start(new PortStealing(), People.ANNE_IP);
        stage.run(Duration.ofMillis(100));
        stage.nic.connect(frame -> {});
        int before = stage.nic.sent().size();
        stage.nic.deliver(Ethernet.frame(People.ANNE, People.BILL, Ethernet.IPV4, new byte[46]));
        stage.run(Duration.ofMillis(2_990));
        assertThat(stage.nic.sent()).hasSize(before + 3);
        stage.run(Duration.ofMillis(100));
        assertThat(stage.nic.sent().size()).isGreaterThan(before + 50);
    }

    @Test
    void victimIsAskedOnceForEachTimeThatItsPlaceGoesBack() {
        start();
        stage.run(Duration.ofSeconds(1));
        anne.neighbours().put(People.BILL_IP, People.BILL);
        anne.say(People.BILL_IP, "one");
        stage.run(Duration.ofSeconds(5));
        anne.say(People.BILL_IP, "two");
        stage.run(Duration.ofSeconds(5));
        assertThat(bill.heard()).containsExactly("one", "two");
        assertThat(requests()).isEqualTo(2 + 2);
    }

    @Test
    void framesBeyondTheQueueAreLostAndTheOthersHandedOn() {
        Attack.Campaign campaign = start();
        stage.run(Duration.ofMillis(100));
        byte[] stolen = Ethernet.frame(People.ANNE, People.BILL, Ethernet.IPV4, new byte[46]);
        for (int i = 0; i < 100; i++) {
            stage.nic.deliver(stolen);
        }
        stage.run(Duration.ofMillis(1));
        campaign.stop();
        stage.run(Duration.ofMillis(1));
        assertThat(campaign.stopped()).isTrue();
        assertThat(stage.reports).contains("handed on 64 frames for 10.0.0.1, lost 36");
    }

    @Test
    void placesAreGivenBackEvenWhenTheFramesAreUsedUp() throws MissingCapabilityException {
        PortStealing attack = new PortStealing();
        Foothold foothold =
                Foothold.take(attack, stage.adversary(attack, stage.machine(), People.ANNE_IP), 20);
        StealingCampaign campaign = new StealingCampaign(foothold, 1_000, Duration.ofMillis(1));
        campaign.begin();
        stage.run(Duration.ofMillis(100));
        assertThat(stage.nic.sent()).hasSize(20);
        stage.nic.deliver(Ethernet.frame(People.ANNE, People.BILL, Ethernet.IPV4, new byte[46]));
        stage.run(Duration.ofSeconds(5));
        assertThat(stage.nic.sent()).hasSize(20);
        campaign.stop();
        stage.run(Duration.ofMillis(1));
        assertThat(campaign.stopped()).isTrue();
        assertThat(segment.attackerHas(stage.nic, People.ANNE)).isFalse();
        assertThat(stage.reports).endsWith("handed on 0 frames for 10.0.0.1, lost 1");
    }

    @Test
    void secondStopDoesNotPutTheEndOff() {
        Attack.Campaign campaign = start();
        stage.run(Duration.ofMillis(100));
        stage.nic.connect(frame -> {});
        campaign.stop();
        stage.run(Duration.ofMillis(2_500));
        campaign.stop();
        stage.run(Duration.ofMillis(499));
        assertThat(campaign.stopped()).isFalse();
        stage.run(Duration.ofMillis(1));
        assertThat(campaign.stopped()).isTrue();
    }

    @Test
    void whatWasStolenFromAVictimThatFallsSilentIsLostAndReported() {
        Attack.Campaign campaign = start();
        stage.run(Duration.ofMillis(100));
        stage.nic.connect(frame -> {});
        byte[] stolen = Ethernet.frame(People.ANNE, People.BILL, Ethernet.IPV4, new byte[46]);
        for (int i = 0; i < 100; i++) {
            stage.nic.deliver(stolen);
        }
        stage.run(Duration.ofSeconds(4));
        campaign.stop();
        stage.run(Duration.ofSeconds(4));
        assertThat(campaign.stopped()).isTrue();
        assertThat(stage.reports).contains("handed on 0 frames for 10.0.0.1, lost 100");
    }

    @Test
    void endGivesThePlacesBackAndHandsOnWhatIsWaiting() {
        Attack.Campaign campaign = start();
        stage.run(Duration.ofSeconds(1));
        anne.neighbours().put(People.BILL_IP, People.BILL);
        anne.say(People.BILL_IP, "last words");
        stage.run(Duration.ofNanos(40_000));
        campaign.stop();
        campaign.stop();
        assertThat(campaign.stopped()).isFalse();
        stage.run(Duration.ofMillis(10));
        assertThat(campaign.stopped()).isTrue();
        assertThat(bill.heard()).containsExactly("last words");
        assertThat(segment.attackerHas(stage.nic, People.BILL)).isFalse();
        assertThat(stage.reports).contains("handed on 1 frames for 10.0.0.3, lost 0");
        assertThat(stage.nic.promiscuous()).containsExactly(true, false);
        int before = stage.nic.sent().size();
        stage.run(Duration.ofSeconds(10));
        assertThat(stage.nic.sent()).hasSize(before);
    }

    @Test
    void streamEndsWithItsLastFrame() {
        stage.counts.put("frames", 5);
        Attack.Campaign campaign = start();
        stage.run(Duration.ofSeconds(10));
        assertThat(stealing(People.ANNE.value())).isEqualTo(5);
        assertThat(campaign.ready()).isTrue();
        assertThat(stage.reports).endsWith("steals no more: all 5 frames for each victim are sent");
    }

    @Test
    void nobodyAnswersAndTheCampaignStillBecomesReadyAndEnds() {
        Stage lonely = new Stage();
        Attack.Campaign campaign = lonely.start(new PortStealing(), People.ANNE_IP);
        lonely.run(Duration.ofSeconds(10));
        assertThat(campaign.ready()).isTrue();
        assertThat(lonely.nic.sent()).hasSize(3);
        campaign.stop();
        assertThat(campaign.stopped()).isTrue();
    }

    private Attack.Campaign start() {
        return stage.start(new PortStealing(), People.ANNE_IP, People.BILL_IP);
    }

    private long requests() {
        return stage.nic.frames().stream()
                .filter(frame -> Ethernet.destination(frame).equals(MacAddress.BROADCAST))
                .count();
    }

    private long stealing(long mac) {
        return stage.nic.frames().stream()
                .filter(frame -> Ethernet.source(frame).value() == mac)
                .count();
    }
}
