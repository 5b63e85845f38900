package cofferdam.monitor.process;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * A program that was started, with everything that it has started itself. It ends on its own, past one
 * of its {@link Limits}, or when it is closed; whatever is left of its session is killed then.
 *
 * <p>Methods are called by one thread, the one that runs what is posted.
 */
public final class ChildProcess implements AutoCloseable {

    /** Pieces of output, of at most 8 KiB, that may wait to be delivered; then the program waits. */
    private static final int MAX_UNDELIVERED = 64;

    private static final int ALL_PERMITS = 1 << 20;
    private static final long LIMIT_SECONDS = 15;

    private final ProgramStart start;
    private final WorkFolder folder;
    private final Process process;
    private final Session session;
    private final Consumer<Runnable> post;
    private final List<Path> files;

    private final PipeReader outputReader;
    private final PipeReader errorReader;
    private final InputWriter writer;
    private final Thread watch;
    private final ErrorTail errors = new ErrorTail();
    private final AtomicLong written = new AtomicLong();
    private final Semaphore room = new Semaphore(MAX_UNDELIVERED);
    private final AtomicLong undelivered = new AtomicLong();

    private final Queue<byte[]> held = new ArrayDeque<>();
    private @Nullable Consumer<byte[]> listener;

    private final AtomicReference<@Nullable String> cause = new AtomicReference<>();
    private volatile @Nullable String conclusion;
    private volatile boolean closed;

    ChildProcess(
            ProgramStart start,
            WorkFolder folder,
            Process process,
            Session session,
            Consumer<Runnable> post)
            throws IOException {
        this.start = start;
        this.folder = folder;
        this.process = process;
        this.session = session;
        this.post = post;
        Path streams = folder.path().resolve("streams");
        Path output = streams.resolve(start.name() + ".out");
        Path error = streams.resolve(start.name() + ".err");
        Path registered = folder.path()
                .resolve("sessions/%d.%d".formatted(session.leader(), session.start()));
        this.files = List.of(output, error, registered);
        this.outputReader = new PipeReader(output, start.name() + "-output", this::readOutput);
        this.errorReader = new PipeReader(error, start.name() + "-errors", this::readErrors);
        this.writer = new InputWriter(process.getOutputStream(), start.name() + "-input");
        this.watch = new Thread(this::watch, start.name() + "-watch");
        watch.setDaemon(true);
    }

    void run() {
        outputReader.start();
        errorReader.start();
        writer.start();
        watch.start();
    }

    /** By which messages call the program. */
    public String name() {
        return start.name();
    }

    /** The number of the program's own process, which leads its session. */
    public long pid() {
        return process.pid();
    }

    /** Whether the program's own process runs. */
    public boolean alive() {
        return process.isAlive();
    }

    /** The program's exit code, 128 and the number of the signal if one ended it; empty before. */
    public OptionalInt exitCode() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /**
     * Sends bytes to the program's standard input and never waits. A program that does not read while
     * more than 1 MiB waits for it is ended; what is sent to one that has ended is lost.
     */
    public void send(byte[] bytes) {
        if (!writer.offer(bytes) && alive()) {
            end("killed: took no input while %d bytes waited".formatted(InputWriter.MAX_WAITING));
        }
    }

    /**
     * Names who receives the program's standard output, from its beginning, in pieces as they come. A
     * program whose output nobody takes waits.
     */
    public void output(Consumer<byte[]> receiver) {
        listener = receiver;
        while (!held.isEmpty()) {
            pass(receiver, held.remove());
        }
    }

    /** The last 8 KiB of what the program wrote to standard error; not for a terminal unescaped. */
    public String errors() {
        return errors.text();
    }

    /**
     * Why the program ended, once it has, nothing is left of its session and everything that it had
     * posted has been run, or it was closed: "exit code 1: could not open the image", "killed: ran longer than 20 s".
     */
    public Optional<String> ended() {
        return closed || undelivered.get() == 0
                ? Optional.ofNullable(conclusion)
                : Optional.empty();
    }

    /** Kills the program and its session, without waiting until they are gone. */
    public void kill() {
        end("killed");
    }

    /** Kills the program and its session, and waits until they are gone, at most 15 seconds. */
    @Override
    public void close() {
        end("killed");
        closed = true;
        room.release(ALL_PERMITS);
        try {
            watch.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void end(String reason) {
        if (process.isAlive()) {
            cause.compareAndSet(null, reason);
            process.destroyForcibly();
        }
    }

    private void watch() {
        try {
            awaitEnd();
            List<Long> remaining = session.end();
            room.release(ALL_PERMITS);
            writer.finish();
            outputReader.finish();
            errorReader.finish();
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            conclusion = Ending.remaining(reason(), remaining);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            folder.forget(this);
        }
        // Wakes whoever waits for the end.
        post.accept(() -> {});
    }

    private void awaitEnd() throws InterruptedException {
        Duration time = start.limits().time();
        if (!process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS)) {
            end("killed: ran longer than " + words(time));
            process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static String words(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    private String reason() {
        String known = cause.get();
        if (known != null) {
            return known;
        }
        if (process.isAlive()) {
            return "it does not end";
        }
        return Ending.of(process.exitValue(), errors.text(), start.limits());
    }

    private void readErrors(byte[] bytes) {
        if (withinLimit(bytes)) {
            errors.add(bytes);
        }
    }

    private void readOutput(byte[] bytes) throws InterruptedException {
        if (!withinLimit(bytes)) {
            return;
        }
        room.acquire();
        undelivered.incrementAndGet();
        post.accept(() -> deliver(bytes));
    }

    private boolean withinLimit(byte[] bytes) {
        long limit = start.limits().output();
        if (written.addAndGet(bytes.length) <= limit) {
            return true;
        }
        end("killed: wrote more than %d bytes".formatted(limit));
        return false;
    }

    private void deliver(byte[] bytes) {
        undelivered.decrementAndGet();
        if (closed) {
            return;
        }
        Consumer<byte[]> receiver = listener;
        if (receiver == null) {
            held.add(bytes);
            return;
        }
        pass(receiver, bytes);
    }

    private void pass(Consumer<byte[]> receiver, byte[] bytes) {
        room.release();
        receiver.accept(bytes);
    }
}
