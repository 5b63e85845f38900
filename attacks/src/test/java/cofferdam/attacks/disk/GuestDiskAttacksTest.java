package cofferdam.attacks.disk;

import static cofferdam.attacks.disk.Storage.differences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cofferdam.attacks.Attack;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a guest does with its own disk. */
class GuestDiskAttacksTest {

    private static final int SIZE = 2 << 20;
    private static final Path QEMU_IMG = Path.of("/usr/bin/qemu-img");

    private final Storage storage = new Storage();

    @TempDir
    Path folder;

    @Test
    void aScanReadsTheDiskBeforeAndAfterEveryPieceOfSpaceWasTouched() {
        storage.disk = new byte[SIZE];
        byte[] word = "password".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(word, 0, storage.disk, 4711, word.length);
        Attack.Campaign campaign = storage.start(new DiskScan());
        campaign.stop();

        assertThat(storage.reports)
                .containsExactly("'password' is 1 times in 2097152 bytes, first at 4711; after it"
                        + " was touched, 'password' is 1 times in 2097152 bytes, first at 4711");
        assertThat(storage.done)
                .hasSize(2 + 32)
                .startsWith("read the disk")
                .endsWith("read the disk");
        byte[] before = new byte[SIZE];
        System.arraycopy(word, 0, before, 4711, word.length);
        assertThat(differences(before, storage.disk)).hasSize(32).allMatch(at -> at % 65_536 == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"qcow2", "vmdk"})
    void aHeaderIsWrittenFirstAndTheDiskReadAtTheEndOnce(String format) {
        storage.disk = new byte[SIZE];
        storage.choices.put("format", format);
        Attack.Campaign campaign = storage.start(new FormatConfusion());

        byte[] header = format.equals("qcow2")
                ? ForgedHeader.qcow2(SIZE, "host.secret")
                : ForgedHeader.vmdk(SIZE, "host.secret");
        assertThat(Arrays.copyOf(storage.disk, header.length)).isEqualTo(header);
        assertThat(campaign.stopped()).isFalse();
        campaign.stop();
        campaign.stop();
        assertThat(campaign.stopped()).isTrue();
        assertThat(storage.done)
                .containsExactly(
                        "read the disk", "write %d at 0".formatted(header.length), "read the disk");
        assertThat(storage.reports)
                .containsExactly(
                        format + " header that names host.secret written",
                        "'password' is not in 2097152 bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {512, SIZE, 64 << 20, 512 << 20, Integer.MAX_VALUE / 512 * 512})
    void qemuTakesTheForgedQcow2ForAnImageThatHasTheHostsFileBehindIt(int size) throws Exception {
        Path image = folder.resolve("forged");
        Files.writeString(folder.resolve("host.secret"), "password = xyz");
        Files.write(image, ForgedHeader.qcow2(size, "host.secret"));

        qemu("check", "-f", "qcow2", image.toString());
        assertThat(qemu("info", "-f", "qcow2", image.toString()))
                .contains("virtual size")
                .contains("(%d bytes)".formatted(size))
                .contains("backing file: host.secret")
                .contains("backing file format: raw");
    }

    @Test
    void qemuReadsTheHostsFileThroughTheForgedQcow2() throws Exception {
        readsTheHostsFile("qcow2", ForgedHeader.qcow2(SIZE, "host.secret"));
    }

    @Test
    void qemuReadsTheHostsFileThroughTheForgedVmdk() throws Exception {
        byte[] header = ForgedHeader.vmdk(SIZE, "host.secret");
        readsTheHostsFile("vmdk", header);
        Path image = folder.resolve("forged");
        assertThat(qemu("info", "-f", "vmdk", image.toString()))
                .contains("create type: monolithicFlat")
                .contains("(%d bytes)".formatted(SIZE));
        assertThat(header.length % 512).isZero();
    }

    private void readsTheHostsFile(String format, byte[] header) throws Exception {
        Path image = folder.resolve("forged");
        Path raw = folder.resolve("raw");
        Files.writeString(folder.resolve("host.secret"), "password = xyz");
        Files.write(image, Arrays.copyOf(header, SIZE));
        qemu("convert", "-f", format, "-O", "raw", image.toString(), raw.toString());

        assertThat(Files.readString(raw, StandardCharsets.ISO_8859_1))
                .hasSize(SIZE)
                .startsWith("password = xyz\0");
    }

    private String qemu(String... arguments) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(QEMU_IMG), "qemu-img is not installed");
        Path output = folder.resolve("output");
        List<String> command = new java.util.ArrayList<>(List.of(QEMU_IMG.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return Files.readString(output);
    }
}
