package cofferdam.monitor.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * A JVM of its own that starts a program again and again and closes the oldest, until it is
 * interrupted: {@code FOLDER END PROGRAM ARGUMENTS...}. END says how it ends by itself after a few:
 * "exit", "exception", "return", or "never".
 */
final class HostProgram {

    /** User-mode Linux keeps its memory in a file. */
    private static final Limits LIMITS = new Limits(
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Limits.UNLIMITED,
            Limits.UNLIMITED,
            Limits.UNLIMITED);

    private static final int RUNNING = 3;
    private static final int STARTS = 5;

    private HostProgram() {}

    public static void main(String[] arguments) throws Exception {
        WorkFolder folder = WorkFolder.create(Path.of(arguments[0]));
        List<String> command = Arrays.asList(arguments).subList(2, arguments.length);
        Queue<ChildProcess> running = new ArrayDeque<>();
        for (int number = 0; !isLast(number, arguments[1]); number++) {
            running.add(start(folder, "program-" + number, command));
            if (running.size() > RUNNING) {
                running.remove().close();
            }
        }
        end(arguments[1]);
    }

    private static boolean isLast(int number, String end) {
        return number >= STARTS && !end.equals("never");
    }

    private static ChildProcess start(WorkFolder folder, String name, List<String> command)
            throws IOException {
        ProgramStart start = new ProgramStart(name, command, Map.of(), LIMITS);
        return Supervisor.start(start, folder, Runnable::run);
    }

    private static void end(String end) {
        if (end.equals("exit")) {
            System.exit(3);
        }
        if (end.equals("exception")) {
            throw new IllegalStateException("on purpose");
        }
    }
}
