package cofferdam.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code cofferdam lab} in a process of its own, which is asked as a script would. */
final class LabProcess implements AutoCloseable {

    private static final String MARK = "error: no command 'mark'; 'help' lists them";

    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader answers;

    private LabProcess(Process process) {
        this.process = process;
        commands = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** A lab in this folder, outside all namespaces. */
    static LabProcess start(Path folder, String... options) throws IOException {
        return started(new ProcessBuilder(command(folder, options)), folder);
    }

    /** A lab in a namespace, with these options and one port at its interface {@code va}. */
    static LabProcess start(NetworkNamespace namespace, Path folder, String... options)
            throws IOException {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of(
                "--attach",
                "packet:va,mac=%s,ip=%s"
                        .formatted(NetworkNamespace.MAC, NetworkNamespace.ADDRESS)));
        return started(namespace.inside(command(folder, all.toArray(String[]::new))), folder);
    }

    private static List<String> command(Path folder, String... options) {
        List<String> arguments = new ArrayList<>(List.of("lab", "--quiet"));
        arguments.addAll(List.of(options));
        return Program.process(
                        folder,
                        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                        arguments.toArray(String[]::new))
                .command();
    }

    private static LabProcess started(ProcessBuilder builder, Path folder) throws IOException {
        LabProcess lab = new LabProcess(builder.directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        lab.ask("machines");
        return lab;
    }

    /** The lines that a command answers. */
    List<String> ask(String command) throws IOException {
        commands.write(command + "\nmark\n");
        commands.flush();
        List<String> answer = new ArrayList<>();
        for (String line = answers.readLine(); !MARK.equals(line); line = answers.readLine()) {
            assertThat(line).as("the lab lives and answers '%s'", command).isNotNull();
            answer.add(line);
        }
        return answer;
    }

    /** The hardware address that a machine has for a protocol address; empty if it has none. */
    String arp(String machine, String address) throws IOException {
        return ask("arp " + machine).stream()
                .map(line -> List.of(line.split(" +", -1)))
                .filter(words -> words.size() > 2 && words.get(1).equals(address))
                .map(words -> words.get(2))
                .findFirst()
                .orElse("");
    }

    Process process() {
        return process;
    }

    /** Ends it by the end of its input, and gives its exit code. */
    int end() throws IOException, InterruptedException {
        commands.close();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("the lab ends").isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
