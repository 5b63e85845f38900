package cofferdam.monitor.net;

import static cofferdam.monitor.net.Packets.DESTINATION_OPTIONS;
import static cofferdam.monitor.net.Packets.FRAGMENT;
import static cofferdam.monitor.net.Packets.HOP_BY_HOP;
import static cofferdam.monitor.net.Packets.ICMPV6;
import static cofferdam.monitor.net.Packets.ROUTING;
import static cofferdam.monitor.net.Packets.UDP;
import static cofferdam.monitor.net.Packets.VM2_LOCAL;
import static cofferdam.monitor.net.Packets.extension;
import static cofferdam.monitor.net.Packets.fragment;
import static cofferdam.monitor.net.Packets.frame;
import static cofferdam.monitor.net.Packets.icmp;
import static cofferdam.monitor.net.Packets.ipv6;
import static cofferdam.monitor.net.Packets.routerAdvertisement;
import static cofferdam.monitor.net.Packets.udp;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.policy.PacketGuards.Tagged;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;

final class RouterGuardTest {

    private static final byte[] REDIRECT = icmp(137, new byte[36]);

    private final Bed bed = Guarded.not().routers().bed();

    private boolean passes(byte[] packet) {
        return !bed.send("vm2", frame(Packets.IPV6_TYPE, packet)).isEmpty();
    }

    @Test
    void guestsAreNoRouters() {
        assertThat(passes(ipv6(VM2_LOCAL, ICMPV6, routerAdvertisement()))).isFalse();
        assertThat(passes(ipv6(VM2_LOCAL, ICMPV6, REDIRECT))).isFalse();
        assertThat(bed.drops()).isEqualTo(Map.of("vm2 ra-guard", 2L));
    }

