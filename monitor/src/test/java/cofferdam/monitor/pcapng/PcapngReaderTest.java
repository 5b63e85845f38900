package cofferdam.monitor.pcapng;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Direction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

class PcapngReaderTest {

    private static final byte[] FRAME = {1, 2, 3, 4, 5};

    private final Handmade little = new Handmade(ByteOrder.LITTLE_ENDIAN);

    @Test
    void bothByteOrdersAreRead() throws PcapngException {
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            Handmade made = new Handmade(order);
            made.section()
                    .ethernet(
                            made.option(2, "eth7".getBytes(StandardCharsets.UTF_8)),
                            made.option(6, new byte[] {2, 0, 0, 0, 0, 9}),
                            made.option(9, new byte[] {9}),
                            made.end())
                    .enhanced(0, 0x1_0000_0002L, FRAME, made.option(2, made.ints(2)), made.end());

            Capture capture = PcapngReader.read(made.file());

            assertThat(capture.interfaces())
                    .containsExactly(new CaptureInterface(
                            "eth7", "", MacAddress.parse("02:00:00:00:00:09")));
            CapturedFrame frame = capture.frames().getFirst();
            assertThat(frame.time()).isEqualTo(0x1_0000_0002L);
            assertThat(frame.direction()).isEqualTo(Direction.OUTBOUND);
            assertThat(frame.bytes()).isEqualTo(FRAME);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "6, 1000001, 1000001000",
        "3, 1001, 1001000000",
        "0, 7, 7000000000",
        "9, 5, 5",
        "12, 5999, 5",
        "127, 9223372036854775807, 0",
        "138, 1024, 1000000000",
        "255, 9223372036854775807, 0"
    })
    void otherResolutionsBecomeNanoseconds(int resolution, long units, long nanoseconds)
            throws PcapngException {
        byte[] file = little.section()
                .ethernet(little.option(9, new byte[] {(byte) resolution}))
                .enhanced(0, units, FRAME)
                .file();

        assertThat(PcapngReader.read(file).frames().getFirst().time()).isEqualTo(nanoseconds);
    }

    @Test
    void timesAreMicrosecondsWhereTheFileSaysNothing() throws PcapngException {
        byte[] file = little.section().ethernet().enhanced(0, 3, FRAME).file();

        assertThat(PcapngReader.read(file).frames().getFirst().time()).isEqualTo(3000);
    }

    @Test
    void theTimeOffsetIsAdded() throws PcapngException {
        byte[] file = little.section()
                .ethernet(little.option(14, little.longs(-2)), little.option(9, new byte[] {9}))
                .enhanced(0, 3_000_000_000L, FRAME)
                .file();

        assertThat(PcapngReader.read(file).frames().getFirst().time()).isEqualTo(1_000_000_000);
    }

    @Test
    void unknownBlocksAndOptionsArePassedOver() throws PcapngException {
        byte[] file = little.section()
                .block(0x0bad, new byte[] {1, 2, 3, 4, 5, 6, 7, 8})
                .ethernet(little.option(0x7777, new byte[3]), little.end())
                .block(5, new byte[12])
                .enhanced(0, 1, FRAME, little.option(5, new byte[8]))
                .block(0x8000_0001, new byte[0])
                .file();

        assertThat(PcapngReader.read(file).frames()).hasSize(1);
    }

    @Test
    void aSecondSectionHasItsOwnOrderAndInterfaces() throws PcapngException {
        Handmade big = new Handmade(ByteOrder.BIG_ENDIAN);
        byte[] first = little.section().ethernet().enhanced(0, 1, FRAME).file();
        byte[] second =
                big.section().ethernet().ethernet().enhanced(1, 2, FRAME).file();

        Capture capture = PcapngReader.read(Handmade.join(first, second));

        assertThat(capture.interfaces()).hasSize(3);
        assertThat(capture.frames())
                .extracting(CapturedFrame::number, CapturedFrame::interfaceNumber)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, 0),
                        org.assertj.core.groups.Tuple.tuple(2, 2));
    }

    @Test
    void simpleAndObsoletePacketsAreFrames() throws PcapngException {
        byte[] file = little.section()
                .ethernet()
                .block(3, Handmade.join(little.ints(5), Handmade.pad(FRAME)))
                .obsolete(0, 4, FRAME, little.option(2, little.ints(2)))
                .file();

        List<CapturedFrame> frames = PcapngReader.read(file).frames();

        assertThat(frames).extracting(CapturedFrame::bytes).containsExactly(FRAME, FRAME);
        assertThat(frames)
                .extracting(CapturedFrame::direction)
                .containsExactly(Direction.INBOUND, Direction.OUTBOUND);
    }

    @Test
    void malformedFilesAreRefusedWithPlaceValueAndLimit() {
        byte[] header = little.section().file();
        refused(new byte[0], "offset 0: no section header");
        refused(new byte[64], "offset 0: no section header");
        refused(
                made().block(1, little.ints(113, 0)),
                "offset 28: link type 113 is not Ethernet (1)");
        refused(
                made().block(1, new byte[4]),
                "offset 28: block of type 1 has a body of 4 bytes, fewer than 8");
        refused(
                made().enhanced(0, 0, FRAME),
                "offset 28: frame of interface 0, the section has 0 so far");
        refused(
                made().ethernet().enhanced(-1, 0, FRAME),
                "offset 48: frame of interface 4294967295, the section has 1 so far");
        refused(
                Handmade.join(header, little.ints(6, 0x1000_0000, 0)),
                "offset 28: block length 268435456 is more than 16777216");
        refused(
                Handmade.join(header, little.ints(6, 13, 13)),
                "offset 28: block length 13 is not a multiple of 4 from 12 up");
        refused(
                Handmade.join(header, little.ints(6, 16, 16)),
                "offset 28: block length 16 is more than the 12 bytes left");
        refused(
                Handmade.join(header, little.ints(6, 12, 16)),
                "offset 36: block ends with length 16, not 12");
        refused(Arrays.copyOf(header, 33), "offset 28: 5 bytes are left, too few for a block");
    }

    @Test
    void malformedFramesAreRefused() {
        refused(
                made().ethernet().block(6, little.ints(0, 0, 0, 262_145, 262_145)),
                "offset 48: frame of 262145 bytes is longer than 262144");
        refused(
                made().ethernet().block(6, little.ints(0, 0, 0, -1, -1)),
                "offset 48: frame of 4294967295 bytes is longer than 262144");
        refused(
                made().ethernet().block(6, little.ints(0, 0, 0, 5, 5, 0)),
                "offset 48: frame of 5 bytes, the block has room for 4");
        refused(
                made().ethernet().block(6, little.ints(0, 0, 0, 4, 9, 0)),
                "offset 48: only 4 bytes of a frame of 9 were captured");
        refused(
                made().ethernet().enhanced(0, 0, FRAME, little.option(2, new byte[3])),
                "offset 88: option 2 has 3 bytes, not 4");
        refused(
                made().ethernet().enhanced(0, 0, FRAME, little.shorts(2, 5)),
                "offset 84: option or record needs 12 bytes, the block has 4 left");
        refused(
                made().ethernet(little.option(9, new byte[] {0})).enhanced(0, -1L, FRAME),
                "offset 56: time of 18446744073709551615000000000 nanoseconds"
                        + " is not between 0 and 9223372036854775807");
    }

    @Test
    void aSectionOfAnotherVersionOrOrderIsRefused() {
        byte[] version = little.section().file();
        version[12] = 2;
        refused(version, "offset 0: major version 2 is not 1");
        byte[] order = made().file();
        order[8] = 0;
        refused(order, "offset 8: 003c2b1a is no byte order magic");
    }

    @Test
    void tooManyInterfacesAreRefused() {
        Handmade made = made();
        for (int i = 0; i <= PcapngReader.MAXIMUM_INTERFACES; i++) {
            made.ethernet();
        }
        refused(made, "offset 81948: more than 4096 interfaces");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22, 23, 24})
    void damagedFilesGiveNothingButTheException(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] sound = Captures.file(Captures.random(random, 12, 90));
        for (int i = 0; i < 5000; i++) {
            readWhole(damaged(random, sound));
        }
    }

    private static byte[] damaged(SplittableRandom random, byte[] sound) {
        int length = random.nextInt(4) == 0 ? random.nextInt(sound.length + 1) : sound.length;
        byte[] damaged = Arrays.copyOf(sound, length);
        for (int left = random.nextInt(6); left > 0 && length > 0; left--) {
            // Lengths, counts and codes lie at multiples of 4, so half of the blows go there.
            int at = random.nextInt(length);
            damaged[random.nextBoolean() ? at : at & ~3] =
                    (byte) (random.nextBoolean() ? random.nextInt(256) : random.nextInt(-3, 4));
        }
        return damaged;
    }

    private static void readWhole(byte[] file) {
        try {
            Capture capture = PcapngReader.read(file);
            long bytes = capture.frames().stream()
                    .mapToLong(frame -> frame.bytes().length)
                    .sum();
            assertThat(bytes).isLessThanOrEqualTo(file.length);
            PcapngReader.names(file);
            PcapngReader.namesOfIpv6(file);
            PcapngComments.read(file);
            PcapngComments.remove(file);
        } catch (PcapngException e) {
            assertThat(e).hasMessageMatching("offset \\d+: .+[^.]");
        }
    }

    private Handmade made() {
        return new Handmade(ByteOrder.LITTLE_ENDIAN).section();
    }

    private static void refused(Handmade made, String message) {
        refused(made.file(), message);
    }

    private static void refused(byte[] file, String message) {
        assertThatThrownBy(() -> PcapngReader.read(file))
                .isInstanceOf(PcapngException.class)
                .hasMessage(message);
    }
}
