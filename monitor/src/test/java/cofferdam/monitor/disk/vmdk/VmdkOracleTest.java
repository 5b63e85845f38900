package cofferdam.monitor.disk.vmdk;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.disk.Accounting;
import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.MemoryFile;
import cofferdam.monitor.disk.Opener;
import cofferdam.monitor.disk.Oracle;
import cofferdam.monitor.disk.Reference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** VMDKs that QEMU made and that QEMU reads. */
final class VmdkOracleTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "monolithicSparse",
                "monolithicFlat",
                "twoGbMaxExtentSparse",
                "twoGbMaxExtentFlat",
                "streamOptimized"
            })
    void anImageOfQemuReadsAsTheDiskItWasMadeFrom(String subformat) throws Exception {
        Oracle oracle = Oracle.in(folder);
        byte[] disk = Oracle.disk(7 * 1024 * 1024 + 512);

        Path path = oracle.convert(disk, "vmdk", "subformat=" + subformat);

        VmdkImage image = VmdkImage.open(ByteSource.of(Files.readAllBytes(path)), oracle.opener());
        assertThat(image.views().getFirst().content().read(0, disk.length)).isEqualTo(disk);
        assertThat(image.virtualSize()).isEqualTo(disk.length);
        assertThat(image.walk(extent -> {})).isEmpty();
        Accounting.assertComplete(image);
    }

    @Test
    void theExtentsOfASplitImageAreOneDisk() throws Exception {
        Oracle oracle = Oracle.in(folder);
        Path path = folder.resolve("large.vmdk");
        oracle.qemuImg()
                .run(
                        "create",
                        "-f",
                        "vmdk",
                        "-o",
                        "subformat=twoGbMaxExtentSparse",
                        path.toString(),
                        "5G");
        List<Reference> asked = new ArrayList<>();

        VmdkImage image =
                VmdkImage.open(ByteSource.of(Files.readAllBytes(path)), oracle.opener(asked));

        assertThat(image.virtualSize()).isEqualTo(5L << 30);
        assertThat(image.files()).hasSize(4);
        assertThat(image.references()).isEqualTo(asked).hasSize(3);
        assertThat(image.problems()).isEmpty();
        assertThat(image.views().getFirst().content().read((5L << 30) - 512, 512))
                .isEqualTo(new byte[512]);
    }

    @Test
    void qemuAcceptsTheSparseImageThatIsWritten() throws Exception {
        Oracle oracle = Oracle.in(folder);
        byte[] disk = Oracle.disk(40 * 1024 * 1024 + 512);
        MemoryFile file = new MemoryFile();

        write(VmdkDisk.create(file, disk.length, 0x1234abcd, "written.vmdk"), disk);

        Path path = oracle.write("written.vmdk", file);
        oracle.qemuImg().run("check", "-f", "vmdk", path.toString());
        assertThat(oracle.content(path, "vmdk")).isEqualTo(disk);
        VmdkImage image = VmdkImage.open(file, Opener.NOTHING);
        assertThat(image.walk(extent -> {})).isEmpty();
        Accounting.assertComplete(image);
        assertThat(VmdkDisk.open(file).read(0, disk.length)).isEqualTo(disk);
    }

    @Test
    void qemuAcceptsTheFlatImageThatIsWritten() throws Exception {
        Oracle oracle = Oracle.in(folder);
        byte[] disk = Oracle.disk(3 * 1024 * 1024);
        MemoryFile descriptor = new MemoryFile();
        MemoryFile flat = new MemoryFile();

        write(VmdkDisk.createFlat(descriptor, flat, "flat.img", disk.length, 7), disk);

        Path path = oracle.write("written.vmdk", descriptor);
        oracle.write("flat.img", flat);
        assertThat(oracle.content(path, "vmdk")).isEqualTo(disk);
        assertThat(VmdkDisk.openFlat(descriptor, flat).read(0, disk.length)).isEqualTo(disk);
    }

    @Test
    void qemusSparseImageIsWrittenToAndStaysSound() throws Exception {
        Oracle oracle = Oracle.in(folder);
        byte[] disk = Oracle.disk(5 * 1024 * 1024);
        Path path = oracle.convert(disk, "vmdk", "subformat=monolithicSparse");
        MemoryFile file = new MemoryFile(Files.readAllBytes(path));
        byte[] news = new byte[200_000];
        Arrays.fill(news, (byte) 'n');

        VmdkDisk.open(file).write(1_000_001, news);

        System.arraycopy(news, 0, disk, 1_000_001, news.length);
        Path changed = oracle.write("changed.vmdk", file);
        oracle.qemuImg().run("check", "-f", "vmdk", changed.toString());
        assertThat(oracle.content(changed, "vmdk")).isEqualTo(disk);
        assertThat(VmdkImage.open(file, Opener.NOTHING).walk(extent -> {})).isEmpty();
    }

    @Test
    void anOverlayOfQemuReadsThroughToItsParent() throws Exception {
        Oracle oracle = Oracle.in(folder);
        byte[] disk = Oracle.disk(2 * 1024 * 1024);
        Path parent = oracle.convert(disk, "vmdk", "subformat=monolithicSparse");
        Path overlay = folder.resolve("overlay.vmdk");
        oracle.qemuImg()
                .run(
                        "create",
                        "-f",
                        "vmdk",
                        "-b",
                        parent.getFileName().toString(),
                        "-F",
                        "vmdk",
                        overlay.toString());

        VmdkImage image =
                VmdkImage.open(ByteSource.of(Files.readAllBytes(overlay)), oracle.opener());

        assertThat(image.references())
                .containsExactly(new Reference(Reference.Role.BACKING, "disk.vmdk", "vmdk"));
        assertThat(image.views().getFirst().content().read(0, disk.length))
                .isEqualTo(new byte[disk.length]);
        assertThat(image.withBacking(ByteSource.of(disk))
                        .views()
                        .getFirst()
                        .content()
                        .read(0, disk.length))
                .isEqualTo(disk);
    }

    /** Writes in pieces of odd sizes, and nothing where the disk has zeros. */
    private static void write(BlockDevice device, byte[] disk) throws IOException {
        int piece = 7_001;
        for (int at = 0; at < disk.length; at += piece) {
            byte[] bytes = Arrays.copyOfRange(disk, at, Math.min(at + piece, disk.length));
            if (!Arrays.equals(bytes, new byte[bytes.length])) {
                device.write(at, bytes);
            }
        }
        device.flush();
        assertThat(device.read(0, disk.length)).isEqualTo(disk);
    }
}
