package cofferdam.monitor;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program of the system that tests hold the code against. Where it is not installed the test is
 * skipped, or fails if the environment variable COFFERDAM_REQUIRE_TOOLS is set.
 */
public record Tool(Path program) {

    private static final long LIMIT_SECONDS = 60;

    /** The program of that name on the path. */
    public static Tool named(String name) {
        Optional<Path> found = Stream.concat(
                        Stream.of(System.getenv("PATH").split(File.pathSeparator)),
                        Stream.of("/usr/sbin", "/sbin"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty() && System.getenv("COFFERDAM_REQUIRE_TOOLS") != null) {
            return fail(name + " is not installed, and COFFERDAM_REQUIRE_TOOLS asks for it");
        }
        return found.map(Tool::new).orElseGet(() -> abort(name + " is not installed"));
    }

    /** Runs it to its end, which must be a good one, and gives its standard output as UTF-8. */
    public String run(String... arguments) throws IOException, InterruptedException {
        return new String(output(arguments), StandardCharsets.UTF_8);
    }

    /** Runs it to its end, which must be a good one, and gives its standard output. */
    public byte[] output(String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile("tool", ".out");
        Path errors = Files.createTempFile("tool", ".err");
        try {
            List<String> command = Stream.concat(
                            Stream.of(program.toString()), Stream.of(arguments))
                    .toList();
            Process process = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return fail("%s ran longer than %d s".formatted(command, LIMIT_SECONDS));
            }
            if (process.exitValue() != 0) {
                return fail("%s ended with %d: %s"
                        .formatted(command, process.exitValue(), Files.readString(errors)));
            }
            return Files.readAllBytes(output);
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }
}
