package cofferdam.analysis.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.evidence.DiscoveryContent.Flags;
import cofferdam.analysis.evidence.DiscoveryContent.Kind;
import cofferdam.analysis.evidence.DiscoveryContent.Prefix;
import cofferdam.analysis.evidence.SeenFrame.Tag;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Direction;
import cofferdam.monitor.pcapng.CapturedFrame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

class DissectorTest {

    private static final Machine ONE = machine(1);
    private static final Machine TWO = machine(2);

    private static final long PREFIX = 0x2001_0db8_0000_0001L;
    private static final Ipv6Address[] LOCAL = {
        Ipv6Address.eui64(Ipv6Address.LINK_LOCAL, ONE.mac()),
        Ipv6Address.eui64(Ipv6Address.LINK_LOCAL, TWO.mac())
    };

    /** Preference high, 1800 seconds, a source option and a prefix. */
    private static final String ROUTER = "40 08 0708 00000000 00000000 0101 020000000001"
            + "0304 40 c0 00015180 00003840 00000000 20010db8000000010000000000000000";

    /** Router and override, target fe80::5, with the target's option. */
    private static final String ADVERTISEMENT =
            "a0000000 fe800000000000000000000000000005 0201 020000000099";

    private static final String OFFER =
            "350102 00 36040a000009 0308 0a000008 0a000007 330400000e10 ff";

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
    void packetsOfTheOtherProtocolAreSeenToo() {
        SeenFrame seen = seen(Frames.udp6(ONE, TWO, PREFIX, "flow=the text"));

        assertThat(seen.content()).isInstanceOfSatisfying(Ipv6Content.class, packet -> {
            assertThat(packet.source()).isEqualTo(Ipv6Address.eui64(PREFIX, ONE.mac()));
            assertThat(packet.hopLimit()).isEqualTo(255);
            assertThat(packet.goes(ONE, TWO)).isTrue();
            assertThat(packet.goes(TWO, ONE)).isFalse();
            assertThat(packet.contains(bytes("the text"))).isTrue();
            assertThat(packet.contains(bytes("the next"))).isFalse();
            assertThat(packet.isDiscovery()).isFalse();
        });
    }

    @Test
    void packetsOfTheOtherProtocolAreEqualWhateverForwardersChange() {
        byte[] frame = Frames.udp6(ONE, TWO, PREFIX, "text");
        byte[] forwarded = frame.clone();
        TWO.mac().write(forwarded, 6);
        forwarded[21]--;
        Content content = seen(frame).content();

        assertThat(seen(forwarded).content()).isEqualTo(content).hasSameHashCodeAs(content);
        assertThat(seen(Frames.padded(frame, 90)).content()).isEqualTo(content);
        assertThat(seen(Frames.udp6(ONE, TWO, PREFIX, "test")).content()).isNotEqualTo(content);
        assertThat(seen(Frames.udp6(TWO, ONE, PREFIX, "text")).content()).isNotEqualTo(content);
    }

    @Test
    void whateverIsBehindTagsIsFound() {
        byte[] frame = Frames.udp6(ONE, TWO, PREFIX, "text");
        SeenFrame seen = seen(Frames.tagged(Frames.tagged(frame, 0x8100, 0x6014), 0x88a8, 10));

        assertThat(seen.tags()).containsExactly(new Tag(0x88a8, 10), new Tag(0x8100, 20));
        assertThat(seen.from(ONE.mac())).isTrue();
        assertThat(seen.content()).isEqualTo(seen(frame).content());
        byte[] deep = Frames.udp(ONE, TWO, 5, "text");
        for (int i = 0; i < 100; i++) {
            deep = Frames.tagged(deep, 0x9100, i);
        }
        assertThat(seen(deep).tags()).hasSize(SeenFrame.MAXIMUM_TAGS);
        assertThat(seen(deep).content())
                .isEqualTo(seen(Frames.udp(ONE, TWO, 5, "text")).content());
    }

    @Test
    void routersAreSeenWithAllTheySay() {
        assertThat(discovery(Frames.icmp6(ONE, TWO, 134, LOCAL, ROUTER)))
                .contains(new DiscoveryContent(
                        Kind.ROUTER_ADVERTISEMENT,
                        Ipv6Address.ANY,
                        Optional.of(ONE.mac()),
                        Flags.NONE,
                        1,
                        1800,
                        List.of(new Prefix(new Ipv6Address(PREFIX, 0), 64))));
        assertThat(discovery(Frames.icmp6(ONE, TWO, 133, LOCAL, "00000000 0101 020000000001")))
                .get()
                .extracting(DiscoveryContent::kind, DiscoveryContent::hardware)
                .containsExactly(Kind.ROUTER_SOLICITATION, Optional.of(ONE.mac()));
    }

