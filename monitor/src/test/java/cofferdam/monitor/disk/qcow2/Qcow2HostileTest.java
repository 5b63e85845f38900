package cofferdam.monitor.disk.qcow2;

import static cofferdam.monitor.disk.qcow2.HostileImage.CLUSTER;
import static cofferdam.monitor.disk.qcow2.HostileImage.DATA;
import static cofferdam.monitor.disk.qcow2.HostileImage.L1;
import static cofferdam.monitor.disk.qcow2.HostileImage.L2;
import static cofferdam.monitor.disk.qcow2.HostileImage.REFCOUNT_BLOCK;
import static cofferdam.monitor.disk.qcow2.HostileImage.REFCOUNT_TABLE;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.Extent;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.MemoryFile;
import cofferdam.monitor.disk.MeteredSource;
import cofferdam.monitor.disk.Opener;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.ProblemKind;
import cofferdam.monitor.disk.Severity;
import cofferdam.monitor.disk.View;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.Deflater;

/** Images that were made to mislead, to hang or to exhaust. */
class Qcow2HostileTest {

    private static final Duration HANG = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @Test
    void theSoundImageThatTheOthersAreMadeFromHasNoProblem() throws Exception {
        assertThat(kinds(new HostileImage())).isEmpty();
        Path file = Files.write(folder.resolve("a"), new HostileImage().bytes());
        assertThat(Qemu.isClean(file)).isTrue();
    }

    @Test
    void anAliasBombIsWalkedOnce() throws Exception {
        HostileImage bomb = new HostileImage()
                .offset(24, 4L << 40)
                .number(36, 8192)
                .fill(L1, 8192, L2)
                .fill(L2, 8192, DATA);
        assertThat(bomb.bytes()).hasSize(393_216);
        List<Extent> extents = new ArrayList<>();
        List<Problem> problems =
                assertTimeoutPreemptively(HANG, () -> open(bomb).walk(extents::add));
        assertThat(problems)
                .extracting(Problem::kind)
                .contains(
                        Qcow2Problem.TABLE_ALIASED,
                        Qcow2Problem.CLUSTER_ALIASED,
                        Qcow2Problem.REFCOUNT_OVERFLOW);
        assertThat(problems).hasSizeLessThan(500);
        assertThat(extents).filteredOn(extent -> extent.view() == 0).hasSize(1);
    }

    @Test
    void anL1TableThatIsItsOwnL2TableIsTold() throws Exception {
        HostileImage image = new HostileImage().offset(L1, L1).offset(L1 + 8, L1);
        assertThat(kinds(image))
                .contains(Qcow2Problem.L1_SELF_REFERENCE, Qcow2Problem.TABLE_OVERLAP);
        assertThat(open(image).views().getFirst().content().read(0, 16)).hasSize(16);
    }

    @Test
    void aCompressionBombEndsTheWalkButNotTheReader() throws Exception {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(new byte[2 << 20]);
        deflater.finish();
        byte[] data = new byte[1 << 14];
        int length = deflater.deflate(data);
        deflater.end();
        Layout layout = new Layout(21, false);
        int cluster = layout.clusterSize();
        byte[] bytes = new byte[6 * cluster];
        System.arraycopy(new HostileImage().bytes(), 0, bytes, 0, 104);
        BigEndian.put(bytes, 20, 21);
        BigEndian.put(bytes, 24, 512L << 30);
        BigEndian.put(bytes, 36, 1);
        BigEndian.put(bytes, 40, (long) 3 * cluster);
        BigEndian.put(bytes, 48, (long) cluster);
        BigEndian.put(bytes, 3 * cluster, 4L * cluster);
        System.arraycopy(data, 0, bytes, 5 * cluster, length);
        for (int i = 0; i < layout.l2Entries(); i++) {
            BigEndian.put(bytes, 4 * cluster + 8 * i, layout.compressedEntry(5L * cluster, length));
        }
        Qcow2Image image = Qcow2Image.open(ByteSource.of(bytes), Opener.NOTHING);
        List<Extent> extents = new ArrayList<>();
        List<Problem> problems = assertTimeoutPreemptively(HANG, () -> image.walk(extents::add));
        assertThat(problems).extracting(Problem::kind).contains(CommonProblem.WORK_LIMIT);
        assertThat(extents).hasSizeLessThan(10_000);
        Extent one = extents.stream()
                .filter(extent -> extent.kind() == Extent.Kind.COMPRESSED)
                .findFirst()
                .orElseThrow();
        assertThat(image.decode(one)).hasSize(cluster);
    }

