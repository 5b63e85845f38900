package cofferdam.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.evidence.EvidenceException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

class FolderFilesTest {

    @TempDir
    private Path outside;

    private Path folder;
    private RunFiles files;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectories(outside.resolve("run/captures")).getParent();
        Files.write(outside.resolve("secret"), new byte[] {1});
        files = RunFiles.in(folder);
    }

    @Test
    void filesAreRead() throws Exception {
        Files.write(folder.resolve("captures/vm1.pcapng"), new byte[] {7, 8});

        assertThat(files.read("captures/vm1.pcapng")).hasValue(new byte[] {7, 8});
    }

    @Test
    void aFileThatIsNotThereIsEmpty() throws Exception {
        assertThat(files.read("events.jsonl")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret",
                "captures/../../secret",
                "/etc/passwd",
                "",
                ".",
                "a//b",
                "a\\b",
                "a\0b"
            })
    void aNameThatLeadsOutIsRefused(String name) {
        assertThatThrownBy(() -> files.read(name)).isInstanceOf(EvidenceException.class);
    }

    @Test
    void aLinkIsRefused() throws Exception {
        Files.createSymbolicLink(folder.resolve("events.jsonl"), outside.resolve("secret"));

        assertThatThrownBy(() -> files.read("events.jsonl"))
                .isInstanceOf(EvidenceException.class)
                .hasMessage("events.jsonl is a link or no plain file");
    }

    @Test
    void aFolderThatIsALinkIsRefused() throws Exception {
        Files.createSymbolicLink(folder.resolve("elsewhere"), outside);

        assertThatThrownBy(() -> files.read("elsewhere/secret"))
                .isInstanceOf(EvidenceException.class);
    }

    @Test
    void aFolderInAFilesPlaceIsRefused() {
        assertThatThrownBy(() -> files.read("captures")).isInstanceOf(EvidenceException.class);
    }

    @Test
    void aFileBeyondTheLimitIsRefused() throws Exception {
        try (RandomAccessFile sparse =
                new RandomAccessFile(folder.resolve("events.jsonl").toFile(), "rw")) {
            sparse.setLength(FolderFiles.MAXIMUM_FILE_BYTES + 1L);
        }

        assertThatThrownBy(() -> files.read("events.jsonl"))
                .isInstanceOf(EvidenceException.class)
                .hasMessage("events.jsonl is larger than 536870912 bytes");
    }

    @Test
    void aFolderThatIsNotThereIsReported() {
        assertThatThrownBy(() -> RunFiles.in(outside.resolve("nowhere")).read("events.jsonl"))
                .isInstanceOf(EvidenceException.class);
    }
}
