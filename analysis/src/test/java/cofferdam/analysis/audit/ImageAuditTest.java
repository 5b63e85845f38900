package cofferdam.analysis.audit;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.rules.Rule;
import cofferdam.analysis.search.Needle;
import cofferdam.analysis.search.Searchers;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.FileExtent;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.Opener;
import cofferdam.monitor.disk.Region;
import cofferdam.monitor.disk.Severity;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Images and file systems written by hand, in clusters of 64 bytes. */
class ImageAuditTest {

    private static final int CLUSTER = 64;
    private static final String SECRET = "CANARY-0123456789";
    private static final Rule FIND = rule("find", new Needle.Literal(bytes(SECRET), false));

    @TempDir
    Path folder;

    private List<FileExtent> files = List.of();
    private int partitions = 1;

    @Test
    void aMatchInDataHasItsPlaceInFileAndDisk() throws Exception {
        Finding finding = only(audit(
                cluster(2, SECRET, 5), image -> image.data(0, 2 * CLUSTER, 7 * CLUSTER, CLUSTER)));
        assertThat(finding.fileOffset()).isEqualTo(2 * CLUSTER + 5);
        assertThat(finding.guestOffset()).isEqualTo(7 * CLUSTER + 5);
        assertThat(finding.layer()).isEqualTo("active");
        assertThat(finding.stored()).isEqualTo(Finding.Stored.PLAIN);
    }

    @Test
    void aMatchAcrossClustersThatAreApartInTheFileIsFoundOnce() throws Exception {
        byte[] file = new byte[8 * CLUSTER];
        put(file, 5 * CLUSTER - 7, SECRET.substring(0, 7));
        put(file, 1 * CLUSTER, SECRET.substring(7));
        Finding finding = only(audit(
                file,
                image ->
                        image.data(0, 4 * CLUSTER, 0, CLUSTER).data(0, CLUSTER, CLUSTER, CLUSTER)));
        assertThat(finding.fileOffset()).isEqualTo(5 * CLUSTER - 7);
        assertThat(finding.guestOffset()).isEqualTo(CLUSTER - 7);
        assertThat(finding.stored()).isEqualTo(Finding.Stored.SPLIT);
    }

    @Test
    void whatTheFileGoesOnWithDoesNotHideWhatTheDiskGoesOnWith() throws Exception {
        byte[] file = new byte[8 * CLUSTER];
        put(file, 5 * CLUSTER - 7, "CANARY-other56789");
        put(file, 1 * CLUSTER, SECRET.substring(7));
        List<Needle> needles = List.of(
                new Needle.Literal(bytes(SECRET), false),
                new Needle.Literal(bytes("CANARY-other56789"), false));
        Rule either = new Rule("either", "", "", Severity.HIGH, needles, List.of());
        ImageReport report = audit(
                file,
                image -> image.data(0, 4 * CLUSTER, 0, CLUSTER).data(0, CLUSTER, CLUSTER, CLUSTER),
                either);
        assertThat(report.findings())
                .extracting(finding -> finding.match().head())
                .contains(SECRET);
    }

    @Test
    void aMatchAcrossZeroFlaggedClustersThatAreApartIsResidue() throws Exception {
        byte[] file = new byte[8 * CLUSTER];
        put(file, 5 * CLUSTER - 7, SECRET.substring(0, 7));
        put(file, 1 * CLUSTER, SECRET.substring(7));
        Finding finding = only(audit(
                file,
                image -> image.zeroFlagged(0, 4 * CLUSTER, 0, CLUSTER)
                        .zeroFlagged(0, CLUSTER, CLUSTER, CLUSTER)));
        assertThat(finding.layer()).isEqualTo("zero-flagged");
        assertThat(finding.fileOffset()).isEqualTo(5 * CLUSTER - 7);
        assertThat(finding.stored()).isEqualTo(Finding.Stored.SPLIT);
    }

