package cofferdam.monitor.net;

import static cofferdam.monitor.net.Bed.VM1;
import static cofferdam.monitor.net.Bed.VM2;
import static cofferdam.monitor.net.Packets.FRAGMENT;
import static cofferdam.monitor.net.Packets.ICMPV6;
import static cofferdam.monitor.net.Packets.VM1_GLOBAL;
import static cofferdam.monitor.net.Packets.VM1_LOCAL;
import static cofferdam.monitor.net.Packets.VM2_GLOBAL;
import static cofferdam.monitor.net.Packets.VM2_LOCAL;
import static cofferdam.monitor.net.Packets.address;
import static cofferdam.monitor.net.Packets.advertisement;
import static cofferdam.monitor.net.Packets.bytes;
import static cofferdam.monitor.net.Packets.fragment;
import static cofferdam.monitor.net.Packets.frame;
import static cofferdam.monitor.net.Packets.icmp;
import static cofferdam.monitor.net.Packets.ipv6;
import static cofferdam.monitor.net.Packets.joined;
import static cofferdam.monitor.net.Packets.option;
import static cofferdam.monitor.net.Packets.solicitation;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.policy.PacketGuards.Tagged;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

final class NdInspectionTest {

    private static final int SOURCE_OPTION = 1;
    private static final int TARGET_OPTION = 2;

    private final Bed bed = Guarded.not().neighbours().bed();

    private boolean passes(byte[] packet) {
        return !bed.send("vm2", frame(Packets.IPV6_TYPE, packet)).isEmpty();
    }

    private boolean passes(Ipv6Address source, byte[] message) {
        return passes(ipv6(source, ICMPV6, message));
    }

    @Test
    void aMachineSpeaksForItself() {
        byte[] own = option(SOURCE_OPTION, VM2);
        assertThat(passes(VM2_LOCAL, solicitation(VM1_LOCAL, own))).isTrue();
        assertThat(passes(VM2_GLOBAL, solicitation(VM1_GLOBAL, own))).isTrue();
        assertThat(passes(VM2_LOCAL, solicitation(VM1_LOCAL))).isTrue();
        byte[] target = option(TARGET_OPTION, VM2);
        assertThat(passes(VM2_LOCAL, advertisement(VM2_LOCAL, target))).isTrue();
        assertThat(passes(VM2_LOCAL, advertisement(VM2_GLOBAL, target))).isTrue();
        assertThat(passes(VM2_LOCAL, icmp(133, new byte[4], own))).isTrue();
        assertThat(passes(Ipv6Address.ANY, icmp(133, new byte[4]))).isTrue();
        assertThat(passes(Ipv6Address.ANY, solicitation(VM2_GLOBAL))).isTrue();
        assertThat(bed.drops()).isEmpty();
    }

    @Test
    void aMachineDoesNotSpeakForAnother() {
        byte[] target = option(TARGET_OPTION, VM2);
        assertThat(passes(VM1_LOCAL, advertisement(VM1_LOCAL, target))).isFalse();
        assertThat(passes(VM2_LOCAL, advertisement(VM1_LOCAL, target))).isFalse();
        assertThat(passes(VM1_LOCAL, solicitation(VM2_LOCAL, option(SOURCE_OPTION, VM2))))
                .isFalse();
        assertThat(passes(VM1_LOCAL, icmp(133, new byte[4], option(SOURCE_OPTION, VM2))))
                .isFalse();
        assertThat(passes(VM1_LOCAL, icmp(134, new byte[12], option(SOURCE_OPTION, VM2))))
                .isFalse();
        assertThat(passes(
                        VM2_LOCAL,
                        icmp(137, new byte[4], address(VM1_LOCAL), address(VM1_GLOBAL), target)))
                .isFalse();
        assertThat(bed.drops()).isEqualTo(Map.of("vm2 nd-inspection", 6L));
    }

    @Test
    void aMachineDoesNotTakeAnAddressFromOneThatLooksForDuplicates() {
        assertThat(passes(Ipv6Address.ANY, solicitation(VM1_LOCAL))).isFalse();
        assertThat(passes(Ipv6Address.ANY, advertisement(VM2_LOCAL))).isFalse();
    }

