package cofferdam.monitor.disk.fat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.FileExtent;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.Region;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Holds what is read against sleuthkit, on images that dosfstools and mtools made. */
class FatFileSystemTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "FAT12, 1440, -F 12",
        "FAT16, 20480, -F 16 -s 4",
        "FAT32, 36864, -F 32 -s 1",
        "FAT12, 8192, -F 12 -S 4096 -s 1",
    })
    void everyFileIsReadAndAttributedAsSleuthkitDoes(
            FatVariant variant, int kibibytes, String options) throws Exception {
        FatImage made = FatImage.filled(folder, kibibytes, options.split(" "));
        byte[] bytes = made.bytes();
        ByteSource source = ByteSource.of(bytes);
        assertThat(FatFileSystem.recognises(source)).isTrue();
        FatFileSystem fat = FatFileSystem.open(source);
        List<FileExtent> extents = new ArrayList<>();

        List<Problem> problems = fat.walk(extents::add);

        assertThat(fat.variant()).isEqualTo(variant);
        assertThat(fat.size()).isEqualTo(bytes.length);
        assertThat(fat.label()).isEqualTo("MY LABEL X");
        assertThat(fat.problems()).isEmpty();
        assertThat(problems).isEmpty();
        Sleuthkit sleuthkit = new Sleuthkit(made.image());
        Map<Long, Sleuthkit.Listed> listed = sleuthkit.list();
        assertThat(listed).hasSizeGreaterThan(20);
        filesAreTheSame(fat, sleuthkit, listed, bytes, extents);
        namesOfDeletedFilesAreTheSame(listed, extents);
        canariesAreAttributed(sleuthkit, listed, bytes, extents);
    }

    private static void filesAreTheSame(
            FatFileSystem fat,
            Sleuthkit sleuthkit,
            Map<Long, Sleuthkit.Listed> listed,
            byte[] bytes,
            List<FileExtent> extents)
            throws Exception {
        Set<String> paths = new TreeSet<>();
        for (Map.Entry<Long, Sleuthkit.Listed> entry : listed.entrySet()) {
            Sleuthkit.Listed file = entry.getValue();
            if (file.deleted() || file.directory()) {
                continue;
            }
            byte[] expected = sleuthkit.content(entry.getKey());
            ByteSource content = fat.file(file.path().toUpperCase(Locale.ROOT))
                    .orElseThrow(() -> new AssertionError(file.path()));
            assertThat(content.read(0, (int) content.size())).as(file.path()).isEqualTo(expected);
            assertThat(told(file.path(), Region.ALLOCATED, bytes, extents))
                    .as(file.path())
                    .isEqualTo(expected);
            if (expected.length > 0) {
                paths.add(file.path());
            }
        }
        assertThat(paths(extents, Region.ALLOCATED)).isEqualTo(paths);
    }

    private static void namesOfDeletedFilesAreTheSame(
            Map<Long, Sleuthkit.Listed> listed, List<FileExtent> extents) {
        // The entry of hole.bin was taken again; what was deleted last is there still.
        assertThat(paths(extents, Region.UNALLOCATED))
                .isEqualTo(listed.values().stream()
                        .filter(Sleuthkit.Listed::deleted)
                        .map(Sleuthkit.Listed::path)
                        .collect(Collectors.toCollection(TreeSet::new)))
                .contains("/deleted with a long name.text", "/_OST.TXT");
    }

    /** Every fortieth canary, and more of those of deleted files. */
    private static void canariesAreAttributed(
            Sleuthkit sleuthkit,
            Map<Long, Sleuthkit.Listed> listed,
            byte[] bytes,
            List<FileExtent> extents)
            throws Exception {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int sectorSize = BootSector.parse(Arrays.copyOf(bytes, 512)).bytesPerSector();
        int checked = 0;
        int found = 0;
        for (int at = text.indexOf(FatImage.CANARY); at >= 0; ) {
            int offset = at;
            List<FileExtent> owners = extents.stream()
                    .filter(extent ->
                            extent.offset() <= offset && offset < extent.offset() + extent.length())
                    .toList();
            boolean deleted =
                    owners.stream().anyMatch(extent -> extent.region() == Region.UNALLOCATED);
            if (found++ % (deleted ? 5 : 40) == 0) {
                String owner = sleuthkit.owner(at / sectorSize, listed);
                assertThat(owners)
                        .as("offset %d", at)
                        .extracting(FileExtent::path)
                        .containsExactlyElementsOf(owner.isEmpty() ? List.of() : List.of(owner));
                checked++;
            }
            at = text.indexOf(FatImage.CANARY, at + 1);
        }
        assertThat(checked).isGreaterThan(8);
    }

    private static byte[] told(String path, Region region, byte[] bytes, List<FileExtent> extents) {
        List<FileExtent> own = extents.stream()
                .filter(extent -> extent.path().equals(path) && extent.region() == region)
                .toList();
        int size = own.stream()
                .mapToInt(extent -> (int) (extent.fileOffset() + extent.length()))
                .max()
                .orElse(0);
        byte[] content = new byte[size];
        own.forEach(extent -> System.arraycopy(
                bytes, (int) extent.offset(), content, (int) extent.fileOffset(), (int)
                        extent.length()));
        return content;
    }

    private static Set<String> paths(List<FileExtent> extents, Region region) {
        return extents.stream()
                .filter(extent -> extent.region() == region)
                .map(FileExtent::path)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void whatLiesBehindTheEndOfAFileIsItsSlack() throws Exception {
        FatImage made = FatImage.made(folder, 2048, "-F", "12", "-s", "4");
        made.file("/A.TXT", 700);
        List<FileExtent> extents = new ArrayList<>();

        FatFileSystem.open(ByteSource.of(made.bytes())).walk(extents::add);

        FileExtent content = extents.get(extents.size() - 2);
        assertThat(content.length()).isEqualTo(700);
        assertThat(extents.getLast())
                .isEqualTo(new FileExtent(
                        Region.SLACK, "/A.TXT", content.offset() + 700, 2048 - 700, 700));
    }

    @Test
    void everyByteInFrontOfTheClustersIsMetadata() throws Exception {
        FatImage made = FatImage.made(folder, 2048, "-F", "12");
        List<FileExtent> extents = new ArrayList<>();

        FatFileSystem.open(ByteSource.of(made.bytes())).walk(extents::add);

        BootSector boot = BootSector.parse(Arrays.copyOf(made.bytes(), 512));
        assertThat(extents)
                .containsExactly(
                        new FileExtent(Region.METADATA, "", 0, boot.rootOffset(), 0),
                        new FileExtent(
                                Region.METADATA,
                                "/",
                                boot.rootOffset(),
                                boot.dataOffset() - boot.rootOffset(),
                                0));
    }

    @Test
    void aFileOfADeletedNameIsToldOnlyWhereNothingElseIsNow() throws Exception {
        FatImage made = FatImage.made(folder, 2048, "-F", "12", "-s", "1");
        made.file("/OLD.BIN", 10 * 512);
        made.tool("mdel", "::/OLD.BIN");
        byte[] before = made.bytes();
        made.directories("/sub");
        made.file("/sub/NEW.BIN", 3 * 512);
        assertThat(before).isNotEqualTo(made.bytes());
        byte[] bytes = made.bytes();
        int root = (int) BootSector.parse(Arrays.copyOf(bytes, 512)).rootOffset();
        System.arraycopy(before, root + 32, bytes, root + 320, 32); // the old entry again
        Arrays.fill(bytes, root + 64, root + 320, (byte) 0xe5);
        List<FileExtent> extents = new ArrayList<>();

        FatFileSystem.open(ByteSource.of(bytes)).walk(extents::add);

        assertThat(extents)
                .filteredOn(extent -> extent.path().equals("/_LD.BIN"))
                .extracting(FileExtent::fileOffset, FileExtent::length)
                .containsExactly(tuple(4L * 512, 6L * 512));
    }

    @Test
    void filesAreFoundByEitherNameInAnyCase() throws Exception {
        FatImage made = FatImage.made(folder, 2048, "-F", "12");
        made.directories("/Some directory");
        made.file("/Some directory/Some long name.text", 10);
        FatFileSystem fat = FatFileSystem.open(ByteSource.of(made.bytes()));

        assertThat(fat.file("/SOME DIRECTORY/some LONG name.TEXT")).isPresent();
        assertThat(fat.file("somedi~1/somelo~1.tex")).isPresent();
        assertThat(fat.file("/Some directory")).isEmpty();
        assertThat(fat.file("/Some directory/other")).isEmpty();
        assertThat(fat.file("/other/Some long name.text")).isEmpty();
        assertThat(fat.file("/")).isEmpty();
    }

    @Test
    void exFatIsNamedAsNotRead() throws IOException {
        byte[] bytes = new byte[512];
        System.arraycopy("EXFAT   ".getBytes(StandardCharsets.US_ASCII), 0, bytes, 3, 8);

        assertThat(FatFileSystem.isExFat(ByteSource.of(bytes))).isTrue();
        assertThat(FatFileSystem.recognises(ByteSource.of(bytes))).isFalse();
        assertThat(FatFileSystem.isExFat(ByteSource.of(new byte[512]))).isFalse();
    }
}
