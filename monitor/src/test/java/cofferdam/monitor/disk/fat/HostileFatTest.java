package cofferdam.monitor.disk.fat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.FileExtent;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.ProblemKind;
import cofferdam.monitor.disk.Region;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** File systems that contradict themselves, or that somebody made to harm a reader. */
class HostileFatTest {

    private static final long SEED = 20261122;
    private static final Duration HANG = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @Test
    void aChainThatComesBackToItselfEnds() throws Exception {
        FatBytes fat = FatBytes.ofFat16();
        fat.entry(0, "LOOP    BIN", 0x20, 2, 10 * 512);
        fat.next(2, 3).next(3, 4).next(4, 3);

        assertThat(fat.walk()).containsExactly(FatProblem.CHAIN_LOOP);
        assertThat(fat.told(Region.ALLOCATED)).isEqualTo(3 * 512);
        assertThatThrownBy(() -> fat.file("/loop.bin").read(3 * 512, 1))
                .isInstanceOf(MalformedImageException.class);
        assertThat(fat.file("/loop.bin").read(0, 3 * 512)).hasSize(3 * 512);
    }

    @Test
    void twoFilesThatShareAClusterAreTold() throws Exception {
        FatBytes fat = FatBytes.ofFat16();
        fat.entry(0, "ONE     BIN", 0x20, 2, 1024).entry(1, "TWO     BIN", 0x20, 5, 1024);
        fat.next(2, 3).next(3, FatBytes.END).next(5, 3);

        assertThat(fat.walk()).containsExactly(FatProblem.CROSS_LINKED);
        assertThat(fat.told(Region.ALLOCATED)).isEqualTo(3 * 512);
    }

    @Test
    void chainsThatLeadElsewhereAreTold() throws Exception {
        for (int next : new int[] {0, 1, 60_000, 0xfff7}) {
            FatBytes fat = FatBytes.ofFat16();
            fat.entry(0, "BROKEN  BIN", 0x20, 2, 1024).next(2, 3).next(3, next);

            assertThat(fat.walk()).containsExactly(FatProblem.CHAIN_BROKEN);
        }
    }

    @Test
    void aFileWithoutAChainKeepsItsName() throws Exception {
        FatBytes fat = FatBytes.ofFat16();
        fat.entry(0, "ZEROED  BIN", 0x20, 2, 1000);

        assertThat(fat.walk()).containsExactly(FatProblem.CHAIN_BROKEN);
        assertThat(fat.extents())
                .filteredOn(extent -> extent.path().equals("/ZEROED.BIN"))
                .extracting(FileExtent::region, FileExtent::length)
                .containsExactly(tuple(Region.UNALLOCATED, 1024L));
    }

    @Test
    void aChainShorterThanItsFileIsTold() throws Exception {
        FatBytes fat = FatBytes.ofFat16();
        fat.entry(0, "SHORT   BIN", 0x20, 2, 1025);
        fat.next(2, 3).next(3, FatBytes.END);

        assertThat(fat.walk()).containsExactly(FatProblem.CHAIN_SHORT);
    }

    @Test
    void aChainLongerThanItsFileIsSlack() throws Exception {
        FatBytes fat = FatBytes.ofFat16();
        fat.entry(0, "LONG    BIN", 0x20, 2, 1);
        fat.next(2, 3).next(3, 5).next(5, FatBytes.END);

        assertThat(fat.walk()).isEmpty();
        assertThat(fat.told(Region.SLACK)).isEqualTo(3 * 512 - 1);
    }

    @Test
    void directoriesThatHoldThemselvesEnd() throws Exception {
        FatBytes fat = FatBytes.ofFat16();
        fat.entry(0, "DIR        ", 0x10, 2, 0).next(2, FatBytes.END);
        fat.entryIn(2, 0, "SELF       ", 0x10, 2, 0);
        fat.entryIn(2, 1, "FILE       ", 0x20, 3, 1).next(3, FatBytes.END);

        assertThat(fat.walk()).containsExactly(FatProblem.CROSS_LINKED);
        assertThat(fat.told(Region.ALLOCATED)).isEqualTo(1);
        assertThat(fat.file("/dir/self/self/self/self/file").size()).isEqualTo(1);
    }

