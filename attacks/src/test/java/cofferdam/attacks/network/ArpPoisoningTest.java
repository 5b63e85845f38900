package cofferdam.attacks.network;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.attacks.Attack;
import cofferdam.attacks.staging.RecordingNic.Sent;
import cofferdam.attacks.staging.Segment;
import cofferdam.attacks.staging.Stage;
import cofferdam.attacks.staging.Station;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.ArpPacket;
import cofferdam.monitor.packet.Checksum;
import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.packet.Ipv4Packet;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

final class ArpPoisoningTest {

    private static final String TO_ANNE = "020000000001" + "020000000002" + "0806"
            + "0001" + "0800" + "06" + "04" + "0002"
            + "020000000002" + "0a000003" + "020000000001" + "0a000001";
    private static final String TO_BILL = "020000000003" + "020000000002" + "0806"
            + "0001" + "0800" + "06" + "04" + "0002"
            + "020000000002" + "0a000001" + "020000000003" + "0a000003";
    private static final String TRUTH_FOR_ANNE = "020000000001" + "020000000002" + "0806"
            + "0001" + "0800" + "06" + "04" + "0002"
            + "020000000003" + "0a000003" + "020000000001" + "0a000001";
    private static final String TRUTH_FOR_BILL = "020000000003" + "020000000002" + "0806"
            + "0001" + "0800" + "06" + "04" + "0002"
            + "020000000001" + "0a000001" + "020000000003" + "0a000003";

    private final Stage stage = new Stage();
    private final Segment segment = new Segment(stage);
    private final Station anne = segment.station(People.ANNE_IP, People.ANNE);
    private final Station bill = segment.station(People.BILL_IP, People.BILL);

    @Test
    void warmUpBeginsWithAnEchoAsIfFromThePeer() {
        start();
        stage.run(Duration.ofMillis(15));
        byte[] echo = stage.nic.frames().get(2);
        assertThat(echo).hasSize(42);
        assertThat(HexFormat.of().formatHex(echo))
                .startsWith(
                        "020000000001" + "020000000002" + "0800" + "4500001c" + "7ee74000" + "4001")
                .endsWith("0a000003" + "0a000001" + "0800" + "fa30" + "7ee7" + "7ee7");
        assertThat(Checksum.of(echo, 14, 20)).isZero();
        assertThat(Ethernet.destination(stage.nic.frames().get(3))).isEqualTo(People.BILL);
    }

    @Test
    void repliesAreUnicastWithTheAttackersAddressAsSender() {
        start();
        stage.run(Duration.ofMillis(100));
        assertThat(texts(stage.nic.sent()).subList(4, 6)).containsExactly(TO_ANNE, TO_BILL);
        assertThat(stage.nic.frames().get(4)).hasSize(42);
    }

    @Test
    void roundsOfTheWarmUpAreASecondApartAndPacketsTenMilliseconds() {
        Attack.Campaign campaign = start();
        stage.run(Duration.ofMillis(3_000));
        assertThat(campaign.ready()).isFalse();
        assertThat(timesOf(TO_ANNE)).containsExactly(20L, 1_000L, 2_000L);
        assertThat(timesOf(TO_BILL)).containsExactly(30L, 1_010L, 2_010L);
        stage.run(Duration.ofMillis(1));
        assertThat(campaign.ready()).isTrue();
    }

    @Test
    void afterTheWarmUpRoundsFollowTheInterval() {
        stage.counts.put("warm-up-rounds", 4);
        stage.spans.put("interval", Duration.ofSeconds(4));
        start();
        stage.run(Duration.ofSeconds(17));
        assertThat(timesOf(TO_ANNE))
                .containsExactly(20L, 1_000L, 2_000L, 3_000L, 8_000L, 12_000L, 16_000L);
    }

    @Test
    void poisonedVictimsTalkThroughTheAttackerAndNoticeNothing() {
        Attack.Campaign campaign = start();
        stage.run(Duration.ofSeconds(4));
        assertThat(anne.neighbours()).isEqualTo(Map.of(People.BILL_IP, Stage.ATTACKER));
        assertThat(bill.neighbours()).isEqualTo(Map.of(People.ANNE_IP, Stage.ATTACKER));
        anne.say(People.BILL_IP, "the secret");
        stage.run(Duration.ofSeconds(1));
        bill.say(People.ANNE_IP, "the answer");
        stage.run(Duration.ofSeconds(1));
        assertThat(bill.heard()).containsExactly("the secret");
        assertThat(anne.heard()).containsExactly("the answer");
        campaign.stop();
        stage.run(Duration.ofSeconds(5));
        assertThat(stage.reports).contains("warm-up done, 2 victims poisoned");
        assertThat(stage.reports.getLast()).matches("forwarded \\d+ frames");
    }

    @Test
    void broadcastRequestOfOneVictimForTheOtherIsAnsweredByPoisoningBothTwice() {
        start();
        stage.run(Duration.ofSeconds(5));
        int before = stage.nic.sent().size();
        anne.lookUp(People.BILL_IP);
        stage.run(Duration.ofMillis(40));
        assertThat(anne.neighbours()).containsEntry(People.BILL_IP, People.BILL);
        assertThat(stage.nic.sent()).hasSize(before);
        stage.run(Duration.ofSeconds(2));
        List<String> after =
                texts(stage.nic.sent()).subList(before, stage.nic.sent().size());
        assertThat(after).containsExactly(TO_ANNE, TO_BILL, TO_ANNE, TO_BILL);
        assertThat(anne.neighbours()).containsEntry(People.BILL_IP, Stage.ATTACKER);
    }

