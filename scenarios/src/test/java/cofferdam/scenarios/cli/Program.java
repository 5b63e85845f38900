package cofferdam.scenarios.cli;

import cofferdam.monitor.Monitors;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts the program as a user would, in this process or in one of its own. */
final class Program {

    /** What a finished program left: exit code and both streams. */
    record Finished(int exitCode, String out, String err) {}

    private Program() {}

    /** Runs the program in this process. */
    static Finished run(String... arguments) {
        return run(Monitors::all, arguments);
    }

    /** Runs the program in this process, with these monitors. */
    static Finished run(MonitorSource monitors, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Cofferdam.execute(
                monitors, new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        return new Finished(exitCode, out.toString(), err.toString());
    }

    /**
     * The command line that starts the program in a process of its own, with these options for the
     * JVM.
     */
    static ProcessBuilder process(Path folder, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), Cofferdam.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).directory(folder.toFile());
    }

    /** Runs the program in a process of its own and waits for its end. */
    static Finished runInProcess(Path folder, List<String> options, String... arguments)
            throws IOException, InterruptedException {
        Process process = process(folder, options, arguments)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(
                process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return new Finished(process.waitFor(), out, "");
    }

    /** Everything that this test's own JVM has on its module path and class path. */
    private static String classPath() {
        return Stream.of("jdk.module.path", "java.class.path")
                .map(System::getProperty)
                .filter(Objects::nonNull)
                .filter(path -> !path.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
