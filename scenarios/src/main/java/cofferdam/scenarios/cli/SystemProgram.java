package cofferdam.scenarios.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Programs of the system that a command needs, run in the language C, without input and under a limit
 * of time.
 */
final class SystemProgram {

    private static final int TEXT_LIMIT = 1 << 20;

    private SystemProgram() {}

    /**
     * What a program left.
     *
     * @param exitCode 0 for success by custom
     * @param out its standard output, at most 1 MiB
     * @param err its standard error, at most 1 MiB
     */
    record Finished(int exitCode, String out, String err) {

        /** The last line of what it complained about, which says most. */
        String complaint() {
            return err.strip()
                    .lines()
                    .reduce((before, line) -> line)
                    .orElse("it ended with %d and said nothing".formatted(exitCode));
        }
    }

    /** Takes what a program writes to its standard output. */
    @FunctionalInterface
    interface Reader {

        /** Reads it, to its end unless it fails. */
        void read(InputStream out) throws Exception;
    }

    /**
     * Runs a program to its end.
     *
     * @param folder where it works; its output is kept there too for a while
     * @throws IOException if it cannot be started, or takes longer than the limit
     */
    static Finished run(Path folder, Duration limit, List<String> command)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        try {
            ProcessBuilder builder = builder(folder, command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            int exitCode = exitCode(builder.start(), limit, command.getFirst());
            return new Finished(exitCode, text(out), text(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /**
     * Runs a program to its end while its standard output is read.
     *
     * @throws IOException if it cannot be started or does not end once its output was read
     * @throws Exception what the reader throws
     */
    static Finished run(Path folder, Duration limit, List<String> command, Reader reader)
            throws Exception {
        Path err = Files.createTempFile(folder, "err", "");
        try {
            Process process =
                    builder(folder, command).redirectError(err.toFile()).start();
            try (InputStream out = process.getInputStream()) {
                reader.read(out);
            } catch (Exception e) {
                process.destroyForcibly();
                throw e;
            }
            return new Finished(exitCode(process, limit, command.getFirst()), "", text(err));
        } finally {
            Files.delete(err);
        }
    }

    private static ProcessBuilder builder(Path folder, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    private static int exitCode(Process process, Duration limit, String name)
            throws IOException, InterruptedException {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException(
                        "%s took longer than %d s".formatted(name, limit.toSeconds()));
            }
            return process.exitValue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(TEXT_LIMIT), StandardCharsets.UTF_8);
        }
    }
}
