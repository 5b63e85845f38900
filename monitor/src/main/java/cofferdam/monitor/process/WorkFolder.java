package cofferdam.monitor.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A folder that only this user can enter (mode 0700), for sockets and files of one host. It is gone
 * when it is closed, when this JVM ends, and when this JVM is killed; and so are the programs that
 * were started in it, with all that they started.
 *
 * <p>A guardian sees to that, a shell script in a session of its own whose standard input is a pipe
 * from this JVM: the kernel closes it when the JVM is gone.
 */
public final class WorkFolder implements AutoCloseable {

    /** The environment variable that names the folder in every process that belongs to it. */
    public static final String MARK = "COFFERDAM_WORK";

    /** The longest path of a UNIX socket: unix(7), sun_path without its closing zero. */
    private static final int LONGEST_SOCKET_PATH = 107;

    private static final int RANDOM_DIGITS = 12;
    private static final long LIMIT_SECONDS = 20;

    private final Path path;
    private final Process guardian;
    private final Thread hook = new Thread(this::close, "work-folder-at-exit");
    private final Set<ChildProcess> children = ConcurrentHashMap.newKeySet();
    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private WorkFolder(Path path, Process guardian) {
        this.path = path;
        this.guardian = guardian;
    }

    /** Makes one in the folder for temporary files, {@code java.io.tmpdir}. */
    public static WorkFolder create() throws IOException {
        return create(Path.of(System.getProperty("java.io.tmpdir")));
    }

    /**
     * Makes one in a folder.
     *
     * @throws IOException if it cannot be made, or its guardian cannot be started
     */
    public static WorkFolder create(Path parent) throws IOException {
        String random = UUID.randomUUID().toString().replace("-", "").substring(0, RANDOM_DIGITS);
        Path path = parent.toAbsolutePath().normalize().resolve("cofferdam-" + random);
        Process guardian = startGuardian(path, "watch");
        Script.awaitReady(guardian, "the guardian of '%s'".formatted(path));
        WorkFolder folder = new WorkFolder(path, guardian);
        folder.watchOver();
        return folder;
    }

    private static Process startGuardian(Path path, String task) throws IOException {
        return Script.GUARDIAN.start(
                Path.of("/"), Map.of(MARK, path.toString()), List.of(path.toString(), task));
    }

    private void watchOver() {
        Runtime.getRuntime().addShutdownHook(hook);
        Thread thread = new Thread(this::awaitGuardian, "guardian-of-" + path.getFileName());
        thread.setDaemon(true);
        thread.start();
    }

    private void awaitGuardian() {
        try {
            guardian.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!closed) {
            end("killed: its guardian ended");
        }
    }

    /** Where it is: an absolute path. */
    public Path path() {
        return path;
    }

    /**
     * A file of the folder, by its name.
     *
     * @throws IllegalArgumentException if the name is not one of a file right in the folder, or the
     *     path is too long for a socket
     */
    public Path file(String name) {
        Path file = path.resolve(name);
        if (!path.equals(file.getParent()) || !file.equals(file.normalize())) {
            throw new IllegalArgumentException("'%s' is no name of a file".formatted(name));
        }
        if (file.toString().length() > LONGEST_SOCKET_PATH) {
            throw new IllegalArgumentException(
                    "the path '%s' is longer than %d, too long for a socket"
                            .formatted(file, LONGEST_SOCKET_PATH));
        }
        return file;
    }

    /** Ends what was started in the folder, waits until it is gone, and removes the folder. */
    @Override
    public void close() {
        end("killed");
    }

    private synchronized void end(String reason) {
        if (closed) {
            return;
        }
        closed = true;
        children.forEach(child -> child.end(reason));
        children.forEach(ChildProcess::close);
        try {
            sweep();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        forgetHook();
    }

    /** The guardian removes the folder; where it was killed, another one does. */
    private void sweep() throws IOException, InterruptedException {
        closeQuietly(guardian.getOutputStream());
        guardian.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (Files.exists(path)) {
            startGuardian(path, "sweep").waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static void closeQuietly(OutputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // The other end is gone, and so is the pipe.
        }
    }

    private void forgetHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, and this may be that very hook.
        }
    }

    Process guardian() {
        return guardian;
    }

    /** Takes a name for a program, so that no two share the marks by which they are told apart. */
    void reserve(String name) {
        if (closed) {
            throw new IllegalStateException("the work folder '%s' is closed".formatted(path));
        }
        if (!names.add(name)) {
            throw new IllegalStateException("a program '%s' runs already".formatted(name));
        }
    }

    void giveBack(String name) {
        names.remove(name);
    }

    void adopt(ChildProcess child) {
        children.add(child);
        if (closed) {
            child.end("killed");
        }
    }

    void forget(ChildProcess child) {
        children.remove(child);
        names.remove(child.name());
    }
}
