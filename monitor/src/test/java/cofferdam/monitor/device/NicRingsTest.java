package cofferdam.monitor.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.memory.PhysicalMemory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

class NicRingsTest {

    private static final int BASE_PAGE = 3;
    private static final int BASE = BASE_PAGE * PhysicalMemory.PAGE;
    private static final int SIZE = (BASE_PAGE + NicRings.pagesNeeded() + 2) * PhysicalMemory.PAGE;
    private static final int OWN = 0x80;

    private final TestMemory memory = new TestMemory(SIZE);
    private final NicRings rings = new NicRings(memory, BASE_PAGE);

    @Test
    void aFrameLiesInMemoryBetweenDeviceAndDriver() {
        assertThat(rings.receive(frame("hello"))).isTrue();

        assertThat(text(memory.at(receiveBuffer(0), 5))).isEqualTo("hello");
        assertThat(memory.bytes[BASE + 7] & OWN).isZero();
        assertThat(rings.take())
                .hasValueSatisfying(taken -> assertThat(text(taken)).isEqualTo("hello"));
        assertThat(memory.bytes[BASE + 7] & OWN).isEqualTo(OWN);
        assertThat(rings.take()).isEmpty();
    }

    @Test
    void whatWasWrittenIntoTheBufferMeanwhileIsWhatTheDriverTakes() {
        rings.receive(frame("hello"));
        memory.bytes[receiveBuffer(0)] = 'j';

        assertThat(text(rings.take().orElseThrow())).isEqualTo("jello");
    }

    @Test
    void framesComeInTheirOrderThroughManyRounds() {
        for (int round = 0; round < 100; round++) {
            for (int i = 0; i < NicRings.RECEIVE_ENTRIES; i++) {
                assertThat(rings.receive(frame(round + "." + i))).isTrue();
            }
            assertThat(rings.receive(frame("one too many"))).isFalse();
            for (int i = 0; i < NicRings.RECEIVE_ENTRIES; i++) {
                assertThat(text(rings.take().orElseThrow())).isEqualTo(round + "." + i);
            }
        }
        assertThat(rings.missed()).isEqualTo(100);
        assertThat(rings.masterAborts()).isZero();
    }

    @Test
    void aTransmittedFrameIsReadFromMemory() {
        for (int round = 0; round < 3 * NicRings.TRANSMIT_ENTRIES; round++) {
            assertThat(text(rings.transmit(frame("out " + round)))).isEqualTo("out " + round);
            int buffer = round % NicRings.TRANSMIT_ENTRIES;
            assertThat(text(memory.at(transmitBuffer(buffer), 5 + round / 10)))
                    .isEqualTo("out " + round);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 60, 1514, NicRings.BUFFER_BYTES})
    void framesOfEveryLengthThatFitsGoBothWays(int length) {
        byte[] frame = new byte[length];
        Arrays.fill(frame, (byte) 0xa5);

        assertThat(rings.transmit(frame)).isEqualTo(frame);
        assertThat(rings.receive(frame)).isTrue();
        assertThat(rings.take()).hasValue(frame);
    }

    @Test
    void whatDoesNotFitIsLostAndNothingElse() {
        byte[] giant = new byte[NicRings.BUFFER_BYTES + 1];
        Arrays.fill(giant, (byte) 0xa5);
        rings.receive(frame("first"));

        assertThat(rings.transmit(giant)).isEmpty();
        assertThat(rings.transmit(new byte[0])).isEmpty();
        assertThat(rings.receive(giant)).isFalse();
        assertThat(memory.bytes[receiveBuffer(2)]).isZero();
        assertThat(rings.receive(frame("next"))).isTrue();

        assertThat(text(rings.take().orElseThrow())).isEqualTo("first");
        assertThat(text(rings.take().orElseThrow())).isEqualTo("next");
        assertThat(rings.take()).isEmpty();
        assertThat(rings.missed()).isEqualTo(1);
    }

    @Test
    void aBufferOutsideTheMemoryEndsInAMasterAbortAndAnError() {
        descriptor(0).putInt(0, SIZE - 3);

        assertThat(rings.receive(frame("hello"))).isFalse();

        assertThat(rings.masterAborts()).isEqualTo(1);
        // Given back to the driver with ERR and BUFF.
        assertThat(memory.bytes[BASE + 7] & 0xff).isEqualTo(0x44);
        assertThat(memory.strays).isZero();
        assertThat(memory.at(SIZE - 3, 3)).containsOnly(0);
        assertThat(rings.receive(frame("after"))).isTrue();
        assertThat(text(rings.take().orElseThrow())).isEqualTo("after");
    }

