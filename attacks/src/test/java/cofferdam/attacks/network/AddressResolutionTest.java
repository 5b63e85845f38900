package cofferdam.attacks.network;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.attacks.Attack;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.staging.RecordingNic;
import cofferdam.attacks.staging.Stage;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.ArpPacket;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.HexFormat;

final class AddressResolutionTest {

    private final Stage stage = new Stage();
    private AddressResolution resolution;
    private int ended;

    @BeforeEach
    void begin() throws MissingCapabilityException {
        resolve();
    }

    private void resolve() throws MissingCapabilityException {
        Attack attack = new ArpPoisoning();
        Foothold foothold = Foothold.take(
                attack,
                stage.adversary(attack, stage.machine(), People.ANNE_IP, People.BILL_IP),
                1_000);
        resolution = new AddressResolution(foothold);
        foothold.listen(resolution::heard);
        resolution.begin(() -> ended++);
        stage.run(Duration.ZERO);
    }

    @Test
    void requestIsAnOrdinaryBroadcast() {
        assertThat(HexFormat.of().formatHex(stage.nic.frames().getFirst()))
                .isEqualTo("ffffffffffff" + "020000000002" + "0806"
                        + "0001" + "0800" + "06" + "04" + "0001"
                        + "020000000002" + "0a000002"
                        + "000000000000" + "0a000001");
    }

    @Test
    void endsAtOnceWhenBothHaveAnswered() {
        answer(People.ANNE, People.ANNE_IP);
        assertThat(ended).isZero();
        answer(People.BILL, People.BILL_IP);
        assertThat(ended).isEqualTo(1);
        stage.run(Duration.ofSeconds(10));
        assertThat(ended).isEqualTo(1);
        assertThat(stage.nic.sent()).hasSize(2);
        assertThat(stage.reports)
                .containsExactly(
                        "victim 10.0.0.1 is at 02:00:00:00:00:01",
                        "victim 10.0.0.3 is at 02:00:00:00:00:03");
    }

    @Test
    void asksTheSilentThreeTimesASecondApartAndGoesOnWithoutThem() {
        answer(People.ANNE, People.ANNE_IP);
        stage.run(Duration.ofMillis(2_999));
        assertThat(ended).isZero();
        stage.run(Duration.ofMillis(1));
        assertThat(ended).isEqualTo(1);
        assertThat(stage.nic.sent().stream().map(RecordingNic.Sent::time))
                .containsExactly(
                        Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(stage.reports).endsWith("victim 10.0.0.3 does not answer");
        assertThat(resolution.of(People.BILL_IP)).isEmpty();
    }

    @Test
    void fallsBackOnWhatIsKnownOfTheSilent() throws MissingCapabilityException {
        stage.know(People.BILL_IP, People.BILL);
        resolve();
        answer(People.ANNE, People.ANNE_IP);
        stage.run(Duration.ofSeconds(3));
        assertThat(resolution.of(People.BILL_IP)).contains(People.BILL);
        assertThat(stage.reports)
                .endsWith(
                        "victim 10.0.0.3 does not answer",
                        "victim 10.0.0.3 is known to be at 02:00:00:00:00:03");
    }

    @Test
    void anAnswerIsBelievedRatherThanWhatIsKnown() throws MissingCapabilityException {
        stage.know(People.ANNE_IP, People.BILL);
        resolve();
        answer(People.ANNE, People.ANNE_IP);
        assertThat(resolution.of(People.ANNE_IP)).contains(People.ANNE);
    }

    @Test
    void lateAnswerIsStillLearned() {
        stage.run(Duration.ofSeconds(5));
        answer(People.BILL, People.BILL_IP);
        assertThat(resolution.of(People.BILL_IP)).contains(People.BILL);
        assertThat(ended).isEqualTo(1);
    }

    @Test
    void firstAnswerIsKept() {
        answer(People.ANNE, People.ANNE_IP);
        answer(People.STRANGER, People.ANNE_IP);
        assertThat(resolution.of(People.ANNE_IP)).contains(People.ANNE);
    }

    @Test
    void answersThatAreNoneAreIgnored() {
        answer(MacAddress.BROADCAST, People.ANNE_IP);
        answer(new MacAddress(0), People.ANNE_IP);
        answer(Stage.ATTACKER, People.ANNE_IP);
        answer(People.STRANGER, Ipv4Address.parse("10.0.0.9"));
        stage.nic.deliver(
                ArpPacket.reply(People.STRANGER, People.ANNE_IP, People.BILL, People.BILL_IP)
                        .toFrame(People.BILL, People.STRANGER));
        stage.nic.deliver(ArpPacket.request(People.STRANGER, People.ANNE_IP, People.BILL_IP)
                .toFrame(MacAddress.BROADCAST, People.STRANGER));
        stage.nic.deliver(new ArpPacket(
                        ArpPacket.Operation.REQUEST,
                        People.STRANGER,
                        People.ANNE_IP,
                        Stage.ATTACKER,
                        Stage.ATTACKER_IP)
                .toFrame(Stage.ATTACKER, People.STRANGER));
        assertThat(resolution.of(People.ANNE_IP)).isEmpty();
        assertThat(resolution.of(Ipv4Address.parse("10.0.0.9"))).isEmpty();
        assertThat(stage.reports).isEmpty();
    }

    private void answer(MacAddress mac, Ipv4Address address) {
        stage.nic.deliver(ArpPacket.reply(mac, address, Stage.ATTACKER, Stage.ATTACKER_IP)
                .toFrame(Stage.ATTACKER, mac));
    }
}
