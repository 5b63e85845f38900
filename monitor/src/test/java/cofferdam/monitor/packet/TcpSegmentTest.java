package cofferdam.monitor.packet;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.packet.TcpSegment.Flag;

import org.junit.jupiter.api.Test;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

class TcpSegmentTest {

    private static final Ipv4Address A = Ipv4Address.parse("10.0.0.1");
    private static final Ipv4Address B = Ipv4Address.parse("10.0.0.2");
    private static final byte[] DATA = {'h', 'i', '!'};

    /** SYN from 4660 to 110 with a maximum segment size of 1460, the checksum left out. */
    private static final byte[] SYN =
            Frames.hex("1234 006e ffffffff 00000000 6002 8000 0000 0000 0204 05b4");

    private static Optional<TcpSegment> read(byte[] bytes) {
        return TcpSegment.inPacket(new Ipv4Packet(A, B, 1, 64, Ipv4Packet.TCP, bytes));
    }

    /** The bytes with the checksum that they give. */
    private static byte[] summed(byte[] bytes) {
        byte[] summed = bytes.clone();
        Bytes.put16(summed, 16, 0);
        int checksum = Checksum.ofSegment(A, B, Ipv4Packet.TCP, summed, 0, summed.length);
        Bytes.put16(summed, 16, checksum);
        return summed;
    }

    @Test
    void hasTheLayoutOfRfc9293() {
        TcpSegment syn =
                new TcpSegment(0x1234, 110, -1, 0, EnumSet.of(Flag.SYN), 0x8000, 1460, new byte[0]);

        assertThat(syn.toBytes(A, B)).isEqualTo(summed(SYN));
        TcpSegment read = read(summed(SYN)).orElseThrow();
        assertThat(read.sourcePort()).isEqualTo(0x1234);
        assertThat(read.targetPort()).isEqualTo(110);
        assertThat(read.sequence()).isEqualTo(-1);
        assertThat(read.flags()).containsExactly(Flag.SYN);
        assertThat(read.window()).isEqualTo(0x8000);
        assertThat(read.maximumSegmentSize()).isEqualTo(1460);
        assertThat(read.data()).isEmpty();
    }

    @Test
    void dataAndNumbersComeBack() {
        TcpSegment segment = new TcpSegment(
                1, 2, 3, 0x89abcdef, EnumSet.of(Flag.ACK, Flag.PSH), 0xffff, 0, DATA);
        byte[] bytes = segment.toBytes(A, B);
        TcpSegment read = read(bytes).orElseThrow();

        assertThat(bytes).hasSize(23);
        assertThat(read.acknowledgment()).isEqualTo(0x89abcdef);
        assertThat(read.maximumSegmentSize()).isZero();
        assertThat(read.data()).isEqualTo(DATA);
    }

    @Test
    void everySetOfFlagsComesBack() {
        for (int bits = 0; bits < 64; bits++) {
            EnumSet<Flag> flags = EnumSet.noneOf(Flag.class);
            for (Flag flag : Flag.values()) {
                if ((bits & 1 << flag.ordinal()) != 0) {
                    flags.add(flag);
                }
            }
            byte[] bytes = new TcpSegment(1, 2, 3, 4, flags, 5, 0, DATA).toBytes(A, B);
            assertThat(bytes[13]).isEqualTo((byte) bits);
            assertThat(read(bytes).orElseThrow().flags()).isEqualTo(flags);
        }
    }

    @Test
    void synAndFinTakeSequenceSpace() {
        assertThat(new TcpSegment(1, 2, 3, 4, Set.of(), 5, 0, DATA).sequenceLength())
                .isEqualTo(3);
        assertThat(new TcpSegment(1, 2, 3, 4, Set.of(Flag.SYN, Flag.FIN), 5, 0, DATA)
                        .sequenceLength())
                .isEqualTo(5);
    }

    @Test
    void maximumSegmentSizeIsFoundBehindOtherOptions() {
        assertThat(sizeIn("7002", "01 01 0402 0204 0200")).isEqualTo(512);
        assertThat(sizeIn("7002", "00 01 0402 0204 0200")).isZero();
    }

    @Test
    void optionsThatLieAboutTheirLengthEndTheSearch() {
        assertThat(sizeIn("7002", "0500 0204 0200 0000")).isZero();
        assertThat(sizeIn("7002", "0501 0204 0200 0000")).isZero();
        assertThat(sizeIn("7002", "05ff 0204 0200 0000")).isZero();
        assertThat(sizeIn("7002", "0101 0101 0101 0102")).isZero();
        assertThat(sizeIn("7002", "0203 05b4 0000 0000")).isZero();
        assertThat(sizeIn("7002", "0101 0101 0101 0204")).isZero();
    }

    private static int sizeIn(String lengthAndFlags, String options) {
        byte[] bytes = Frames.hex(
                "1234 006e 00000001 00000000" + lengthAndFlags + "8000 0000 0000" + options);
        return read(summed(bytes)).orElseThrow().maximumSegmentSize();
    }

    @Test
    void impossibleHeaderLengthsAreNotRead() {
        for (int words = 0; words < 16; words++) {
            byte[] bytes = SYN.clone();
            bytes[12] = (byte) (words << 4);
            assertThat(read(summed(bytes)).isPresent())
                    .as("%d words", words)
                    .isEqualTo(words == 5 || words == 6);
        }
        assertThat(read(new byte[19])).isEmpty();
    }

    @Test
    void wrongChecksumIsNotRead() {
        byte[] bytes = summed(SYN);
        bytes[0] ^= 1;

        assertThat(read(bytes)).isEmpty();
    }

    @Test
    void otherProtocolsAreNotRead() {
        assertThat(TcpSegment.inPacket(new Ipv4Packet(A, B, 1, 64, Ipv4Packet.UDP, summed(SYN))))
                .isEmpty();
    }

    @Test
    void damagedSegmentsNeverThrowEvenWithARightChecksum() {
        Frames.damage(SYN, TcpSegmentTest::read);
        Frames.damage(SYN, bytes -> {
            if (bytes.length >= TcpSegment.HEADER_BYTES) {
                read(summed(bytes));
            }
        });
    }
}