    @Test
    void routersBeyondTheUplinkAreAndSoIsEverybodyWithoutTheGuard() {
        byte[] advertised =
                frame(Packets.IPV6_TYPE, ipv6(VM2_LOCAL, ICMPV6, routerAdvertisement()));
        assertThat(bed.send("uplink", advertised)).hasSize(3);
        assertThat(Guarded.not().bed().send("vm2", advertised)).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 129, 133, 135, 136, 143})
    void otherMessagesPass(int type) {
        assertThat(passes(ipv6(VM2_LOCAL, ICMPV6, icmp(type, new byte[24])))).isTrue();
    }

    @Test
    void whatIsNoIpv6Passes() {
        assertThat(bed.send("vm2", frame(Ethernet.IPV4, new byte[46]))).hasSize(3);
        assertThat(passes(ipv6(VM2_LOCAL, UDP, udp(134, 134, new byte[4])))).isTrue();
        assertThat(passes(ipv6(VM2_LOCAL, 59))).isTrue();
        assertThat(passes(ipv6(VM2_LOCAL, 50, new byte[8]))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {HOP_BY_HOP, ROUTING, DESTINATION_OPTIONS, 135, 139, 140})
    void extensionHeadersHideNothing(int header) {
        for (int units = 1; units <= 4; units++) {
            byte[] extension = extension(ICMPV6, units);
            assertThat(passes(ipv6(VM2_LOCAL, header, extension, routerAdvertisement())))
                    .isFalse();
            assertThat(passes(ipv6(VM2_LOCAL, header, extension, icmp(128, new byte[4]))))
                    .isTrue();
        }
    }

    @Test
    void anAuthenticationHeaderCountsInFourBytes() {
        byte[] authentication = new byte[12];
        authentication[0] = ICMPV6;
        authentication[1] = 1;
        assertThat(passes(ipv6(VM2_LOCAL, 51, authentication, routerAdvertisement())))
                .isFalse();
        assertThat(passes(ipv6(VM2_LOCAL, 51, authentication, icmp(135, new byte[20]))))
                .isTrue();
    }

    @Test
    void longChainsAreWalkedToTheEnd() {
        byte[][] chain = new byte[101][];
        Arrays.fill(chain, extension(DESTINATION_OPTIONS, 1));
        chain[99] = extension(ICMPV6, 1);
        chain[100] = routerAdvertisement();
        assertThat(passes(ipv6(VM2_LOCAL, DESTINATION_OPTIONS, chain))).isFalse();
        chain[100] = icmp(128, new byte[4]);
        assertThat(passes(ipv6(VM2_LOCAL, DESTINATION_OPTIONS, chain))).isTrue();
    }

    @Test
    void aFirstFragmentShowsWhatItIsOrDoesNotPass() {
        byte[] options = extension(ICMPV6, 1);
        byte[] first = fragment(ICMPV6, 0, true);
        assertThat(passes(ipv6(VM2_LOCAL, FRAGMENT, first, routerAdvertisement())))
                .isFalse();
        assertThat(passes(ipv6(VM2_LOCAL, FRAGMENT, first))).isFalse();
        byte[] chained = fragment(DESTINATION_OPTIONS, 0, true);
        assertThat(passes(ipv6(VM2_LOCAL, FRAGMENT, chained, options))).isFalse();
        assertThat(passes(ipv6(VM2_LOCAL, FRAGMENT, chained))).isFalse();
        assertThat(passes(ipv6(VM2_LOCAL, FRAGMENT, first, icmp(128, new byte[4]))))
                .isTrue();
        byte[] datagram = fragment(UDP, 0, true);
        assertThat(passes(ipv6(VM2_LOCAL, FRAGMENT, datagram, new byte[8]))).isTrue();
    }

    @Test
    void anAtomicFragmentIsAFirstOne() {
        byte[] atomic = fragment(ICMPV6, 0, false);
        assertThat(passes(ipv6(VM2_LOCAL, FRAGMENT, atomic, routerAdvertisement())))
                .isFalse();
    }

    @Test
    void laterFragmentsPassForNobodyCanPutThemTogetherWithoutTheFirst() {
        byte[] later = fragment(ICMPV6, 1, true);
        assertThat(passes(ipv6(VM2_LOCAL, FRAGMENT, later, routerAdvertisement())))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {145, 200, 253, 254, 255})
    void headersThatNobodyKnowsDoNotPass(int header) {
        assertThat(passes(ipv6(VM2_LOCAL, header, extension(ICMPV6, 1), routerAdvertisement())))
                .isFalse();
    }

    @Test
    void aChainThatEndsTooSoonDoesNotPass() {
        byte[] packet = ipv6(
                VM2_LOCAL,
                HOP_BY_HOP,
                extension(DESTINATION_OPTIONS, 2),
                extension(ICMPV6, 1),
                icmp(128, new byte[4]));
        for (int cut = 0; cut < packet.length; cut++) {
            byte[] frameCut = Arrays.copyOf(packet, cut);
            assertThat(passes(frameCut)).as("frame of %d bytes", cut).isFalse();
        }
        for (int payload = 0; payload < 25; payload++) {
            byte[] promisesLess = packet.clone();
            promisesLess[5] = (byte) payload;
            assertThat(passes(promisesLess)).as("payload of %d bytes", payload).isFalse();
        }
        assertThat(passes(packet)).isTrue();
    }

    @Test
    void anExtensionHeaderThatPromisesTooMuchDoesNotPass() {
        byte[] extension = extension(UDP, 1);
        extension[1] = (byte) 255;
        assertThat(passes(ipv6(VM2_LOCAL, HOP_BY_HOP, extension, new byte[64]))).isFalse();
    }

    @Test
    void anotherVersionOrAJumbogramDoesNotPass() {
        byte[] packet = ipv6(VM2_LOCAL, UDP, udp(1, 2, new byte[4]));
        packet[0] = 0x45;
        assertThat(passes(packet)).isFalse();
        byte[] jumbo = ipv6(VM2_LOCAL, HOP_BY_HOP, extension(ICMPV6, 1), routerAdvertisement());
        jumbo[4] = 0;
        jumbo[5] = 0;
        assertThat(passes(jumbo)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"PASS, true", "INSPECT, false", "DROP, false"})
    void behindATagOnlyTheOneThatInspectsLooks(Tagged tagged, boolean passes) {
        byte[] frame = frame(Packets.IPV6_TYPE, ipv6(VM2_LOCAL, ICMPV6, routerAdvertisement()));
        Bed tagging = Guarded.not().routers().tagged(tagged).bed();
        assertThat(tagging.send("vm2", Packets.tagged(0x8100, 0, frame))).hasSize(passes ? 3 : 0);
    }

    @Test
    void noChainThatEndsInAnAdvertisementPassesWhateverPrecedesIt() {
        int[] headers = {HOP_BY_HOP, ROUTING, DESTINATION_OPTIONS, 135, 139, 140};
        for (long seed = 0; seed < 2000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] rest = routerAdvertisement();
            int next = ICMPV6;
            for (int count = random.nextInt(12); count > 0; count--) {
                rest = Packets.joined(extension(next, random.nextInt(1, 5)), rest);
                next = headers[random.nextInt(headers.length)];
            }
            byte[] packet = ipv6(VM2_LOCAL, next, rest);
            assertThat(passes(packet)).as("seed %d", seed).isFalse();
            random.nextBytes(packet);
            bed.send("vm2", frame(Packets.IPV6_TYPE, packet));
        }
    }
}
