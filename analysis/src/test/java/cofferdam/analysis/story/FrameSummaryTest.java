package cofferdam.analysis.story;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.evidence.Frames;
import cofferdam.analysis.evidence.Machine;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;

import org.junit.jupiter.api.Test;

import java.util.Random;

class FrameSummaryTest {

    private static final Machine ONE = new Machine(
            "one", Ipv4Address.parse("10.0.0.1"), MacAddress.parse("02:00:00:00:00:01"));
    private static final Machine TWO = new Machine(
            "two", Ipv4Address.parse("10.0.0.2"), MacAddress.parse("02:00:00:00:00:02"));

    @Test
    void tellsDatagrams() {
        assertThat(FrameSummary.of(Frames.udp(ONE, TWO, 1, "hello")))
                .isEqualTo("10.0.0.1 to 10.0.0.2, UDP 4000 to 7, 47 bytes");
    }

    @Test
    void tellsTags() {
        assertThat(FrameSummary.of(Frames.tagged(Frames.udp(ONE, TWO, 1, ""), 20)))
                .startsWith("VLAN 20, 10.0.0.1 to 10.0.0.2, UDP");
    }

    @Test
    void tellsWhatArpClaims() {
        assertThat(FrameSummary.of(Frames.arp(2, TWO.mac(), ONE.address(), ONE)))
                .isEqualTo("ARP reply: 10.0.0.1 is at 02:00:00:00:00:02, 42 bytes");
        assertThat(FrameSummary.of(Frames.arp(1, ONE.mac(), ONE.address(), TWO)))
                .isEqualTo("ARP request: who has 10.0.0.2? tell 10.0.0.1, 42 bytes");
    }

    @Test
    void tellsSomethingOfAnyBytes() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 5000; round++) {
            byte[] frame = Frames.padded(
                    Frames.udp(ONE, TWO, round, "x".repeat(random.nextInt(40))),
                    random.nextInt(1500));
            for (int change = 0; change < 8; change++) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt();
            }
            byte[] cut = java.util.Arrays.copyOf(frame, random.nextInt(frame.length));
            assertThat(FrameSummary.of(frame)).as("seed %d", seed).isNotEmpty();
            assertThat(FrameSummary.of(cut)).as("seed %d", seed).isNotEmpty();
        }
    }
}