    @Test
    void compressedDataThatGivesMoreOrLessThanAClusterIsCutOrRefused() throws Exception {
        Layout layout = new Layout(16, false);
        for (int size : new int[] {100, 1 << 22}) {
            Deflater deflater = new Deflater(9, true);
            deflater.setInput(new byte[size]);
            deflater.finish();
            byte[] data = new byte[CLUSTER];
            int length = deflater.deflate(data);
            deflater.end();
            HostileImage image = new HostileImage()
                    .put(DATA, data)
                    .offset(L2, layout.compressedEntry(DATA, length));
            ByteSource view = open(image).views().getFirst().content();
            if (size > CLUSTER) {
                assertThat(view.read(0, CLUSTER)).containsOnly(0);
            } else {
                assertThatThrownBy(() -> view.read(0, 1))
                        .isInstanceOf(MalformedImageException.class)
                        .hasMessageStartingWith("compressed-cluster");
            }
        }
    }

    @Test
    void snapshotsThatShareOneL1TableDoNotMultiplyTheWork() {
        int count = 60_000;
        int entries = 4 << 20;
        HostileImage image = new HostileImage()
                .resize(6 * CLUSTER + (32 << 20) + 56 * count)
                .number(60, count)
                .offset(64, 6 * CLUSTER + (32 << 20));
        for (int i = 0; i < count; i++) {
            int at = 6 * CLUSTER + (32 << 20) + 56 * i;
            image.offset(at, 6 * CLUSTER).number(at + 8, entries).number(at + 36, 16);
        }
        List<Problem> problems = assertTimeoutPreemptively(HANG, () -> {
            Qcow2Image opened = open(image);
            assertThat(opened.views()).hasSize(count + 1);
            assertThat(opened.views().stream().map(View::layer).distinct()).hasSize(count + 1);
            return opened.walk(extent -> {});
        });
        assertThat(problems).extracting(Problem::kind).contains(CommonProblem.WORK_LIMIT);
    }

    @Test
    void everyCorruptionHasItsCode() throws Exception {
        Map<HostileImage, ProblemKind> cases = Map.ofEntries(
                Map.entry(new HostileImage().offset(L1, L2 + 512), Qcow2Problem.UNALIGNED),
                Map.entry(new HostileImage().offset(L1, 1L << 40), Qcow2Problem.OUT_OF_FILE),
                Map.entry(new HostileImage().offset(40, L1 + 512), Qcow2Problem.L1_OUT_OF_BOUNDS),
                Map.entry(new HostileImage().offset(40, 1L << 62), Qcow2Problem.L1_OUT_OF_BOUNDS),
                Map.entry(new HostileImage().number(36, 1), Qcow2Problem.L1_TOO_SMALL),
                Map.entry(
                        new HostileImage().offset(L2, DATA + 512 | Layout.COPIED),
                        Qcow2Problem.UNALIGNED),
                Map.entry(
                        new HostileImage().offset(L2, 1L << 40 | Layout.COPIED),
                        Qcow2Problem.OUT_OF_FILE),
                Map.entry(new HostileImage().offset(L2, DATA), Qcow2Problem.COPIED_FLAG),
                Map.entry(
                        new HostileImage().offset(L2, DATA | Layout.COPIED | 2),
                        Qcow2Problem.RESERVED_BITS),
                Map.entry(new HostileImage().offset(L1, L2), Qcow2Problem.COPIED_FLAG),
                Map.entry(
                        new HostileImage().offset(L2, REFCOUNT_BLOCK | Layout.COPIED),
                        Qcow2Problem.TABLE_OVERLAP),
                Map.entry(
                        new HostileImage().offset(L2 + 8, DATA | Layout.COPIED),
                        Qcow2Problem.CLUSTER_ALIASED),
                Map.entry(
                        new HostileImage().offset(REFCOUNT_TABLE, REFCOUNT_BLOCK + 512),
                        Qcow2Problem.UNALIGNED),
                Map.entry(
                        new HostileImage().offset(REFCOUNT_TABLE, 0),
                        Qcow2Problem.REFCOUNT_TOO_LOW),
                Map.entry(new HostileImage().number(56, 0), Qcow2Problem.REFCOUNT_TABLE),
                Map.entry(
                        new HostileImage().number(REFCOUNT_BLOCK + 8, 0x00010002),
                        Qcow2Problem.REFCOUNT_LEAK),
                Map.entry(
                        new HostileImage().number(REFCOUNT_BLOCK + 8, 0x00010000),
                        Qcow2Problem.REFCOUNT_TOO_LOW),
                Map.entry(new HostileImage().offset(72, 1), Qcow2Problem.DIRTY),
                Map.entry(new HostileImage().offset(72, 2), Qcow2Problem.CORRUPT),
                Map.entry(new HostileImage().offset(72, 4), Qcow2Problem.EXTERNAL_DATA_FILE),
                Map.entry(new HostileImage().number(32, 1), Qcow2Problem.QCOW2_AES),
                Map.entry(new HostileImage().number(32, 2), Qcow2Problem.ENCRYPTION_HEADER),
                Map.entry(
                        new HostileImage().number(60, 1).offset(64, 1L << 40),
                        Qcow2Problem.SNAPSHOT_TABLE),
                Map.entry(
                        new HostileImage().number(60, 1).offset(64, 7),
                        Qcow2Problem.SNAPSHOT_TABLE),
                Map.entry(
                        new HostileImage().offset(8, 200).number(16, 5000),
                        Qcow2Problem.BAD_BACKING_NAME),
                Map.entry(
                        new HostileImage().offset(8, -1).number(16, 5),
                        Qcow2Problem.BAD_BACKING_NAME),
                Map.entry(
                        new HostileImage().number(104, 1).number(108, -1),
                        Qcow2Problem.BAD_EXTENSION),
                Map.entry(
                        new HostileImage()
                                .offset(88, 1)
                                .number(104, HeaderExtensions.BITMAPS)
                                .number(108, 24)
                                .number(112, 70_000),
                        Qcow2Problem.BITMAPS));
        for (Map.Entry<HostileImage, ProblemKind> one : cases.entrySet()) {
            assertThat(kinds(one.getKey())).as(one.getValue().code()).contains(one.getValue());
        }
    }