    @Test
    void noHardwareAddressButTheOwnIsAnnounced() {
        assertThat(passes(VM2_LOCAL, advertisement(VM2_LOCAL, option(TARGET_OPTION, VM1))))
                .isFalse();
        assertThat(passes(VM2_LOCAL, solicitation(VM1_LOCAL, option(SOURCE_OPTION, VM1))))
                .isFalse();
        byte[] nonce = bytes(14, 1, 1, 2, 3, 4, 5, 6);
        byte[] second = joined(nonce, option(SOURCE_OPTION, VM1));
        assertThat(passes(VM2_LOCAL, solicitation(VM1_LOCAL, second))).isFalse();
        byte[] twice = joined(option(SOURCE_OPTION, VM2), option(SOURCE_OPTION, VM1));
        assertThat(passes(VM2_LOCAL, solicitation(VM1_LOCAL, twice))).isFalse();
        assertThat(passes(VM2_LOCAL, solicitation(VM1_LOCAL, nonce))).isTrue();
    }

    @Test
    void optionsThatAreMalformedDoNotPass() {
        byte[] none = option(SOURCE_OPTION, VM2);
        none[1] = 0;
        assertThat(passes(VM2_LOCAL, solicitation(VM1_LOCAL, none))).isFalse();
        byte[] beyond = option(SOURCE_OPTION, VM2);
        beyond[1] = 2;
        assertThat(passes(VM2_LOCAL, solicitation(VM1_LOCAL, beyond))).isFalse();
        assertThat(passes(VM2_LOCAL, solicitation(VM1_LOCAL, beyond, new byte[8])))
                .isFalse();
        assertThat(passes(VM2_LOCAL, solicitation(VM1_LOCAL, bytes(14)))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"133, 8", "134, 16", "135, 24", "136, 24", "137, 40"})
    void messagesThatAreTooShortDoNotPass(int type, int bytes) {
        for (int length = 1; length < bytes; length++) {
            byte[] message = new byte[length];
            message[0] = (byte) type;
            assertThat(passes(VM2_LOCAL, message)).as("%d bytes", length).isFalse();
        }
    }

    @Test
    void noMessageOfItComesInFragments() {
        byte[] honest = solicitation(VM1_LOCAL);
        assertThat(passes(ipv6(VM2_LOCAL, FRAGMENT, fragment(ICMPV6, 0, false), honest)))
                .isFalse();
        assertThat(passes(ipv6(VM2_LOCAL, FRAGMENT, fragment(ICMPV6, 0, true), honest)))
                .isFalse();
        assertThat(passes(ipv6(VM2_LOCAL, FRAGMENT, fragment(ICMPV6, 3, true), honest)))
                .isTrue();
        byte[] echo = icmp(128, new byte[4]);
        assertThat(passes(ipv6(VM2_LOCAL, FRAGMENT, fragment(ICMPV6, 0, true), echo)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 128, 129, 132, 138, 143})
    void otherMessagesPassWhoeverSendsThem(int type) {
        assertThat(passes(VM1_LOCAL, icmp(type, new byte[4]))).isTrue();
    }

    @Test
    void whatCannotBeToldDoesNotPass() {
        assertThat(passes(VM2_LOCAL, new byte[0])).isFalse();
        assertThat(passes(new byte[39])).isFalse();
        assertThat(passes(ipv6(VM2_LOCAL, 253, new byte[8]))).isFalse();
    }

    @Test
    void behindAnExtensionHeaderItIsFound() {
        byte[] spoofed = advertisement(VM1_LOCAL, option(TARGET_OPTION, VM2));
        byte[] header = Packets.extension(ICMPV6, 2);
        assertThat(passes(ipv6(VM2_LOCAL, Packets.DESTINATION_OPTIONS, header, spoofed)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"PASS, true", "INSPECT, false", "DROP, false"})
    void behindATagOnlyTheOneThatInspectsLooks(Tagged tagged, boolean passes) {
        byte[] spoofed = advertisement(VM1_LOCAL, option(TARGET_OPTION, VM2));
        byte[] frame = frame(Packets.IPV6_TYPE, ipv6(VM2_LOCAL, ICMPV6, spoofed));
        Bed tagging = Guarded.not().neighbours().tagged(tagged).bed();
        assertThat(tagging.send("vm2", Packets.tagged(0x8100, 0, frame))).hasSize(passes ? 3 : 0);
    }
}
