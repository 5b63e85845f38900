package cofferdam.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

class KilledRunTest {

    @TempDir
    Path folder;

    @Test
    void aRunKilledInTheMiddleLeavesNoManifestAndTheNextRunClearsItAway() throws Exception {
        Process process = Program.process(folder, List.of(), "run", "--out", "out")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(2))
                .until(() -> !partials().isEmpty() || !process.isAlive());
        process.destroyForcibly().waitFor();

        assertThat(partials()).as("the run was killed while it wrote").isNotEmpty();
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(partials())
                .allSatisfy(
                        partial -> assertThat(partial.resolve("manifest.json")).doesNotExist());

        assertThat(Program.run("run", "--out", folder.resolve("out").toString()).exitCode())
                .isZero();
        assertThat(partials()).isEmpty();
        assertThat(folder.resolve("out/manifest.json")).exists();
    }

    private List<Path> partials() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(path -> path.getFileName().toString().contains(".partial-"))
                    .toList();
        }
    }
}