    @Test
    void headersThatNoReaderMayFollowAreRefused() {
        Map<HostileImage, ProblemKind> cases = Map.ofEntries(
                Map.entry(new HostileImage().number(0, 0), Qcow2Problem.BAD_HEADER),
                Map.entry(new HostileImage().number(4, 1), Qcow2Problem.UNKNOWN_VERSION),
                Map.entry(new HostileImage().number(4, 4), Qcow2Problem.UNKNOWN_VERSION),
                Map.entry(new HostileImage().number(20, 8), Qcow2Problem.BAD_HEADER),
                Map.entry(new HostileImage().number(20, 22), Qcow2Problem.BAD_HEADER),
                Map.entry(new HostileImage().number(20, -1), Qcow2Problem.BAD_HEADER),
                Map.entry(
                        new HostileImage().number(20, 13).offset(72, 16), Qcow2Problem.BAD_HEADER),
                Map.entry(new HostileImage().offset(24, -1), CommonProblem.LIMIT),
                Map.entry(new HostileImage().number(32, 3), Qcow2Problem.BAD_HEADER),
                Map.entry(new HostileImage().number(36, 1 << 23), CommonProblem.LIMIT),
                Map.entry(new HostileImage().number(36, -1), CommonProblem.LIMIT),
                Map.entry(new HostileImage().number(56, 1 << 20), CommonProblem.LIMIT),
                Map.entry(new HostileImage().number(60, 65_537), CommonProblem.LIMIT),
                Map.entry(new HostileImage().offset(72, 32), Qcow2Problem.UNKNOWN_FEATURE),
                Map.entry(new HostileImage().offset(72, 1L << 63), Qcow2Problem.UNKNOWN_FEATURE),
                Map.entry(new HostileImage().number(96, 7), Qcow2Problem.BAD_HEADER),
                Map.entry(new HostileImage().number(96, 255), Qcow2Problem.BAD_HEADER),
                Map.entry(new HostileImage().number(100, 96), Qcow2Problem.BAD_HEADER),
                Map.entry(new HostileImage().number(100, 1 << 30), Qcow2Problem.BAD_HEADER),
                Map.entry(new HostileImage().offset(72, 8), Qcow2Problem.BAD_HEADER),
                Map.entry(
                        new HostileImage().offset(72, 8).number(100, 112).number(104, 2 << 24),
                        Qcow2Problem.UNKNOWN_FEATURE));
        cases.forEach((image, kind) -> assertThatThrownBy(() -> open(image))
                .as(kind.code())
                .isInstanceOfSatisfying(
                        MalformedImageException.class,
                        e -> assertThat(e.problem().kind()).isEqualTo(kind)));
    }

