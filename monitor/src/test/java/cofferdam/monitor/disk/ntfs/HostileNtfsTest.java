package cofferdam.monitor.disk.ntfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.FileExtent;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.Region;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What a hostile volume says, and what is made of it. */
@Timeout(20)
class HostileNtfsTest {

    @TempDir
    Path folder;

    private static final int DATA = 0x80;
    private static final int A = 110;
    private static final int B = 111;
    private static final int C = 112;

    @Test
    void anUntouchedVolumeHasNoProblems() throws Exception {
        assertThat(HandMade.create().walk().problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0x0b, 2, 0",
        "0x0b, 2, 100",
        "0x0b, 2, 0x8000",
        "0x0d, 1, 0",
        "0x0d, 1, 3",
        "0x0d, 1, 0x81",
        "0x0d, 1, 0xe0",
        "0x28, 8, 0",
        "0x28, 8, -1",
        "0x28, 8, 0x7fffffffffffffff",
        "0x30, 8, -1",
        "0x30, 8, 0x7fffffffffffffff",
        "0x40, 1, 0",
        "0x40, 1, 0x80",
        "0x40, 1, 0xe0",
        "0x40, 1, 0x7f",
        "0x44, 1, 0xf9"
    })
    void anImpossibleGeometryIsToldAndTheBackupTaken(String at, int size, String value)
            throws Exception {
        HandMade made = HandMade.create();
        for (int i = 0; i < size; i++) {
            made.volume()[Integer.decode(at) + i] = (byte) (Long.decode(value) >> (8 * i));
        }

        NtfsImage.Walked walked = made.walk();
        assertThat(walked.kinds()).containsExactly(NtfsProblem.BAD_BOOT_SECTOR);
        assertThat(walked.paths()).contains("/d/f00");

        Arrays.fill(made.volume(), made.volume().length - 512, made.volume().length, (byte) 0);
        assertThatThrownBy(made::open)
                .isInstanceOfSatisfying(
                        MalformedImageException.class,
                        e -> assertThat(e.problem().kind()).isEqualTo(NtfsProblem.BAD_GEOMETRY));
    }

    @Test
    void aWipedBootSectorIsReplacedByItsBackup() throws Exception {
        HandMade made = HandMade.create();
        Arrays.fill(made.volume(), 0, 512, (byte) 0);
        ByteSource source = ByteSource.of(made.volume());

        assertThat(NtfsFileSystem.recognises(source)).isTrue();
        NtfsFileSystem fileSystem = NtfsFileSystem.open(source);
        assertThat(fileSystem.problems())
                .extracting(Problem::kind)
                .isEqualTo(List.of(NtfsProblem.BAD_BOOT_SECTOR));
        assertThat(NtfsImage.Walked.of(fileSystem).paths()).contains("/d/f00");
    }

    @Test
    void aBackupThatContradictsIsTold() throws Exception {
        HandMade made = HandMade.create();
        made.volume()[made.volume().length - 512 + 0x30] ^= 1;

        assertThat(made.walk().kinds()).containsExactly(NtfsProblem.BOOT_BACKUP_DIFFERS);
    }

    @Test
    void aMissingBackupIsTold() throws Exception {
        HandMade made = HandMade.create();
        Arrays.fill(made.volume(), made.volume().length - 512, made.volume().length, (byte) 0);

        assertThat(made.walk().kinds()).containsExactly(NtfsProblem.BOOT_BACKUP_MISSING);
    }

    @Test
    void aWipedFirstRecordIsReplacedByItsMirror() throws Exception {
        HandMade made = HandMade.create();
        Arrays.fill(made.volume(), made.offset(0), made.offset(1), (byte) 0);

        NtfsImage.Walked walked = made.walk();
        assertThat(walked.kinds()).containsExactly(NtfsProblem.BAD_MASTER_FILE_TABLE);
        assertThat(walked.paths()).contains("/d/f00");
    }

    @Test
    void aTornRecordIsAFixupMismatch() throws Exception {
        HandMade made = HandMade.create();
        made.volume()[made.offset(HandMade.FIRST) + 1023] ^= 1;

        NtfsImage.Walked walked = made.walk();
        assertThat(walked.kinds()).containsExactly(NtfsProblem.FIXUP_MISMATCH);
        assertThat(walked.paths()).contains("/d/f01").doesNotContain("/d/f00");
    }

