package cofferdam.monitor.disk.vmdk;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.disk.Accounting;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.ContainerProblem;
import cofferdam.monitor.disk.Extent;
import cofferdam.monitor.disk.Extent.Kind;
import cofferdam.monitor.disk.Hostile;
import cofferdam.monitor.disk.Opener;
import cofferdam.monitor.disk.Oracle;
import cofferdam.monitor.disk.ProblemKind;
import cofferdam.monitor.disk.Refused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Stream-optimized images, whose directory is at the end and whose grains are compressed. */
final class StreamOptimizedTest {

    private static final int GRAIN = 1 << 16;

    @TempDir
    Path folder;

    @Test
    void theFooterLeadsToTheGrainsForQemuToo() throws Exception {
        byte[] file = new Stream(20).grain(0, full('a')).grain(7, full('h')).bytes();
        byte[] disk = new byte[20 * GRAIN];
        Arrays.fill(disk, 0, GRAIN, (byte) 'a');
        Arrays.fill(disk, 7 * GRAIN, 8 * GRAIN, (byte) 'h');

        VmdkImage image = open(file);

        assertThat(image.views().getFirst().content().read(0, disk.length)).isEqualTo(disk);
        assertThat(image.problems()).isEmpty();
        assertThat(image.walk(extent -> {})).isEmpty();
        Accounting.assertComplete(image);
        Path path = Files.write(folder.resolve("stream.vmdk"), file);
        assertThat(Oracle.in(folder).content(path, "vmdk")).isEqualTo(disk);
    }

    @Test
    void everySectorOfTheFileIsAccountedFor() throws Exception {
        byte[] file = new Stream(20).grain(3, full('d')).bytes();

        long told = Accounting.extents(open(file)).stream()
                .mapToLong(extent -> Math.ceilDiv(extent.fileLength(), 512))
                .sum();

        assertThat(told * 512).isEqualTo(file.length);
    }

    @Test
    void aFooterThatContradictsTheHeaderIsTold() throws Exception {
        byte[] file = new Stream(20).grain(0, full('a')).bytes(128);

        VmdkImage image = open(file);

        assertThat(Refused.kinds(image.problems()))
                .contains(ContainerProblem.CONTRADICTING_HEADER_FOOTER);
        assertThat(image.virtualSize()).isEqualTo(GRAIN);
    }

    @Test
    void aStreamWithoutItsFooterIsRefused() {
        byte[] file = new Stream(20).grain(0, full('a')).bytes();

        assertThat(Refused.kind(() -> open(Arrays.copyOf(file, file.length - 512))))
                .isEqualTo(VmdkProblem.FOOTER_MISSING);
    }

    @Test
    void aGrainThatGrowsPastItsSizeIsABombAndNotDecoded() throws Exception {
        byte[] file =
                new Stream(2).grain(0, 0, Stream.deflated(new byte[60 << 20])).bytes();
        assertThat(file).hasSizeLessThan(GRAIN * 2);

        assertThat(Refused.kind(() -> open(file).views().getFirst().content().read(0, 1)))
                .isEqualTo(VmdkProblem.GRAIN_DATA);
        List<Extent> grains = compressed(file);
        assertThat(grains).hasSize(1);
        assertThat(Refused.kind(() -> open(file).decode(grains.getFirst())))
                .isEqualTo(VmdkProblem.GRAIN_DATA);
    }

    @Test
    void aGrainThatIsTooShortOrNoZlibIsRefused() {
        byte[] tooShort = new Stream(2).grain(0, new byte[10]).bytes();
        byte[] noZlib = new Stream(2).grain(0, 0, new byte[100]).bytes();

        assertThat(Refused.kind(
                        () -> open(tooShort).views().getFirst().content().read(0, 1)))
                .isEqualTo(VmdkProblem.GRAIN_DATA);
        assertThat(Refused.kind(() -> open(noZlib).views().getFirst().content().read(0, 1)))
                .isEqualTo(VmdkProblem.GRAIN_DATA);
    }

    @Test
    void grainsThatShareBytesAreToldOnce() throws Exception {
        Stream stream = new Stream(20).grain(0, full('a'));
        for (int i = 1; i < 20; i++) {
            stream.alias(i, 0);
        }
        byte[] file = stream.bytes();

        assertThat(walk(file)).containsExactly(ContainerProblem.OVERLAPPING_DATA);
        assertThat(compressed(file)).hasSize(1);
    }

    @Test
    void aMarkerForAnotherGrainIsTold() throws Exception {
        byte[] file = new Stream(20).grain(3, 999, Stream.deflated(full('x'))).bytes();

        assertThat(walk(file)).containsExactly(VmdkProblem.GRAIN_MARKER);
    }

    @Test
    void aMarkerThatClaimsMoreThanAGrainIsToldAndNotTaken() throws Exception {
        byte[] file = new Stream(20).grain(0, 0, new byte[3 * GRAIN]).bytes();

        assertThat(walk(file)).containsExactly(VmdkProblem.GRAIN_MARKER);
        assertThat(compressed(file)).isEmpty();
    }

    @Test
    void mutationsAreReadOrRefused() {
        byte[] valid = new Stream(9).grain(0, full('a')).grain(8, full('b')).bytes();

        Hostile.mutate(
                valid, valid.length, file -> Hostile.exhaust(VmdkImage.open(file, Opener.NOTHING)));
    }

    @Test
    void truncationsAreReadOrRefused() {
        byte[] valid = new Stream(9).grain(0, full('a')).bytes();

        Hostile.truncate(valid, 31, file -> Hostile.exhaust(VmdkImage.open(file, Opener.NOTHING)));
    }

    private static byte[] full(char letter) {
        byte[] grain = new byte[GRAIN];
        Arrays.fill(grain, (byte) letter);
        return grain;
    }

    private static VmdkImage open(byte[] file) throws IOException {
        return VmdkImage.open(ByteSource.of(file), Opener.NOTHING);
    }

    private static List<ProblemKind> walk(byte[] file) throws IOException {
        return Refused.kinds(open(file).walk(extent -> {}));
    }

    private static List<Extent> compressed(byte[] file) throws IOException {
        return Accounting.extents(open(file)).stream()
                .filter(extent -> extent.kind() == Kind.COMPRESSED)
                .toList();
    }
}
