package cofferdam.monitor.disk.qcow2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.Tool;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.Extent;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.MemoryFile;
import cofferdam.monitor.disk.Opener;
import cofferdam.monitor.disk.View;
import cofferdam.monitor.disk.qcow2.Qcow2Options.Backing;
import cofferdam.monitor.disk.qcow2.Qcow2Options.Encryption;
import cofferdam.monitor.disk.qcow2.Qcow2Options.ZeroWrites;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What is written is what QEMU reads, and {@code qemu-img check} has nothing to say. */
class Qcow2DiskTest {

    private static final Instant TAKEN = Instant.parse("2003-05-01T12:00:00.000000001Z");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "3, 16, STORED, 3000000",
        "3, 9, FLAGGED, 300032",
        "3, 12, FLAGGED_KEEPING, 1000448",
        "3, 21, FLAGGED_KEEPING, 9000448",
        "2, 9, FLAGGED, 300032",
        "2, 16, STORED, 3000320"
    })
    void anySeriesOfWritesAndSnapshotsGivesASoundImage(
            int version, int clusterBits, ZeroWrites zeroWrites, int size) throws Exception {
        int disk = size / 512 * 512;
        int seeds = Boolean.getBoolean("cofferdam.sweep") ? 50 : 2;
        for (int seed = 0; seed < seeds; seed++) {
            Qcow2Options options = Qcow2Options.DEFAULT
                    .withVersion(version)
                    .withClusterBits(clusterBits)
                    .withZeroWrites(zeroWrites)
                    .withZeroOnFree(seed == 1);
            MemoryFile file = new MemoryFile();
            Series series = new Series(Qcow2Disk.create(file, disk, options), disk, seed);
            for (int round = 0; round < 2; round++) {
                series.run(45);
                series.disk = Qcow2Disk.open(file, options);
                series.check();
                Path image = Files.write(folder.resolve("a.qcow2"), file.toByteArray());
                assertThat(Qemu.isClean(image))
                        .as("seed %d, round %d", seed, round)
                        .isTrue();
                assertThat(Qemu.raw(image))
                        .as("seed %d, round %d", seed, round)
                        .isEqualTo(series.content);
                if (round == 0) {
                    continue;
                }
                for (Map.Entry<String, byte[]> snapshot : series.snapshots.entrySet()) {
                    assertThat(Qemu.raw(image, "-l", snapshot.getKey()))
                            .as("seed %d, snapshot %s", seed, snapshot.getKey())
                            .isEqualTo(snapshot.getValue());
                }
            }
        }
    }

    /** Random calls on a disk, and what they should have made of it. */
    private static final class Series {
        private final Random random;
        private Qcow2Disk disk;
        private byte[] content;
        private final Map<String, byte[]> snapshots = new LinkedHashMap<>();
        private int names;

        Series(Qcow2Disk disk, int size, int seed) {
            this.disk = disk;
            content = new byte[size];
            random = new Random(seed);
        }

        void run(int calls) throws Exception {
            for (int i = 0; i < calls; i++) {
                call();
            }
        }

        private void call() throws Exception {
            int kind = random.nextInt(20);
            if (kind == 0 && snapshots.size() < 3) {
                String name = "s" + names++;
                byte[] state = new byte[random.nextInt(2) * random.nextInt(200_000)];
                Arrays.fill(state, (byte) 0x77);
                disk.snapshot(name, TAKEN, state);
                snapshots.put(name, content.clone());
                return;
            }
            if (kind < 3 && !snapshots.isEmpty()) {
                List<String> all = List.copyOf(snapshots.keySet());
                String name = all.get(random.nextInt(all.size()));
                if (kind == 1) {
                    disk.deleteSnapshot(name);
                    snapshots.remove(name);
                } else {
                    disk.applySnapshot(name);
                    content = snapshots.get(name).clone();
                }
                return;
            }
            int start = random.nextInt(content.length);
            int count = Math.min(1 + random.nextInt(200_000), content.length - start);
            if (kind > 14) {
                start = start / 4096 * 4096;
            }
            byte[] bytes = new byte[count];
            if (kind % 2 == 0) {
                random.nextBytes(bytes);
            }
            disk.write(start, bytes);
            System.arraycopy(bytes, 0, content, start, count);
        }

        void check() throws Exception {
            assertThat(Qemu.bytes(disk)).isEqualTo(content);
            assertThat(disk.snapshots()).containsExactlyElementsOf(snapshots.keySet());
        }
    }

    @Test
    void aSecretUnderAKeptZeroClusterOutlivesItsSnapshot() throws Exception {
        MemoryFile file = new MemoryFile();
        Qcow2Options options = Qcow2Options.DEFAULT.withZeroWrites(ZeroWrites.FLAGGED_KEEPING);
        Qcow2Disk disk = Qcow2Disk.create(file, 1 << 20, options);
        disk.write(1 << 16, "SECRET".getBytes(StandardCharsets.US_ASCII));
        disk.snapshot("s", TAKEN);
        disk.write(1 << 16, new byte[1 << 16]);
        disk.deleteSnapshot("s");
        assertThat(disk.read(1 << 16, 6)).containsOnly(0);
        Extent residue = residue(file);
        assertThat(file.read(residue.fileOffset(), 6)).asString().isEqualTo("SECRET");
        assertThat(residue.guestOffset()).isEqualTo(1 << 16);
    }

    private static Extent residue(MemoryFile file) throws Exception {
        List<Extent> found = new ArrayList<>();
        Qcow2Image.open(file, Opener.NOTHING).walk(extent -> {
            if (extent.kind() == Extent.Kind.ZERO_FLAGGED) {
                found.add(extent);
            }
        });
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    @Test
    void freedClustersKeepTheirBytesUnlessTheyAreZeroed() throws Exception {
        for (boolean zeroOnFree : new boolean[] {false, true}) {
            MemoryFile file = new MemoryFile();
            Qcow2Options options = Qcow2Options.DEFAULT
                    .withZeroWrites(ZeroWrites.FLAGGED)
                    .withZeroOnFree(zeroOnFree);
            Qcow2Disk disk = Qcow2Disk.create(file, 1 << 20, options);
            disk.write(0, "SECRET".getBytes(StandardCharsets.US_ASCII));
            disk.write(0, new byte[1 << 16]);
            String all = new String(file.toByteArray(), StandardCharsets.ISO_8859_1);
            assertThat(all.contains("SECRET")).isEqualTo(!zeroOnFree);
        }
    }

    @Test
    void vmStateIsAViewOfItsOwn() throws Exception {
        MemoryFile file = new MemoryFile();
        Qcow2Disk disk = Qcow2Disk.create(file, 1 << 20, Qcow2Options.DEFAULT);
        byte[] state = Qcow2ImageTest.text(100_000);
        disk.snapshot("live", TAKEN, state);
        Qcow2Image image = Qcow2Image.open(file, Opener.NOTHING);
        assertThat(image.views().stream().map(View::layer))
                .containsExactly("active", "snapshot:live", "vmstate:live");
        assertThat(Qemu.bytes(image.views().get(2).content())).isEqualTo(state);
        List<Extent> extents = new ArrayList<>();
        assertThat(image.walk(extents::add)).isEmpty();
        assertThat(extents)
                .filteredOn(extent -> extent.view() == 2)
                .singleElement()
                .satisfies(extent -> {
                    assertThat(extent.guestOffset()).isZero();
                    assertThat(extent.guestLength()).isEqualTo(state.length);
                });
        Path path = Files.write(folder.resolve("a.qcow2"), file.toByteArray());
        assertThat(Tool.named("qemu-img").run("snapshot", "-l", path.toString()))
                .contains("live", "97.7 KiB", "2003-05-01");
    }

    @Test
    void whatIsNotWrittenComesFromTheBackingDisk() throws Exception {
        Path base = Files.write(folder.resolve("base.raw"), Qcow2ImageTest.text(500_000));
        MemoryFile file = new MemoryFile();
        ByteSource below = ByteSource.of(Files.readAllBytes(base));
        Qcow2Options options = Qcow2Options.DEFAULT
                .withClusterBits(12)
                .withZeroWrites(ZeroWrites.FLAGGED)
                .withBacking(new Backing(base.toString(), "raw", below));
        Qcow2Disk disk = Qcow2Disk.create(file, 1 << 20, options);
        disk.write(100, new byte[] {1, 2, 3});
        disk.write(499_000, new byte[] {4});
        disk.write(8192, new byte[8192]);
        Path path = Files.write(folder.resolve("a.qcow2"), file.toByteArray());
        assertThat(Qemu.raw(path)).isEqualTo(Qemu.bytes(disk));
        assertThat(Qemu.isClean(path)).isTrue();
        assertThat(disk.read(98, 6)).isEqualTo(expected(below));
    }

    private static byte[] expected(ByteSource below) throws Exception {
        byte[] bytes = below.read(98, 6);
        System.arraycopy(new byte[] {1, 2, 3}, 0, bytes, 2, 3);
        return bytes;
    }

    @Test
    void encipheredDataIsNumberedByItsPlaceInTheFile() throws Exception {
        for (int sectorSize : new int[] {512, 4096}) {
            byte[] luks = new byte[100_000];
            new Random(3).nextBytes(luks);
            MemoryFile file = new MemoryFile();
            XorCipher cipher = new XorCipher(sectorSize);
            Qcow2Options options =
                    Qcow2Options.DEFAULT.withEncryption(new Encryption(luks, cipher));
            Qcow2Disk disk = Qcow2Disk.create(file, 1 << 20, options);
            byte[] text = Qcow2ImageTest.text(200_000);
            disk.write(1001, text);
            assertThat(disk.read(1001, text.length)).isEqualTo(text);
            assertThat(disk.read(0, 1001)).containsOnly(0);
            Qcow2Image image = Qcow2Image.open(file, Opener.NOTHING, cipher);
            assertThat(image.views().getFirst().content().read(1001, text.length))
                    .isEqualTo(text);
            assertThat(Qemu.bytes(image.encryptionHeader().orElseThrow())).isEqualTo(luks);
            assertThat(image.walk(extent -> {})).isEmpty();
            ByteSource locked =
                    Qcow2Image.open(file, Opener.NOTHING).views().getFirst().content();
            assertThatThrownBy(() -> locked.read(1001, 1))
                    .isInstanceOf(MalformedImageException.class)
                    .hasMessageStartingWith("qcow2-locked");
            String all = new String(file.toByteArray(), StandardCharsets.ISO_8859_1);
            assertThat(all.contains("harbours")).isFalse();
        }
    }

    @Test
    void imagesThatQemuMadeCanBeWritten() throws Exception {
        Path raw = Files.write(folder.resolve("raw"), Qcow2ImageTest.text(3 << 20));
        Path path = folder.resolve("c.qcow2");
        Qemu.img("convert", "-c", "-O", "qcow2", "-f", "raw", raw.toString(), path.toString());
        Qemu.img("snapshot", "-c", "by-qemu", path.toString());
        MemoryFile file = new MemoryFile(Files.readAllBytes(path));
        Qcow2Disk disk = Qcow2Disk.open(file, Qcow2Options.DEFAULT);
        disk.write(100_000, new byte[100_000]);
        disk.snapshot("by-us", TAKEN);
        disk.write(150_000, new byte[] {1});
        disk.deleteSnapshot("by-qemu");
        Files.write(path, file.toByteArray());
        assertThat(Qemu.isClean(path)).isTrue();
        byte[] expected = Qcow2ImageTest.text(3 << 20);
        Arrays.fill(expected, 100_000, 200_000, (byte) 0);
        assertThat(Qemu.raw(path, "-l", "by-us")).isEqualTo(expected);
        expected[150_000] = 1;
        assertThat(Qemu.raw(path)).isEqualTo(expected);
    }

    @Test
    void theRefcountTableGrowsWithTheFile() throws Exception {
        MemoryFile file = new MemoryFile();
        int size = 20 << 20;
        Qcow2Options options = Qcow2Options.DEFAULT.withClusterBits(9);
        Qcow2Disk disk = Qcow2Disk.create(file, size, options);
        byte[] bytes = new byte[size];
        new Random(1).nextBytes(bytes);
        disk.write(0, bytes);
        Path path = Files.write(folder.resolve("a.qcow2"), file.toByteArray());
        assertThat(Qemu.isClean(path)).isTrue();
        assertThat(Qemu.raw(path)).isEqualTo(bytes);
        assertThat(Qcow2Image.open(file, Opener.NOTHING).walk(extent -> {})).isEmpty();
    }

    @Test
    void anImageWhoseStructureIsNotSoundIsNotOpenedForWriting() throws Exception {
        MemoryFile file = new MemoryFile();
        Qcow2Disk disk = Qcow2Disk.create(file, 1 << 20, Qcow2Options.DEFAULT);
        disk.write(0, new byte[] {1});
        file.write(2 << 16, new byte[16]);
        assertThatThrownBy(() -> Qcow2Disk.open(file, Qcow2Options.DEFAULT))
                .isInstanceOf(MalformedImageException.class);
    }

    @Test
    void theSameCallsGiveTheSameFile() throws Exception {
        List<byte[]> files = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            MemoryFile file = new MemoryFile();
            Series series =
                    new Series(Qcow2Disk.create(file, 1 << 20, Qcow2Options.DEFAULT), 1 << 20, 7);
            series.run(40);
            files.add(file.toByteArray());
        }
        assertThat(files.getFirst()).isEqualTo(files.getLast());
    }
}
