package cofferdam.monitor.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The processes of one program: those of its session, and those that left the session but have the
 * program's marks in their environment.
 *
 * @param leader the program's own process
 * @param start when the leader began, in clock ticks after boot: it tells the session from another
 *     one that got the same number later
 * @param marks what the environment of every descendant has, unless it was cleared
 */
record Session(long leader, long start, List<String> marks) {

    private static final Path PROC = Path.of("/proc");
    private static final int ROUNDS = 1000;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** The session that the process leads, which must be alive. */
    static Session ledBy(long leader, List<String> marks) throws IOException {
        Status status = Status.of(leader)
                .orElseThrow(() -> new IOException("process %d ended at once".formatted(leader)));
        return new Session(leader, status.start(), List.copyOf(marks));
    }

    /**
     * Kills every process of the session, and those that they start meanwhile.
     *
     * @return those that were still there after ten seconds
     */
    List<Long> end() {
        List<Long> members = members();
        for (int round = 0; round < ROUNDS && !members.isEmpty(); round++) {
            members.forEach(Session::kill);
            LockSupport.parkNanos(PAUSE_NANOS);
            members = members();
        }
        return members;
    }

    private static void kill(long member) {
        ProcessHandle.of(member).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** The processes of the session that are alive. */
    List<Long> members() {
        boolean numberIsOurs =
                Status.of(leader).map(status -> status.start() == start).orElse(true);
        List<Long> members = new ArrayList<>();
        for (long candidate : all()) {
            boolean inSession =
                    numberIsOurs && Status.of(candidate).filter(this::holds).isPresent();
            if (inSession || isMarked(candidate)) {
                members.add(candidate);
            }
        }
        return members;
    }

    private boolean holds(Status status) {
        return status.alive() && status.session() == leader;
    }

    private boolean isMarked(long candidate) {
        return candidate != ProcessHandle.current().pid()
                && environment(candidate).containsAll(marks);
    }

    private static List<Long> all() {
        List<Long> all = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            entries.forEach(entry -> all.add(Long.parseLong(entry.getFileName().toString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    /** Empty for processes of other users, for those that have ended, and for zombies. */
    private static List<String> environment(long process) {
        return text(process, "environ")
                .map(text -> Arrays.asList(text.split("\0", -1)))
                .orElse(List.of());
    }

    private static Optional<String> text(long process, String file) {
        try {
            byte[] bytes = Files.readAllBytes(PROC.resolve(process + "/" + file));
            return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What proc_pid_stat(5) says; the fields are counted from the one after the name. */
    private record Status(char state, long session, long start) {

        private static final int SESSION = 3;
        private static final int START = 19;

        static Optional<Status> of(long process) {
            return text(process, "stat").map(Status::parse);
        }

        /** The name may hold anything, line ends and parentheses too; nothing after it does. */
        private static Status parse(String text) {
            String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
            return new Status(
                    fields[0].charAt(0),
                    Long.parseLong(fields[SESSION]),
                    Long.parseLong(fields[START]));
        }

        boolean alive() {
            return state != 'Z' && state != 'X';
        }
    }
}
