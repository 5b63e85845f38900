package cofferdam.monitor.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

class FrameParserTest {

    private final FrameParser parser = new FrameParser();

    @Test
    void framesComeWholeHoweverTheStreamIsCut() throws IOException {
        List<byte[]> frames = List.of(frame(14, 1), frame(60, 2), frame(1514, 3));
        byte[] stream = framed(frames);
        for (int cut = 0; cut <= stream.length; cut++) {
            parser.reset();
            List<byte[]> got = new ArrayList<>(take(Arrays.copyOfRange(stream, 0, cut)));
            got.addAll(take(Arrays.copyOfRange(stream, cut, stream.length)));
            assertThat(got).as("cut at %d", cut).containsExactlyElementsOf(frames);
        }
    }

    @Test
    void framesComeWholeByteByByte() throws IOException {
        List<byte[]> frames = List.of(frame(15, 1), frame(300, 2));
        List<byte[]> got = new ArrayList<>();
        for (byte next : framed(frames)) {
            got.addAll(take(new byte[] {next}));
        }
        assertThat(got).containsExactlyElementsOf(frames);
    }

    @Test
    void theLongestFramesPassThroughTheBuffer() throws IOException {
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            frames.add(frame(FrameParser.MAXIMUM_LENGTH, i));
        }
        ReadableByteChannel channel = Channels.newChannel(new ByteArrayInputStream(framed(frames)));
        List<byte[]> got = new ArrayList<>();
        while (parser.hasNext() || parser.read(channel) >= 0) {
            byte[] frame = parser.next();
            if (frame != null) {
                got.add(frame);
            }
        }
        assertThat(got).containsExactlyElementsOf(frames);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 13, 65_601, Integer.MAX_VALUE, Integer.MIN_VALUE, -1})
    void aLengthThatNoFrameHasIsRefusedBeforeAnythingIsKept(int length) throws IOException {
        byte[] stream = ByteBuffer.allocate(4).putInt(length).array();
        parser.read(Channels.newChannel(new ByteArrayInputStream(stream)));
        assertThat(parser.hasNext()).isTrue();
        assertThatThrownBy(parser::next)
                .isInstanceOf(FramingException.class)
                .hasMessageContaining(Integer.toUnsignedString(length));
    }

    @Test
    void nothingElseThanAFrameOrARefusalComesOfRandomBytes() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            byte[] bytes = new byte[random.nextInt(400)];
            random.nextBytes(bytes);
            if (bytes.length > 4 && random.nextBoolean()) {
                ByteBuffer.wrap(bytes).putInt(random.nextInt(300));
            }
            parser.reset();
            try {
                for (byte[] frame : take(bytes)) {
                    assertThat(frame.length)
                            .as("seed %d", seed)
                            .isBetween(FrameParser.MINIMUM_LENGTH, FrameParser.MAXIMUM_LENGTH);
                }
            } catch (FramingException refused) {
                assertThat(refused).as("seed %d", seed).hasMessageContaining("is not between");
            }
        }
    }

    private List<byte[]> take(byte[] bytes) throws IOException {
        ReadableByteChannel channel = Channels.newChannel(new ByteArrayInputStream(bytes));
        List<byte[]> frames = new ArrayList<>();
        if (bytes.length > 0) {
            parser.read(channel);
        }
        for (byte[] next = parser.next(); next != null; next = parser.next()) {
            frames.add(next);
        }
        return frames;
    }

    static byte[] framed(List<byte[]> frames) {
        int bytes = frames.stream().mapToInt(frame -> 4 + frame.length).sum();
        ByteBuffer stream = ByteBuffer.allocate(bytes);
        for (byte[] frame : frames) {
            stream.putInt(frame.length).put(frame);
        }
        return stream.array();
    }

    private static byte[] frame(int length, int seed) {
        byte[] frame = new byte[length];
        new Random(seed).nextBytes(frame);
        return frame;
    }
}