    @Test
    void qemuFindsTheSameCorruptionsAndLeaks() throws Exception {
        List<HostileImage> images = List.of(
                new HostileImage().offset(L1, L2 + 512),
                new HostileImage().offset(L2, DATA + 512 | Layout.COPIED),
                new HostileImage().offset(L2, REFCOUNT_BLOCK | Layout.COPIED),
                new HostileImage().offset(L2 + 8, DATA | Layout.COPIED),
                new HostileImage().offset(L2, DATA),
                new HostileImage().offset(L2, L1 | Layout.COPIED),
                new HostileImage().offset(REFCOUNT_TABLE, REFCOUNT_BLOCK + 512),
                new HostileImage().number(REFCOUNT_BLOCK + 8, 0x00010002),
                new HostileImage().number(REFCOUNT_BLOCK + 8, 0x00010000),
                new HostileImage().number(REFCOUNT_BLOCK + 12, 0x00010000).resize(8 * CLUSTER),
                new HostileImage().fill(L2, 8192, DATA | Layout.COPIED),
                new HostileImage().offset(L2, 1L << 40 | Layout.COPIED),
                new HostileImage().offset(L2, DATA | Layout.COPIED | Layout.ZERO),
                new HostileImage().offset(L2, 0));
        Path file = folder.resolve("a");
        for (int i = 0; i < images.size(); i++) {
            Files.write(file, images.get(i).bytes());
            List<Problem> problems = new ArrayList<>();
            try {
                problems.addAll(open(images.get(i)).walk(extent -> {}));
            } catch (MalformedImageException e) {
                problems.add(e.problem());
            }
            assertThat(verdict(problems))
                    .as("image %d: %s", i, problems)
                    .isEqualTo(verdict(Qemu.check(file)));
        }
    }

    private static String verdict(List<Problem> problems) {
        if (problems.stream().anyMatch(p -> p.kind().severity() != Severity.LOW)) {
            return "corrupt";
        }
        return problems.stream().anyMatch(p -> p.kind() == Qcow2Problem.REFCOUNT_LEAK)
                ? "leaks"
                : "clean";
    }

    /** What is not followed any more is no leak, so leaks are compared where all else is sound. */
    private static String verdict(JsonNode check) {
        if (check.path("corruptions").asInt(0) > 0 || check.path("check-errors").asInt(0) > 0) {
            return "corrupt";
        }
        return check.path("leaks").asInt(0) > 0 ? "leaks" : "clean";
    }

    @Test
    void anExternalDataFileIsToldAndNeverOpened() throws Exception {
        Path data = folder.resolve("data.raw");
        Path file = Qemu.create(
                folder.resolve("a.qcow2"), "data_file=" + data + ",data_file_raw=on", 1 << 20);
        Qemu.io(file, "write -P 1 0 128k");
        Qcow2Image image = Qcow2Image.open(ByteSource.of(Files.readAllBytes(file)), reference -> {
            throw new AssertionError("asked for " + reference);
        });
        assertThat(image.references()).singleElement().satisfies(reference -> {
            assertThat(reference.name()).isEqualTo(data.toString());
        });
        List<Extent> extents = new ArrayList<>();
        assertThat(image.walk(extents::add)).isEmpty();
        assertThat(extents).allMatch(extent -> extent.kind() == Extent.Kind.METADATA);
        assertThatThrownBy(() -> image.views().getFirst().content().read(0, 1))
                .isInstanceOf(MalformedImageException.class)
                .hasMessageStartingWith("external-data-file");
    }

    @Test
    void imagesCutAnywhereRaiseNothingButInputErrors() throws Exception {
        for (byte[] whole : valid()) {
            for (int size = 0; size < whole.length; size += size < 700 ? 7 : 4001) {
                exercise("cut at %d".formatted(size), Arrays.copyOf(whole, size));
            }
        }
    }

    @Test
    void mutatedImagesRaiseNothingButInputErrors() throws Exception {
        int rounds = Boolean.getBoolean("cofferdam.sweep") ? 20_000 : 500;
        long seed = 20030501;
        Random random = new Random(seed);
        List<byte[]> valid = valid();
        for (int i = 0; i < rounds; i++) {
            byte[] bytes = valid.get(i % valid.size()).clone();
            int changes = 1 + random.nextInt(8);
            for (int change = 0; change < changes; change++) {
                mutate(bytes, random);
            }
            exercise("seed %d, iteration %d".formatted(seed, i), bytes);
        }
    }

