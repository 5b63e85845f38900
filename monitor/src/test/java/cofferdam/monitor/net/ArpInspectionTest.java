package cofferdam.monitor.net;

import static cofferdam.monitor.address.MacAddress.BROADCAST;
import static cofferdam.monitor.net.Bed.SOURCE;
import static cofferdam.monitor.net.Bed.SOURCE_IP;
import static cofferdam.monitor.net.Bed.STRANGER;
import static cofferdam.monitor.net.Bed.VM1;
import static cofferdam.monitor.net.Bed.VM1_IP;
import static cofferdam.monitor.net.Bed.VM2;
import static cofferdam.monitor.net.Bed.VM2_IP;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.ArpPacket;
import cofferdam.monitor.policy.IpSourceGuard;
import cofferdam.monitor.policy.NetworkPolicy;
import cofferdam.monitor.policy.NetworkPolicy.ArpInspection.Sender;
import cofferdam.monitor.policy.NetworkPolicy.ArpInspection.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

final class ArpInspectionTest {

    private static final byte[] TRUE_REPLY =
            ArpPacket.reply(VM2, VM2_IP, VM1, VM1_IP).toFrame(VM1, VM2);
    private static final byte[] POISON =
            ArpPacket.reply(VM2, SOURCE_IP, VM1, VM1_IP).toFrame(VM1, VM2);

    private final Bed bed = new Bed(inspecting(Stage.BEFORE_LEARNING, false)).acquainted();

    @Test
    void truePacketsPass() {
        assertThat(bed.send("vm2", TRUE_REPLY)).containsExactly("vm1");
        byte[] request = ArpPacket.request(VM2, VM2_IP, SOURCE_IP).toFrame(BROADCAST, VM2);
        assertThat(bed.send("vm2", request)).hasSize(3);
        assertThat(bed.drops()).isEmpty();
    }

    @Test
    void poisonIsDroppedAsReplyAndAsRequest() {
        assertThat(bed.send("vm2", POISON)).isEmpty();
        byte[] request = ArpPacket.request(VM2, SOURCE_IP, VM1_IP).toFrame(BROADCAST, VM2);
        assertThat(bed.send("vm2", request)).isEmpty();
        assertThat(bed.drops()).isEqualTo(Map.of("vm2 arp-inspection", 2L));
    }

    @Test
    void poisonPassesWhereInspectionIsOff() {
        assertThat(new Bed(Policies.open()).acquainted().send("vm2", POISON))
                .containsExactly("vm1");
    }

    @Test
    void trueBindingOfAnotherMachineIsDropped() {
        byte[] replayed = ArpPacket.reply(VM1, VM1_IP, SOURCE, SOURCE_IP).toFrame(SOURCE, VM2);
        assertThat(bed.send("vm2", replayed)).isEmpty();
        assertThat(bed.send("vm1", replayed)).containsExactly("uplink");
    }

    @Test
    void addressesWithoutABindingAreDropped() {
        for (String sender : new String[] {"0.0.0.0", "10.0.0.77"}) {
            byte[] probe = ArpPacket.request(VM2, Ipv4Address.parse(sender), VM1_IP)
                    .toFrame(BROADCAST, VM2);
            assertThat(bed.send("vm2", probe)).as(sender).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "BINDING, true, false, false, false, false",
        "MAC, true, true, false, false, true",
        "IP, true, false, true, false, true",
        "MAC_AND_IP, true, false, false, false, true"
    })
    void senderThatIsAskedFor(
            Sender sender, boolean own, boolean mac, boolean ip, boolean neither, boolean probe) {
        Bed asking = new Bed(Policies.open().arpInspection(asking(sender)));
        assertThat(passes(asking, VM2, VM2_IP)).isEqualTo(own);
        assertThat(passes(asking, VM2, SOURCE_IP)).isEqualTo(mac);
        assertThat(passes(asking, STRANGER, VM2_IP)).isEqualTo(ip);
        assertThat(passes(asking, VM1, VM1_IP)).isEqualTo(neither);
        assertThat(passes(asking, STRANGER, SOURCE_IP)).isEqualTo(neither);
        assertThat(passes(asking, VM2, Ipv4Address.ANY)).isEqualTo(probe);
    }

    @ParameterizedTest
    @EnumSource(Sender.class)
    void malformedPacketsPassNoSender(Sender sender) {
        Bed asking = new Bed(Policies.open().arpInspection(asking(sender)));
        for (int length = 14; length < 42; length++) {
            assertThat(asking.send("vm2", Arrays.copyOf(TRUE_REPLY, length))).isEmpty();
        }
        byte[] longer = TRUE_REPLY.clone();
        longer[14 + 5] = 16;
        assertThat(asking.send("vm2", longer)).isEmpty();
    }

    @Test
    void whereTheFirstPacketGivesThePortItsAddressInspectionGoesByIt() {
        Bed learning = new Bed(Policies.open()
                .arpInspection(asking(Sender.MAC_AND_IP))
                .guards(Guarded.not()
                        .source(
                                IpSourceGuard.Ipv4.FIRST_PACKET,
                                IpSourceGuard.Unspecified.NONE,
                                IpSourceGuard.Ipv6.OFF)
                        .guards()));
        assertThat(passes(learning, VM2, SOURCE_IP)).isTrue();
        assertThat(passes(learning, VM2, VM2_IP)).isFalse();
        learning.port("vm2").linkDown();
        assertThat(passes(learning, VM2, VM2_IP)).isTrue();
        assertThat(passes(learning, VM2, SOURCE_IP)).isFalse();
    }

