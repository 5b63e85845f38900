package cofferdam.attacks.network;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.attacks.Attack;
import cofferdam.attacks.staging.Segment;
import cofferdam.attacks.staging.Stage;
import cofferdam.attacks.staging.Station;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.ArpPacket;

import org.junit.jupiter.api.Test;

import java.time.Duration;

final class ArpPoisoningOfSilentVictimsTest {

    private final Stage stage = new Stage();
    private final Segment segment = new Segment(stage);

    @Test
    void silentVictimIsReportedAndAskedAgainWithEveryRound() {
        segment.station(People.ANNE_IP, People.ANNE);
        Attack.Campaign campaign = stage.start(new ArpPoisoning(), People.ANNE_IP, People.BILL_IP);
        stage.run(Duration.ofSeconds(30));
        assertThat(campaign.ready()).isTrue();
        assertThat(stage.reports)
                .contains("victim 10.0.0.3 does not answer", "warm-up done, 1 victims poisoned");
        assertThat(requestsFor("10.0.0.3")).isEqualTo(3 + 3 + 2);
        assertThat(requestsFor("10.0.0.1")).isEqualTo(1);
    }

    @Test
    void victimThatAnswersLateIsPoisonedThen() {
        Station anne = segment.station(People.ANNE_IP, People.ANNE);
        stage.start(new ArpPoisoning(), People.ANNE_IP, People.BILL_IP);
        stage.run(Duration.ofSeconds(10));
        Station bill = segment.station(People.BILL_IP, People.BILL);
        stage.run(Duration.ofSeconds(30));
        assertThat(bill.neighbours()).containsEntry(People.ANNE_IP, Stage.ATTACKER);
        anne.say(People.BILL_IP, "late secret");
        stage.run(Duration.ofSeconds(1));
        assertThat(bill.heard()).containsExactly("late secret");
    }

    @Test
    void entryWhoseTruthIsUnknownIsReportedAndTheEndComesAtOnce() {
        segment.station(People.ANNE_IP, People.ANNE);
        Attack.Campaign campaign = stage.start(new ArpPoisoning(), People.ANNE_IP, People.BILL_IP);
        stage.run(Duration.ofSeconds(10));
        campaign.stop();
        assertThat(campaign.stopped()).isTrue();
        assertThat(stage.reports).contains("cannot put back the entry of 10.0.0.1 for 10.0.0.3");
    }

    @Test
    void nobodyAnswersAndTheCampaignStillBecomesReadyAndEnds() {
        Attack.Campaign campaign = stage.start(new ArpPoisoning(), People.ANNE_IP, People.BILL_IP);
        stage.run(Duration.ofSeconds(7));
        assertThat(campaign.ready()).isTrue();
        assertThat(stage.nic.frames())
                .allSatisfy(frame -> assertThat(ArpPacket.inFrame(frame).orElseThrow())
                        .extracting(ArpPacket::operation)
                        .isEqualTo(ArpPacket.Operation.REQUEST));
        campaign.stop();
        assertThat(campaign.stopped()).isTrue();
        stage.nic.deliver(
                ArpPacket.reply(People.ANNE, People.ANNE_IP, Stage.ATTACKER, Stage.ATTACKER_IP)
                        .toFrame(MacAddress.BROADCAST, People.ANNE));
        int before = stage.nic.sent().size();
        stage.run(Duration.ofSeconds(30));
        assertThat(stage.nic.sent()).hasSize(before);
    }

    private long requestsFor(String address) {
        return stage.nic.frames().stream()
                .flatMap(frame -> ArpPacket.inFrame(frame).stream())
                .filter(packet -> packet.operation() == ArpPacket.Operation.REQUEST)
                .filter(packet -> packet.targetProtocol().toString().equals(address))
                .count();
    }
}