    @Test
    void veryDeepDirectoriesAreCut() throws Exception {
        FatBytes fat = FatBytes.ofFat16();
        fat.entry(0, "DIR        ", 0x10, 2, 0);
        for (int cluster = 2; cluster < 1000; cluster++) {
            fat.next(cluster, FatBytes.END);
            fat.entryIn(cluster, 0, "DIR        ", 0x10, cluster + 1, 0);
        }

        assertThat(fat.walk()).containsExactly(CommonProblem.LIMIT, FatProblem.LOST_CLUSTERS);
    }

    @Test
    void copiesThatDifferAndLostClustersAreTold() throws Exception {
        FatBytes fat = FatBytes.ofFat16();
        fat.next(7, FatBytes.END);
        fat.bytes()[fat.copyOffset(1) + 1000] = 1;

        assertThat(fat.walk()).containsExactly(FatProblem.LOST_CLUSTERS, FatProblem.COPIES_DIFFER);
    }

    @Test
    void aLongNameOfAnotherEntryIsNotTaken() throws Exception {
        FatBytes fat = FatBytes.ofFat16();
        fat.longName(0, 0x41, 0x55, "not yours");
        fat.entry(1, "MINE    BIN", 0x20, 2, 1).next(2, FatBytes.END);

        assertThat(fat.walk()).containsExactly(FatProblem.LONG_NAME);
        assertThat(fat.extents()).extracting(FileExtent::path).contains("/MINE.BIN");
    }

    @Test
    void namesCannotDeceiveATerminalOrPretendToBePaths() throws Exception {
        FatBytes fat = FatBytes.ofFat16();
        byte[] shortName = "\u0001\u001b\\/..\u0082 BIN".getBytes(StandardCharsets.ISO_8859_1);
        int sum = ShortName.checksum(shortName, 0);
        fat.entry(0, "\u0001\u001b\\/..\u0082 BIN", 0x20, 2, 1).next(2, FatBytes.END);
        fat.longName(1, 0x41, sum, "../a\u202eb\ud800");
        fat.entry(2, "\u0001\u001b\\/..\u0082 BIN", 0x20, 3, 1).next(3, FatBytes.END);

        assertThat(fat.walk()).isEmpty();
        assertThat(fat.extents())
                .extracting(FileExtent::path)
                .contains("/\\x01\\x1b\\x5c\\x2f..é.BIN", "/..\\x2fa\\u202eb\\ud800");
    }

    @Test
    void theFirstLetterOfADeletedShortNameIsLostAndALongNameIsKept() throws Exception {
        FatBytes fat = FatBytes.ofFat16();
        int sum = checksum("SECRET~1TXT");
        fat.longName(0, 0xe5, sum, "s.txt").longName(1, 0xe5, sum, "Secret letter");
        fat.entry(2, "\u00e5ECRET~1TXT", 0x20, 2, 1);
        fat.longName(3, 0xe5, checksum("/ECRET~1TXT"), "of another");
        fat.entry(4, "\u00e5ECRET~1TXT", 0x20, 3, 1);
        fat.entry(5, "\u00e5THER   TXT", 0x20, 4, 1);

        assertThat(fat.walk()).isEmpty();
        assertThat(fat.extents())
                .filteredOn(extent -> extent.region() == Region.UNALLOCATED)
                .extracting(FileExtent::path)
                .containsExactly("/Secret letters.txt", "/_ECRET~1.TXT", "/_THER.TXT");
    }

    private static int checksum(String shortName) {
        return ShortName.checksum(shortName.getBytes(StandardCharsets.US_ASCII), 0);
    }

    @Test
    void deletedEntriesThatClaimEverythingEnd() throws Exception {
        FatBytes fat = FatBytes.ofFat16();
        fat.entry(0, "DIR        ", 0x10, 2, 0);
        for (int cluster = 2; cluster < 400; cluster++) {
            fat.next(cluster, cluster == 399 ? FatBytes.END : cluster + 1);
            for (int i = 0; i < 16; i++) {
                fat.entryIn(cluster, i, "\u00e5CLAIM  BIN", 0x20, 500, 0xffffffffL);
            }
        }

        List<ProblemKind> problems = assertTimeoutPreemptively(HANG, fat::walk);

        assertThat(problems).contains(CommonProblem.LIMIT);
    }