    @Test
    void aBufferThatEndsWithTheMemoryIsInside() {
        descriptor(0).putInt(0, SIZE - 5);

        assertThat(rings.receive(frame("hello"))).isTrue();

        assertThat(text(memory.at(SIZE - 5, 5))).isEqualTo("hello");
    }

    @ParameterizedTest
    @ValueSource(longs = {65_521, 65_536, 0x7fff_ffffL, 0xffff_fff0L, -1})
    void ringsOutsideTheMemoryAreNeverReached(long address) {
        rings.program(address, address);

        assertThat(rings.receive(frame("hello"))).isFalse();
        assertThat(rings.transmit(frame("hello"))).isEmpty();
        assertThat(rings.masterAborts()).isEqualTo(2);
        assertThat(memory.strays).isZero();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noDriverMakesTheDeviceTouchAnythingOutside(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            vandalize(random);
            rings.receive(new byte[random.nextInt(5_000)]);
            rings.take();
            byte[] sent = rings.transmit(new byte[random.nextInt(3_000)]);
            assertThat(sent.length).as("seed %d, round %d", seed, i).isLessThanOrEqualTo(4096);
        }
        assertThat(memory.strays).as("seed %d", seed).isZero();
        assertThat(rings.masterAborts()).as("seed %d", seed).isGreaterThan(1_000);
    }

    /** Anything at all in a descriptor, or rings anywhere; most of it is the device's to use. */
    private void vandalize(SplittableRandom random) {
        ByteBuffer descriptor =
                descriptor(random.nextInt(NicRings.RECEIVE_ENTRIES + NicRings.TRANSMIT_ENTRIES));
        descriptor.putInt(0, random.nextInt() >>> random.nextInt(32));
        descriptor.putInt(4, random.nextInt() | (random.nextInt(4) == 0 ? 0 : 0x8300_0000));
        descriptor.putInt(8, random.nextInt());
        if (random.nextInt(8) == 0) {
            long address = random.nextLong() >>> random.nextInt(64);
            rings.program(address, BASE + random.nextInt(SIZE));
        }
        if (random.nextInt(16) == 0) {
            rings.reset();
        }
    }

    @Test
    void ringsThatDoNotFitAreRefused() {
        int first = SIZE / PhysicalMemory.PAGE - NicRings.pagesNeeded();

        assertThatThrownBy(() -> new NicRings(memory, first + 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rings in 11 pages from page %d on are not in %d bytes"
                        .formatted(first + 1, SIZE));
        assertThatThrownBy(() -> new NicRings(memory, -1))
                .isInstanceOf(IllegalArgumentException.class);
        new NicRings(memory, first);
        assertThat(memory.strays).isZero();
    }

    @Test
    void nothingBesideTheReservedPagesIsTouched() {
        for (int i = 0; i < 100; i++) {
            rings.receive(frame("frame " + i));
            rings.transmit(frame("frame " + i));
            rings.take();
        }

        assertThat(memory.at(0, BASE)).containsOnly(0);
        assertThat(memory.at(SIZE - 2 * PhysicalMemory.PAGE, 2 * PhysicalMemory.PAGE))
                .containsOnly(0);
    }

    @Test
    void aWipedRingIsOneThatTheDeviceOwnsNothingOfUntilTheDriverResets() {
        Arrays.fill(memory.bytes, (byte) 0);

        assertThat(rings.receive(frame("lost"))).isFalse();
        rings.reset();
        assertThat(rings.receive(frame("found"))).isTrue();
        assertThat(text(rings.take().orElseThrow())).isEqualTo("found");
    }

    private ByteBuffer descriptor(int entry) {
        return ByteBuffer.wrap(memory.bytes, BASE + 16 * entry, 16)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int receiveBuffer(int entry) {
        return BASE + PhysicalMemory.PAGE + NicRings.BUFFER_BYTES * entry;
    }

    private static int transmitBuffer(int entry) {
        return receiveBuffer(NicRings.RECEIVE_ENTRIES + entry);
    }

    private static byte[] frame(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(byte[] frame) {
        return new String(frame, StandardCharsets.US_ASCII);
    }
}
