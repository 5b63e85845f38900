package cofferdam.analysis.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Direction;
import cofferdam.monitor.pcapng.CapturedFrame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

class DissectorTest {

    private static final Machine ONE = machine(1);
    private static final Machine TWO = machine(2);

    private static Machine machine(int number) {
        return new Machine(
                "vm" + number,
                Ipv4Address.parse("10.0.0." + number),
                MacAddress.parse("02:00:00:00:00:0" + number));
    }

    @Test
    void addressesAndPacketAreSeen() {
        SeenFrame seen = seen(Frames.udp(ONE, TWO, 5, "the text"));

        assertThat(seen.from(ONE.mac())).isTrue();
        assertThat(seen.to(TWO.mac())).isTrue();
        assertThat(seen.content()).isInstanceOfSatisfying(Ipv4Content.class, packet -> {
            assertThat(packet.goes(ONE.address(), TWO.address())).isTrue();
            assertThat(packet.goes(TWO.address(), ONE.address())).isFalse();
            assertThat(packet.contains(bytes("the text"))).isTrue();
            assertThat(packet.contains(bytes("the next"))).isFalse();
        });
    }

    @Test
    void packetsAreEqualWhateverForwardersChange() {
        byte[] frame = Frames.udp(ONE, TWO, 5, "text");
        Content content = seen(frame).content();

        assertThat(seen(Frames.forwarded(frame, ONE.mac(), TWO.mac())).content())
                .isEqualTo(content)
                .hasSameHashCodeAs(content);
        assertThat(seen(Frames.padded(frame, 60)).content()).isEqualTo(content);
        assertThat(seen(Frames.tagged(frame, 9)).content()).isEqualTo(content);
    }

    @Test
    void packetsDifferByIdentificationTargetAndData() {
        Content content = seen(Frames.udp(ONE, TWO, 5, "text")).content();

        assertThat(seen(Frames.udp(ONE, TWO, 6, "text")).content()).isNotEqualTo(content);
        assertThat(seen(Frames.udp(TWO, ONE, 5, "text")).content()).isNotEqualTo(content);
        assertThat(seen(Frames.udp(ONE, TWO, 5, "test")).content()).isNotEqualTo(content);
        assertThat(seen(Frames.udp(ONE, TWO, 5, "text\0")).content()).isNotEqualTo(content);
    }

    @Test
    void longPacketsAreComparedToTheirEnd() {
        String text = "x".repeat(1400);

        assertThat(seen(Frames.udp(ONE, TWO, 5, text + "a")).content())
                .isNotEqualTo(seen(Frames.udp(ONE, TWO, 5, text + "b")).content());
        assertThat(seen(Frames.udp(ONE, TWO, 5, text + "a")).content())
                .isInstanceOfSatisfying(
                        Ipv4Content.class,
                        packet -> assertThat(packet.contains(bytes("xa"))).isTrue());
    }

    @Test
    void arpMessagesAreSeen() {
        assertThat(seen(Frames.arp(2, ONE.mac(), TWO.address(), TWO)).content())
                .isEqualTo(new ArpContent(true, TWO.address(), ONE.mac()));
        assertThat(seen(Frames.arp(1, ONE.mac(), TWO.address(), TWO)).content())
                .isEqualTo(new ArpContent(false, TWO.address(), ONE.mac()));
    }

    @Test
    void framesAreEqualButForTheirPadding() {
        byte[] frame = Frames.udp(ONE, TWO, 5, "text");

        assertThat(seen(frame).unpadded())
                .isEqualTo(seen(Frames.padded(frame, 60)).unpadded())
                .hasSameHashCodeAs(seen(Frames.padded(frame, 60)).unpadded())
                .isNotEqualTo(
                        seen(Frames.forwarded(frame, TWO.mac(), ONE.mac())).unpadded());
    }

    @Test
    void aFrameWithoutAddressesIsOfNobody() {
        SeenFrame seen = seen(new byte[13]);

        assertThat(seen.from(new MacAddress(0))).isFalse();
        assertThat(seen.content()).isEqualTo(Content.Other.OTHER);
    }

    @Test
    void headersNestedWithoutEndDoNotExhaustTheStack() {
        ByteBuffer frame = ByteBuffer.allocate(262_144);
        frame.put(new byte[12]);
        while (frame.remaining() >= 4) {
            frame.putInt(0x8100_0001);
        }

        assertThat(seen(frame.array()).content()).isEqualTo(Content.Other.OTHER);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void damagedFramesAreDissectedSomehow(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[][] sound = {
            Frames.udp(ONE, TWO, 5, "text"), Frames.arp(2, ONE.mac(), TWO.address(), TWO)
        };
        for (int i = 0; i < 20_000; i++) {
            byte[] frame = sound[i % 2];
            byte[] damaged = Arrays.copyOf(frame, random.nextInt(frame.length + 20));
            for (int left = random.nextInt(4); left > 0 && damaged.length > 0; left--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            assertThat(seen(damaged).content()).as("seed %d, round %d", seed, i).isNotNull();
        }
    }

    private static SeenFrame seen(byte[] frame) {
        return Dissector.dissect(new CapturedFrame(1, 0, 0, Direction.INBOUND, frame));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
