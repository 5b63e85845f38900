package cofferdam.monitor.disk.vhd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.disk.Accounting;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.ContainerProblem;
import cofferdam.monitor.disk.Extent;
import cofferdam.monitor.disk.Extent.Kind;
import cofferdam.monitor.disk.Hostile;
import cofferdam.monitor.disk.MemoryFile;
import cofferdam.monitor.disk.ProblemKind;
import cofferdam.monitor.disk.Refused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Footers, headers and tables that say what they should not. */
final class VhdHostileTest {

    @Test
    void theFootersCopyStandsInForAMissingFooter() throws Exception {
        Patched image = Patched.image();
        image.file().resize(image.file().size() - 512);

        assertThat(problems(image)).containsExactly(VhdProblem.FOOTER_MISSING);
        assertThat(view(image).read(2L * VhdDisk.BLOCK + 700, 1)).containsExactly('c');
        Accounting.assertComplete(open(image));
        assertThat(Refused.kind(() -> VhdDisk.open(image.file()))).isEqualTo(VhdProblem.HEADER);
    }

    @Test
    void aFooterOfTheOldestWritersIsOneByteShort() throws Exception {
        MemoryFile file = new MemoryFile();
        VhdDisk.createFixed(file, 4096, 0, new UUID(1, 2));
        file.resize(file.size() - 1);

        VhdImage image = VhdImage.open(file);

        assertThat(image.virtualSize()).isEqualTo(4096);
        assertThat(image.problems()).isEmpty();
    }

    @Test
    void aWrongChecksumIsToldAndReadOver() throws Exception {
        Patched image = Patched.image();
        image.with(image.file().size() - 512 + Patched.CHECKSUM, new byte[4]);
        image.with(Patched.CHECKSUM, new byte[4]);
        image.with(Patched.HEADER + Patched.HEADER_CHECKSUM, new byte[4]);

        assertThat(problems(image))
                .containsExactly(VhdProblem.FOOTER_CHECKSUM, VhdProblem.DYNAMIC_HEADER_CHECKSUM);
        assertThat(view(image).read(0, 1)).containsExactly('a');
    }

    @Test
    void theCopyIsFollowedWhereOnlyItsChecksumFits() throws Exception {
        Patched image = Patched.image();
        image.with(image.file().size() - 512 + Patched.CURRENT_SIZE, Patched.bigEndian(1L << 40));

        assertThat(problems(image))
                .containsExactly(
                        VhdProblem.FOOTER_CHECKSUM, ContainerProblem.CONTRADICTING_HEADER_FOOTER);
        assertThat(open(image).virtualSize()).isEqualTo(Patched.SIZE);
    }

    @Test
    void aCopyOfTheFooterThatAGuestWroteIntoAFixedDiskIsToldAndNotFollowed() throws Exception {
        byte[] dynamic = Patched.image().file().toByteArray();
        MemoryFile file = new MemoryFile();
        VhdDisk.createFixed(file, 8 << 20, 0, new UUID(3, 4)).write(0, dynamic);

        VhdImage image = VhdImage.open(file);

        assertThat(Refused.kinds(image.problems()))
                .containsExactly(ContainerProblem.CONTRADICTING_HEADER_FOOTER);
        assertThat(image.virtualSize()).isEqualTo(8 << 20);
        assertThat(image.views().getFirst().content().read(0, 8)).startsWith('c', 'o', 'n');
    }

    @Test
    void theHeaderOfAnotherFormatInAFixedDiskIsTold() throws Exception {
        MemoryFile file = new MemoryFile();
        VhdDisk.createFixed(file, 1 << 20, 0, new UUID(3, 4))
                .write(0, new byte[] {'Q', 'F', 'I', (byte) 0xfb, 0, 0, 0, 3});

        assertThat(Refused.kinds(VhdImage.open(file).problems()))
                .containsExactly(ContainerProblem.SEVERAL_FORMATS);
    }

    @Test
    void aFixedDiskShorterThanItsFooterSaysIsTold() throws Exception {
        MemoryFile file = new MemoryFile();
        VhdDisk.createFixed(file, 1 << 20, 0, new UUID(3, 4));
        ByteSource cut =
                ByteSource.of(Arrays.copyOfRange(file.toByteArray(), 4096, (int) file.size()));

        VhdImage image = VhdImage.open(cut);

        assertThat(Refused.kinds(image.problems())).containsExactly(CommonProblem.TRUNCATED);
        ByteSource view = image.views().getFirst().content();
        assertThat(view.read(0, 512)).isEqualTo(new byte[512]);
        assertThat(Refused.kind(() -> view.read((1 << 20) - 512, 512)))
                .isEqualTo(CommonProblem.TRUNCATED);
    }

