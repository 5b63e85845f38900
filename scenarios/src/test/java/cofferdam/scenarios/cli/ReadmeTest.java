package cofferdam.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The README's own examples, run. */
class ReadmeTest {

    private static final Pattern FILE =
            Pattern.compile("`([a-z-]+\\.yaml)`[^`]*```yaml\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void itsOwnPolicyAndScenarioRun() throws Exception {
        writeExamples();
        Program.Finished finished = Program.run(
                "run",
                folder.resolve("late-poisoning.yaml").toString(),
                "--policy",
                folder.resolve("lab-switch.yaml").toString(),
                "--policy",
                "esx-1.5.2",
                "--out",
                folder.resolve("out").toString());
        List<String> lines = finished.out().lines().toList();
        assertThat(lines.get(2).trim().split(" +"))
                .containsExactly("traffic-confidentiality", "upheld", "VIOLATED");
        assertThat(lines.get(3).trim().split(" +"))
                .containsExactly("arp-integrity", "upheld", "VIOLATED");
        assertThat(lines.get(4).trim().split(" +"))
                .containsExactly("connectivity", "upheld", "upheld");
    }

    @Test
    void theMatrixInItIsWhatTheProgramPrints() throws IOException {
        Program.Finished finished =
                Program.run("run", "--quiet", "--out", folder.resolve("out").toString());
        assertThat(indented(readme()))
                .containsSubsequence(finished.out().stripTrailing().lines().toList());
    }

    private static List<String> indented(String readme) {
        return readme.lines()
                .map(line -> line.startsWith("    ") ? line.substring(4) : line)
                .toList();
    }

    private void writeExamples() throws IOException {
        Matcher matcher = FILE.matcher(readme());
        int found = 0;
        while (matcher.find()) {
            Files.writeString(folder.resolve(matcher.group(1)), matcher.group(2));
            found++;
        }
        assertThat(found).isEqualTo(2);
    }

    private static String readme() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        return Files.readString(root.resolve("README.md"));
    }
}
