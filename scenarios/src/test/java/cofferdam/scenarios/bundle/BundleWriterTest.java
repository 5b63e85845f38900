package cofferdam.scenarios.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

class BundleWriterTest {

    /** No process has this id: Linux allows 2^22 at most. */
    private static final long DEAD = 999_999_999L;

    @TempDir
    Path folder;

    @Test
    void listsEveryFileWithLengthAndHash() throws Exception {
        Path out = folder.resolve("out");
        writeBundle(out, "hello");
        Manifest manifest = Manifest.in(out).orElseThrow();
        assertThat(manifest.files())
                .containsExactly(
                        new Manifest.Entry(
                                "a/b.txt",
                                5,
                                "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"),
                        new Manifest.Entry(
                                "c.txt",
                                0,
                                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
        assertThat(Folders.files(out)).containsExactly("a/b.txt", "c.txt", "manifest.json");
    }

    @Test
    void isAbsentUntilComplete() throws Exception {
        Path out = folder.resolve("out");
        try (BundleWriter writer = writer(out)) {
            writer.add("a.txt", new byte[0]);
            assertThat(out).doesNotExist();
        }
        assertThat(entries()).isEmpty();
    }

    @Test
    void whatAKilledRunLeavesHasNoManifest() throws Exception {
        BundleWriter killed = writer(folder.resolve("out"));
        killed.add("a.txt", new byte[0]);
        assertThat(entries())
                .singleElement()
                .satisfies(partial -> assertThat(Manifest.in(partial)).isEmpty());
    }

    @Test
    void replacesABundleAsAWhole() throws Exception {
        Path out = folder.resolve("out");
        writeBundle(out, "first");
        try (BundleWriter writer = writer(out)) {
            writer.add("only.txt", "second".getBytes(UTF_8));
            writer.complete();
        }
        assertThat(Folders.files(out)).containsExactly("manifest.json", "only.txt");
        assertThat(entries()).containsExactly(out);
    }

    @Test
    void takesAnEmptyFolder() throws Exception {
        Path out = Files.createDirectory(folder.resolve("out"));
        writeBundle(out, "hello");
        assertThat(Manifest.in(out)).isPresent();
    }

    @Test
    void refusesAFolderThatIsNotABundle() throws Exception {
        Path out = Files.createDirectory(folder.resolve("out"));
        Path precious = Files.writeString(out.resolve("precious.txt"), "precious");
        assertThatThrownBy(() -> writer(out))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("is not a bundle of Cofferdam");
        assertThat(precious).hasContent("precious");
    }

    @Test
    void refusesABundleThatHoldsSomethingElseToo() throws Exception {
        Path out = folder.resolve("out");
        writeBundle(out, "hello");
        Files.writeString(out.resolve("notes.txt"), "precious");
        assertThatThrownBy(() -> writer(out))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("notes.txt");
    }

    @Test
    void refusesAFolderWithAManifestOfSomethingElse() throws Exception {
        Path out = Files.createDirectory(folder.resolve("out"));
        Files.writeString(out.resolve("manifest.json"), "{\"format\": \"other\", \"files\": []}");
        assertThatThrownBy(() -> writer(out)).isInstanceOf(BundleException.class);
    }

    @Test
    void refusesASymbolicLink() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path out = Files.createSymbolicLink(folder.resolve("out"), elsewhere);
        assertThatThrownBy(() -> writer(out)).hasMessageContaining("is not a folder");
    }

    @Test
    void refusesAPlaceUnderAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> writer(file.resolve("out")))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("not a writable folder");
    }

    @Test
    void refusesAFolderThatMayNotBeWritten() throws Exception {
        Path locked = Files.createDirectory(folder.resolve("locked"));
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
        Assumptions.assumeFalse(Files.isWritable(locked), "this user may write everywhere");
        assertThatThrownBy(() -> writer(locked.resolve("out")))
                .hasMessageContaining("not a writable folder");
    }

    @Test
    void refusesTheRootOfTheFileSystem() {
        assertThatThrownBy(() -> writer(Path.of("/"))).hasMessageContaining("root");
    }

    @Test
    void clearsAwayWhatAKilledProcessLeft() throws Exception {
        Path half = Files.createDirectory(folder.resolve(".out.partial-" + DEAD));
        Files.writeString(half.resolve("a.txt"), "half");
        writeBundle(folder.resolve("out"), "hello");
        assertThat(half).doesNotExist();
    }

    @Test
    void leavesWhatALivingProcessIsWriting() throws Exception {
        Path other = Files.createDirectory(folder.resolve(
                ".out.partial-" + ProcessHandle.current().parent().orElseThrow().pid()));
        writeBundle(folder.resolve("out"), "hello");
        assertThat(other).exists();
    }

    @Test
    void putsBackTheBundleThatAKilledProcessHadMovedAside() throws Exception {
        Path out = folder.resolve("out");
        writeBundle(out, "old");
        Files.move(out, folder.resolve(".out.replaced-" + DEAD));
        writer(out).close();
        assertThat(out.resolve("a/b.txt")).hasContent("old");
    }

    @Test
    void refusesAPathThatLeadsOut() throws Exception {
        try (BundleWriter writer = writer(folder.resolve("out"))) {
            assertThatThrownBy(() -> writer.add("../../escaped", new byte[0]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static BundleWriter writer(Path out) throws BundleException {
        return BundleWriter.create(out, "1.0", Optional.empty());
    }

    private static void writeBundle(Path out, String content) throws BundleException {
        try (BundleWriter writer = writer(out)) {
            writer.add("c.txt", new byte[0]);
            writer.add("a/b.txt", content.getBytes(UTF_8));
            writer.complete();
        }
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }
}