    private static NetworkPolicy.ArpInspection asking(Sender sender) {
        return new NetworkPolicy.ArpInspection(Stage.BEFORE_LEARNING, false, sender);
    }

    private static boolean passes(Bed bed, MacAddress hardware, Ipv4Address protocol) {
        byte[] request = ArpPacket.request(hardware, protocol, VM1_IP).toFrame(BROADCAST, VM2);
        return !bed.send("vm2", request).isEmpty();
    }

    @Test
    void zeroHasNoBindingEvenIfItIsConfigured() {
        FabricPort port = bed.port("vm2");
        byte[] probe = ArpPacket.request(VM2, Ipv4Address.ANY, VM1_IP).toFrame(BROADCAST, VM2);
        ArpInspection inspection = new ArpInspection(
                Map.of(Ipv4Address.ANY, VM2),
                PortAddresses.configured(Map.of()),
                false,
                Sender.BINDING,
                Sight.BEHIND_TAGS);
        assertThat(inspection.passes(port, probe, 0, probe.length)).isFalse();
    }

    @Test
    void ethernetSourceIsComparedOnlyIfAsked() {
        byte[] frame = ArpPacket.reply(VM2, VM2_IP, SOURCE, SOURCE_IP).toFrame(SOURCE, VM1);
        assertThat(bed.send("vm2", frame)).containsExactly("uplink");
        Bed validating = new Bed(inspecting(Stage.BEFORE_LEARNING, true)).acquainted();
        assertThat(validating.send("vm2", frame)).isEmpty();
        assertThat(validating.send("vm2", TRUE_REPLY)).containsExactly("vm1");
    }

    @Test
    void inspectionBeforeLearningStopsPortStealingAndAfterLearningDoesNot() {
        byte[] steal = ArpPacket.request(VM1, Ipv4Address.ANY, Ipv4Address.ANY).toFrame(VM2, VM1);
        Bed before = new Bed(inspecting(Stage.BEFORE_LEARNING, true)).acquainted();
        assertThat(before.send("vm2", steal)).isEmpty();
        assertThat(before.send("uplink", SOURCE, VM1)).containsExactly("vm1");
        Bed after = new Bed(inspecting(Stage.AFTER_LEARNING, true)).acquainted();
        assertThat(after.send("vm2", steal)).isEmpty();
        assertThat(after.send("uplink", SOURCE, VM1)).containsExactly("vm2");
        assertThat(after.drops()).isEqualTo(Map.of("vm2 arp-inspection", 1L));
    }

    @Test
    void uplinkIsNotInspected() {
        byte[] poison = ArpPacket.reply(SOURCE, VM2_IP, VM1, VM1_IP).toFrame(VM1, SOURCE);
        assertThat(bed.send("uplink", poison)).containsExactly("vm1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8100 0001", "88a8 0002 8100 0001", "8100 0001 8100 0001 8100 0001"})
    void arpBehindTagsIsInspected(String tags) {
        assertThat(bed.send("vm2", tagged(POISON, tags))).isEmpty();
        assertThat(bed.send("vm2", tagged(TRUE_REPLY, tags))).containsExactly("vm1");
    }

    @Test
    void tagsToTheVeryEndAreNoArp() {
        byte[] frame = Arrays.copyOf(tagged(POISON, "8100 0001 8100 0001"), 20);
        assertThat(bed.send("vm2", frame)).containsExactly("vm1");
        assertThat(bed.send("vm2", Arrays.copyOf(frame, 14))).containsExactly("vm1");
    }

    @ParameterizedTest
    @CsvSource({"14, 1", "15, 6", "16, 134", "17, 1", "18, 8", "19, 16"})
    void packetsWithAnotherHeaderAreDropped(int offset, int value) {
        byte[] malformed = TRUE_REPLY.clone();
        malformed[offset] = (byte) value;
        assertThat(bed.send("vm2", malformed)).isEmpty();
    }

    @Test
    void shortPacketsAreDropped() {
        for (int length = 14; length < TRUE_REPLY.length; length++) {
            assertThat(bed.send("vm2", Arrays.copyOf(TRUE_REPLY, length)))
                    .as("%d bytes", length)
                    .isEmpty();
        }
        assertThat(bed.send("vm2", Arrays.copyOf(TRUE_REPLY, 60))).containsExactly("vm1");
    }

    @Test
    void otherPacketsAreNotInspected() {
        assertThat(bed.send("vm2", VM2, VM1)).containsExactly("vm1");
        assertThat(bed.send("vm2", STRANGER, SOURCE)).containsExactly("uplink");
    }

    private static Policies inspecting(Stage stage, boolean validateSource) {
        return Policies.open().arpInspection(stage, validateSource);
    }

    private static byte[] tagged(byte[] frame, String tags) {
        byte[] inserted = HexFormat.of().parseHex(tags.replace(" ", ""));
        byte[] tagged = new byte[frame.length + inserted.length];
        System.arraycopy(frame, 0, tagged, 0, 12);
        System.arraycopy(inserted, 0, tagged, 12, inserted.length);
        System.arraycopy(frame, 12, tagged, 12 + inserted.length, frame.length - 12);
        return tagged;
    }
}
