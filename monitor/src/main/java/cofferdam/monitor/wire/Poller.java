package cofferdam.monitor.wire;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import cofferdam.monitor.live.RealTime;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.Semaphore;

/**
 * Watches a descriptor that a selector cannot: a thread waits until it is readable, and posts. It
 * never reads itself; so descriptors are used, and closed, on the thread of the loop alone.
 */
final class Poller implements AutoCloseable {

    private static final int CLOSE_ON_EXEC_NONBLOCKING = 0x80000 | 0x800;
    private static final short POLL_IN = 1;
    private static final int ENTRY_BYTES = 8;
    private static final int EVENTS = 4;
    private static final int RETURNED = 6;
    private static final int BUSY_MILLISECONDS = 10;

    private final RealTime time;
    private final Runnable ready;
    private final Semaphore armed = new Semaphore(0);
    private final Arena arena = Arena.ofShared();
    private final SystemCalls ending;
    private final SystemCalls polling;
    private final int wake;
    private final MemorySegment entries;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Begins to watch when {@link #arm} is called.
     *
     * @param ready run by the loop, once for each {@link #arm}, when the descriptor is readable or
     *     has failed
     */
    Poller(RealTime time, int descriptor, String name, Runnable ready) throws IOException {
        this.time = time;
        this.ready = ready;
        try {
            ending = new SystemCalls(arena);
            polling = new SystemCalls(arena);
            wake = SystemCalls.require(
                    ending.eventDescriptor(CLOSE_ON_EXEC_NONBLOCKING), "eventfd", name);
        } catch (IOException | RuntimeException failed) {
            arena.close();
            throw failed;
        }
        entries = arena.allocate(2 * ENTRY_BYTES, Integer.BYTES);
        entry(0, wake);
        entry(1, descriptor);
        thread = Thread.ofPlatform().daemon().name("wire " + name).start(this::run);
    }

    /** Has the action run when the descriptor is readable next. */
    void arm() {
        armed.release();
    }

    /** Ends the thread, and waits for that. The descriptor may be closed afterwards. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        armed.release();
        MemorySegment one = arena.allocate(JAVA_LONG);
        one.set(JAVA_LONG, 0, 1);
        ending.write(wake, one);
        joined();
        ending.close(wake);
        arena.close();
    }

    private void run() {
        while (!hasEnded()) {
            armed.acquireUninterruptibly();
            if (!closed) {
                polling.poll(entries, 2, -1);
                hand();
            }
        }
    }

    /** Posts, as soon as there is room for it. */
    private void hand() {
        while (!hasEnded() && !time.post(this::runReady)) {
            polling.poll(entries, 1, BUSY_MILLISECONDS);
        }
    }

    private boolean hasEnded() {
        return closed || time.isClosed();
    }

    private void runReady() {
        if (!closed) {
            ready.run();
        }
    }

    private void entry(int index, int descriptor) {
        entries.set(JAVA_INT, (long) index * ENTRY_BYTES, descriptor);
        entries.set(JAVA_SHORT, (long) index * ENTRY_BYTES + EVENTS, POLL_IN);
        entries.set(JAVA_SHORT, (long) index * ENTRY_BYTES + RETURNED, (short) 0);
    }

    private void joined() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
