package cofferdam.monitor.process;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Writes to a program's standard input on a thread of its own, so that nobody waits for it. */
final class InputWriter {

    /** Bytes that may wait until the program reads. */
    static final long MAX_WAITING = 1L << 20;

    private final OutputStream input;
    private final LinkedBlockingQueue<byte[]> queue = new LinkedBlockingQueue<>();
    private final AtomicLong waiting = new AtomicLong();
    private final Thread thread;

    InputWriter(OutputStream input, String threadName) {
        this.input = input;
        this.thread = new Thread(this::run, threadName);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Takes the bytes, or gives false if too many wait already. */
    boolean offer(byte[] bytes) {
        if (waiting.addAndGet(bytes.length) > MAX_WAITING) {
            waiting.addAndGet(-bytes.length);
            return false;
        }
        return queue.add(bytes.clone());
    }

    private void run() {
        try (input) {
            while (true) {
                byte[] bytes = queue.take();
                input.write(bytes);
                input.flush();
                waiting.addAndGet(-bytes.length);
            }
        } catch (IOException e) {
            // The program has closed its standard input or is gone; what is sent now is lost.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void finish() {
        thread.interrupt();
    }
}
