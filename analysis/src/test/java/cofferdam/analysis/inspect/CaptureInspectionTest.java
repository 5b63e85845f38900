package cofferdam.analysis.inspect;

import static cofferdam.analysis.inspect.PcapFile.SOURCE;
import static cofferdam.analysis.inspect.PcapFile.VM1;
import static cofferdam.analysis.inspect.PcapFile.VM2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

class CaptureInspectionTest {

    private static final int ROUNDS = 2000;

    /** An IPv4 header without options, protocol and both addresses open. */
    private static final String IPV4 = "0800 4500 %04x 0001 0000 40 %02x 0000 0a000001 0a00000b";

    @Test
    void framesOfBothDirectionsAreOneConversation() throws Exception {
        CaptureInspection inspection = CaptureInspection.of(new PcapFile()
                .frame(5, 1, VM1 + SOURCE + IPV4.formatted(28, 17) + "1000 0007 0008 0000")
                .frame(
                        6,
                        2,
                        SOURCE + VM1 + "0800 4500 001c 0001 0000 40 11 0000 0a00000b 0a000001"
                                + "0007 1000 0008 0000")
                .bytes());
        assertThat(inspection.conversations())
                .containsExactly(new Conversation(
                        "UDP",
                        new Party(SOURCE, "10.0.0.1", 4096),
                        new Party(VM1, "10.0.0.11", 7),
                        1,
                        42,
                        1,
                        42,
                        5_000_001_000L,
                        6_000_002_000L));
        assertThat(inspection.start()).isEqualTo(5_000_001_000L);
    }

    @Test
    void anotherStationUnderTheSameAddressIsAnotherConversation() throws Exception {
        CaptureInspection inspection = CaptureInspection.of(new PcapFile()
                .frame(1, 0, VM1 + SOURCE + IPV4.formatted(28, 1) + "0800 0000 0000 0000")
                .frame(2, 0, VM2 + SOURCE + IPV4.formatted(28, 1) + "0800 0000 0000 0000")
                .bytes());
        assertThat(inspection.conversations())
                .extracting(conversation -> conversation.other().hardware())
                .containsExactly(VM1, VM2);
        assertThat(inspection.conversations())
                .extracting(Conversation::protocol)
                .containsOnly("ICMP");
    }

    @Test
    void whatIsWithinATagIsSeen() throws Exception {
        CaptureInspection inspection = CaptureInspection.of(new PcapFile()
                .frame(
                        1,
                        0,
                        VM1 + SOURCE + "8100 0014" + IPV4.formatted(28, 17) + "1000 0007 0008 0000")
                .bytes());
        assertThat(inspection.conversations().getFirst().protocol()).isEqualTo("UDP");
    }

    @Test
    void aClaimIsToldOnceUntilAnotherStationClaimsTheAddress() throws Exception {
        CaptureInspection inspection = CaptureInspection.of(new PcapFile()
                .arp(1, false, SOURCE, SOURCE, 1)
                .arp(2, true, SOURCE, SOURCE, 1)
                .arp(3, true, VM2, VM2, 1)
                .arp(4, true, VM2, SOURCE, 1)
                .arp(5, true, VM1, VM1, 11)
                .bytes());
        assertThat(inspection.claims())
                .containsExactly(
                        claim(SOURCE, SOURCE, "ARP request", 1, 2, ""),
                        claim(VM2, VM2, "ARP reply", 3, 1, SOURCE),
                        claim(SOURCE, VM2, "ARP reply", 4, 1, VM2),
                        new Claim("10.0.0.11", VM1, VM1, "ARP reply", 5, 5_000_000_000L, 1, ""));
        assertThat(inspection.claims())
                .extracting(Claim::isChange)
                .containsExactly(false, true, true, false);
    }

    private static Claim claim(
            String hardware, String by, String message, int frame, int times, String before) {
        return new Claim(
                "10.0.0.1", hardware, by, message, frame, frame * 1_000_000_000L, times, before);
    }

    @Test
    void anArpProbeClaimsNothing() throws Exception {
        String probe = "ffffffffffff" + VM1 + "0806 0001 0800 06 04 0001" + VM1
                + "00000000 000000000000 0a00000b";
        assertThat(CaptureInspection.of(new PcapFile().frame(1, 0, probe).bytes())
                        .claims())
                .isEmpty();
    }

