package cofferdam.monitor.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Reads what a program writes to a named pipe, on a thread of its own. The pipe is also held open for
 * writing here, so that it ends when the program is known to be gone and everything is read, and
 * neither sooner, when the program closes its side, nor later.
 */
final class PipeReader {

    /** Receives what was read, on the reading thread; may hold it up. */
    interface Sink {
        void accept(byte[] bytes) throws InterruptedException;
    }

    private static final int CHUNK = 8192;
    private static final long LIMIT_MILLIS = 2000;

    private final FileChannel keeper;
    private final FileChannel source;
    private final Sink sink;
    private final Thread thread;

    PipeReader(Path pipe, String threadName, Sink sink) throws IOException {
        // Opened for both, a pipe waits for nobody: fifo(7).
        this.keeper = FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE);
        this.source = FileChannel.open(pipe, StandardOpenOption.READ);
        this.sink = sink;
        this.thread = new Thread(this::run, threadName);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
        try {
            while (source.read(buffer) >= 0) {
                sink.accept(Arrays.copyOf(buffer.array(), buffer.position()));
                buffer.clear();
            }
        } catch (IOException e) {
            // Closed by finish, because something that left the session holds the other end.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until everything is read that the program left behind, at most two seconds. */
    void finish() throws InterruptedException {
        close(keeper);
        thread.join(LIMIT_MILLIS);
        thread.interrupt();
        close(source);
        thread.join(TimeUnit.SECONDS.toMillis(1));
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
