package cofferdam.monitor.net;

import static cofferdam.monitor.net.Packets.FRAGMENT;
import static cofferdam.monitor.net.Packets.UDP;
import static cofferdam.monitor.net.Packets.VM2_LOCAL;
import static cofferdam.monitor.net.Packets.bytes;
import static cofferdam.monitor.net.Packets.fragment;
import static cofferdam.monitor.net.Packets.frame;
import static cofferdam.monitor.net.Packets.ipv4;
import static cofferdam.monitor.net.Packets.ipv6;
import static cofferdam.monitor.net.Packets.udp;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.policy.PacketGuards.Tagged;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.Map;

final class DhcpGuardTest {

    private static final byte[] NONE = {};
    private static final byte[] DATA = new byte[12];

    private final Bed bed = Guarded.not().dhcp().bed();

    private boolean passes4(byte[] packet) {
        return !bed.send("vm2", frame(Ethernet.IPV4, packet)).isEmpty();
    }

    private boolean passes6(byte[] packet) {
        return !bed.send("vm2", frame(Packets.IPV6_TYPE, packet)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "68, 67, true",
        "67, 68, false",
        "67, 67, false",
        "1067, 68, false",
        "53, 53, true",
        "547, 546, true"
    })
    void version4(int source, int destination, boolean passes) {
        byte[] datagram = udp(source, destination, DATA);
        assertThat(passes4(ipv4("10.0.0.2", UDP, datagram))).isEqualTo(passes);
        assertThat(passes4(ipv4("10.0.0.2", UDP, 0, new byte[8], datagram))).isEqualTo(passes);
        assertThat(passes4(ipv4("10.0.0.2", UDP, 0x2000, NONE, datagram))).isEqualTo(passes);
        assertThat(passes4(ipv4("10.0.0.2", UDP, 1, NONE, datagram))).isTrue();
        assertThat(passes4(ipv4("10.0.0.2", 6, datagram))).isTrue();
        assertThat(bed.drops()).isEqualTo(passes ? Map.of() : Map.of("vm2 dhcp-guard", 3L));
    }

    @ParameterizedTest
    @CsvSource({
        "546, 547, true",
        "547, 546, false",
        "547, 547, false",
        "1547, 546, false",
        "67, 68, true"
    })
    void version6(int source, int destination, boolean passes) {
        byte[] datagram = udp(source, destination, DATA);
        assertThat(passes6(ipv6(VM2_LOCAL, UDP, datagram))).isEqualTo(passes);
        byte[] header = Packets.extension(UDP, 3);
        assertThat(passes6(ipv6(VM2_LOCAL, Packets.ROUTING, header, datagram))).isEqualTo(passes);
        assertThat(passes6(ipv6(VM2_LOCAL, FRAGMENT, fragment(UDP, 0, true), datagram)))
                .isEqualTo(passes);
        assertThat(passes6(ipv6(VM2_LOCAL, FRAGMENT, fragment(UDP, 1, true), datagram)))
                .isTrue();
        assertThat(passes6(ipv6(VM2_LOCAL, 6, datagram))).isTrue();
    }

    @Test
    void serversBeyondTheUplinkServe() {
        byte[] offer = ipv4("10.0.0.16", UDP, udp(67, 68, DATA));
        assertThat(bed.send("uplink", frame(Ethernet.IPV4, offer))).hasSize(3);
        assertThat(Guarded.not().bed().send("vm2", frame(Ethernet.IPV4, offer))).hasSize(3);
    }

    @Test
    void portsThatAreNotThereDoNotPass() {
        for (int bytes = 0; bytes < 4; bytes++) {
            assertThat(passes4(ipv4("10.0.0.2", UDP, new byte[bytes]))).isFalse();
            assertThat(passes6(ipv6(VM2_LOCAL, UDP, new byte[bytes]))).isFalse();
        }
        assertThat(passes4(ipv4("10.0.0.2", UDP, bytes(0, 68, 0, 67)))).isTrue();
    }

    @Test
    void packetsThatAreCutDoNotPass() {
        byte[] four = ipv4("10.0.0.2", UDP, udp(1, 2, DATA));
        for (int length = 0; length < four.length; length++) {
            assertThat(passes4(Arrays.copyOf(four, length)))
                    .as("%d bytes", length)
                    .isFalse();
        }
        byte[] six = ipv6(VM2_LOCAL, UDP, udp(1, 2, DATA));
        for (int length = 0; length < six.length; length++) {
            assertThat(passes6(Arrays.copyOf(six, length)))
                    .as("%d bytes", length)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"PASS, true", "INSPECT, false", "DROP, false"})
    void behindATagOnlyTheOneThatInspectsLooks(Tagged tagged, boolean passes) {
        byte[] offer = frame(Ethernet.IPV4, ipv4("10.0.0.2", UDP, udp(67, 68, DATA)));
        Bed tagging = Guarded.not().dhcp().tagged(tagged).bed();
        assertThat(tagging.send("vm2", Packets.tagged(0x88a8, 5, offer))).hasSize(passes ? 3 : 0);
    }
}
