package cofferdam.monitor.packet;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.address.Ipv4Address;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

class ChecksumTest {

    @Test
    void sumsTheExampleOfRfc1071() {
        // Section 3: the words 0001 f203 f4f5 f6f7 add up to ddf2.
        byte[] bytes = Frames.hex("0001 f203 f4f5 f6f7");

        assertThat(Checksum.of(bytes, 0, bytes.length)).isEqualTo(~0xddf2 & 0xffff);
    }

    @Test
    void oddLastByteCountsAsTheHighOne() {
        assertThat(Checksum.of(Frames.hex("010203"), 0, 3))
                .isEqualTo(Checksum.of(Frames.hex("01020300"), 0, 4));
    }

    @Test
    void sumsOnlyTheGivenRange() {
        assertThat(Checksum.of(Frames.hex("ffff 1234 ffff"), 2, 2)).isEqualTo(~0x1234 & 0xffff);
        assertThat(Checksum.of(new byte[0], 0, 0)).isEqualTo(0xffff);
    }

    @Test
    void checksumInItsPlaceMakesTheSumZero() {
        byte[] header = Frames.hex("4500 0073 0000 4000 4011 b861 c0a8 0001 c0a8 00c7");

        assertThat(Checksum.of(header, 0, header.length)).isZero();
    }

    @Test
    void pseudoHeaderBindsASegmentToItsAddresses() {
        byte[] bytes = Frames.hex("0001 0002 000a 0000 6869");
        Ipv4Address one = Ipv4Address.parse("255.255.0.1");
        Ipv4Address two = Ipv4Address.parse("10.0.0.2");
        // ffff + 0001 + 0a00 + 0002 + 0011 + 000a + the words of the segment, end-around carry.
        int sum = 0xffff + 0x0001 + 0x0a00 + 0x0002 + 17 + 10 + 1 + 2 + 0x0a + 0x6869;

        assertThat(Checksum.ofSegment(one, two, 17, bytes, 0, 10))
                .isEqualTo(~((sum & 0xffff) + (sum >>> 16)) & 0xffff);
    }

    @Test
    void longestFrameOfOnesDoesNotOverflow() {
        byte[] ones = new byte[65_535];
        Arrays.fill(ones, (byte) 0xff);

        assertThat(Checksum.of(ones, 0, 65_534)).isZero();
    }
}