    @Test
    void whatASnapshotHoldsAcrossClustersIsNoResidueOfTheActiveDisk() throws Exception {
        byte[] file = new byte[8 * CLUSTER];
        put(file, 5 * CLUSTER - 7, SECRET.substring(0, 7));
        put(file, 1 * CLUSTER, SECRET.substring(7));
        Finding finding = only(audit(
                file,
                image -> image.zeroFlagged(0, 4 * CLUSTER, 0, CLUSTER)
                        .zeroFlagged(0, CLUSTER, CLUSTER, CLUSTER)
                        .data(1, 4 * CLUSTER, 0, CLUSTER)
                        .data(1, CLUSTER, CLUSTER, CLUSTER)));
        assertThat(finding.layer()).isEqualTo("snapshot:old");
    }

    @Test
    void aMatchAcrossThreeShortRunsIsFound() throws Exception {
        byte[] file = new byte[8 * CLUSTER];
        put(file, 300, SECRET.substring(0, 4));
        put(file, 200, SECRET.substring(4, 8));
        put(file, 100, SECRET.substring(8));
        Finding finding = only(audit(
                file, image -> image.data(0, 300, 0, 4).data(0, 200, 4, 4).data(0, 100, 8, 20)));
        assertThat(finding.fileOffset()).isEqualTo(300);
    }

    @Test
    void aMatchOverAShortRunThatTheFileGoesOnBehindIsFound() throws Exception {
        byte[] file = new byte[8 * CLUSTER];
        put(file, 300, SECRET.substring(0, 4));
        put(file, 200, SECRET.substring(4));
        Finding finding = only(audit(
                file, image -> image.data(0, 300, 0, 4).data(0, 200, 4, 4).data(0, 204, 8, 20)));
        assertThat(finding.fileOffset()).isEqualTo(300);
        assertThat(finding.stored()).isEqualTo(Finding.Stored.SPLIT);
    }

    @Test
    void aMatchOverAShortRunWhoseEndWasJoinedBehindAnotherIsFound() throws Exception {
        byte[] file = new byte[8 * CLUSTER];
        put(file, 300, SECRET.substring(0, 4));
        put(file, 200, SECRET.substring(4, 8));
        put(file, 100, SECRET.substring(8));
        Finding finding = only(audit(
                file,
                image -> image.data(0, 400, 0, 4)
                        .data(0, 200, 4, 4)
                        .data(0, 100, 8, 20)
                        .data(1, 300, 0, 4)
                        .data(1, 200, 4, 4)
                        .data(1, 100, 8, 20)));
        assertThat(finding.layer()).isEqualTo("snapshot:old");
        assertThat(finding.fileOffset()).isEqualTo(300);
    }

    @Test
    void aMatchOverPiecesOfOneByteEachIsFoundOnceHoweverManyThereAre() throws Exception {
        byte[] file = new byte[1 << 16];
        int pieces = 20_000;
        for (int i = 0; i < pieces; i++) {
            // Neighbours on the disk are two bytes apart in the file.
            file[2 * i] = (byte) SECRET.charAt(i % SECRET.length());
        }
        ImageReport report = audit(file, image -> {
            for (int i = 0; i < pieces; i++) {
                image.data(0, 2L * i, i, 1);
            }
            return image;
        });
        assertThat(report.findings()).hasSize(pieces / SECRET.length());
    }

    @Test
    void piecesInAnyOrderTellWhatTheWholeDiskTells() throws Exception {
        Random random = new Random(25);
        for (int round = 0; round < 200; round++) {
            int count = 1 + random.nextInt(60);
            List<int[]> pieces = new ArrayList<>();
            byte[] disk = new byte[60 * 9 + SECRET.length()];
            int guest = 0;
            for (int i = 0; i < count; i++) {
                int length = 1 + random.nextInt(random.nextInt(8) == 0 ? 40 : 9);
                length = Math.min(length, disk.length - guest);
                if (length > 0) {
                    pieces.add(new int[] {guest, length, 0});
                }
                guest += length;
            }
            int canaries = 0;
            int at = random.nextInt(20);
            while (at + SECRET.length() <= guest) {
                put(disk, at, SECRET);
                canaries++;
                at += SECRET.length() + random.nextInt(12);
            }
            List<int[]> inFile = new ArrayList<>(pieces);
            Collections.shuffle(inFile, random);
            byte[] file = new byte[2 * disk.length];
            int end = 0;
            for (int[] piece : inFile) {
                piece[2] = end;
                System.arraycopy(disk, piece[0], file, end, piece[1]);
                end += piece[1] + random.nextInt(2);
            }
            ImageReport report = audit(file, image -> {
                pieces.forEach(piece -> image.data(0, piece[2], piece[0], piece[1]));
                return image;
            });
            assertThat(report.findings()).as("seed 25, round %d", round).hasSize(canaries);
        }
    }