    @Test
    void theSizeIsTheGeometrysUnlessTheCreatorMeansTheField() throws Exception {
        Patched image = Patched.image()
                .withFooter(Patched.CREATOR, "vpc ".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(problems(image)).containsExactly(VhdProblem.GEOMETRY);
        assertThat(open(image).virtualSize())
                .isEqualTo(Geometry.of(Patched.SIZE).size())
                .isLessThan(Patched.SIZE);
    }

    @Test
    void aSavedMachineIsTold() throws Exception {
        assertThat(problems(Patched.image().withFooter(Patched.SAVED, new byte[] {1})))
                .containsExactly(VhdProblem.SAVED_STATE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x40000001, -1, 1 << 23})
    void aHugeNumberOfTableEntriesIsToldAndNotTaken(int entries) throws Exception {
        Patched image = Patched.image().withHeader(Patched.ENTRIES, Patched.bigEndian(entries));

        assertThat(problems(image)).containsExactly(VhdProblem.TABLE_ENTRIES);
        assertThat(view(image).read(0, 1)).containsExactly('a');
    }

    @Test
    void blocksWithoutATableEntryCannotBeRead() throws Exception {
        Patched image = Patched.image().withHeader(Patched.ENTRIES, Patched.bigEndian(2));

        assertThat(problems(image)).containsExactly(VhdProblem.TABLE_ENTRIES);
        assertThat(Refused.kind(() -> view(image).read(2L * VhdDisk.BLOCK, 1)))
                .isEqualTo(VhdProblem.TABLE_ENTRIES);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 256, 1 << 30, Integer.MIN_VALUE})
    void aBlockSizeThatIsNoneIsRefused(int size) throws Exception {
        Patched image = Patched.image().withHeader(Patched.BLOCK_SIZE, Patched.bigEndian(size));

        assertThat(Refused.kind(() -> open(image))).isEqualTo(VhdProblem.HEADER);
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 50, -1, Long.MIN_VALUE})
    void aSizeThatIsNoneIsRefused(long size) throws Exception {
        Patched image = Patched.image().withFooter(Patched.CURRENT_SIZE, Patched.bigEndian(size));

        assertThat(Refused.kind(() -> open(image))).isEqualTo(CommonProblem.LIMIT);
    }

    @Test
    void anUnknownTypeIsRefused() throws Exception {
        Patched image = Patched.image().withFooter(Patched.TYPE, Patched.bigEndian(9));

        assertThat(Refused.kind(() -> open(image))).isEqualTo(VhdProblem.HEADER);
    }

    @Test
    void aBlockPastTheEndIsToldAndCannotBeRead() throws Exception {
        Patched image = Patched.image().withBlock(1, 0x7fffffff);

        assertThat(walk(image)).containsExactly(ContainerProblem.DATA_OUTSIDE_FILE);
        assertThat(Refused.kind(() -> view(image).read(VhdDisk.BLOCK, 1)))
                .isEqualTo(ContainerProblem.DATA_OUTSIDE_FILE);
        assertThat(Refused.kind(() -> VhdDisk.open(image.file()).write(VhdDisk.BLOCK, new byte[1])))
                .isEqualTo(CommonProblem.TRUNCATED);
    }

    @Test
    void blocksThatShareBytesAreToldOnce() throws Exception {
        Patched image = Patched.image().withBlock(1, 4).withBlock(2, 5);

        assertThat(walk(image)).containsExactly(ContainerProblem.OVERLAPPING_DATA);
        assertThat(data(image))
                .containsExactly(
                        new Extent(Kind.DATA, 0, 2560, VhdDisk.BLOCK, 0, 0, VhdDisk.BLOCK, ""));
    }

    @Test
    void aBlockOnTheTablesIsToldAndNotWrittenTo() throws Exception {
        Patched image = Patched.image().withBlock(1, 0);

        assertThat(walk(image)).containsExactly(ContainerProblem.OVERLAPPING_DATA);
        assertThat(Refused.kind(() -> VhdDisk.open(image.file()).write(VhdDisk.BLOCK, new byte[1])))
                .isEqualTo(VhdProblem.HEADER);
    }

    @Test
    void aBlockThatNoEntryLeadsToIsNotTold() throws Exception {
        Patched image = Patched.image().withBlock(0, -1);

        assertThat(walk(image)).isEmpty();
        assertThat(data(image))
                .extracting(Extent::fileOffset)
                .containsExactly(Patched.BLOCK_2 + 512L);
    }

    @Test
    void aFileWithoutAFooterIsRefused() {
        assertThat(Refused.kind(() -> VhdImage.open(ByteSource.of(new byte[2048]))))
                .isEqualTo(VhdProblem.HEADER);
        assertThat(Refused.kind(() -> VhdImage.open(ByteSource.of(new byte[0]))))
                .isEqualTo(VhdProblem.HEADER);
    }

    @Test
    void aDiskThatIsNotMadeOfSectorsIsNotCreated() {
        assertThatThrownBy(() -> VhdDisk.createFixed(new MemoryFile(), 1000, 0, new UUID(1, 2)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void mutationsAreReadOrRefused() throws Exception {
        byte[] valid = Patched.small()
                .differencing(
                        "p.vhd",
                        ParentLocator.WINDOWS_RELATIVE,
                        "..\\p.vhd".getBytes(StandardCharsets.UTF_16LE))
                .file()
                .toByteArray();

        Hostile.mutate(valid, 2600, file -> Hostile.exhaust(VhdImage.open(file)));
    }

    @Test
    void truncationsAreReadOrRefused() throws Exception {
        byte[] valid = Patched.small().file().toByteArray();

        Hostile.truncate(valid, 31, file -> Hostile.exhaust(VhdImage.open(file)));
    }

    @Test
    void aSmallBlockIsABlockToo() throws Exception {
        VhdImage image = VhdImage.open(Patched.small().file());

        assertThat(image.problems()).isEmpty();
        assertThat(image.walk(extent -> {})).isEmpty();
        assertThat(image.views().getFirst().content().read(8192 + 9, 1)).containsExactly('c');
        Accounting.assertComplete(image);
    }

    private static VhdImage open(Patched image) throws IOException {
        return VhdImage.open(image.file());
    }

    private static ByteSource view(Patched image) throws IOException {
        return open(image).views().getFirst().content();
    }

    private static List<ProblemKind> problems(Patched image) throws IOException {
        return Refused.kinds(open(image).problems());
    }

    private static List<ProblemKind> walk(Patched image) throws IOException {
        return Refused.kinds(open(image).walk(extent -> {}));
    }

    private static List<Extent> data(Patched image) throws IOException {
        return Accounting.extents(open(image)).stream()
                .filter(extent -> extent.kind() == Kind.DATA)
                .toList();
    }
}
