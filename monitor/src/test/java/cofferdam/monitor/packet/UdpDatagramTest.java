package cofferdam.monitor.packet;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.address.Ipv4Address;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

class UdpDatagramTest {

    private static final Ipv4Address A = Ipv4Address.parse("10.0.0.1");
    private static final Ipv4Address B = Ipv4Address.parse("10.0.0.2");

    /**
     * Ports 1234 and 7, length 10, data "hi"; the checksum by hand: the pseudo header adds up to
     * 141e, the rest to 6d4c.
     */
    private static final byte[] BYTES = Frames.hex("04d2 0007 000a 7e95 6869");

    private static Ipv4Packet packet(byte[] payload) {
        return new Ipv4Packet(A, B, 1, 64, Ipv4Packet.UDP, payload);
    }

    @Test
    void hasTheLayoutOfRfc768() {
        byte[] bytes = new UdpDatagram(1234, 7, new byte[] {'h', 'i'}).toBytes(A, B);

        assertThat(bytes).isEqualTo(BYTES);
    }

    @Test
    void readsEveryField() {
        UdpDatagram datagram = UdpDatagram.inPacket(packet(BYTES)).orElseThrow();

        assertThat(datagram.sourcePort()).isEqualTo(1234);
        assertThat(datagram.targetPort()).isEqualTo(7);
        assertThat(datagram.data()).containsExactly('h', 'i');
    }

    @Test
    void checksumOfZeroIsSentAsOnes() {
        byte[] data = {0, 0};
        UdpDatagram plain = new UdpDatagram(1234, 7, data);
        int checksum = Bytes.u16(plain.toBytes(A, B), 6);
        Bytes.put16(data, 0, checksum);
        byte[] bytes = new UdpDatagram(1234, 7, data).toBytes(A, B);

        assertThat(Bytes.u16(bytes, 6)).isEqualTo(0xffff);
        assertThat(UdpDatagram.inPacket(packet(bytes))).isPresent();
    }

    @Test
    void checksumThatWasNotSentIsNotChecked() {
        byte[] bytes = BYTES.clone();
        Bytes.put16(bytes, 6, 0);

        assertThat(UdpDatagram.inPacket(packet(bytes))).isPresent();
    }

    @Test
    void checksumCoversDataAndAddresses() {
        byte[] bytes = BYTES.clone();
        bytes[9]++;

        assertThat(UdpDatagram.inPacket(packet(bytes))).isEmpty();
        assertThat(UdpDatagram.inPacket(new Ipv4Packet(A, A, 1, 64, Ipv4Packet.UDP, BYTES)))
                .isEmpty();
    }

    @Test
    void impossibleLengthsAreNotRead() {
        for (int length : new int[] {0, 7, 11, 0xffff}) {
            byte[] bytes = BYTES.clone();
            Bytes.put16(bytes, 4, length);
            Bytes.put16(bytes, 6, 0);
            assertThat(UdpDatagram.inPacket(packet(bytes)))
                    .as("length %d", length)
                    .isEmpty();
        }
        assertThat(UdpDatagram.inPacket(packet(Arrays.copyOf(BYTES, 7)))).isEmpty();
    }

    @Test
    void otherProtocolsAreNotRead() {
        assertThat(UdpDatagram.inPacket(new Ipv4Packet(A, B, 1, 64, Ipv4Packet.TCP, BYTES)))
                .isEmpty();
    }

    @Test
    void damagedDatagramsNeverThrow() {
        Frames.damage(BYTES, bytes -> UdpDatagram.inPacket(packet(bytes)));
    }
}
