package cofferdam.monitor.disk.vmdk;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.disk.Accounting;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.ContainerProblem;
import cofferdam.monitor.disk.Extent;
import cofferdam.monitor.disk.Extent.Kind;
import cofferdam.monitor.disk.Hostile;
import cofferdam.monitor.disk.Opener;
import cofferdam.monitor.disk.ProblemKind;
import cofferdam.monitor.disk.Refused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Sparse images whose headers and tables say what they should not. */
final class VmdkHostileTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 3, 1L << 16, 1L << 40, -1, Long.MIN_VALUE})
    void aGrainSizeThatIsNoneIsRefused(long sectors) throws Exception {
        Patched image = Patched.image().with(Patched.GRAIN_SIZE, sectors);

        assertThat(Refused.kind(() -> open(image))).isEqualTo(VmdkProblem.GRAIN_SIZE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 45, Long.MAX_VALUE, -1})
    void aCapacityThatNeedsAHugeDirectoryIsRefused(long sectors) throws Exception {
        Patched image = Patched.image().with(Patched.CAPACITY, sectors);

        assertThat(Refused.kind(() -> open(image))).isEqualTo(VmdkProblem.DIRECTORY_SIZE);
    }

    @Test
    void aDirectoryPastTheEndIsRefused() throws Exception {
        Patched image = Patched.image().with(56, Long.MAX_VALUE);

        assertThat(Refused.kind(() -> open(image))).isEqualTo(ContainerProblem.TABLE_OUTSIDE_FILE);
    }

    @Test
    void theMagicAloneIsTruncated() {
        ByteSource file = ByteSource.of("KDMV".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(Refused.kind(() -> VmdkImage.open(file, Opener.NOTHING)))
                .isEqualTo(CommonProblem.TRUNCATED);
    }

    @Test
    void oddHeadersAreTold() throws Exception {
        Patched image = Patched.image()
                .with(Patched.CAPACITY, 2047L)
                .with(Patched.UNCLEAN, new byte[] {1})
                .with(Patched.LINE_ENDS, new byte[] {'\r', '\n', ' ', '\n'});

        assertThat(Refused.kinds(open(image).problems()))
                .containsExactly(
                        VmdkProblem.CAPACITY_NOT_GRAINS,
                        VmdkProblem.UNCLEAN_SHUTDOWN,
                        VmdkProblem.NEWLINES,
                        VmdkProblem.CONTRADICTING_DESCRIPTOR);
        assertThat(open(image).virtualSize()).isEqualTo(2047 * 512);
        Accounting.assertComplete(open(image));
    }

    @Test
    void grainsThatShareBytesAreToldOnce() throws Exception {
        Patched image = Patched.image();
        for (int i = 0; i < 16; i++) {
            image.withGrain(i, Patched.FIRST_GRAIN);
        }

        assertThat(walk(image)).containsExactly(ContainerProblem.OVERLAPPING_DATA);
        assertThat(data(image))
                .containsExactly(new Extent(
                        Kind.DATA, 0, 128 * 512, VmdkDisk.GRAIN, 0, 0, VmdkDisk.GRAIN, ""));
    }

    @Test
    void aTableThatIsTheDirectoryIsToldAndNotFollowed() throws Exception {
        Patched image = Patched.image().with(Patched.DIRECTORY, 26);

        assertThat(walk(image)).contains(ContainerProblem.OVERLAPPING_TABLES);
        assertThat(data(image)).isEmpty();
    }

    @Test
    void aGrainInTheTablesIsTold() throws Exception {
        Patched image = Patched.image().withGrain(1, 27);

        assertThat(walk(image)).containsExactly(ContainerProblem.OVERLAPPING_DATA);
    }

    @Test
    void theEntryOneIsAPlaceOrZerosAsTheHeaderSays() throws Exception {
        Patched place = Patched.image().withGrain(0, 1);
        Patched zeros = Patched.image().withGrain(0, 1).with(Patched.FLAGS, 1 | 2 | 4);

        assertThat(walk(place)).containsExactly(ContainerProblem.OVERLAPPING_DATA);
        assertThat(walk(zeros)).isEmpty();
        assertThat(view(zeros).read(0, 512)).isEqualTo(new byte[512]);
        assertThat(view(place).read(0, 512)).startsWith('#', ' ', 'D');
    }

    @Test
    void aGrainPastTheEndIsToldAndCannotBeRead() throws Exception {
        Patched image = Patched.image().withGrain(0, 0x7fffffff);

        assertThat(walk(image)).containsExactly(ContainerProblem.DATA_OUTSIDE_FILE);
        assertThat(Refused.kind(() -> view(image).read(0, 1)))
                .isEqualTo(ContainerProblem.DATA_OUTSIDE_FILE);
        assertThat(view(image).read(2 * VmdkDisk.GRAIN + 7, 1)).containsExactly('c');
    }

    @Test
    void aTablePastTheEndIsTold() throws Exception {
        Patched image = Patched.image().with(Patched.DIRECTORY, 0x7fffffff);

        assertThat(walk(image)).contains(ContainerProblem.TABLE_OUTSIDE_FILE);
    }

    @Test
    void redundantTablesThatDifferAreTold() throws Exception {
        Patched image = Patched.image().with(Patched.REDUNDANT_TABLE, 256);

        assertThat(walk(image)).containsExactly(ContainerProblem.CONTRADICTING_TABLES);
    }

    @Test
    void aGrainThatNoTableLeadsToIsNotTold() throws Exception {
        Patched image = Patched.image().withGrain(0, 0);

        assertThat(data(image)).extracting(Extent::fileOffset).containsExactly(256L * 512);
        assertThat(walk(image)).isEmpty();
    }

    @Test
    void otherFormatsInTheFileAreTold() throws Exception {
        Patched image = Patched.image();
        image.with(
                (int) image.file().size(),
                Arrays.copyOf("conectix".getBytes(StandardCharsets.ISO_8859_1), 512));

        assertThat(Refused.kinds(open(image).problems()))
                .containsExactly(ContainerProblem.SEVERAL_FORMATS);
    }

    @Test
    void aWritableDiskRefusesTablesOutsideTheOverhead() throws Exception {
        Patched image = Patched.image().with(64, 20L);

        assertThat(Refused.kind(() -> VmdkDisk.open(image.file()))).isEqualTo(VmdkProblem.HEADER);
    }

    @Test
    void aWritableDiskDoesNotWriteOverItsTables() throws Exception {
        Patched image = Patched.image().withGrain(0, 1);

        assertThat(Refused.kind(() -> VmdkDisk.open(image.file()).write(0, new byte[1])))
                .isEqualTo(ContainerProblem.DATA_OUTSIDE_FILE);
    }

    @Test
    void mutationsAreReadOrRefused() throws Exception {
        byte[] valid = Patched.image().file().toByteArray();

        Hostile.mutate(valid, 32 * 512, VmdkHostileTest::exhaust);
    }

    @Test
    void truncationsAreReadOrRefused() throws Exception {
        byte[] valid = Patched.image().file().toByteArray();

        Hostile.truncate(valid, 509, VmdkHostileTest::exhaust);
    }

    private static void exhaust(ByteSource file) throws IOException {
        Hostile.exhaust(VmdkImage.open(file, Opener.NOTHING));
    }

    private static VmdkImage open(Patched image) throws IOException {
        return VmdkImage.open(image.file(), Opener.NOTHING);
    }

    private static ByteSource view(Patched image) throws IOException {
        return open(image).views().getFirst().content();
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