    @Test
    void aNeighbourAdvertisementClaimsItsTarget() throws Exception {
        String advertisement = "333300000001" + VM2
                + "86dd 6000 0000 0020 3a ff fe80000000000000 0000000000000002"
                + "ff02000000000000 0000000000000001"
                + "88 00 0000 20000000 fe80000000000000 0000000000000001 02 01" + VM2;
        assertThat(CaptureInspection.of(
                                new PcapFile().frame(1, 0, advertisement).bytes())
                        .claims())
                .containsExactly(new Claim(
                        "fe80::1", VM2, VM2, "neighbour advertisement", 1, 1_000_000_000L, 1, ""));
    }

    @Test
    void aNeighbourOptionWithoutLengthEndsTheMessage() throws Exception {
        String advertisement = "333300000001" + VM2
                + "86dd 6000 0000 0020 3a ff fe80000000000000 0000000000000002"
                + "ff02000000000000 0000000000000001"
                + "88 00 0000 20000000 fe80000000000000 0000000000000001 01 00 000000000000";
        assertThat(CaptureInspection.of(
                                new PcapFile().frame(1, 0, advertisement).bytes())
                        .claims())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void readsClassicPcapOfEitherByteOrderAndResolution(boolean big, boolean nanoseconds)
            throws Exception {
        ByteOrder order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        CaptureInspection inspection = CaptureInspection.of(new PcapFile(order, nanoseconds, 1)
                .arp(1, false, VM1, VM1, 11)
                .frame(0xffff_ffff, 999, "ffffffffffff" + VM1 + "88cc 00")
                .bytes());
        assertThat(inspection.frames()).isEqualTo(2);
        assertThat(inspection.conversations().getLast().protocol()).isEqualTo("Ethernet 0x88cc");
        assertThat(inspection.conversations().getLast().first())
                .isEqualTo(4_294_967_295_000_000_000L + (nanoseconds ? 999 : 999_000));
    }

    @Test
    void aFrameThatIsTooShortIsCountedApart() throws Exception {
        CaptureInspection inspection =
                CaptureInspection.of(new PcapFile().frame(1, 0, "00").bytes());
        assertThat(inspection.frames()).isEqualTo(1);
        assertThat(inspection.otherFrames()).isEqualTo(1);
        assertThat(inspection.proofs(List.of(0, 1, 2)))
                .singleElement()
                .satisfies(proof -> assertThat(proof.summary()).contains("too short"));
    }

    @Test
    void aFileThatIsNoCaptureIsRefused() {
        for (byte[] file : List.of(
                new byte[0],
                new byte[100],
                new byte[] {(byte) 0xa1, (byte) 0xb2, (byte) 0xc3, (byte) 0xd4},
                new PcapFile(ByteOrder.BIG_ENDIAN, false, 105).bytes())) {
            assertThatThrownBy(() -> CaptureInspection.of(file))
                    .isInstanceOf(UnreadableCaptureException.class);
        }
    }

    @Test
    void everyEndInTheMiddleIsReadToThereOrRefused() throws Exception {
        byte[] file = new PcapFile()
                .arp(1, false, SOURCE, SOURCE, 1)
                .arp(2, true, SOURCE, SOURCE, 1)
                .bytes();
        for (int length = 0; length < file.length; length++) {
            byte[] part = Arrays.copyOf(file, length);
            if (length == 24 || length == 24 + 16 + 42) {
                assertThat(CaptureInspection.of(part).frames()).isEqualTo(length == 24 ? 0 : 1);
            } else {
                assertThatThrownBy(() -> CaptureInspection.of(part))
                        .isInstanceOf(UnreadableCaptureException.class);
            }
        }
    }

    @Test
    void damagedFramesAreReadOrRefusedButNothingElseHappens() {
        byte[] file = new PcapFile()
                .arp(1, false, SOURCE, SOURCE, 1)
                .frame(
                        1,
                        0,
                        VM1 + SOURCE + "8100 0014" + IPV4.formatted(28, 17) + "1000 0007 0008 0000")
                .frame(
                        1,
                        0,
                        "333300000001" + VM2
                                + "86dd 6000 0000 0020 3a ff fe80000000000000 0000000000000002"
                                + "ff02000000000000 0000000000000001"
                                + "88 00 0000 20000000 fe80000000000000 0000000000000001 02 01"
                                + VM2)
                .bytes();
        for (long seed = 0; seed < ROUNDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] damaged = file.clone();
            for (int i = random.nextInt(1, 8); i > 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                CaptureInspection inspection = CaptureInspection.of(damaged);
                inspection.proofs(List.of(1, 2, 3));
                assertThat(inspection.claims().size()).as("seed %d", seed).isLessThan(4);
            } catch (UnreadableCaptureException refused) {
                assertThat(refused).as("seed %d", seed).hasMessageMatching(".+[^.]");
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }
}
