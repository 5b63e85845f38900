package cofferdam.attacks.network;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.attacks.Attack;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.staging.Stage;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.ArpPacket;
import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.packet.Ipv4Packet;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.SplittableRandom;

final class ForwarderTest {

    private final Stage stage = new Stage();
    private Forwarder forwarder;

    @BeforeEach
    void learnAddresses() throws MissingCapabilityException {
        Attack attack = new ArpPoisoning();
        Foothold foothold = Foothold.take(
                attack,
                stage.adversary(attack, stage.machine(), People.ANNE_IP, People.BILL_IP),
                5);
        AddressResolution victims = new AddressResolution(foothold);
        forwarder = new Forwarder(foothold, victims);
        victims.heard(
                ArpPacket.reply(People.BILL, People.BILL_IP, Stage.ATTACKER, Stage.ATTACKER_IP)
                        .toFrame(Stage.ATTACKER, People.BILL));
    }

    @Test
    void addressesAreRewrittenAndThePayloadIsLeft() {
        byte[] frame = packet(People.ANNE_IP, People.BILL_IP).toFrame(Stage.ATTACKER, People.ANNE);
        byte[] original = frame.clone();
        forwarder.heard(frame);
        byte[] sent = stage.nic.frames().getFirst();
        assertThat(Ethernet.destination(sent)).isEqualTo(People.BILL);
        assertThat(Ethernet.source(sent)).isEqualTo(Stage.ATTACKER);
        assertThat(Arrays.copyOfRange(sent, 12, sent.length))
                .isEqualTo(Arrays.copyOfRange(original, 12, original.length));
        assertThat(frame).isEqualTo(original);
        assertThat(forwarder.forwarded()).isEqualTo(1);
    }

    @Test
    void fragmentsOptionsAndPaddingAreForwarded() {
        byte[] frame = Arrays.copyOf(
                packet(People.ANNE_IP, People.BILL_IP).toFrame(Stage.ATTACKER, People.ANNE), 80);
        frame[14] = 0x46;
        frame[20] = 0x20;
        forwarder.heard(frame);
        assertThat(stage.nic.frames().getFirst()).hasSize(80);
    }

    @Test
    void attackersOwnTrafficIsNotForwarded() {
        deliver(Stage.ATTACKER_IP, People.BILL_IP, Stage.ATTACKER, People.ANNE);
        deliver(People.ANNE_IP, Stage.ATTACKER_IP, Stage.ATTACKER, People.ANNE);
        assertThat(stage.nic.sent()).isEmpty();
    }

    @Test
    void alreadyForwardedFramesAreNotForwardedAgain() {
        deliver(People.ANNE_IP, People.BILL_IP, Stage.ATTACKER, People.ANNE);
        byte[] forwarded = stage.nic.frames().getFirst();
        forwarder.heard(forwarded);
        deliver(People.ANNE_IP, People.BILL_IP, Stage.ATTACKER, Stage.ATTACKER);
        deliver(People.ANNE_IP, People.BILL_IP, Stage.ATTACKER, People.BILL);
        assertThat(stage.nic.sent()).hasSize(1);
    }

    @Test
    void framesForOthersAndForUnknownVictimsAreLeft() {
        deliver(People.ANNE_IP, People.BILL_IP, People.BILL, People.ANNE);
        deliver(People.ANNE_IP, People.BILL_IP, MacAddress.BROADCAST, People.ANNE);
        deliver(People.BILL_IP, People.ANNE_IP, Stage.ATTACKER, People.BILL);
        deliver(People.ANNE_IP, Ipv4Address.parse("10.0.0.9"), Stage.ATTACKER, People.ANNE);
        assertThat(stage.nic.sent()).isEmpty();
    }

    @Test
    void otherVersionsOfTheProtocolAreLeft() {
        byte[] frame = packet(People.ANNE_IP, People.BILL_IP).toFrame(Stage.ATTACKER, People.ANNE);
        frame[Ethernet.HEADER_BYTES] = 0x65;
        forwarder.heard(frame);
        assertThat(stage.nic.sent()).isEmpty();
    }

    @Test
    void limitEndsForwarding() {
        for (int i = 0; i < 9; i++) {
            deliver(People.ANNE_IP, People.BILL_IP, Stage.ATTACKER, People.ANNE);
        }
        assertThat(stage.nic.sent()).hasSize(5);
        assertThat(forwarder.forwarded()).isEqualTo(5);
    }

    @Test
    void everyTruncatedFrameIsLeftOrForwardedWhole() {
        byte[] whole = packet(People.ANNE_IP, People.BILL_IP).toFrame(Stage.ATTACKER, People.ANNE);
        for (int length = Ethernet.HEADER_BYTES; length < 34; length++) {
            forwarder.heard(Arrays.copyOf(whole, length));
        }
        assertThat(stage.nic.sent()).isEmpty();
        long seed = 7;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 10_000; i++) {
            byte[] mutated = whole.clone();
            mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
            forwarder.heard(mutated);
        }
        assertThat(stage.nic.sent()).as("seed %d", seed).hasSizeLessThanOrEqualTo(5);
    }

    private void deliver(
            Ipv4Address source, Ipv4Address target, MacAddress destination, MacAddress from) {
        forwarder.heard(packet(source, target).toFrame(destination, from));
    }

    private static Ipv4Packet packet(Ipv4Address source, Ipv4Address target) {
        return new Ipv4Packet(source, target, 77, 1, Ipv4Packet.UDP, new byte[] {1, 2, 3});
    }
}
