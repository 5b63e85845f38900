package cofferdam.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assumptions;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A program from a Debian package that a test holds results against. Where it is absent the test is
 * skipped with the reason, or fails if {@code COFFERDAM_REQUIRE_TOOLS} is set.
 */
record DebianTool(String name, Path path) {

    private static final long TIMEOUT_SECONDS = 60;

    static DebianTool find(String name) {
        for (String folder : System.getenv("PATH").split(Pattern.quote(File.pathSeparator))) {
            Path path = Path.of(folder, name);
            if (Files.isExecutable(path)) {
                return new DebianTool(name, path);
            }
        }
        String reason = name + " is not installed";
        assertThat(System.getenv("COFFERDAM_REQUIRE_TOOLS")).as(reason).isNull();
        Assumptions.abort(reason);
        throw new IllegalStateException(reason);
    }

    /** Runs the tool to its end, which must be a success, and gives its standard output. */
    String run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(path.toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .as("%s ended in time", name)
                .isTrue();
        assertThat(process.exitValue())
                .as("exit code of %s %s", name, arguments)
                .isZero();
        return out;
    }
}
