package cofferdam.monitor.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A shell script of this package; it is passed to the shell as text and lies in no file. */
enum Script {
    GUARDIAN("guardian"),
    LAUNCHER("launcher");

    /** What a script says when it has done what its caller waits for. */
    private static final String READY = "ready";

    private static final long LIMIT_SECONDS = 5;

    /** Where programs are sought when this JVM has no PATH. */
    private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

    private final String title;
    private final String text;

    Script(String title) {
        this.title = title;
        this.text = read(title + ".sh");
    }

    private static String read(String name) {
        try (InputStream in = Objects.requireNonNull(Script.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        return text;
    }

    /**
     * Starts the script as the leader of a new session, with nothing in its environment but PATH,
     * LC_ALL and what is given.
     */
    Process start(Path folder, Map<String, String> environment, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("setsid", "sh", "-c", text, title));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment()
                .put("PATH", Objects.requireNonNullElse(System.getenv("PATH"), USUAL_PATH));
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(environment);
        return builder.start();
    }

    /**
     * Waits until the script is ready.
     *
     * @throws IOException with what the script says instead
     */
    static void awaitReady(Process script, String what) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(script.getInputStream(), StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            if (READY.equals(line)) {
                return;
            }
            end(script);
            throw new IOException("cannot start %s: %s"
                    .formatted(what, line == null ? "it ended at once" : line));
        }
    }

    /** Kills the script and waits until it is gone, at most five seconds. */
    static void end(Process script) {
        script.destroyForcibly()
                .onExit()
                .completeOnTimeout(script, LIMIT_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
