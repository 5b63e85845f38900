package cofferdam.scenarios.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real program at work in a namespace; what it says goes to a file. */
final class RealTool implements AutoCloseable {

    private final Process process;
    private final BufferedWriter input;
    private final Path said;

    private RealTool(Process process, Path said) {
        this.process = process;
        this.said = said;
        input = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Starts a program of a Debian package, with its output by whole lines. */
    static RealTool start(NetworkNamespace namespace, Path folder, String... command)
            throws IOException {
        List<String> whole = new ArrayList<>(List.of("stdbuf", "-oL"));
        whole.add(DebianTool.find(command[0]).path().toString());
        whole.addAll(List.of(command).subList(1, command.length));
        Path said = Files.createTempFile(folder, command[0], ".txt");
        return new RealTool(
                namespace
                        .inside(whole)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start(),
                said);
    }

    /** What it has said so far. */
    String said() throws IOException {
        return Files.readString(said, StandardCharsets.ISO_8859_1);
    }

    /** Types a line. */
    void type(String line) throws IOException {
        input.write(line + "\n");
        input.flush();
    }

    /** Asks it to end, as Ctrl-C does. */
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    /** Whether it ends by itself within so many seconds. */
    boolean ends(int seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