    @Test
    void absurdParametersAreRefused() throws Exception {
        int[][] absurd = {
            {11, 0},
            {12, 0x20},
            {12, 3},
            {13, 0},
            {13, 3},
            {14, 0},
            {16, 0},
            {17, 0},
            {21, 1},
            {22, 0},
            {23, 0xff}
        };
        for (int[] change : absurd) {
            FatBytes fat = FatBytes.ofFat16();
            fat.bytes()[change[0]] = (byte) change[1];
            if (change[0] == 17) {
                fat.bytes()[18] = 0;
            }
            if (change[0] == 11) {
                fat.bytes()[12] = 0;
            }
            ByteSource source = ByteSource.of(fat.bytes());

            assertThat(FatFileSystem.recognises(source))
                    .as("byte %d", change[0])
                    .isFalse();
            assertThatThrownBy(() -> FatFileSystem.open(source))
                    .as("byte %d", change[0])
                    .isInstanceOf(MalformedImageException.class);
        }
    }

    @Test
    void theLayoutOfFat32WithTooFewClustersIsTold() throws Exception {
        FatImage made = FatImage.made(folder, 4096, "-F", "32", "-s", "1");

        FatFileSystem fat = FatFileSystem.open(ByteSource.of(made.bytes()));

        assertThat(fat.variant()).isEqualTo(FatVariant.FAT32);
        assertThat(kinds(fat.problems())).containsExactly(FatProblem.TYPE_DISPUTED);
        assertThat(fat.label()).isEqualTo("MY LABEL X");
        assertThat(fat.walk(extent -> {})).isEmpty();
    }

    @Test
    void aBackupThatSaysSomethingElseIsTold() throws Exception {
        byte[] bytes = FatImage.made(folder, 36_864, "-F", "32", "-s", "1").bytes();
        bytes[6 * 512 + 40] ^= 1;

        assertThat(kinds(FatFileSystem.open(ByteSource.of(bytes)).problems()))
                .containsExactly(FatProblem.BACKUP_DIFFERS);
    }

    @Test
    void aVolumeLargerThanItsPartitionIsReadAsFarAsItIsThere() throws Exception {
        FatImage made = FatImage.filled(folder, 1440, "-F", "12");
        byte[] bytes = made.bytes();
        for (int size = 512; size < bytes.length; size += 5_003) {
            byte[] cut = Arrays.copyOf(bytes, size);
            FatFileSystem fat = FatFileSystem.open(ByteSource.of(cut));
            List<FileExtent> extents = new ArrayList<>();

            fat.walk(extents::add);

            int there = size;
            assertThat(kinds(fat.problems())).containsExactly(CommonProblem.TRUNCATED);
            assertThat(extents).allMatch(extent -> extent.offset() + extent.length() <= there);
        }
    }

    @Test
    void aTinyPartitionThatClaimsTheLargestVolumeIsWalkedFast() throws Exception {
        byte[] bytes = FatImage.made(folder, 36_864, "-F", "32", "-s", "1").bytes();
        FatBytes.little(bytes).put(13, (byte) 16).putInt(32, -1).putInt(36, 1 << 21);
        FatFileSystem fat = FatFileSystem.open(ByteSource.of(bytes));

        List<Problem> problems = assertTimeoutPreemptively(HANG, () -> fat.walk(extent -> {}));

        assertThat(kinds(fat.problems())).contains(CommonProblem.TRUNCATED);
        assertThat(kinds(problems)).isNotEmpty();
    }

    @Test
    void aChainThatLeapsAboutALargeTableDoesNotReadItForEver() throws Exception {
        LeapingFat source = new LeapingFat();

        List<Problem> problems = assertTimeoutPreemptively(
                HANG, () -> FatFileSystem.open(source).walk(extent -> {}));

        assertThat(kinds(problems)).contains(CommonProblem.WORK_LIMIT);
        assertThat(source.read.get()).isLessThan(20L * LeapingFat.TABLE);
    }

