package cofferdam.monitor.guest.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.packet.TcpSegment;
import cofferdam.monitor.packet.TcpSegment.Flag;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.SplittableRandom;

class ReceiveBufferTest {

    /** The stream crosses the end of the sequence numbers. */
    private static final int INITIAL = -3;

    private final ReceiveBuffer buffer = new ReceiveBuffer();

    ReceiveBufferTest() {
        buffer.start(INITIAL);
    }

    private static TcpSegment segment(int offset, byte[] data, Flag... flags) {
        EnumSet<Flag> set = EnumSet.of(Flag.ACK, flags);
        return new TcpSegment(1, 2, INITIAL + offset, 0, set, 100, 0, data);
    }

    private static TcpSegment segment(int offset, String data, Flag... flags) {
        return segment(offset, data.getBytes(StandardCharsets.US_ASCII), flags);
    }

    private String read() {
        return new String(buffer.read(100_000), StandardCharsets.US_ASCII);
    }

    @Test
    void deliversInOrderWhateverTheOrderOfArrival() {
        buffer.accept(segment(4, "def"));
        buffer.accept(segment(7, "ghi"));
        assertThat(read()).isEmpty();
        assertThat(buffer.acknowledgment()).isEqualTo(INITIAL + 1);

        buffer.accept(segment(1, "abc"));

        assertThat(read()).isEqualTo("abcdefghi");
        assertThat(buffer.acknowledgment()).isEqualTo(INITIAL + 10);
    }

    @Test
    void overlappingSegmentsAreDeliveredOnce() {
        buffer.accept(segment(3, "cdef"));
        buffer.accept(segment(2, "bcd"));
        buffer.accept(segment(1, "abc"));
        buffer.accept(segment(1, "abcdefgh"));

        assertThat(read()).isEqualTo("abcdefgh");
    }

    @Test
    void windowShrinksWithWhatIsNotReadAndGrowsOnlyByWholeSegments() {
        buffer.accept(segment(1, new byte[5000]));
        assertThat(buffer.advertise()).isEqualTo(ReceiveBuffer.CAPACITY - 5000);

        buffer.read(1000);
        assertThat(buffer.windowHasGrown()).isFalse();
        assertThat(buffer.advertise()).isEqualTo(ReceiveBuffer.CAPACITY - 5000);

        buffer.read(1000);
        assertThat(buffer.windowHasGrown()).isTrue();
        assertThat(buffer.advertise()).isEqualTo(ReceiveBuffer.CAPACITY - 3000);
    }

    @Test
    void nothingBehindTheWindowIsKept() {
        buffer.accept(segment(1, new byte[ReceiveBuffer.CAPACITY + 500]));

        assertThat(buffer.acknowledgment()).isEqualTo(INITIAL + 1 + ReceiveBuffer.CAPACITY);
        assertThat(buffer.advertise()).isZero();
        buffer.accept(segment(1 + ReceiveBuffer.CAPACITY, "x"));
        assertThat(buffer.read(100_000)).hasSize(ReceiveBuffer.CAPACITY);
    }

    @Test
    void acceptsWhatTouchesTheWindow() {
        assertThat(buffer.acceptable(segment(1, ""))).isTrue();
        assertThat(buffer.acceptable(segment(0, ""))).isFalse();
        assertThat(buffer.acceptable(segment(0, "ab"))).isTrue();
        assertThat(buffer.acceptable(segment(-5, "abc"))).isFalse();
        assertThat(buffer.acceptable(segment(ReceiveBuffer.CAPACITY, "ab"))).isTrue();
        assertThat(buffer.acceptable(segment(ReceiveBuffer.CAPACITY + 1, "ab"))).isFalse();
    }

    @Test
    void shutWindowAcceptsOnlyWhatIsNext() {
        buffer.accept(segment(1, new byte[ReceiveBuffer.CAPACITY]));
        int next = 1 + ReceiveBuffer.CAPACITY;

        assertThat(buffer.acceptable(segment(next, ""))).isTrue();
        assertThat(buffer.acceptable(segment(next, "p"))).isTrue();
        assertThat(buffer.acceptable(segment(next - 1, ""))).isFalse();
        assertThat(buffer.acceptable(segment(next + 1, ""))).isFalse();
        buffer.accept(segment(next, "p", Flag.FIN));
        assertThat(buffer.acknowledgment()).isEqualTo(INITIAL + next);
        assertThat(buffer.finished()).isFalse();
    }

    @Test
    void finCountsOnceEverythingBeforeItHasCome() {
        buffer.accept(segment(4, "def", Flag.FIN));
        assertThat(buffer.finished()).isFalse();

        buffer.accept(segment(1, "abc"));

        assertThat(buffer.finished()).isTrue();
        assertThat(buffer.acknowledgment()).isEqualTo(INITIAL + 8);
        assertThat(buffer.readable()).isTrue();
        assertThat(read()).isEqualTo("abcdef");
    }

    @Test
    void earlySegmentsAreBounded() {
        for (int i = 0; i < 10_000; i++) {
            buffer.accept(segment(3 + 2 * i, "x"));
        }

        buffer.accept(segment(1, new byte[20_000]));

        assertThat(buffer.acknowledgment()).isEqualTo(INITIAL + 20_001);
        ReceiveBuffer other = new ReceiveBuffer();
        other.start(INITIAL);
        for (int i = 0; i <= ReceiveBuffer.MAXIMUM_EARLY_SEGMENTS; i++) {
            other.accept(segment(2 + i, "x"));
        }
        other.accept(segment(1, "x"));
        assertThat(other.acknowledgment())
                .isEqualTo(INITIAL + 2 + ReceiveBuffer.MAXIMUM_EARLY_SEGMENTS);
    }

    @Test
    void randomPiecesGiveTheStream() {
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] stream = new byte[20_000];
            random.nextBytes(stream);
            assertThat(reassemble(stream, random)).as("seed %d", seed).isEqualTo(stream);
        }
    }

    private static byte[] reassemble(byte[] stream, SplittableRandom random) {
        ReceiveBuffer buffer = new ReceiveBuffer();
        buffer.start(INITIAL);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (out.size() < stream.length) {
            int next = buffer.acknowledgment() - INITIAL - 1;
            int from = Math.max(0, next - 500 + random.nextInt(3000));
            int to = Math.min(stream.length, from + random.nextInt(1460));
            if (from < to) {
                TcpSegment piece = segment(1 + from, Arrays.copyOfRange(stream, from, to));
                if (buffer.acceptable(piece)) {
                    buffer.accept(piece);
                }
            }
            out.writeBytes(buffer.read(random.nextInt(3000)));
            buffer.advertise();
        }
        return out.toByteArray();
    }
}