    /** Most of what matters is in the first bytes of clusters, and in high bits. */
    private static void mutate(byte[] bytes, Random random) {
        int at = random.nextBoolean() ? random.nextInt(300) : random.nextInt(bytes.length);
        if (random.nextInt(3) > 0) {
            at = at / 4096 * 4096 + random.nextInt(128);
        }
        int place = Math.min(at, bytes.length - 1);
        bytes[place] = switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> (byte) 0xff;
            case 2 -> (byte) (bytes[place] ^ (1 << random.nextInt(8)));
            default -> (byte) random.nextInt(256);
        };
    }

    /** Does everything that can be done with an image; only input errors may end any of it. */
    private static void exercise(String what, byte[] bytes) {
        try {
            assertTimeoutPreemptively(HANG, () -> {
                read(bytes);
                write(bytes);
            });
        } catch (Exception | AssertionError e) {
            throw new AssertionError(what, e);
        }
    }

    private static void read(byte[] bytes) {
        try {
            ByteSource metered =
                    new MeteredSource(ByteSource.of(bytes), 64L * bytes.length + (16 << 20));
            Qcow2Image image = Qcow2Image.open(metered, Opener.NOTHING, new XorCipher(512));
            List<Extent> extents = new ArrayList<>();
            attempt(() -> image.walk(extents::add));
            for (Extent extent : extents) {
                assertThat(extent.fileOffset() + extent.fileLength())
                        .isBetween(0L, (long) bytes.length);
                if (extent.kind() == Extent.Kind.COMPRESSED) {
                    attempt(() -> image.decode(extent));
                }
            }
            for (View view : image.views()) {
                ByteSource content = view.content();
                attempt(() -> content.read(0, (int) Math.min(content.size(), 300_000)));
                attempt(() -> content.read(Math.max(0, content.size() - 1000), 1000));
            }
        } catch (IOException e) {
            assertThat(e).isNotNull();
        }
    }

    private static void write(byte[] bytes) {
        attempt(() -> {
            MemoryFile file = new MemoryFile(bytes);
            Qcow2Disk disk = Qcow2Disk.open(file, Qcow2Options.DEFAULT);
            attempt(() -> disk.write(Math.min(disk.size() / 2, 3000), new byte[] {1}));
            attempt(() -> disk.snapshot("mutant", Instant.EPOCH));
            attempt(() -> disk.deleteSnapshot("mutant"));
        });
    }

    @FunctionalInterface
    private interface Attempt {
        void run() throws IOException;
    }

    private static void attempt(Attempt attempt) {
        try {
            attempt.run();
        } catch (IOException e) {
            assertThat(e).isNotNull();
        }
    }

    /** Images with snapshots, saved memory, compression, subclusters, bitmaps and encryption. */
    private List<byte[]> valid() throws Exception {
        MemoryFile ours = new MemoryFile();
        Qcow2Options options = Qcow2Options.DEFAULT.withClusterBits(12);
        Qcow2Disk disk = Qcow2Disk.create(ours, 1 << 20, options);
        disk.write(5000, Qcow2ImageTest.text(50_000));
        disk.snapshot("one", Instant.EPOCH, new byte[5000]);
        disk.write(0, new byte[10_000]);
        Path raw = Files.write(folder.resolve("raw"), Qcow2ImageTest.text(200_000));
        List<byte[]> all = new ArrayList<>(List.of(ours.toByteArray()));
        for (String type : List.of("zlib", "zstd")) {
            Path file = folder.resolve(type);
            String option = "cluster_size=4096,compression_type=" + type;
            Qemu.img("convert", "-c", "-O", "qcow2", "-o", option, raw.toString(), file.toString());
            all.add(Files.readAllBytes(file));
        }
        Path extended = folder.resolve("extended");
        Qemu.create(extended, "cluster_size=16384,extended_l2=on", 1 << 20);
        Qemu.io(extended, "write -P 1 1k 30k", "write -z 2k 1k");
        Qemu.img("bitmap", "--add", "-g", "4096", extended.toString(), "b");
        Qemu.img("snapshot", "-c", "s", extended.toString());
        all.add(Files.readAllBytes(extended));
        return all;
    }

    private static List<ProblemKind> kinds(HostileImage image) throws IOException {
        Qcow2Image opened = open(image);
        List<Problem> problems = new ArrayList<>(opened.problems());
        problems.addAll(opened.walk(extent -> {}));
        return problems.stream().map(Problem::kind).toList();
    }

    private static Qcow2Image open(HostileImage image) throws IOException {
        return Qcow2Image.open(ByteSource.of(image.bytes()), Opener.NOTHING);
    }
}
