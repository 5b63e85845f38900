package cofferdam.monitor.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Starts programs, each in a session of its own, which outlives neither its folder nor this JVM. */
public final class Supervisor {

    /** The environment variable that tells the programs of one folder apart. */
    private static final String NAME_MARK = "COFFERDAM_PROGRAM";

    private Supervisor() {}

    /**
     * Starts a program. It finds the work folder as its working directory, HOME and TMPDIR. When this
     * returns the guardian of the folder knows its session.
     *
     * @param start what to start; no other program of the folder has its name
     * @param folder where
     * @param post takes what is to be done on the thread that uses the program; it is called by other
     *     threads, does not wait, and keeps the order
     * @throws IOException if it cannot be started, or the folder is being closed. A program that is
     *     missing is no such error: it ends at once, and {@link ChildProcess#ended} says why
     */
    public static ChildProcess start(ProgramStart start, WorkFolder folder, Consumer<Runnable> post)
            throws IOException {
        folder.reserve(start.name());
        try {
            ChildProcess child = launch(start, folder, post);
            folder.adopt(child);
            child.run();
            return child;
        } catch (IOException | RuntimeException e) {
            folder.giveBack(start.name());
            throw e;
        }
    }

    private static ChildProcess launch(
            ProgramStart start, WorkFolder folder, Consumer<Runnable> post) throws IOException {
        Path path = folder.path();
        Process process =
                Script.LAUNCHER.start(path, environment(start, path), arguments(start, path));
        try {
            Script.awaitReady(process, "'%s'".formatted(start.name()));
            Session session = Session.ledBy(
                    process.pid(),
                    List.of(WorkFolder.MARK + "=" + path, NAME_MARK + "=" + start.name()));
            return new ChildProcess(start, folder, process, session, post);
        } catch (IOException e) {
            Script.end(process);
            throw e;
        }
    }

    private static Map<String, String> environment(ProgramStart start, Path folder) {
        Map<String, String> environment = new HashMap<>();
        environment.put("HOME", folder.toString());
        environment.put("TMPDIR", folder.toString());
        environment.putAll(start.environment());
        environment.put(WorkFolder.MARK, folder.toString());
        environment.put(NAME_MARK, start.name());
        return environment;
    }

    private static List<String> arguments(ProgramStart start, Path folder) {
        List<String> arguments = new ArrayList<>(List.of(folder.toString(), start.name()));
        arguments.addAll(start.limits().options());
        arguments.add("--");
        arguments.addAll(start.command());
        return arguments;
    }
}