    @Test
    void theFragmentsOfFilesInTheSamePlacesOfTwoPartitionsAreBothJoined() throws Exception {
        byte[] file = new byte[16 * CLUSTER];
        partitions = 2;
        for (int partition : List.of(0, 8 * CLUSTER)) {
            put(file, partition + 6 * CLUSTER - 5, SECRET.substring(0, 5));
            put(file, partition + 2 * CLUSTER, SECRET.substring(5));
        }
        files = List.of(
                new FileExtent(Region.ALLOCATED, "/split", 5 * CLUSTER, CLUSTER, 0),
                new FileExtent(Region.ALLOCATED, "/split", 2 * CLUSTER, CLUSTER, CLUSTER));
        assertThat(audit(file, image -> image.data(0, 0, 0, 16L * CLUSTER)).findings())
                .extracting(Finding::partition)
                .containsExactly(1, 2);
    }

    @Test
    void aMatchOverThreeShortFragmentsOfAFileIsFoundWhereItBegins() throws Exception {
        byte[] file = new byte[8 * CLUSTER];
        put(file, 300, SECRET.substring(0, 4));
        put(file, 200, SECRET.substring(4, 8));
        put(file, 100, SECRET.substring(8));
        files = List.of(
                new FileExtent(Region.ALLOCATED, "/split", 300, 4, 0),
                new FileExtent(Region.ALLOCATED, "/split", 200, 4, 4),
                new FileExtent(Region.ALLOCATED, "/split", 100, 20, 8));
        Finding finding = only(audit(file, image -> image.data(0, 0, 0, 8L * CLUSTER)));
        assertThat(finding.guestOffset()).isEqualTo(300);
        assertThat(finding.path()).isEqualTo("/split");
    }

    @Test
    void moreCompressedThanTheSizeAccountsForIsToldAsTheLimitOfWork() throws Exception {
        byte[] file = new byte[1 << 20];
        ImageReport report = audit(file, image -> {
            for (int i = 0; i < 400; i++) {
                image.compressed(0, i, (long) i << 20, (1 << 20) - 400);
            }
            return image;
        });
        assertThat(report.outcome()).isEqualTo(ImageReport.Outcome.PARTIAL);
        assertThat(report.problems())
                .extracting(problem -> problem.kind().code())
                .contains("work-limit");
    }

    @Test
    void aMatchInACompressedClusterIsFoundWhereTheClusterBegins() throws Exception {
        byte[] file = new byte[8 * CLUSTER];
        put(file, 3 * CLUSTER + 9, FakeImage.flipped(bytes(SECRET)));
        Finding finding =
                only(audit(file, image -> image.compressed(0, 3 * CLUSTER, CLUSTER, CLUSTER)));
        assertThat(finding.fileOffset()).isEqualTo(3 * CLUSTER);
        assertThat(finding.guestOffset()).isEqualTo(CLUSTER + 9);
        assertThat(finding.stored()).isEqualTo(Finding.Stored.COMPRESSED);
    }

