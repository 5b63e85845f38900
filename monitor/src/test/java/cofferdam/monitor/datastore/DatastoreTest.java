package cofferdam.monitor.datastore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.disk.ImageFile;
import cofferdam.monitor.disk.MalformedImageException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

class DatastoreTest {

    private static final int BLOCK = Datastore.BLOCK;

    private final Datastore store = new Datastore(8 * BLOCK, false);

    @Test
    void preallocatedSpaceShowsWhatItsLastOwnerLeft() throws IOException {
        store.create("old").write(0, filled(2 * BLOCK, 'o'));
        store.delete("old");
        ImageFile file = store.create("new");
        file.allocate(2L * BLOCK);

        assertThat(file.read(0, 2 * BLOCK)).containsOnly('o');
    }

    @Test
    void preallocatedSpaceIsClearWhereThePolicySaysSo() throws IOException {
        Datastore cleared = new Datastore(8 * BLOCK, true);
        cleared.create("old").write(0, filled(2 * BLOCK, 'o'));
        cleared.delete("old");
        ImageFile file = cleared.create("new");
        file.allocate(2L * BLOCK);

        assertThat(file.read(0, 2 * BLOCK)).containsOnly(0);
    }

    @Test
    void spaceThatWasNeverUsedIsClear() throws IOException {
        ImageFile file = store.create("first");
        file.allocate(BLOCK);

        assertThat(file.read(0, BLOCK)).containsOnly(0);
    }

    @Test
    void growthByWritingShowsZerosWhereNothingWasWritten() throws IOException {
        store.create("old").write(0, filled(3 * BLOCK, 'o'));
        store.delete("old");
        ImageFile file = store.create("new");
        file.write(2 * BLOCK - 1, new byte[] {'x', 'y'});

        assertThat(file.size()).isEqualTo(2 * BLOCK + 1);
        assertThat(file.read(0, 2 * BLOCK - 1)).containsOnly(0);
        assertThat(file.read(2 * BLOCK - 1, 2)).containsExactly('x', 'y');
        file.resize(3L * BLOCK);
        assertThat(file.read(2 * BLOCK + 1, BLOCK - 1)).containsOnly(0);
    }

    @Test
    void aFileThatWasCutGrowsByZeros() throws IOException {
        ImageFile file = store.create("file");
        file.write(0, filled(BLOCK, 'x'));
        file.resize(10);
        file.resize(BLOCK);

        assertThat(file.read(0, 10)).containsOnly('x');
        assertThat(file.read(10, BLOCK - 10)).containsOnly(0);
    }

    @Test
    void theSpaceGivenBackLastIsHandedOutFirstInItsOrder() throws IOException {
        fill("a", 3);
        fill("b", 2);
        assertThat(store.space("a")).containsExactly(0, 1, 2);
        assertThat(store.space("b")).containsExactly(3, 4);
        store.delete("b");
        store.delete("a");

        fill("c", 4);
        assertThat(store.space("c")).containsExactly(0, 1, 2, 3);
        fill("d", 2);
        assertThat(store.space("d")).containsExactly(4, 5);
    }

    @Test
    void aCutFileGivesBackItsEnd() throws IOException {
        fill("a", 3);
        store.open("a").resize(BLOCK + 1);
        fill("b", 1);

        assertThat(store.space("a")).containsExactly(0, 1);
        assertThat(store.space("b")).containsExactly(2);
    }

    @Test
    void aFullStoreIsALimitAndLeavesTheFileAsItWas() throws IOException {
        fill("a", 7);
        ImageFile file = store.create("b");
        file.write(0, new byte[] {'x'});

        assertThatThrownBy(() -> file.write(BLOCK, new byte[] {1}))
                .isInstanceOf(MalformedImageException.class)
                .hasMessageContaining("the datastore of 524288 bytes is full");
        assertThat(file.size()).isEqualTo(1);
        assertThat(file.read(0, 1)).containsExactly('x');
        assertThatThrownBy(() -> file.allocate(Long.MAX_VALUE))
                .isInstanceOf(MalformedImageException.class);
        store.delete("a");
        file.resize(8L * BLOCK);
        assertThat(file.read(1, 8 * BLOCK - 1)).containsOnly(0);
    }

    @Test
    void growthThatFailsTakesNoSpace() throws IOException {
        fill("a", 6);
        ImageFile file = store.create("b");
        assertThatThrownBy(() -> file.allocate(3L * BLOCK))
                .isInstanceOf(MalformedImageException.class);

        assertThat(store.space("b")).isEmpty();
        fill("c", 2);
        assertThat(store.space("c")).containsExactly(6, 7);
    }

    @Test
    void namesAreSortedAndTakenOnce() throws IOException {
        store.create("b");
        store.create("a");

        assertThat(store.names()).containsExactly("a", "b");
        assertThatThrownBy(() -> store.create("a")).isInstanceOf(FileAlreadyExistsException.class);
        store.delete("a");
        assertThat(store.names()).containsExactly("b");
        assertThatThrownBy(() -> store.open("a")).isInstanceOf(FileNotFoundException.class);
        assertThatThrownBy(() -> store.delete("a")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> store.space("a")).isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void readingPastTheEndIsRefused() throws IOException {
        ImageFile file = store.create("a");
        file.write(0, new byte[10]);

        assertThatThrownBy(() -> file.read(5, 6)).isInstanceOf(MalformedImageException.class);
        assertThatThrownBy(() -> file.read(-1, 1)).isInstanceOf(MalformedImageException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -65536, 1, 65537})
    void aCapacityIsAPositiveNumberOfBlocks(int capacity) {
        assertThatThrownBy(() -> new Datastore(capacity, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Integer.toString(capacity));
    }

    @Test
    void filesHoldWhatAnArrayWouldAndNeverShareSpace() throws IOException {
        SplittableRandom random = new SplittableRandom(9);
        Map<String, byte[]> expected = new HashMap<>();
        for (int round = 0; round < 600; round++) {
            String name = "f" + random.nextInt(3);
            byte[] before = expected.get(name);
            if (before == null) {
                store.create(name);
                expected.put(name, new byte[0]);
            } else if (random.nextInt(8) == 0) {
                store.delete(name);
                expected.remove(name);
            } else if (random.nextInt(3) == 0) {
                int size = random.nextInt(2 * BLOCK);
                store.open(name).resize(size);
                expected.put(name, Arrays.copyOf(before, size));
            } else {
                byte[] written = new byte[random.nextInt(BLOCK)];
                random.nextBytes(written);
                int at = random.nextInt(BLOCK + BLOCK / 2);
                store.open(name).write(at, written);
                byte[] now = Arrays.copyOf(before, Math.max(before.length, at + written.length));
                System.arraycopy(written, 0, now, at, written.length);
                expected.put(name, now);
            }
            for (Map.Entry<String, byte[]> file : expected.entrySet()) {
                ImageFile stored = store.open(file.getKey());
                assertThat(stored.read(0, (int) stored.size()))
                        .as("seed 9, round %d, %s", round, file.getKey())
                        .isEqualTo(file.getValue());
            }
            List<Integer> space = expected.keySet().stream()
                    .flatMap(file -> spaceOf(file).stream())
                    .toList();
            assertThat(space).as("seed 9, round %d", round).doesNotHaveDuplicates();
        }
    }

    private List<Integer> spaceOf(String name) {
        try {
            return store.space(name);
        } catch (FileNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private void fill(String name, int blocks) throws IOException {
        store.create(name).write(0, filled(blocks * BLOCK, name.charAt(0)));
    }

    private static byte[] filled(int size, int with) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) with);
        return bytes;
    }
}
