package cofferdam.monitor.packet;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

class Ipv4PacketTest {

    private static final MacAddress ONE = MacAddress.parse("02:00:00:00:00:01");
    private static final MacAddress TWO = MacAddress.parse("02:00:00:00:00:02");

    /** A header whose checksum is widely published: UDP from 192.168.0.1 to 192.168.0.199. */
    private static final byte[] FRAME = Frames.hex("""
            020000000001 020000000002 0800
            4500 0018 0000 4000 4011 b8bc c0a8 0001 c0a8 00c7
            01020304
            """);

    /** The same frame with another header byte and the checksum that it gives. */
    private static byte[] with(int offset, int value) {
        byte[] frame = FRAME.clone();
        frame[offset] = (byte) value;
        Bytes.put16(frame, 24, 0);
        Bytes.put16(frame, 24, Checksum.of(frame, 14, 20));
        return frame;
    }

    @Test
    void readsEveryField() {
        Ipv4Packet packet = Ipv4Packet.inFrame(FRAME).orElseThrow();

        assertThat(packet.source()).isEqualTo(Ipv4Address.parse("192.168.0.1"));
        assertThat(packet.target()).isEqualTo(Ipv4Address.parse("192.168.0.199"));
        assertThat(packet.identification()).isZero();
        assertThat(packet.timeToLive()).isEqualTo(64);
        assertThat(packet.protocol()).isEqualTo(Ipv4Packet.UDP);
        assertThat(packet.payload()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void writesWhatItReads() {
        Ipv4Packet packet = Ipv4Packet.inFrame(FRAME).orElseThrow();

        assertThat(packet.toFrame(ONE, TWO)).isEqualTo(FRAME);
    }

    @Test
    void leavesPaddingOut() {
        Ipv4Packet packet = Ipv4Packet.inFrame(Arrays.copyOf(FRAME, 60)).orElseThrow();

        assertThat(packet.payload()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void wrongChecksumIsNotRead() {
        byte[] frame = FRAME.clone();
        frame[22]--;

        assertThat(Ipv4Packet.inFrame(frame)).isEmpty();
    }

    @Test
    void otherVersionsAndOptionsAreNotRead() {
        assertThat(Ipv4Packet.inFrame(with(14, 0x65))).isEmpty();
        assertThat(Ipv4Packet.inFrame(with(14, 0x46))).isEmpty();
        assertThat(Ipv4Packet.inFrame(with(14, 0x44))).isEmpty();
    }

    @Test
    void impossibleLengthsAreNotRead() {
        assertThat(Ipv4Packet.inFrame(with(17, 19))).isEmpty();
        assertThat(Ipv4Packet.inFrame(with(17, 25))).isEmpty();
        assertThat(Ipv4Packet.inFrame(with(16, 0xff))).isEmpty();
        assertThat(Ipv4Packet.inFrame(with(17, 20)).orElseThrow().payload()).isEmpty();
    }

    @Test
    void fragmentsAreNotRead() {
        assertThat(Ipv4Packet.inFrame(with(20, 0x20))).isEmpty();
        assertThat(Ipv4Packet.inFrame(with(21, 1))).isEmpty();
        assertThat(Ipv4Packet.inFrame(with(20, 0))).isPresent();
    }

    @Test
    void damagedFramesNeverThrow() {
        Frames.damage(FRAME, Ipv4Packet::inFrame);
    }
}