    @Test
    void mutationsNeverRaiseAnythingUnchecked() throws Exception {
        List<byte[]> images = List.of(
                FatImage.filled(folder, 1440, "-F", "12").bytes(),
                FatImage.filled(folder, 36_864, "-F", "32", "-s", "1").bytes());
        int count = Boolean.getBoolean("cofferdam.sweep") ? 20_000 : 500;
        for (int i = 0; i < count; i++) {
            SplittableRandom random = new SplittableRandom(SEED + i);
            byte[] image = images.get(i % images.size());
            int end = (int) BootSector.parse(Arrays.copyOf(image, 512)).dataOffset() + 65_536;
            byte[] saved = Arrays.copyOf(image, end);
            mutate(image, end, random);
            int size = random.nextInt(10) == 0 ? random.nextInt(512, image.length) : image.length;
            ByteSource source = ByteSource.of(image).slice(0, size);
            String what = "seed %d, iteration %d".formatted(SEED, i);
            assertTimeoutPreemptively(HANG, () -> check(source, what), what);
            System.arraycopy(saved, 0, image, 0, end);
        }
    }

    private static void check(ByteSource source, String what) {
        try {
            FatFileSystem fat = FatFileSystem.open(source);
            fat.label();
            List<FileExtent> extents = new ArrayList<>();
            fat.walk(extents::add);
            assertThat(extents)
                    .as(what)
                    .allMatch(extent -> extent.offset() >= 0
                            && extent.length() > 0
                            && extent.offset() + extent.length() <= source.size());
            for (String path : List.of(
                    "/Dir/Deeper/DEEP.TXT", "/in pieces and with a name of many parts.bin")) {
                ByteSource file = fat.file(path).orElse(source);
                file.read(0, (int) Math.min(file.size(), 1 << 20));
            }
        } catch (IOException e) {
            assertThat(e).as(what).isInstanceOf(MalformedImageException.class);
        } catch (RuntimeException e) {
            throw new AssertionError(what, e);
        }
    }

    /** Changes bytes of the boot sector, the tables and the directories. */
    private static void mutate(byte[] image, int end, SplittableRandom random) {
        for (int i = random.nextInt(1, 20); i > 0; i--) {
            int at = switch (random.nextInt(4)) {
                case 0 -> random.nextInt(11, 52);
                case 1 -> random.nextInt(end - 65_536 - 4096, end);
                default -> random.nextInt(512, end);
            };
            image[at] = (byte) (random.nextInt(3) == 0 ? -1 : random.nextInt());
        }
    }

    static List<ProblemKind> kinds(List<Problem> problems) {
        return problems.stream().map(Problem::kind).toList();
    }

    /** FAT32 whose one chain has each next entry as far away as can be, in a table that no cache holds. */
    private static final class LeapingFat implements ByteSource {

        static final int TABLE = 1 << 24;

        private static final int CLUSTERS = TABLE / 4 - 2;
        private static final int RESERVED = 32;

        private final byte[] boot = new byte[512];
        private final AtomicLong read = new AtomicLong();

        LeapingFat() {
            boot[0] = (byte) 0xeb;
            FatBytes.little(boot)
                    .putShort(11, (short) 512)
                    .put(13, (byte) 1)
                    .putShort(14, (short) RESERVED)
                    .put(16, (byte) 1)
                    .put(21, (byte) 0xf8)
                    .putInt(32, RESERVED + TABLE / 512 + CLUSTERS)
                    .putInt(36, TABLE / 512)
                    .putInt(44, 2);
        }

        @Override
        public long size() {
            return (RESERVED + TABLE / 512L + CLUSTERS) * 512;
        }

        @Override
        public void read(long offset, byte[] into, int start, int count) {
            read.addAndGet(count);
            Arrays.fill(into, start, start + count, (byte) 0);
            if (offset == 0) {
                System.arraycopy(boot, 0, into, start, count);
            }
            long table = offset - RESERVED * 512L;
            if (table < 0 || table >= TABLE) {
                return;
            }
            ByteBuffer bytes = FatBytes.little(into);
            for (int i = 0; i < count; i += 4) {
                int cluster = (int) ((table + i) / 4);
                // An odd step makes the chain visit every cluster of the power of two.
                int next = (int) ((cluster + 5_000_011L) & (TABLE / 4 - 1));
                bytes.putInt(start + i, Math.max(next, 2));
            }
        }
    }
}