    @Test
    void everyLaterRequestIsAnsweredAgain() {
        start();
        stage.run(Duration.ofSeconds(4));
        anne.lookUp(People.BILL_IP);
        stage.run(Duration.ofSeconds(2));
        bill.lookUp(People.ANNE_IP);
        stage.run(Duration.ofMillis(500));
        assertThat(anne.neighbours()).containsEntry(People.BILL_IP, Stage.ATTACKER);
        assertThat(bill.neighbours()).containsEntry(People.ANNE_IP, Stage.ATTACKER);
    }

    @Test
    void floodOfRequestsDoesNotMultiplyTheAnswers() {
        start();
        stage.run(Duration.ofSeconds(5));
        int before = stage.nic.sent().size();
        byte[] request = ArpPacket.request(People.ANNE, People.ANNE_IP, People.BILL_IP)
                .toFrame(MacAddress.BROADCAST, People.ANNE);
        for (int i = 0; i < 1_000; i++) {
            stage.nic.deliver(request);
        }
        stage.run(Duration.ofSeconds(2));
        assertThat(stage.nic.sent()).hasSize(before + 4);
    }

    @Test
    void requestsForStrangersAreNotAnswered() {
        start();
        stage.run(Duration.ofSeconds(5));
        int before = stage.nic.sent().size();
        stage.nic.deliver(ArpPacket.request(People.ANNE, People.ANNE_IP, Stage.ATTACKER_IP)
                .toFrame(MacAddress.BROADCAST, People.ANNE));
        stage.nic.deliver(ArpPacket.request(People.STRANGER, Stage.ATTACKER_IP, People.BILL_IP)
                .toFrame(MacAddress.BROADCAST, People.STRANGER));
        stage.run(Duration.ofSeconds(2));
        assertThat(stage.nic.sent()).hasSize(before);
    }

    @Test
    void endPutsTheTruthBackInThreeRoundsFromTheAttackersOwnAddress() {
        Attack.Campaign campaign = start();
        stage.run(Duration.ofSeconds(5));
        int before = stage.nic.sent().size();
        campaign.stop();
        campaign.stop();
        stage.run(Duration.ofMillis(2_999));
        assertThat(campaign.stopped()).isFalse();
        stage.run(Duration.ofMillis(1));
        assertThat(campaign.stopped()).isTrue();
        assertThat(texts(stage.nic.sent()).subList(before, stage.nic.sent().size()))
                .containsExactly(
                        TRUTH_FOR_ANNE, TRUTH_FOR_BILL,
                        TRUTH_FOR_ANNE, TRUTH_FOR_BILL,
                        TRUTH_FOR_ANNE, TRUTH_FOR_BILL);
        assertThat(timesOf(TRUTH_FOR_ANNE)).containsExactly(5_000L, 6_000L, 7_000L);
        assertThat(timesOf(TRUTH_FOR_BILL)).containsExactly(5_010L, 6_010L, 7_010L);
        assertThat(anne.neighbours()).isEqualTo(Map.of(People.BILL_IP, People.BILL));
        assertThat(bill.neighbours()).isEqualTo(Map.of(People.ANNE_IP, People.ANNE));
    }

    @Test
    void nothingFalseIsSentAfterTheStopWhateverWasPlanned() {
        Attack.Campaign campaign = start();
        stage.run(Duration.ofSeconds(5));
        anne.lookUp(People.BILL_IP);
        stage.run(Duration.ofMillis(55));
        int before = stage.nic.sent().size();
        assertThat(texts(stage.nic.sent())).endsWith(TO_ANNE);
        campaign.stop();
        stage.run(Duration.ofMillis(1_500));
        campaign.stop();
        stage.run(Duration.ofMillis(1_500));
        assertThat(campaign.stopped()).isTrue();
        assertThat(texts(stage.nic.sent()).subList(before, stage.nic.sent().size()))
                .hasSize(6)
                .containsOnly(TRUTH_FOR_ANNE, TRUTH_FOR_BILL);
    }

    @Test
    void forwardingGoesOnWhileTheTruthIsPutBackAndThenEnds() {
        Attack.Campaign campaign = start();
        stage.run(Duration.ofSeconds(5));
        campaign.stop();
        byte[] frame = new Ipv4Packet(
                        People.ANNE_IP, People.BILL_IP, 9, 64, Ipv4Packet.UDP, new byte[8])
                .toFrame(Stage.ATTACKER, People.ANNE);
        stage.run(Duration.ofMillis(2_500));
        int before = stage.nic.sent().size();
        stage.nic.deliver(frame);
        assertThat(stage.nic.sent()).hasSize(before + 1);
        stage.run(Duration.ofSeconds(1));
        stage.nic.deliver(frame);
        assertThat(stage.nic.sent()).hasSize(before + 1);
    }

    @Test
    void stopBeforeAnyPoisonEndsAtOnce() {
        Attack.Campaign campaign = start();
        campaign.stop();
        assertThat(campaign.stopped()).isTrue();
        stage.run(Duration.ofSeconds(10));
        assertThat(stage.nic.sent()).isEmpty();
        assertThat(stage.nic.listeners()).isZero();
    }

    private Attack.Campaign start() {
        return stage.start(new ArpPoisoning(), People.ANNE_IP, People.BILL_IP);
    }

    private List<Long> timesOf(String frame) {
        return stage.nic.sent().stream()
                .filter(sent -> HexFormat.of().formatHex(sent.frame()).equals(frame))
                .map(sent -> sent.time().toMillis())
                .toList();
    }

    private static List<String> texts(List<Sent> sent) {
        return sent.stream().map(one -> HexFormat.of().formatHex(one.frame())).toList();
    }
}
