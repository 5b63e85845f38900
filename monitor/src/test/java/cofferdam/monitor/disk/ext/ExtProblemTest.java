package cofferdam.monitor.disk.ext;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.disk.FileExtent;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.ProblemKind;
import cofferdam.monitor.disk.Region;
import cofferdam.monitor.disk.ext.Sample.Recipe;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What debugfs or a hex editor did to a file system is told. */
class ExtProblemTest {

    private static final Recipe EXT2 = new Recipe("ext2", "24M", "-b", "1024");

    @TempDir
    private Path folder;

    private static List<ProblemKind> problems(Path image, Consumer<FileExtent> visitor)
            throws Exception {
        try (ImageBytes bytes = ImageBytes.open(image)) {
            ExtFileSystem opened = ExtFileSystem.open(bytes);
            List<Problem> problems = new ArrayList<>(opened.problems());
            problems.addAll(opened.walk(visitor));
            return problems.stream().map(Problem::kind).distinct().toList();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    NOT_CLEAN | ssv state 0
                    ERRORS | ssv state 3
                    ORPHANS | ssv last_orphan 14
                    BLOCK_WITHOUT_OWNER | setb 20000
                    BLOCK_TWICE | sif /etc/file300000 block[0] 5
                    BEYOND_DEVICE | sif /etc/file300000 block[1] 99999999
                    BEYOND_DEVICE | sif /etc/file300000 block[IND] 99999999
                    DIRECTORY_LOOP | link /home /home/again
                    UNREACHABLE | unlink /etc/file30
                    INODE_MARKED_FREE | freei /etc/file30
                    ORPHANS | unlink /etc/file30; sif <%d> links_count 0
                    BAD_INODE | sif /etc/file30 size 0xffffffffffffffff
                    """)
    void damageIsTold(ExtProblem expected, String commands) throws Exception {
        Sample sample = Sample.make(folder, EXT2);
        long inode;
        try (ImageBytes bytes = ImageBytes.open(sample.image())) {
            inode = new PathLookup(bytes, Superblock.read(bytes))
                    .find("/etc/file30")
                    .orElseThrow()
                    .number();
        }
        sample.change(commands.replace("%d", Long.toString(inode)).split("; *"));

        assertThat(problems(sample.image(), extent -> {})).contains(expected);
    }

    @Test
    void aChangedCopyOfTheSuperblockContradicts() throws Exception {
        Sample sample = Sample.make(folder, EXT2);
        overwrite(sample.image(), 8193 * 1024 + 104, 1, 2, 3, 4);

        assertThat(problems(sample.image(), extent -> {}))
                .containsExactly(ExtProblem.BACKUP_CONTRADICTS);
    }

    @ParameterizedTest
    @CsvSource({"1024,200", "4096,40"})
    void aStructureChangedWithoutItsChecksumIsTold(int structure, int at) throws Exception {
        Sample sample = Sample.make(folder, new Recipe("ext4", "24M", "-b", "4096"));
        overwrite(sample.image(), structure + at, 0x5a);

        assertThat(problems(sample.image(), extent -> {})).contains(ExtProblem.BAD_CHECKSUM);
    }

    @Test
    void bytesBehindTheEndOfAFileAreItsSlack() throws Exception {
        Sample sample = Sample.make(folder, EXT2);
        sample.change("sif /etc/file5000 size 2000");

        List<FileExtent> extents = new ArrayList<>();
        problems(sample.image(), extents::add);
        long slack = extents.stream()
                .filter(extent -> extent.region() == Region.SLACK)
                .filter(extent -> extent.path().equals("/etc/file5000"))
                .mapToLong(FileExtent::length)
                .sum();
        assertThat(slack).isEqualTo(5 * 1024 - 2000);
    }

    @Test
    void aHardLinkHasTheFirstName() throws Exception {
        Sample sample = Sample.make(folder, EXT2);
        sample.change("link /etc/file30 /zz", "sif /etc/file30 links_count 2");

        List<FileExtent> extents = new ArrayList<>();
        assertThat(problems(sample.image(), extents::add)).isEmpty();
        assertThat(extents)
                .filteredOn(extent -> extent.path().matches("/zz|/etc/file30"))
                .isNotEmpty()
                .extracting(FileExtent::path)
                .containsOnly("/zz");
    }

    @Test
    void namesOfHostileBytesAreEscapedAndTold() throws Exception {
        Sample sample = Sample.make(folder, EXT2);
        List<FileExtent> before = new ArrayList<>();
        problems(sample.image(), before::add);
        FileExtent directory = before.stream()
                .filter(extent -> extent.path().equals("/etc"))
                .findFirst()
                .orElseThrow();
        byte[] block;
        try (ImageBytes bytes = ImageBytes.open(sample.image())) {
            block = bytes.read(directory.offset(), 1024);
        }
        DirectoryEntry third = DirectoryBlock.entries(block, true).get(2);
        overwrite(
                sample.image(),
                directory.offset() + third.offset() + DirectoryEntry.HEADER,
                '.',
                '.',
                '/',
                0);

        List<FileExtent> extents = new ArrayList<>();
        assertThat(problems(sample.image(), extents::add)).containsExactly(ExtProblem.BAD_NAME);
        assertThat(extents)
                .extracting(FileExtent::path)
                .anyMatch(path -> path.startsWith("/etc/..\\x2f\\x00"));
    }

    private static void overwrite(Path image, long offset, int... octets) throws Exception {
        byte[] bytes = new byte[octets.length];
        for (int at = 0; at < octets.length; at++) {
            bytes[at] = (byte) octets[at];
        }
        try (FileChannel channel = FileChannel.open(image, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), offset);
        }
    }
}