    @Test
    void aRecordMarkedAsDamagedIsTold() throws Exception {
        HandMade made = HandMade.create();
        byte[] bad = NtfsImage.ascii("BAAD");
        System.arraycopy(bad, 0, made.volume(), made.offset(HandMade.FIRST), bad.length);

        assertThat(made.walk().kinds()).containsExactly(NtfsProblem.BAD_RECORD);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 0x7fffffff, 0x80000000, -8})
    void anAttributeOfAnImpossibleLengthEndsItsRecord(int length) throws Exception {
        HandMade made = HandMade.create();
        made.edit(HandMade.FIRST, record -> record.putInt(record.getShort(0x14) + 4, length));

        assertThat(made.walk().kinds()).containsExactly(NtfsProblem.BAD_RECORD);
    }

    @Test
    void runsOutsideTheVolumeAreTold() throws Exception {
        HandMade made = HandMade.create();
        made.file(A, 5, "behind", HandMade.mapped(DATA, 512, HandMade.run(1, 3071)))
                .file(B, 5, "before", HandMade.mapped(DATA, 512, HandMade.run(1, -1)))
                .file(
                        C,
                        5,
                        "long",
                        HandMade.mapped(
                                DATA, 512, 0x18, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x3f, 0, 1));

        NtfsImage.Walked walked = made.walk();
        assertThat(walked.kinds())
                .containsExactly(NtfsProblem.RUN_OUTSIDE, NtfsProblem.BAD_RUN_LIST);
        assertThat(walked.paths()).doesNotContain("/behind", "/before", "/long");
        assertThat(made.open().file("/behind").orElseThrow().read(0, 512)).containsOnly(0);
    }

    @Test
    void runListsThatOverflowAreTold() throws Exception {
        HandMade made = HandMade.create();
        made.file(
                        A,
                        5,
                        "length",
                        HandMade.mapped(
                                DATA, 512, 0x18, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 1))
                .file(
                        B,
                        5,
                        "distance",
                        HandMade.mapped(
                                DATA, 512, HandMade.runs(HandMade.run(1, made.free(1)), new int[] {
                                    0x81, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f
                                })))
                .file(C, 5, "width", HandMade.mapped(DATA, 512, 0x1f, 1, 1))
                .file(C + 1, 5, "negative", HandMade.mapped(DATA, 512, 0x11, 0xff, 1))
                .file(C + 2, 5, "cut", HandMade.mapped(DATA, 512, 0x88, 1, 1));

        assertThat(made.walk().problems())
                .extracting(Problem::kind)
                .containsExactly(
                        NtfsProblem.BAD_RUN_LIST,
                        NtfsProblem.RUN_OUTSIDE,
                        NtfsProblem.BAD_RUN_LIST,
                        NtfsProblem.BAD_RUN_LIST,
                        CommonProblem.TRUNCATED);
    }

    @Test
    void clustersOfTwoFilesAreToldForBoth() throws Exception {
        HandMade made = HandMade.create();
        int lcn = made.free(3);
        made.file(A, 5, "one", HandMade.mapped(DATA, 1024, HandMade.run(2, lcn)))
                .file(B, 5, "two", HandMade.mapped(DATA, 1024, HandMade.run(2, lcn + 1)));

        NtfsImage.Walked walked = made.walk();
        assertThat(walked.kinds()).containsExactly(NtfsProblem.CROSS_LINKED);
        assertThat(walked.at((lcn + 1) * 512L))
                .extracting(FileExtent::path)
                .containsExactly("/one", "/two");
    }

    @Test
    void extensionsOfEachOtherAreALoop() throws Exception {
        HandMade made = HandMade.create();
        int lcn = made.free(2);
        byte[] data = HandMade.mapped(DATA, 512, HandMade.run(1, lcn));
        made.put(A, 1, HandMade.reference(B, 1), data)
                .put(B, 1, HandMade.reference(A, 1), HandMade.resident(DATA, new byte[8]))
                .put(C, 1, HandMade.reference(C, 1), HandMade.resident(DATA, new byte[8]));

        NtfsImage.Walked walked = made.walk();
        assertThat(walked.problems())
                .extracting(Problem::kind)
                .containsExactly(
                        NtfsProblem.RECORD_LOOP, NtfsProblem.RECORD_LOOP, NtfsProblem.RECORD_LOOP);
        assertThat(walked.at(lcn * 512L)).extracting(FileExtent::path).containsExactly("mft:110");
    }

    @Test
    void anAttributeListToItselfOrToOthersIsTold() throws Exception {
        HandMade made = HandMade.create();
        byte[] data = HandMade.resident(DATA, NtfsImage.ascii("content"));
        made.file(A, 5, "self", HandMade.list(new long[] {0x20, 0, HandMade.reference(A, 1)}), data)
                .file(
                        B,
                        5,
                        "thief",
                        HandMade.list(new long[] {DATA, 0, HandMade.reference(HandMade.FIRST, 1)}),
                        data)
                .file(C, 5, "broken", HandMade.resident(0x20, new byte[32]), data);

        NtfsImage.Walked walked = made.walk();
        assertThat(walked.problems())
                .hasSize(3)
                .extracting(Problem::kind)
                .containsOnly(NtfsProblem.BAD_ATTRIBUTE_LIST);
        assertThat(walked.paths()).contains("/self", "/thief", "/broken");
        assertThat(made.open().file("/thief").orElseThrow().size()).isEqualTo(7);
    }

    @Test
    void theListOfTheMasterFileTableIsFollowedThroughItsOwnRecords() throws Exception {
        HandMade made = HandMade.create();
        int start = made.offset(0) / 512;
        int half = 2 * (HandMade.SPARES + 20);
        int all = 2 * (HandMade.SPARES + HandMade.SPARE);
        int last = HandMade.SPARES + HandMade.SPARE - 1;
        made.file(last, 5, "last", HandMade.resident(DATA, NtfsImage.ascii("at the end")))
                .file(
                        0,
                        5,
                        "$MFT",
                        HandMade.list(
                                new long[] {DATA, 0, HandMade.reference(0, 1)},
                                new long[] {DATA, half, HandMade.reference(A, 1)}),
                        HandMade.mapped(DATA, all * 512L, HandMade.run(half, start)))
                .put(
                        A,
                        1,
                        HandMade.reference(0, 1),
                        HandMade.piece(
                                DATA, 0, half, 0, 0, HandMade.run(all - half, start + half)));

        NtfsImage.Walked walked = made.walk();
        assertThat(walked.problems()).isEmpty();
        assertThat(walked.paths()).contains("/last");
        assertThat(walked.of(Region.METADATA, "/$MFT")).hasSize(2);
    }

    @Test
    void aListOfTheMasterFileTableThatLeadsInACircleEnds() throws Exception {
        HandMade made = HandMade.create();
        int start = made.offset(0) / 512;
        int half = 2 * (HandMade.SPARES + 20);
        long[] entry = {DATA, half, HandMade.reference(A, 1)};
        made.file(
                        0,
                        5,
                        "$MFT",
                        HandMade.list(entry, entry, entry, entry),
                        HandMade.mapped(DATA, half * 2048L, HandMade.run(half, start)))
                .put(
                        A,
                        1,
                        HandMade.reference(0, 1),
                        HandMade.piece(DATA, 0, half, 0, 0, HandMade.run(half, start)));

        assertThat(made.walk().kinds())
                .contains(NtfsProblem.BAD_ATTRIBUTE_LIST, NtfsProblem.CROSS_LINKED);
    }

    @Test
    void aMasterFileTableThatMapsItselfAgainAndAgainIsNoLargerThanTheVolume() throws Exception {
        HandMade made = HandMade.create();
        int start = made.offset(0) / 512;
        int[][] runs = new int[130][];
        Arrays.fill(runs, HandMade.run(300, 0));
        runs[0] = HandMade.run(300, start);
        made.file(0, 5, "$MFT", HandMade.mapped(DATA, 130L * 300 * 512, HandMade.runs(runs)));

        NtfsImage.Walked walked = made.walk();
        assertThat(walked.kinds()).contains(NtfsProblem.CROSS_LINKED);
        assertThat(walked.extents()).hasSizeLessThan(3000);
    }

    @Test
    void foldersInEachOtherAreALoop() throws Exception {
        HandMade made = HandMade.create();
        made.put(A, 3, 0, HandMade.name(HandMade.reference(B, 1), "a"))
                .put(B, 3, 0, HandMade.name(HandMade.reference(A, 1), "b"))
                .file(C, A, "below", HandMade.resident(DATA, new byte[8]))
                .put(C + 1, 3, 0, HandMade.name(HandMade.reference(C + 1, 1), "self"))
                .file(C + 2, C + 1, "under", HandMade.resident(DATA, new byte[8]));

        NtfsImage.Walked walked = made.walk();
        assertThat(walked.kinds()).containsExactly(NtfsProblem.PARENT_LOOP);
        assertThat(walked.paths()).contains("/$OrphanFiles/below", "/$OrphanFiles/under");
        assertThat(made.open().file("/$OrphanFiles/below")).isEmpty();
        assertThat(made.open().file("/self/self/under")).isEmpty();
    }

    @Test
    void namesCannotPretendToBePaths() throws Exception {
        HandMade made = HandMade.create();
        byte[] data = HandMade.resident(DATA, NtfsImage.ascii("content"));
        made.file(A, 5, "../../etc/passwd", data)
                .file(B, HandMade.FOLDER, "a\0b\u202e\n\ud800\\", data)
                .file(C, 5, "", data);

        assertThat(made.walk().paths())
                .contains(
                        "/..\\x2f..\\x2fetc\\x2fpasswd", "/d/a\\x00b\\u202e\\x0a\\ud800\\x5c", "/");
        assertThat(made.open().file("/..\\x2f..\\x2fetc\\x2fpasswd")).isPresent();
        assertThat(made.open().file("/d/a\\x00b\\u202e\\x0a\\ud800\\x5c")).isPresent();
        assertThat(made.open().file("/../../etc/passwd")).isEmpty();
    }

    @Test
    void aPathThatIsTooLongBeginsAtARecord() throws Exception {
        HandMade made = HandMade.create();
        String name = "n".repeat(255);
        made.folder(A, 5, name);
        for (int i = 1; i < 30; i++) {
            made.folder(A + i, A + i - 1, name);
        }
        made.file(A + 30, A + 29, "deep", HandMade.resident(DATA, new byte[8]));

        assertThat(made.walk().paths())
                .filteredOn(path -> path.endsWith("/deep"))
                .singleElement()
                .satisfies(path ->
                        assertThat(path).startsWith("mft:").hasSizeLessThan(Paths.MAX_PATH + 256));
    }

    @Test
    void streamsThatTellALongPathAgainAndAgainAreALimit() throws Exception {
        HandMade made = HandMade.create();
        String name = "n".repeat(255);
        made.folder(A, 5, name);
        for (int i = 1; i < 15; i++) {
            made.folder(A + i, A + i - 1, name);
        }
        byte[][] streams = new byte[20][];
        Arrays.fill(streams, RawRecord.resident(DATA, "s", new byte[8]));
        for (int i = 15; i < 44; i++) {
            made.file(A + i, A + 14, "file" + i, streams);
        }

        NtfsImage.Walked walked = made.walk();
        assertThat(walked.kinds()).containsExactly(CommonProblem.LIMIT);
        assertThat(walked.paths()).contains("mft:%d:s".formatted(A + 43));
        assertThat(walked.extents().stream()
                        .mapToLong(extent -> extent.path().length())
                        .sum())
                .isLessThan((1 << 20) + 200_000);
    }

    @Test
    void foldersNestedInShuffledOrderEnd() throws Exception {
        NtfsImage image = NtfsImage.format(folder, 24 * NtfsImage.MIB, 512);
        int folders = 10_000;
        new NtfsWriter(image.path(), A + folders).close();
        HandMade made = new HandMade(image.bytes());
        List<Integer> order =
                new ArrayList<>(IntStream.range(A, A + folders).boxed().toList());
        Collections.shuffle(order, new Random(1));
        int parent = 5;
        for (int record : order) {
            made.folder(record, parent, "\u202e".repeat(200));
            parent = record;
        }
        made.file(HandMade.FIRST, parent, "deepest", HandMade.resident(DATA, new byte[8]));

        NtfsImage.Walked walked = made.walk();
        assertThat(walked.kinds()).containsExactly(CommonProblem.LIMIT);
        assertThat(walked.paths()).contains("mft:%d/deepest".formatted(parent));
    }

    @Test
    void deletedFilesThatClaimTheVolumeManyTimesAreAWorkLimit() throws Exception {
        HandMade made = HandMade.create();
        int[][] runs = new int[130][];
        Arrays.fill(runs, HandMade.run(3000, 0));
        for (int i = 0; i < 40; i++) {
            made.file(A + i, 5, "gone" + i, HandMade.mapped(DATA, 512, HandMade.runs(runs)))
                    .edit(A + i, record -> record.putShort(0x16, (short) 0));
        }

        assertThat(made.walk().kinds()).containsExactly(CommonProblem.WORK_LIMIT);
    }

    @Test
    void problemsOfOneKindAreCountedNotListed() throws Exception {
        HandMade made = HandMade.create();
        for (int i = 0; i < HandMade.FILES; i++) {
            made.volume()[made.offset(HandMade.FIRST + i) + 1023] ^= 1;
        }

        assertThat(made.walk().problems())
                .hasSize(ProblemLog.MAX_TOLD + 1)
                .last()
                .isEqualTo(new Problem(NtfsProblem.FIXUP_MISMATCH, "and 32 more"));
    }

    @Test
    void aFileLargerThanItsClustersReadsAsZerosBehindThem() throws Exception {
        HandMade made = HandMade.create();
        made.file(
                A, 5, "huge", HandMade.mapped(DATA, Long.MAX_VALUE, HandMade.run(1, made.free(1))));

        ByteSource huge = made.open().file("/huge").orElseThrow();
        assertThat(huge.size()).isEqualTo(Long.MAX_VALUE);
        assertThat(huge.read(Long.MAX_VALUE - 100, 100)).containsOnly(0);
        assertThatThrownBy(() -> huge.read(Long.MAX_VALUE, 1))
                .isInstanceOf(MalformedImageException.class);
        assertThat(made.walk().problems()).isEmpty();
    }

    @Test
    void compressedGarbageFailsAsSuch() throws Exception {
        HandMade made = HandMade.create();
        int lcn = made.free(2);
        Arrays.fill(made.volume(), lcn * 512, lcn * 512 + 1024, (byte) 0xff);
        int[] unit = HandMade.runs(HandMade.run(2, lcn), new int[] {1, 14});
        made.file(A, 5, "packed", HandMade.piece(DATA, 1, 0, 8192, 8192, unit));

        ByteSource packed = made.open().file("/packed").orElseThrow();
        assertThatThrownBy(() -> packed.read(0, 100))
                .isInstanceOfSatisfying(
                        MalformedImageException.class,
                        e -> assertThat(e.problem().kind()).isEqualTo(NtfsProblem.BAD_COMPRESSION));
    }

    @Test
    void aFileWithoutItsBeginningIsToldButNotRead() throws Exception {
        HandMade made = HandMade.create();
        int lcn = made.free(1);
        made.file(A, 5, "tail", HandMade.piece(DATA, 0, 40, 0, 0, HandMade.run(1, lcn)));

        assertThat(made.walk().extents())
                .contains(new FileExtent(Region.ALLOCATED, "/tail", lcn * 512L, 512, 40 * 512L));
        assertThatThrownBy(() -> made.open().file("/tail"))
                .isInstanceOf(MalformedImageException.class);
    }

    @Test
    void theDirtyFlagIsTold() throws Exception {
        HandMade made = HandMade.create();
        made.edit(3, record -> {
            int at = record.getShort(0x14);
            while (record.getInt(at) != AttributeType.VOLUME_INFORMATION) {
                at += record.getInt(at + 4);
            }
            record.put(at + record.getShort(at + 0x14) + 0x0a, (byte) 1);
        });

        assertThat(made.walk().kinds()).containsExactly(NtfsProblem.DIRTY);
    }

    @Test
    void withoutItsBitmapDeletedFilesAreStillTold() throws Exception {
        HandMade made = HandMade.create();
        int lcn = made.free(2);
        made.file(A, 5, "gone", HandMade.mapped(DATA, 1024, HandMade.run(2, lcn)))
                .edit(A, record -> record.putShort(0x16, (short) 0));
        Arrays.fill(made.volume(), made.offset(6), made.offset(7), (byte) 0);

        NtfsImage.Walked walked = made.walk();
        assertThat(walked.kinds()).containsExactly(NtfsProblem.BAD_BITMAP);
        assertThat(walked.of(Region.UNALLOCATED, "/gone")).hasSize(1);
    }

    @Test
    void whatIsNoVolumeIsNotRecognised() throws Exception {
        for (long size : LongStream.of(0, 1, 511, 512, 513, 100_000).toArray()) {
            ByteSource source = ByteSource.of(new byte[(int) size]);
            assertThat(NtfsFileSystem.recognises(source)).isFalse();
            assertThatThrownBy(() -> NtfsFileSystem.open(source))
                    .isInstanceOf(MalformedImageException.class);
        }
    }

    @Test
    void aVolumeWithoutRecordsIsMalformed() throws Exception {
        HandMade made = HandMade.create();
        byte[] boot = Arrays.copyOf(Arrays.copyOf(made.volume(), 512), made.volume().length);

        assertThatThrownBy(() -> NtfsFileSystem.open(ByteSource.of(boot)))
                .isInstanceOf(MalformedImageException.class);
    }
}
