package cofferdam.monitor.pcapng;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

class PcapngCommentsTest {

    private static final byte[] FRAME = {1, 2, 3, 4, 5};

    @Test
    void commentsComeBackAndFramesStayAsTheyWere() throws PcapngException {
        List<CapturedFrame> frames = Captures.random(new SplittableRandom(31), 40, 200);
        byte[] file = Captures.file(frames);
        SortedMap<Integer, String> comments =
                new TreeMap<>(Map.of(1, "", 7, "s\u00e4w", 40, "the last one"));

        byte[] annotated = PcapngComments.annotate(file, comments);

        assertThat(PcapngComments.read(annotated)).isEqualTo(comments);
        assertThat(Captures.texts(PcapngReader.read(annotated).frames()))
                .isEqualTo(Captures.texts(frames));
    }

    @Test
    void removingTakesAwayAllCommentsAndNothingElse() throws PcapngException {
        byte[] file = Captures.file(Captures.random(new SplittableRandom(33), 40, 200));
        byte[] once = PcapngComments.annotate(file, new TreeMap<>(Map.of(1, "", 7, "first")));
        byte[] twice = PcapngComments.annotate(once, new TreeMap<>(Map.of(7, "s\u00e4cond")));

        assertThat(PcapngComments.remove(twice)).isEqualTo(file);
        assertThat(PcapngComments.remove(file)).isEqualTo(file);
    }

    @Test
    void everyByteOutsideTheCommentIsKept() throws PcapngException {
        byte[] file = Captures.file(Captures.random(new SplittableRandom(32), 1, 60));

        byte[] annotated = PcapngComments.annotate(file, new TreeMap<>(Map.of(1, "abcd")));

        // The option of 8 bytes stands before the flags; the two lengths of the block are 8 more.
        int tail = 16;
        int split = file.length - tail;
        assertThat(annotated).hasSize(file.length + 8);
        assertThat(Arrays.copyOfRange(annotated, split, split + 8))
                .isEqualTo(new byte[] {1, 0, 4, 0, 'a', 'b', 'c', 'd'});
        assertThat(Arrays.copyOfRange(annotated, split + 8, annotated.length - 4))
                .isEqualTo(Arrays.copyOfRange(file, split, file.length - 4));
        assertThat(differences(file, annotated, split)).isEqualTo(1);
    }

    private static int differences(byte[] one, byte[] other, int until) {
        int count = 0;
        for (int i = 0; i < until; i++) {
            count += one[i] == other[i] ? 0 : 1;
        }
        return count;
    }

    @Test
    void noCommentsGiveTheSameBytes() throws PcapngException {
        byte[] file = Captures.file(Captures.random(new SplittableRandom(33), 20, 60));

        assertThat(PcapngComments.annotate(file, new TreeMap<>())).isEqualTo(file);
    }

    @Test
    void bigEndianFramesWithoutOptionsGetThem() throws PcapngException {
        Handmade big = new Handmade(ByteOrder.BIG_ENDIAN);
        byte[] file = big.section()
                .ethernet()
                .enhanced(0, 1, FRAME)
                .enhanced(0, 2, FRAME)
                .file();

        byte[] annotated = PcapngComments.annotate(file, new TreeMap<>(Map.of(2, "two")));

        assertThat(PcapngComments.read(annotated)).containsExactly(Map.entry(2, "two"));
        assertThat(PcapngReader.read(annotated).frames()).hasSize(2);
    }

    @Test
    void aSecondCommentIsAddedToTheFirst() throws PcapngException {
        byte[] file = Captures.file(Captures.random(new SplittableRandom(34), 1, 60));

        byte[] once = PcapngComments.annotate(file, new TreeMap<>(Map.of(1, "one")));
        byte[] twice = PcapngComments.annotate(once, new TreeMap<>(Map.of(1, "two")));

        assertThat(PcapngComments.read(twice)).containsExactly(Map.entry(1, "two\none"));
    }

    @Test
    void aCommentBeyondTheLimitIsRefused() {
        byte[] file = Captures.file(Captures.random(new SplittableRandom(35), 1, 60));

        assertThatThrownBy(() -> PcapngComments.annotate(
                        file, new TreeMap<>(Map.of(1, "\u00e4".repeat(513)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("comment of 1026 bytes is longer than 1024");
    }

    @Test
    void aCommentOnAFrameThatIsNotThereIsRefused() {
        byte[] file = Captures.file(Captures.random(new SplittableRandom(36), 3, 60));

        assertThatThrownBy(() -> PcapngComments.annotate(file, new TreeMap<>(Map.of(4, "x"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("frame 4")
                .hasMessageContaining("3 frames");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {37, 38})
    void damagedFilesGiveNothingButTheException(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] sound = Captures.file(Captures.random(random, 6, 60));
        for (int i = 0; i < 3000; i++) {
            byte[] damaged = Arrays.copyOf(sound, 1 + random.nextInt(sound.length));
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            annotateOrRefuse(damaged);
        }
    }

    private static void annotateOrRefuse(byte[] file) {
        try {
            int frames = PcapngReader.read(file).frames().size();
            if (frames > 0) {
                byte[] annotated =
                        PcapngComments.annotate(file, new TreeMap<>(Map.of(frames, "last")));
                assertThat(annotated.length).isBetween(file.length + 8, file.length + 12);
            }
        } catch (PcapngException e) {
            assertThat(e).hasMessageStartingWith("offset ");
        }
    }
}
