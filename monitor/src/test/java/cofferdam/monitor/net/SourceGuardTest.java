package cofferdam.monitor.net;

import static cofferdam.monitor.address.MacAddress.BROADCAST;
import static cofferdam.monitor.net.Bed.VM2;
import static cofferdam.monitor.net.Packets.UDP;
import static cofferdam.monitor.net.Packets.bytes;
import static cofferdam.monitor.net.Packets.frame;
import static cofferdam.monitor.net.Packets.icmp;
import static cofferdam.monitor.net.Packets.ipv4;
import static cofferdam.monitor.net.Packets.ipv6;
import static cofferdam.monitor.net.Packets.udp;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.packet.ArpPacket;
import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.policy.IpSourceGuard.Ipv4;
import cofferdam.monitor.policy.IpSourceGuard.Ipv6;
import cofferdam.monitor.policy.IpSourceGuard.Unspecified;
import cofferdam.monitor.policy.PacketGuards.Tagged;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.Map;

/** The configured address of vm2 is 10.0.0.2, of vm1 10.0.0.1. */
final class SourceGuardTest {

    private static final byte[] DATA = new byte[12];
    private static final byte[] DISCOVER = udp(68, 67, DATA);

    private static Bed bed(Ipv4 ipv4, Unspecified unspecified, Ipv6 ipv6) {
        return Guarded.not().source(ipv4, unspecified, ipv6).bed();
    }

    private static boolean passes4(Bed bed, byte[] packet) {
        return !bed.send("vm2", frame(Ethernet.IPV4, packet)).isEmpty();
    }

    private static boolean passes6(Bed bed, byte[] packet) {
        return !bed.send("vm2", frame(Packets.IPV6_TYPE, packet)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.2, true",
        "10.0.0.1, false",
        "10.0.0.16, false",
        "10.0.0.99, false",
        "255.255.255.255, false",
        "0.0.0.0, false"
    })
    void onlyTheConfiguredAddressSends(String source, boolean passes) {
        Bed bed = bed(Ipv4.CONFIGURED, Unspecified.NONE, Ipv6.OFF);
        assertThat(passes4(bed, ipv4(source, UDP, udp(1, 2, DATA)))).isEqualTo(passes);
        assertThat(bed.drops()).isEqualTo(passes ? Map.of() : Map.of("vm2 ip-source-guard", 1L));
        assertThat(passes4(Guarded.not().bed(), ipv4(source, UDP, DATA))).isTrue();
    }

