package cofferdam.monitor.packet;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.Icmpv6.Echo;
import cofferdam.monitor.packet.Icmpv6.NeighbourAdvertisement;
import cofferdam.monitor.packet.Icmpv6.NeighbourSolicitation;
import cofferdam.monitor.packet.Icmpv6.PrefixInformation;
import cofferdam.monitor.packet.Icmpv6.RouterAdvertisement;
import cofferdam.monitor.packet.Icmpv6.RouterPreference;
import cofferdam.monitor.packet.Icmpv6.RouterSolicitation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

class Icmpv6Test {

    private static final Ipv6Address A = Ipv6Address.parse("fe80::1");
    private static final Ipv6Address B = Ipv6Address.parse("fe80::2");
    private static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:01");
    private static final int DISCOVERY = 255;

    static List<Icmpv6> discovery() {
        return List.of(
                new NeighbourSolicitation(B, Optional.of(MAC)),
                new NeighbourSolicitation(B, Optional.empty()),
                new NeighbourAdvertisement(true, false, true, A, Optional.of(MAC)),
                new NeighbourAdvertisement(false, true, false, A, Optional.empty()),
                new RouterSolicitation(Optional.of(MAC)),
                advertisement(),
                new RouterAdvertisement(
                        0,
                        RouterPreference.LOW,
                        0,
                        Optional.empty(),
                        OptionalInt.empty(),
                        List.of()));
    }

    private static RouterAdvertisement advertisement() {
        return new RouterAdvertisement(
                64,
                RouterPreference.HIGH,
                1800,
                Optional.of(MAC),
                OptionalInt.of(1500),
                List.of(new PrefixInformation(
                        Ipv6Address.parse("2001:db8:0:1::"),
                        64,
                        true,
                        false,
                        0xffff_ffffL,
                        14_400)));
    }

    /** Type 128, the checksum by hand: pseudo header fe80+1+fe80+2+a+3a, message 8000+1234+1+6162 are 2f0de.  */
    @Test
    void echoHasTheLayoutOfRfc4443() {
        byte[] bytes = new Echo(false, 0x1234, 1, new byte[] {'a', 'b'}).toBytes(A, B);

        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("80000f1f123400016162");
    }

    @Test
    void solicitationHasTheLayoutOfRfc4861() {
        byte[] bytes = new NeighbourSolicitation(B, Optional.of(MAC)).toBytes(A, B);
        Bytes.put16(bytes, 2, 0);

        assertThat(bytes)
                .isEqualTo(Frames.hex("8700 0000 00000000 fe800000000000000000000000000002"
                        + "0101 020000000001"));
    }

    @Test
    void routerAdvertisementHasTheLayoutOfRfc4861() {
        byte[] bytes = advertisement().toBytes(A, B);
        Bytes.put16(bytes, 2, 0);

        assertThat(bytes)
                .isEqualTo(
                        Frames.hex(
                                "8600 0000 40 08 0708 00000000 00000000"
                                        + "0101 020000000001 0501 0000 000005dc"
                                        + "0304 40 80 ffffffff 00003840 00000000 20010db8000000010000000000000000"));
    }

    @ParameterizedTest
    @MethodSource("discovery")
    void everyMessageIsReadBack(Icmpv6 message) {
        assertThat(Icmpv6.inPacket(message.toPacket(A, B, DISCOVERY))).contains(message);
    }

    @ParameterizedTest
    @MethodSource("discovery")
    void discoveryFromBeyondARouterIsNotRead(Icmpv6 message) {
        assertThat(Icmpv6.inPacket(message.toPacket(A, B, 254))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("discovery")
    void aWrongChecksumIsNotRead(Icmpv6 message) {
        byte[] bytes = message.toBytes(A, B);
        bytes[bytes.length - 1] ^= 1;

        assertThat(read(bytes)).isEmpty();
    }

    @Test
    void echoIsReadFromAnywhere() {
        Icmpv6 read = Icmpv6.inPacket(new Echo(true, 7, 8, new byte[] {1}).toPacket(A, B, 3))
                .orElseThrow();

        assertThat(read).isInstanceOfSatisfying(Echo.class, echo -> {
            assertThat(echo.reply()).isTrue();
            assertThat(echo.identifier()).isEqualTo(7);
            assertThat(echo.sequence()).isEqualTo(8);
            assertThat(echo.data()).containsExactly(1);
        });
    }

    @Test
    void optionsWithoutLengthOrBeyondTheEndDiscardTheMessage() {
        byte[] bytes = new NeighbourSolicitation(B, Optional.of(MAC)).toBytes(A, B);
        for (int length : new int[] {0, 2, 255}) {
            bytes[25] = (byte) length;
            assertThat(read(mended(bytes))).as("length %d", length).isEmpty();
        }
        assertThat(read(mended(Arrays.copyOf(bytes, 25)))).isEmpty();
    }

    @Test
    void unknownOptionsArePassedOver() {
        byte[] bytes = new NeighbourSolicitation(B, Optional.of(MAC)).toBytes(A, B);
        bytes[24] = 14;

        assertThat(read(mended(bytes))).contains(new NeighbourSolicitation(B, Optional.empty()));
    }

    @Test
    void whatRfc4861HasDiscardedIsNotRead() {
        Icmpv6 asked = new NeighbourSolicitation(B, Optional.of(MAC));
        Icmpv6 probe = new NeighbourSolicitation(B, Optional.empty());
        Icmpv6 answer = new NeighbourAdvertisement(false, true, true, A, Optional.of(MAC));
        Icmpv6 ofGroup = new NeighbourSolicitation(Ipv6Address.ALL_NODES, Optional.of(MAC));

        assertThat(Icmpv6.inPacket(asked.toPacket(Ipv6Address.ANY, B.solicitedNode(), DISCOVERY)))
                .isEmpty();
        assertThat(Icmpv6.inPacket(probe.toPacket(Ipv6Address.ANY, B, DISCOVERY)))
                .isEmpty();
        assertThat(Icmpv6.inPacket(probe.toPacket(Ipv6Address.ANY, B.solicitedNode(), DISCOVERY)))
                .isPresent();
        assertThat(Icmpv6.inPacket(answer.toPacket(A, Ipv6Address.ALL_NODES, DISCOVERY)))
                .isEmpty();
        assertThat(Icmpv6.inPacket(ofGroup.toPacket(A, B, DISCOVERY))).isEmpty();
        assertThat(Icmpv6.inPacket(
                        advertisement().toPacket(Ipv6Address.parse("2001:db8::1"), B, DISCOVERY)))
                .isEmpty();
        assertThat(Icmpv6.inPacket(new RouterSolicitation(Optional.of(MAC))
                        .toPacket(Ipv6Address.ANY, B, DISCOVERY)))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("discovery")
    void damagedMessagesNeverThrow(Icmpv6 message) {
        Frames.damage(message.toBytes(A, B), bytes -> read(mended(bytes)));
    }

    private static byte[] mended(byte[] bytes) {
        byte[] copy = bytes.clone();
        if (copy.length >= 4) {
            Bytes.put16(copy, 2, 0);
            Bytes.put16(copy, 2, Checksum.ofSegment(A, B, Ipv6Packet.ICMP, copy));
        }
        return copy;
    }

    private static Optional<Icmpv6> read(byte[] payload) {
        return Icmpv6.inPacket(new Ipv6Packet(A, B, DISCOVERY, Ipv6Packet.ICMP, payload));
    }
}
