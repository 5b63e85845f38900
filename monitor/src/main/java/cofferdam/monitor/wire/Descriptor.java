package cofferdam.monitor.wire;

import cofferdam.monitor.live.RealTime;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * A descriptor of the system that frames are read from, one an action, for as long as there are
 * some. Used on the thread of the loop alone.
 */
final class Descriptor implements AutoCloseable {

    private final RealTime time;
    private final SystemCalls calls;
    private final int number;
    private final Source source;
    private final Counts counts;
    private final Runnable ended;
    private final Poller poller;
    private final Queue<byte[]> read = new ArrayDeque<>();
    private boolean closed;

    /** How frames are read from the descriptor. */
    interface Source {

        /** Reads once, without waiting: a number of bytes, or the negated error number. */
        long receive();

        /** The frames in what was read last; none if it cannot be read as such. */
        List<byte[]> frames(int length);
    }

    /**
     * Begins to read, and owns the descriptor unless this fails.
     *
     * @param ended run when the descriptor has failed and nothing comes in any more
     */
    Descriptor(
            RealTime time,
            SystemCalls calls,
            int number,
            String name,
            Source source,
            Counts counts,
            Runnable ended)
            throws IOException {
        this.time = time;
        this.calls = calls;
        this.number = number;
        this.source = source;
        this.counts = counts;
        this.ended = ended;
        poller = new Poller(time, number, name, this::readable);
        poller.arm();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            poller.close();
            calls.close(number);
        }
    }

    private void readable() {
        if (closed) {
            return;
        }
        if (read.isEmpty() && !receive()) {
            return;
        }
        byte[] frame = read.poll();
        if (!time.post(this::readable)) {
            poller.arm();
        }
        if (frame != null) {
            counts.deliver(frame);
        }
    }

    /** Reads once; whether there may be more. */
    private boolean receive() {
        long length = source.receive();
        if (length == SystemCalls.WOULD_BLOCK || length == SystemCalls.INTERRUPTED) {
            poller.arm();
            return false;
        }
        if (length == SystemCalls.NETWORK_DOWN) {
            return true;
        }
        if (length < 0 && length != SystemCalls.INVALID) {
            ended.run();
            return false;
        }
        List<byte[]> frames = length < 0 ? List.of() : source.frames((int) length);
        if (frames.isEmpty()) {
            counts.malformed(1);
        }
        read.addAll(frames);
        return true;
    }
}
