package cofferdam.monitor.disk.vhd;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.disk.Accounting;
import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.MemoryFile;
import cofferdam.monitor.disk.Oracle;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;

/** VHDs that QEMU made and that QEMU reads. */
final class VhdOracleTest {

    private static final UUID IDENTIFIER = new UUID(0x1122334455667788L, 0x99aabbccddeeff00L);
    private static final int TIME = 800_000_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "subformat=fixed",
                "subformat=dynamic",
                "subformat=fixed,force_size=on",
                "subformat=dynamic,force_size=on"
            })
    void anImageOfQemuReadsAsQemuReadsIt(String options) throws Exception {
        Oracle oracle = Oracle.in(folder);
        byte[] disk = Oracle.disk(7 * 1024 * 1024 + 512);

        Path path = oracle.convert(disk, "vpc", options);

        VhdImage image = VhdImage.open(ByteSource.of(Files.readAllBytes(path)));
        byte[] read = image.views().getFirst().content().read(0, (int) image.virtualSize());
        assertThat(read).isEqualTo(oracle.content(path, "vpc"));
        assertThat(Arrays.copyOf(read, disk.length)).isEqualTo(disk);
        assertThat(image.problems()).isEmpty();
        assertThat(image.walk(extent -> {})).isEmpty();
        Accounting.assertComplete(image);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void qemuReadsTheImagesThatAreWritten(boolean dynamic) throws Exception {
        Oracle oracle = Oracle.in(folder);
        byte[] disk = Oracle.disk(9 * 1024 * 1024 + 512);
        MemoryFile file = new MemoryFile();

        write(create(file, disk.length, dynamic), disk);

        Path path = oracle.write("written.vhd", file);
        assertThat(oracle.content(path, "vpc")).isEqualTo(disk);
        VhdImage image = VhdImage.open(file);
        assertThat(image.problems()).isEmpty();
        Accounting.assertComplete(image);
    }

    @Test
    void qemusDynamicImageIsWrittenToAndStaysReadable() throws Exception {
        Oracle oracle = Oracle.in(folder);
        byte[] disk = Oracle.disk(9 * 1024 * 1024);
        Path path = oracle.convert(disk, "vpc", "subformat=dynamic,force_size=on");
        MemoryFile file = new MemoryFile(Files.readAllBytes(path));

        BlockDevice device = VhdDisk.open(file);
        byte[] news = "news across two blocks".getBytes(StandardCharsets.UTF_8);
        device.write(VhdDisk.BLOCK * 2L - 5, news);

        System.arraycopy(news, 0, disk, VhdDisk.BLOCK * 2 - 5, news.length);
        assertThat(oracle.content(oracle.write("changed.vhd", file), "vpc")).isEqualTo(disk);
    }

    private static BlockDevice create(MemoryFile file, long size, boolean dynamic)
            throws IOException {
        return dynamic
                ? VhdDisk.createDynamic(file, size, TIME, IDENTIFIER)
                : VhdDisk.createFixed(file, size, TIME, IDENTIFIER);
    }

    /** Writes in pieces of odd sizes, and nothing where the disk has zeros. */
    private static void write(BlockDevice device, byte[] disk) throws IOException {
        int piece = 70_001;
        for (int at = 0; at < disk.length; at += piece) {
            int count = Math.min(piece, disk.length - at);
            byte[] bytes = Arrays.copyOfRange(disk, at, at + count);
            if (!Arrays.equals(bytes, new byte[count])) {
                device.write(at, bytes);
            }
        }
        device.flush();
        assertThat(device.read(0, disk.length)).isEqualTo(disk);
    }
}
