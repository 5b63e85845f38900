package cofferdam.monitor.initramfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.Tool;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.GZIPInputStream;

class CpioArchiveTest {

    @TempDir
    Path folder;

    @Test
    void gnuCpioAndBusyBoxListWhatIsInIt() throws Exception {
        String names = "dev\ndev/console\netc\netc/network\netc/network/name\netc/sh\n";
        assertThat(run(Tool.named("cpio"), "cpio -t --quiet")).isEqualTo(names);
        assertThat(run(Tool.named("busybox"), "busybox cpio -t")).startsWith(names);
    }

    @Test
    void typesPermissionsNumbersAndTimesAreAsGiven() throws Exception {
        String list = run(Tool.named("cpio"), "cpio -tvn --quiet").replaceAll(" +", " ");
        assertThat(list)
                .contains("drwxr-xr-x 2 0 0 0 Jan 1 1970 dev\n")
                .contains("crw------- 1 0 0 5, 1 Jan 1 1970 dev/console\n")
                .contains("-rw-r----- 1 0 0 5 Jan 1 1970 etc/network/name\n")
                .contains("lrwxrwxrwx 1 0 0 14 Jan 1 1970 etc/sh -> ../bin/busybox\n");
    }

    @Test
    void everyLengthOfContentAndNameComesOutAsItWas() throws Exception {
        CpioArchive archive = new CpioArchive();
        for (int length = 0; length < 9; length++) {
            archive.file("file-" + "n".repeat(length), 0755, text("c".repeat(length)));
        }
        Path file = Files.write(folder.resolve("archive"), archive.bytes());
        Tool.named("busybox");
        Tool.named("sh").run("-c", "cd '%s' && busybox cpio -i < '%s'".formatted(folder, file));
        for (int length = 0; length < 9; length++) {
            Path extracted = folder.resolve("file-" + "n".repeat(length));
            assertThat(extracted).hasContent("c".repeat(length));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(extracted)))
                    .isEqualTo("rwxr-xr-x");
        }
    }

    @Test
    void theSameCallsGiveTheSameBytesCompressedOrNot() {
        assertThat(sample().bytes()).isEqualTo(sample().bytes());
        byte[] compressed = sample().compressed();
        assertThat(compressed).isEqualTo(sample().compressed());
        assertThat(compressed).startsWith(0x1f, 0x8b, 8, 0, 0, 0, 0, 0);
    }

    @Test
    void theCompressedOneIsTheSameArchive() throws Exception {
        try (GZIPInputStream in =
                new GZIPInputStream(new ByteArrayInputStream(sample().compressed()))) {
            assertThat(in.readAllBytes()).isEqualTo(sample().bytes());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/etc", "../etc", "etc/../x", "etc//x", "etc/", "", ".", "a\0b", "TRAILER!!!"
            })
    void refusesNamesThatAreNoRelativePaths(String path) {
        CpioArchive archive = new CpioArchive();
        assertThatThrownBy(() -> archive.file(path, 0644, text("x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no relative path");
    }

    @Test
    void refusesANameThatIsTaken() {
        CpioArchive archive = sample();
        assertThatThrownBy(() -> archive.symbolicLink("dev/console", "x"))
                .hasMessage("'dev/console' is in the archive already");
        assertThatThrownBy(() -> archive.file("etc", 0644, text("")))
                .hasMessage("'etc' is in the archive already");
    }

    @Test
    void refusesMoreThanAGuestCouldUnpack() {
        CpioArchive archive = new CpioArchive();
        byte[] half = new byte[CpioArchive.LIMIT / 2];
        archive.file("one", 0644, half);
        assertThatThrownBy(() -> archive.file("two", 0644, half))
                .hasMessageContaining("an archive may have " + CpioArchive.LIMIT);
    }

    private static CpioArchive sample() {
        return new CpioArchive()
                .directory("dev", 0755)
                .characterDevice("dev/console", 0600, 5, 1)
                .file("etc/network/name", 0640, text("hello"))
                .directory("etc", 0700)
                .symbolicLink("etc/sh", "../bin/busybox");
    }

    private String run(Tool needed, String command) throws Exception {
        assertThat(needed.program()).isExecutable();
        Path file = Files.write(folder.resolve("archive"), sample().bytes());
        return Tool.named("sh").run("-c", "LC_ALL=C TZ=UTC %s < '%s'".formatted(command, file));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