    @Test
    void routersWithManyPrefixesAreSeenWhole() {
        String prefixes = ROUTER.substring(ROUTER.indexOf("0304")).repeat(30);

        assertThat(discovery(Frames.icmp6(
                                ONE, TWO, 134, LOCAL, "40 08 0708 00000000 00000000" + prefixes))
                        .orElseThrow()
                        .prefixes())
                .hasSize(30);
    }

    @Test
    void neighboursAreSeenWithTargetFlagsAndHardware() {
        Ipv6Address target = Ipv6Address.parse("fe80::5");
        assertThat(discovery(Frames.icmp6(ONE, TWO, 136, LOCAL, ADVERTISEMENT)))
                .contains(new DiscoveryContent(
                        Kind.NEIGHBOUR_ADVERTISEMENT,
                        target,
                        Optional.of(MacAddress.parse("02:00:00:00:00:99")),
                        new Flags(true, false, true),
                        0,
                        0,
                        List.of()));
        assertThat(discovery(Frames.icmp6(
                        ONE, TWO, 135, LOCAL, "00000000 fe800000000000000000000000000005")))
                .get()
                .extracting(DiscoveryContent::kind, DiscoveryContent::hardware)
                .containsExactly(Kind.NEIGHBOUR_SOLICITATION, Optional.empty());
    }

    @Test
    void leasesAreSeen() {
        Content content = seen(Frames.dhcp(ONE, TWO, true, OFFER)).content();

        assertThat(content)
                .isInstanceOfSatisfying(
                        Ipv4Content.class,
                        packet -> assertThat(packet.dhcp())
                                .contains(new DhcpContent(
                                        true,
                                        DhcpContent.OFFER,
                                        0x8765_4321,
                                        TWO.mac(),
                                        TWO.address(),
                                        Optional.of(Ipv4Address.parse("10.0.0.9")),
                                        Optional.of(Ipv4Address.parse("10.0.0.8")))));
    }

    @Test
    void exchangesAreFoundByTheirName() {
        String flow = "0123456789abcdef".repeat(2);
        PacketContent packet = (PacketContent)
                seen(Frames.udp6(ONE, TWO, PREFIX, "flow=flow=" + flow + "x")).content();

        assertThat(packet.names(Set.of(flow))).isTrue();
        assertThat(packet.names(Set.of(flow.replace('0', '1')))).isFalse();
        PacketContent cut = (PacketContent)
                seen(Frames.udp6(ONE, TWO, PREFIX, "flow=" + flow.substring(1))).content();
        assertThat(cut.names(Set.of(flow))).isFalse();
    }

    private static Optional<DiscoveryContent> discovery(byte[] frame) {
        return ((Ipv6Content) seen(frame).content()).discovery();
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
            Frames.udp(ONE, TWO, 5, "text"),
            Frames.arp(2, ONE.mac(), TWO.address(), TWO),
            Frames.icmp6(ONE, TWO, 134, LOCAL, ROUTER),
            Frames.icmp6(ONE, TWO, 136, LOCAL, ADVERTISEMENT),
            Frames.dhcp(ONE, TWO, true, OFFER),
            Frames.tagged(Frames.tagged(Frames.udp6(ONE, TWO, PREFIX, "text"), 7), 0x88a8, 9)
        };
        for (int i = 0; i < 20_000; i++) {
            byte[] frame = sound[i % sound.length];
            byte[] damaged = Arrays.copyOf(frame, random.nextInt(frame.length + 20));
            for (int left = random.nextInt(4); left > 0 && damaged.length > 0; left--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            assertThat(described(damaged)).as("seed %d, round %d", seed, i).isNotNull();
        }
    }

    private static String described(byte[] frame) {
        return switch (seen(frame).content()) {
            case Ipv4Content packet -> packet.dhcp().toString();
            case Ipv6Content packet -> packet.discovery().toString();
            case ArpContent arp -> arp.toString();
            case Content.Other other -> other.toString();
        };
    }

    private static SeenFrame seen(byte[] frame) {
        return Dissector.dissect(new CapturedFrame(1, 0, 0, Direction.INBOUND, frame));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
