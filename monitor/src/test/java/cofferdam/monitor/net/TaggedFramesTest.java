package cofferdam.monitor.net;

import static cofferdam.monitor.address.MacAddress.BROADCAST;
import static cofferdam.monitor.net.Bed.SOURCE_IP;
import static cofferdam.monitor.net.Bed.VM1_IP;
import static cofferdam.monitor.net.Bed.VM2;
import static cofferdam.monitor.net.Packets.frame;
import static cofferdam.monitor.net.Packets.tagged;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.packet.ArpPacket;
import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.policy.NetworkPolicy.ArpInspection;
import cofferdam.monitor.policy.PacketGuards.Protocols;
import cofferdam.monitor.policy.PacketGuards.Tagged;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.Map;

final class TaggedFramesTest {

    private static final int PROFINET = 0x8892;
    private static final int LENGTH_FIELD = 0x0100;

    @ParameterizedTest
    @CsvSource({
        "ANY, true, true, true, true",
        "IP_AND_ARP, true, true, true, false",
        "IPV4_AND_ARP, true, true, false, false"
    })
    void protocolsThatPass(
            Protocols protocols, boolean ipv4, boolean arp, boolean ipv6, boolean other) {
        Bed bed = Guarded.not().protocols(protocols).bed();
        assertThat(passes(bed, frame(Ethernet.IPV4, new byte[46]))).isEqualTo(ipv4);
        assertThat(passes(bed, frame(Ethernet.ARP, new byte[46]))).isEqualTo(arp);
        assertThat(passes(bed, frame(Packets.IPV6_TYPE, new byte[46]))).isEqualTo(ipv6);
        assertThat(passes(bed, frame(PROFINET, new byte[46]))).isEqualTo(other);
        assertThat(passes(bed, frame(LENGTH_FIELD, new byte[256]))).isEqualTo(other);
        assertThat(passes(bed, frame(0x9100, new byte[46]))).isEqualTo(other);
        assertThat(bed.send("uplink", frame(PROFINET, new byte[46]))).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"PASS, true, true", "INSPECT, false, true", "DROP, false, false"})
    void protocolsBehindATag(Tagged tagged, boolean other, boolean ipv4) {
        Bed bed = Guarded.not().protocols(Protocols.IP_AND_ARP).tagged(tagged).bed();
        for (int type : new int[] {0x8100, 0x88a8}) {
            assertThat(passes(bed, tagged(type, 5, frame(PROFINET, new byte[46]))))
                    .isEqualTo(other);
            assertThat(passes(bed, tagged(type, 5, frame(Ethernet.IPV4, new byte[46]))))
                    .isEqualTo(ipv4);
        }
    }

    @Test
    void aFrameThatEndsInItsTagsIsOfNoProtocol() {
        Bed bed = Guarded.not().protocols(Protocols.IP_AND_ARP).bed();
        byte[] nested = frame(Ethernet.IPV4, new byte[46]);
        for (int i = 0; i < 3; i++) {
            nested = tagged(0x8100, i, nested);
        }
        for (int length = 14; length < 14 + 12; length++) {
            assertThat(passes(bed, Arrays.copyOf(nested, length)))
                    .as("%d", length)
                    .isFalse();
        }
        assertThat(passes(bed, Arrays.copyOf(nested, 26))).isTrue();
    }

    @Test
    void aFrameThatEndsInItsTagPassesNoGuardThatLooksBehindIt() {
        byte[] cut = Arrays.copyOf(tagged(0x8100, 5, frame(Ethernet.IPV4, new byte[46])), 17);
        assertThat(passes(Guarded.not().routers().bed(), cut)).isFalse();
        assertThat(passes(Guarded.not().neighbours().bed(), cut)).isFalse();
        assertThat(passes(Guarded.not().dhcp().bed(), cut)).isFalse();
        assertThat(passes(Guarded.not().dhcp().tagged(Tagged.PASS).bed(), cut)).isTrue();
    }

    @Test
    void taggedFramesAreDroppedUnderTheNameOfTheKey() {
        Bed bed = Guarded.not().tagged(Tagged.DROP).bed();
        assertThat(passes(bed, tagged(0x8100, 5, frame(Ethernet.IPV4, new byte[46]))))
                .isFalse();
        assertThat(passes(bed, tagged(0x88a8, 5, frame(Ethernet.IPV4, new byte[46]))))
                .isFalse();
        assertThat(passes(bed, frame(Ethernet.IPV4, new byte[46]))).isTrue();
        assertThat(bed.drops()).isEqualTo(Map.of("vm2 tagged", 2L));
    }

    @ParameterizedTest
    @CsvSource({"PASS, true", "INSPECT, false", "DROP, false"})
    void poisonBehindATag(Tagged tagged, boolean passes) {
        Bed bed = new Bed(Policies.open()
                .arpInspection(ArpInspection.Stage.BEFORE_LEARNING, false)
                .guards(Guarded.not().tagged(tagged).guards()));
        byte[] poison = ArpPacket.request(VM2, SOURCE_IP, VM1_IP).toFrame(BROADCAST, VM2);
        assertThat(passes(bed, poison)).isFalse();
        assertThat(passes(bed, tagged(0x8100, 20, poison))).isEqualTo(passes);
        assertThat(passes(bed, tagged(0x88a8, 1, tagged(0x8100, 20, poison)))).isEqualTo(passes);
    }

    private static boolean passes(Bed bed, byte[] frame) {
        return !bed.send("vm2", frame).isEmpty();
    }
}
