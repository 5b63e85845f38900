package cofferdam.monitor.packet;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.address.MacAddress;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

class Ipv6PacketTest {

    private static final MacAddress TO = MacAddress.parse("02:00:00:00:00:02");
    private static final MacAddress FROM = MacAddress.parse("02:00:00:00:00:01");
    private static final Ipv6Address A = Ipv6Address.parse("2001:db8::1");
    private static final Ipv6Address B = Ipv6Address.parse("2001:db8::2");

    private static final byte[] FRAME = Frames.hex("020000000002 020000000001 86dd"
            + "60000000 0003 11 40"
            + "20010db8000000000000000000000001 20010db8000000000000000000000002 010203");

    @Test
    void hasTheLayoutOfRfc8200() {
        Ipv6Packet packet = new Ipv6Packet(A, B, 64, Ipv6Packet.UDP, new byte[] {1, 2, 3});

        assertThat(packet.toFrame(TO, FROM)).isEqualTo(FRAME);
    }

    @Test
    void readsEveryFieldAndLeavesThePaddingOut() {
        Ipv6Packet packet = Ipv6Packet.inFrame(Arrays.copyOf(FRAME, 60)).orElseThrow();

        assertThat(packet.source()).isEqualTo(A);
        assertThat(packet.target()).isEqualTo(B);
        assertThat(packet.hopLimit()).isEqualTo(64);
        assertThat(packet.nextHeader()).isEqualTo(Ipv6Packet.UDP);
        assertThat(packet.payload()).containsExactly(1, 2, 3);
    }

    @Test
    void trafficClassAndFlowLabelAreNotLookedAt() {
        byte[] frame = FRAME.clone();
        Bytes.put32(frame, 14, 0x6fff_ffff);

        assertThat(Ipv6Packet.inFrame(frame)).isPresent();
    }

    @Test
    void otherVersionsTypesAndLengthsAreNotRead() {
        byte[] version = FRAME.clone();
        version[14] = 0x40;
        byte[] type = FRAME.clone();
        type[12] = 8;
        byte[] length = FRAME.clone();
        length[19] = 4;

        assertThat(Ipv6Packet.inFrame(version)).isEmpty();
        assertThat(Ipv6Packet.inFrame(type)).isEmpty();
        assertThat(Ipv6Packet.inFrame(length)).isEmpty();
    }

    @Test
    void datagramsAreReadBackAndNeedTheirChecksum() {
        byte[] payload = new UdpDatagram(5, 7, new byte[] {'h', 'i'}).toBytes(A, B);
        Ipv6Packet packet = new Ipv6Packet(A, B, 64, Ipv6Packet.UDP, payload);

        UdpDatagram read = UdpDatagram.inPacket(packet).orElseThrow();
        assertThat(read.sourcePort()).isEqualTo(5);
        assertThat(read.targetPort()).isEqualTo(7);
        assertThat(read.data()).containsExactly('h', 'i');
        Bytes.put16(payload, 6, 0);
        assertThat(UdpDatagram.inPacket(packet)).isEmpty();
    }

    @Test
    void damagedFramesNeverThrow() {
        Frames.damage(
                FRAME,
                frame -> Ipv6Packet.inFrame(frame).ifPresent(packet -> {
                    UdpDatagram.inPacket(packet);
                    Icmpv6.inPacket(packet);
                }));
    }

    @Test
    void tagsStandBehindTheAddresses() {
        assertThat(VlanTag.of(10).around(Frames.hex("010203040506 0708090a0b0c 0800 ff")))
                .isEqualTo(Frames.hex("010203040506 0708090a0b0c 8100 000a 0800 ff"));
        assertThat(new VlanTag(true, 7, 4095)
                        .around(VlanTag.of(1)
                                .around(Frames.hex("010203040506 0708090a0b0c 0800 ff"))))
                .isEqualTo(Frames.hex("010203040506 0708090a0b0c 88a8 efff 8100 0001 0800 ff"));
    }
}
