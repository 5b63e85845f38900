package cofferdam.monitor.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

class RecordedImagesTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final RecordedImages images = new RecordedImages();

    @Test
    void theIndexTellsWhatEachImageWasAtEachMoment() throws Exception {
        byte[] first = {1, 2, 3};
        byte[] second = {1, 9, 3, 4};
        images.keep("0-installed", "vm1.img", first, List.of(4, 2));
        images.keep("1-after", "vm1.img", second, List.of(4));

        JsonNode index = index();
        assertThat(index).hasSize(2);
        JsonNode node = index.get(1);
        assertThat(node.propertyNames())
                .containsExactlyInAnyOrder(
                        "moment", "image", "file", "size", "sha256", "changed", "space");
        assertThat(node.get("moment").asString()).isEqualTo("1-after");
        assertThat(node.get("image").asString()).isEqualTo("vm1.img");
        assertThat(node.get("file").asString()).isEqualTo("images/1-after/vm1.img");
        assertThat(node.get("size").asInt()).isEqualTo(4);
        assertThat(node.get("sha256").asString()).isEqualTo(sha256(second));
        assertThat(node.get("changed").toString()).isEqualTo("[{\"offset\":1,\"length\":3}]");
        assertThat(index.get(0).get("changed")).isEmpty();
        assertThat(index.get(0).get("space").toString()).isEqualTo("[4,2]");
        assertThat(images.files().get("images/0-installed/vm1.img")).isEqualTo(first);
        assertThat(images.files().get("images/1-after/vm1.img")).isEqualTo(second);
    }

    @Test
    void anImageThatIsTheSameIsKeptOnceAndKeepsItsOwnSpace() {
        images.keep("0", "vm1.img", new byte[] {1}, List.of(1));
        images.keep("1", "vm1.img", new byte[] {1}, List.of(7));
        images.keep("2", "vm1.img", new byte[] {2}, List.of(1));
        images.keep("3", "vm1.img", new byte[] {1}, List.of(1));

        assertThat(images.files())
                .containsOnlyKeys(
                        "images.json", "images/0/vm1.img", "images/2/vm1.img", "images/3/vm1.img");
        assertThat(index().get(1).get("file").asString()).isEqualTo("images/0/vm1.img");
        assertThat(index().get(1).get("space").toString()).isEqualTo("[7]");
        assertThat(index().get(1).get("changed")).isEmpty();
    }

    @Test
    void imagesOfOneMomentAreToldApartByName() {
        images.keep("0", "vm1.img", new byte[] {1}, List.of());
        images.keep("0", "vm2.img", new byte[] {1}, List.of());

        assertThat(images.files())
                .containsOnlyKeys("images.json", "images/0/vm1.img", "images/0/vm2.img");
    }

    @ParameterizedTest
    @ValueSource(bytes = {1, 2})
    void anImageIsKeptOnceAtAMoment(byte content) {
        images.keep("0", "vm1.img", new byte[] {1}, List.of());

        assertThatThrownBy(() -> images.keep("0", "vm1.img", new byte[] {content}, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRunWithoutImagesHasNoIndex() {
        assertThat(images.files()).isEmpty();
    }

    @Test
    void whatMachinesReadIsNumbered() {
        assertThat(images.read("vm2", new byte[] {1})).isEqualTo("device-reads/1-vm2.raw");
        assertThat(images.read("vm2", new byte[] {1})).isEqualTo("device-reads/2-vm2.raw");
        assertThat(images.files())
                .containsOnlyKeys("device-reads/1-vm2.raw", "device-reads/2-vm2.raw");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "/etc", "A", "a/b", "a b", "\u0000"})
    void namesThatAreNoFileNamesAreRefused(String name) {
        assertThatThrownBy(() -> images.keep(name, "vm1.img", new byte[0], List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> images.keep("0", name, new byte[0], List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> images.read(name, new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thereIsAMostOfImages() {
        for (int moment = 0; moment < RecordedImages.MAXIMUM_IMAGES; moment++) {
            images.keep("m" + moment, "vm1.img", new byte[0], List.of());
        }
        assertThatThrownBy(() -> images.keep("last", "vm1.img", new byte[0], List.of()))
                .isInstanceOf(EvidenceLimitException.class)
                .hasMessageContaining("256");
    }

    @Test
    void thereIsAMostOfBytes() {
        byte[] image = new byte[64 << 20];
        for (int read = 0; read < 16; read++) {
            images.read("vm1", image);
        }
        assertThatThrownBy(() -> images.read("vm1", new byte[1]))
                .isInstanceOf(EvidenceLimitException.class)
                .hasMessageContaining("device-reads/17-vm1.raw");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            63  | 1
            64  | 1
            65  | 2
            """)
    void rangesThatAreNearAreToldAsOne(int distance, int ranges) {
        byte[] after = new byte[1000];
        after[100] = 1;
        after[100 + distance] = 1;

        assertThat(RecordedImages.changes(new byte[1000], after)).hasSize(ranges);
    }

    @Test
    void theLastOfTooManyRangesTakesTheRest() {
        byte[] after = new byte[200 * 1000];
        for (int range = 0; range < 200; range++) {
            after[range * 1000] = 1;
        }
        List<RecordedImages.Range> changes = RecordedImages.changes(new byte[after.length], after);

        assertThat(changes).hasSize(RecordedImages.MAXIMUM_RANGES);
        assertThat(changes.getLast()).isEqualTo(new RecordedImages.Range(99_000, 100_001));
    }

    @Test
    void changedRangesAreThoseOfAByteByByteComparison() {
        SplittableRandom random = new SplittableRandom(4);
        for (int round = 0; round < 500; round++) {
            byte[] before = new byte[random.nextInt(3000)];
            random.nextBytes(before);
            byte[] after =
                    Arrays.copyOf(before, Math.max(0, before.length + random.nextInt(-200, 200)));
            for (int edits = random.nextInt(12); edits > 0 && after.length > 0; edits--) {
                int from = random.nextInt(after.length);
                int to = Math.min(after.length, from + random.nextInt(1, 100));
                for (int at = from; at < to; at++) {
                    after[at] += (byte) random.nextInt(2);
                }
            }
            assertThat(RecordedImages.changes(before, after))
                    .as("seed 4, round %d", round)
                    .isEqualTo(naive(before, after));
        }
    }

    /** Every differing byte by itself; those nearer than 64 bytes to the range before join it. */
    private static List<RecordedImages.Range> naive(byte[] before, byte[] after) {
        List<RecordedImages.Range> ranges = new ArrayList<>();
        for (int at = 0; at < Math.max(before.length, after.length); at++) {
            boolean same = at < before.length && at < after.length && before[at] == after[at];
            if (same) {
                continue;
            }
            if (!ranges.isEmpty() && at - ranges.getLast().end() < 64) {
                int start = ranges.removeLast().offset();
                ranges.add(new RecordedImages.Range(start, at + 1 - start));
            } else {
                ranges.add(new RecordedImages.Range(at, 1));
            }
        }
        return ranges;
    }

    private JsonNode index() {
        return JSON.readTree(images.files().get("images.json")).path("images");
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