    @Test
    void uplinksSendFromAnyAddress() {
        Bed bed = bed(Ipv4.CONFIGURED, Unspecified.NONE, Ipv6.DROP);
        assertThat(bed.send("uplink", frame(Ethernet.IPV4, ipv4("10.0.0.1", UDP, DATA))))
                .hasSize(3);
        assertThat(bed.send("uplink", frame(Packets.IPV6_TYPE, new byte[46]))).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, false, false, false, false",
        "DHCP, true, false, false, false",
        "UDP, true, true, true, false",
        "ANY, true, true, true, true"
    })
    void whatComesFromNowhere(
            Unspecified unspecified, boolean dhcp, boolean udp, boolean later, boolean icmp) {
        Bed bed = bed(Ipv4.CONFIGURED, unspecified, Ipv6.OFF);
        assertThat(passes4(bed, ipv4("0.0.0.0", UDP, DISCOVER))).isEqualTo(dhcp);
        assertThat(passes4(bed, ipv4("0.0.0.0", UDP, udp(67, 68, DATA)))).isEqualTo(udp);
        assertThat(passes4(bed, ipv4("0.0.0.0", UDP, 1, new byte[0], DISCOVER))).isEqualTo(later);
        assertThat(passes4(bed, ipv4("0.0.0.0", 1, DATA))).isEqualTo(icmp);
        assertThat(passes4(bed, ipv4("10.0.0.1", UDP, DISCOVER))).isFalse();
    }

    @Test
    void dhcpFromNowhereIsFoundBehindOptionsAndOnlyWhereItIsWhole() {
        Bed bed = bed(Ipv4.CONFIGURED, Unspecified.DHCP, Ipv6.OFF);
        byte[] options = bytes(0, 68, 0, 67);
        assertThat(passes4(bed, ipv4("0.0.0.0", UDP, 0, options, DISCOVER))).isTrue();
        assertThat(passes4(bed, ipv4("0.0.0.0", UDP, 0, options, udp(1, 2, DATA))))
                .isFalse();
        assertThat(passes4(bed, ipv4("0.0.0.0", UDP, bytes(0, 68, 0)))).isFalse();
        assertThat(passes4(bed, ipv4("0.0.0.0", UDP, bytes(0, 68, 0, 67)))).isTrue();
    }

    @Test
    void optionsDoNotHideTheSource() {
        Bed bed = bed(Ipv4.CONFIGURED, Unspecified.NONE, Ipv6.OFF);
        byte[] options = new byte[40];
        assertThat(passes4(bed, ipv4("10.0.0.2", UDP, 0, options, DATA))).isTrue();
        assertThat(passes4(bed, ipv4("10.0.0.1", UDP, 0, options, DATA))).isFalse();
    }

    @Test
    void fragmentsHaveASourceToo() {
        Bed bed = bed(Ipv4.CONFIGURED, Unspecified.NONE, Ipv6.OFF);
        for (int fragment : new int[] {0x2000, 0x2001, 0x0001}) {
            assertThat(passes4(bed, ipv4("10.0.0.2", UDP, fragment, new byte[0], DATA)))
                    .isTrue();
            assertThat(passes4(bed, ipv4("10.0.0.1", UDP, fragment, new byte[0], DATA)))
                    .isFalse();
        }
    }

    @Test
    void aPacketThatIsCutAnywhereDoesNotPass() {
        byte[] whole = ipv4("10.0.0.2", UDP, udp(1, 2, DATA));
        for (int length = 0; length < whole.length; length++) {
            Bed bed = bed(Ipv4.CONFIGURED, Unspecified.ANY, Ipv6.OFF);
            assertThat(passes4(bed, Arrays.copyOf(whole, length)))
                    .as("%d bytes", length)
                    .isFalse();
        }
    }

    @Test
    void paddingDoesNotHarm() {
        byte[] padded = Arrays.copyOf(ipv4("10.0.0.2", UDP, udp(1, 2, DATA)), 46);
        assertThat(passes4(bed(Ipv4.CONFIGURED, Unspecified.NONE, Ipv6.OFF), padded))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x55, 0x44, 0x40, 0x05, 0x4f})
    void aHeaderThatContradictsItselfDoesNotPass(int first) {
        byte[] packet = ipv4("10.0.0.2", UDP, DATA);
        packet[0] = (byte) first;
        assertThat(passes4(bed(Ipv4.CONFIGURED, Unspecified.NONE, Ipv6.OFF), packet))
                .isFalse();
    }

    @Test
    void theFirstAddressThatIsHeardIsThePorts() {
        Bed bed = bed(Ipv4.FIRST_PACKET, Unspecified.UDP, Ipv6.OFF);
        assertThat(passes4(bed, ipv4("0.0.0.0", UDP, DISCOVER))).isTrue();
        assertThat(passes4(bed, ipv4("224.0.0.1", UDP, DATA))).isFalse();
        assertThat(passes4(bed, ipv4("127.0.0.1", UDP, DATA))).isFalse();
        assertThat(passes4(bed, ipv4("10.0.0.1", UDP, DATA))).isTrue();
        assertThat(passes4(bed, ipv4("10.0.0.2", UDP, DATA))).isFalse();
        assertThat(passes4(bed, ipv4("10.0.0.1", UDP, DATA))).isTrue();
        assertThat(bed.send("vm1", frame(Ethernet.IPV4, ipv4("10.0.0.1", UDP, DATA))))
                .hasSize(3);
    }

    @Test
    void theFirstAddressIsHeardInArpTooAndForgottenWithTheLink() {
        Bed bed = bed(Ipv4.FIRST_PACKET, Unspecified.NONE, Ipv6.OFF);
        Ipv4Address spoofed = Ipv4Address.parse("10.0.0.1");
        byte[] probe = ArpPacket.request(VM2, Ipv4Address.ANY, spoofed).toFrame(BROADCAST, VM2);
        byte[] request = ArpPacket.request(VM2, spoofed, spoofed).toFrame(BROADCAST, VM2);
        bed.send("vm2", probe);
        bed.send("vm2", request);
        assertThat(passes4(bed, ipv4("10.0.0.2", UDP, DATA))).isFalse();
        bed.port("vm2").linkDown();
        assertThat(passes4(bed, ipv4("10.0.0.2", UDP, DATA))).isTrue();
        assertThat(passes4(bed, ipv4("10.0.0.1", UDP, DATA))).isFalse();
    }

    @Test
    void onlyTheOwnIpv6AddressesSend() {
        Bed bed = bed(Ipv4.OFF, Unspecified.NONE, Ipv6.CONFIGURED);
        assertThat(passes6(bed, ipv6(Packets.VM2_LOCAL, UDP, DATA))).isTrue();
        assertThat(passes6(bed, ipv6(Packets.VM2_GLOBAL, UDP, DATA))).isTrue();
        assertThat(passes6(bed, ipv6(Packets.VM1_LOCAL, UDP, DATA))).isFalse();
        assertThat(passes6(bed, ipv6(Packets.VM1_GLOBAL, UDP, DATA))).isFalse();
        assertThat(passes6(bed, ipv6(Ipv6Address.parse("2001:db8:99::1"), UDP, DATA)))
                .isFalse();
        Ipv6Address elsewhere = new Ipv6Address(0x2001_0db8_0099_0000L, Packets.VM2_LOCAL.low());
        assertThat(passes6(bed, ipv6(elsewhere, UDP, DATA))).isFalse();
        assertThat(passes4(bed, ipv4("10.0.0.1", UDP, DATA))).isTrue();
        assertThat(bed.drops()).isEqualTo(Map.of("vm2 ip-source-guard", 4L));
    }

    @Test
    void fromTheUnspecifiedIpv6AddressOnlyWhatAsksForOnePasses() {
        Bed bed = bed(Ipv4.OFF, Unspecified.NONE, Ipv6.CONFIGURED);
        byte[] ask = Packets.solicitation(Packets.VM2_LOCAL);
        assertThat(passes6(bed, ipv6(Ipv6Address.ANY, Packets.ICMPV6, ask))).isTrue();
        byte[] alert = Packets.extension(Packets.ICMPV6, 1);
        assertThat(passes6(bed, ipv6(Ipv6Address.ANY, Packets.HOP_BY_HOP, alert, icmp(143, DATA))))
                .isTrue();
        assertThat(passes6(bed, ipv6(Ipv6Address.ANY, Packets.ICMPV6, icmp(136, DATA))))
                .isFalse();
        assertThat(passes6(bed, ipv6(Ipv6Address.ANY, Packets.ICMPV6, icmp(128, DATA))))
                .isFalse();
        assertThat(passes6(bed, ipv6(Ipv6Address.ANY, UDP, udp(546, 547, DATA))))
                .isFalse();
        assertThat(passes6(bed, ipv6(Ipv6Address.ANY, Packets.ICMPV6))).isFalse();
        byte[] piece = Packets.fragment(Packets.ICMPV6, 0, true);
        assertThat(passes6(bed, ipv6(Ipv6Address.ANY, Packets.FRAGMENT, piece, ask)))
                .isFalse();
    }

    @Test
    void ipv6ThatIsCutAnywhereDoesNotPass() {
        byte[] whole = ipv6(Packets.VM2_LOCAL, UDP, udp(1, 2, DATA));
        for (int length = 0; length < whole.length; length++) {
            Bed bed = bed(Ipv4.OFF, Unspecified.NONE, Ipv6.CONFIGURED);
            assertThat(passes6(bed, Arrays.copyOf(whole, length)))
                    .as("%d bytes", length)
                    .isFalse();
        }
    }

    @Test
    void ipv6IsDroppedWhereNoneIsWanted() {
        Bed bed = bed(Ipv4.OFF, Unspecified.NONE, Ipv6.DROP);
        assertThat(passes6(bed, ipv6(Packets.VM2_LOCAL, UDP, DATA))).isFalse();
        assertThat(passes6(bed, new byte[0])).isFalse();
        assertThat(passes4(bed, ipv4("10.0.0.1", UDP, DATA))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"PASS, true", "INSPECT, false", "DROP, false"})
    void behindATagOnlyTheOneThatInspectsLooks(Tagged tagged, boolean passes) {
        Bed bed = Guarded.not()
                .source(Ipv4.CONFIGURED, Unspecified.NONE, Ipv6.CONFIGURED)
                .tagged(tagged)
                .bed();
        byte[] spoofed = frame(Ethernet.IPV4, ipv4("10.0.0.1", UDP, DATA));
        byte[] once = Packets.tagged(0x8100, 20, spoofed);
        byte[] twice = Packets.tagged(0x88a8, 10, once);
        assertThat(bed.send("vm2", spoofed)).isEmpty();
        assertThat(bed.send("vm2", once)).hasSize(passes ? 3 : 0);
        assertThat(bed.send("vm2", twice)).hasSize(passes ? 3 : 0);
        byte[] honest =
                Packets.tagged(0x8100, 20, frame(Ethernet.IPV4, ipv4("10.0.0.2", UDP, DATA)));
        assertThat(bed.send("vm2", honest)).hasSize(tagged == Tagged.DROP ? 0 : 3);
    }
}