    @Test
    void aMatchFromACompressedClusterIntoAPlainOneIsFound() throws Exception {
        byte[] file = new byte[8 * CLUSTER];
        put(file, 4 * CLUSTER - 6, FakeImage.flipped(bytes(SECRET.substring(0, 6))));
        put(file, 6 * CLUSTER, SECRET.substring(6));
        Finding finding = only(audit(
                file,
                image -> image.compressed(0, 3 * CLUSTER, 0, CLUSTER)
                        .data(0, 6 * CLUSTER, CLUSTER, CLUSTER)));
        assertThat(finding.guestOffset()).isEqualTo(CLUSTER - 6);
        assertThat(finding.fileOffset()).isEqualTo(3 * CLUSTER);
    }

    @Test
    void aClusterThatManyPlacesReferToIsTellingItsMatchOnce() throws Exception {
        Finding finding = only(audit(cluster(2, SECRET, 0), image -> {
            for (int i = 0; i < 1000; i++) {
                image.data(0, 2 * CLUSTER, (long) i * CLUSTER, CLUSTER);
            }
            return image;
        }));
        assertThat(finding.guestOffset()).isZero();
        assertThat(finding.copies()).isEqualTo(1000);
    }

    @Test
    void aSnapshotIsNamedOnlyForWhatTheActiveDiskDoesNotHave() throws Exception {
        byte[] file = new byte[8 * CLUSTER];
        put(file, CLUSTER, SECRET);
        put(file, 3 * CLUSTER, SECRET);
        List<Finding> findings = audit(
                        file,
                        image -> image.data(0, CLUSTER, 0, CLUSTER)
                                .data(1, CLUSTER, 0, CLUSTER)
                                .data(1, 3 * CLUSTER, CLUSTER, CLUSTER))
                .findings();
        assertThat(findings)
                .extracting(Finding::layer, Finding::copies)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("active", 2),
                        org.assertj.core.groups.Tuple.tuple("snapshot:old", 1));
    }

    @Test
    void residueIsNamedForWhatItIs() throws Exception {
        byte[] file = new byte[8 * CLUSTER];
        for (int cluster = 0; cluster < 8; cluster += 2) {
            put(file, cluster * CLUSTER, SECRET);
        }
        List<Finding> findings = audit(
                        file,
                        image -> image.metadata(0, CLUSTER)
                                .zeroFlagged(0, 2 * CLUSTER, 0, CLUSTER)
                                .data(0, 5 * CLUSTER, CLUSTER, CLUSTER))
                .findings();
        assertThat(findings)
                .extracting(Finding::layer)
                .containsExactly("active", "zero-flagged", "leaked", "tail");
        assertThat(findings.getFirst().region()).isEqualTo(Region.CONTAINER);
        assertThat(findings.get(1).guestOffset()).isZero();
    }

    @Test
    void whatASavedMachineHoldsIsNamedSo() throws Exception {
        Finding finding =
                only(audit(cluster(1, SECRET, 0), image -> image.data(2, CLUSTER, 0, CLUSTER)));
        assertThat(finding.layer()).isEqualTo("vmstate:old");
    }

    @Test
    void theMostSpecificRegionWins() throws Exception {
        byte[] file = cluster(0, SECRET, 0);
        files = List.of(
                new FileExtent(Region.METADATA, "", 0, CLUSTER, 0),
                new FileExtent(Region.UNALLOCATED, "/deleted", 0, CLUSTER, 0),
                new FileExtent(Region.SLACK, "/slack", 0, CLUSTER, 0),
                new FileExtent(Region.ALLOCATED, "/file", 0, CLUSTER, 0),
                new FileExtent(Region.ALLOCATED, "/second", 0, CLUSTER, 0),
                new FileExtent(Region.UNALLOCATED, "", 0, CLUSTER, 0));
        UnaryOperator<FakeImage> tables = image -> image.data(0, 0, 0, 8L * CLUSTER);
        assertThat(only(audit(file, tables)))
                .extracting(Finding::region, Finding::path, Finding::fileSystem)
                .containsExactly(Region.ALLOCATED, "/file", "fakefs");
        files = files.subList(0, 3);
        assertThat(only(audit(file, tables)).path()).isEqualTo("/slack");
        files = files.subList(0, 2);
        assertThat(only(audit(file, tables)).path()).isEqualTo("/deleted");
        files = files.subList(0, 1);
        assertThat(only(audit(file, tables)).region()).isEqualTo(Region.METADATA);
        files = List.of();
        assertThat(only(audit(file, tables)).region()).isEqualTo(Region.UNALLOCATED);
    }

    @Test
    void aMatchAcrossTheFragmentsOfAFileIsFound() throws Exception {
        byte[] file = new byte[8 * CLUSTER];
        put(file, 6 * CLUSTER - 5, SECRET.substring(0, 5));
        put(file, 2 * CLUSTER, SECRET.substring(5));
        files = List.of(
                new FileExtent(Region.ALLOCATED, "/split", 5 * CLUSTER, CLUSTER, 0),
                new FileExtent(Region.ALLOCATED, "/split", 2 * CLUSTER, CLUSTER, CLUSTER));
        Finding finding = only(audit(file, image -> image.data(0, 0, 0, 8L * CLUSTER)));
        assertThat(finding.path()).isEqualTo("/split");
        assertThat(finding.fileOffset()).isEqualTo(6 * CLUSTER - 5);
        assertThat(finding.guestOffset()).isEqualTo(6 * CLUSTER - 5);
    }

    @Test
    void theFragmentsOfTwoFilesAreNotJoined() throws Exception {
        byte[] file = new byte[8 * CLUSTER];
        put(file, 6 * CLUSTER - 5, SECRET.substring(0, 5));
        put(file, 2 * CLUSTER, SECRET.substring(5));
        files = List.of(
                new FileExtent(Region.ALLOCATED, "/one", 5 * CLUSTER, CLUSTER, 0),
                new FileExtent(Region.ALLOCATED, "/two", 2 * CLUSTER, CLUSTER, CLUSTER));
        assertThat(audit(file, image -> image.data(0, 0, 0, 8L * CLUSTER)).findings())
                .isEmpty();
    }

    @Test
    void moreMatchesThanTheLimitAreAProblemAndNotKept() throws Exception {
        byte[] file = new byte[Hits.MOST_OF_A_RULE + 100];
        Arrays.fill(file, (byte) 'a');
        ImageReport report = audit(
                file,
                image -> image.data(0, 0, 0, file.length),
                rule("letter", new Needle.Literal(bytes("a"), false)));
        assertThat(report.findings()).hasSize(Hits.MOST_OF_A_RULE);
        assertThat(report.problems())
                .extracting(problem -> problem.kind().code())
                .containsExactly("findings-limited");
    }

    @Test
    void whatAChecksRefusesIsNoFinding() throws Exception {
        Rule never = new Rule(
                "never",
                "",
                "",
                Severity.LOW,
                List.of(new Needle.Literal(bytes(SECRET), false)),
                List.of(match -> false));
        ImageReport report =
                audit(cluster(0, SECRET, 0), image -> image.data(0, 0, 0, 8L * CLUSTER), never);
        assertThat(report.findings()).isEmpty();
    }

    @Test
    void aBrokenContainerIsSearchedAsItIs() throws Exception {
        Path path = Files.write(folder.resolve("disk"), cluster(1, SECRET, 0));
        Formats broken = formats((file, opener) -> {
            throw new MalformedImageException(CommonProblem.TRUNCATED, "its header is cut");
        });
        ImageReport report = run(path, broken, FIND);
        assertThat(report.outcome()).isEqualTo(ImageReport.Outcome.PARTIAL);
        assertThat(report.findings()).extracting(Finding::region).containsExactly(Region.CONTAINER);
        assertThat(report.problems())
                .extracting(problem -> problem.kind().code())
                .containsExactly("truncated", "image-not-read");
    }

    @Test
    void aFaultInAReaderIsAFailedAuditAndNoException() throws Exception {
        Path path = Files.write(folder.resolve("disk"), cluster(1, SECRET, 0));
        Formats faulty = formats((file, opener) -> {
            throw new IndexOutOfBoundsException("a fault");
        });
        ImageReport report = run(path, faulty, FIND);
        assertThat(report.outcome()).isEqualTo(ImageReport.Outcome.FAILED);
        assertThat(report.problems())
                .extracting(problem -> problem.kind().code())
                .containsExactly("audit-failed");
    }

    @Test
    void anImageThatChangesMeanwhileIsTold() throws Exception {
        Path path = Files.write(folder.resolve("disk"), cluster(1, SECRET, 0));
        Formats touching = formats((file, opener) -> {
            Files.setLastModifiedTime(path, FileTime.fromMillis(1));
            return new FakeImage(file, "active").data(0, 0, 0, 8L * CLUSTER);
        });
        assertThat(run(path, touching, FIND).problems())
                .extracting(problem -> problem.kind().code())
                .containsExactly("image-changed-during-audit");
    }

    @Test
    void nothingOfTheImageIsChanged() throws Exception {
        Path path = Files.write(folder.resolve("disk"), cluster(1, SECRET, 0));
        FileTime old = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(path, old);
        run(
                path,
                formats((file, opener) ->
                        new FakeImage(file, "active").data(0, 0, 0, 8L * CLUSTER)),
                FIND);
        assertThat(Files.getLastModifiedTime(path)).isEqualTo(old);
        assertThat(Files.readAllBytes(path)).isEqualTo(cluster(1, SECRET, 0));
    }

    private ImageReport audit(byte[] file, UnaryOperator<FakeImage> tables, Rule... rules)
            throws Exception {
        Path path = Files.write(folder.resolve("disk"), file);
        Formats formats = formats((source, opener) ->
                tables.apply(new FakeImage(source, "active", "snapshot:old", "vmstate:old")));
        return run(path, formats, rules.length == 0 ? new Rule[] {FIND} : rules);
    }

    private ImageReport run(Path path, Formats formats, Rule... rules) throws Exception {
        AuditRequest request =
                new AuditRequest(List.of(rules), DeclaredFormat.AUTO, List.of(), Keys.NONE);
        try (ImageAudit audit =
                new ImageAudit(request, Searchers::compile, formats, this::volumes)) {
            return audit.run(path, AuditListener.NONE);
        }
    }

    private Volumes.Layout volumes(ByteSource disk, Unlocker unlocker) throws IOException {
        List<Volumes.Volume> volumes = new ArrayList<>();
        long length = disk.size() / partitions;
        for (int i = 0; i < partitions; i++) {
            volumes.add(new Volumes.Volume(
                    partitions == 1 ? 0 : i + 1,
                    new Volumes.Range(i * length, length),
                    "fakefs",
                    Volumes.Cover.NONE,
                    disk.slice(i * length, length),
                    i * length,
                    new FakeFileSystem(files)));
        }
        return new Volumes.Layout(volumes, List.of(), List.of());
    }

    @FunctionalInterface
    private interface Open {
        cofferdam.monitor.disk.DiskImage open(ByteSource file, Opener opener) throws IOException;
    }

    private static Formats formats(Open open) {
        return new Formats() {
            @Override
            public List<String> signatures(ByteSource file) {
                return List.of();
            }

            @Override
            public Opened open(String format, ByteSource file, Opener opener, Unlocker unlocker)
                    throws IOException {
                return Opened.alone(open.open(file, opener));
            }
        };
    }

    private static Finding only(ImageReport report) {
        assertThat(report.findings()).hasSize(1);
        return report.findings().getFirst();
    }

    private static byte[] cluster(int number, String text, int at) {
        byte[] file = new byte[8 * CLUSTER];
        put(file, number * CLUSTER + at, text);
        return file;
    }

    private static void put(byte[] file, int offset, String text) {
        put(file, offset, bytes(text));
    }

    private static void put(byte[] file, int offset, byte[] bytes) {
        System.arraycopy(bytes, 0, file, offset, bytes.length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static Rule rule(String id, Needle needle) {
        return new Rule(id, "", "", Severity.HIGH, List.of(needle), List.of());
    }
}
