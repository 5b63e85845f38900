package cofferdam.monitor.wire;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import cofferdam.monitor.live.RealTime;
import cofferdam.monitor.net.FrameSink;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Frames over a UNIX socket of sequenced packets, a frame a packet, as User-mode Linux's {@code
 * vec0:transport=bess,dst=PATH} sends them. This is the server at the path. It has one peer at a
 * time: whoever connects meanwhile waits in line until that one leaves.
 */
public final class SeqpacketWire implements FrameWire {

    private static final int UNIX = 1;
    private static final int SEQUENCED_PACKETS = 5;
    private static final int NONBLOCKING = 0x800;
    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final int ADDRESS_BYTES = 110;
    private static final int LONGEST_PATH = 107;
    private static final int BACKLOG = 4;
    private static final int DO_NOT_WAIT = 0x40;
    private static final int NO_SIGNAL = 0x4000;
    private static final int WHOLE_LENGTH = 0x20;
    private static final int CONNECTION_RESET = -104;
    private static final int BUFFER_BYTES = 65_536;
    private static final Duration RETRY = Duration.ofMillis(100);

    private final RealTime time;
    private final Path path;
    private final Arena arena = Arena.ofShared();
    private final Counts counts = new Counts();
    private final SystemCalls calls;
    private final MemorySegment incoming = arena.allocate(BUFFER_BYTES);
    private final MemorySegment outgoing = arena.allocate(MAXIMUM_FRAME);
    private final int server;
    private final Poller accepting;
    private int peer;
    private @Nullable Descriptor descriptor;
    private boolean closed;

    private SeqpacketWire(RealTime time, Path path) throws IOException {
        this.time = time;
        this.path = path;
        try {
            calls = new SystemCalls(arena);
            server = SystemCalls.require(
                    calls.socket(UNIX, SEQUENCED_PACKETS | NONBLOCKING | CLOSE_ON_EXEC, 0),
                    "socket",
                    path.toString());
        } catch (IOException | RuntimeException failed) {
            arena.close();
            throw failed;
        }
        try {
            bind();
            accepting = new Poller(time, server, path.toString(), this::acceptPeer);
        } catch (IOException | RuntimeException failed) {
            calls.close(server);
            arena.close();
            throw failed;
        }
        accepting.arm();
    }

    /**
     * A server at that path, which must not exist. The path is deleted with {@link #close}.
     *
     * @throws IOException if the path has more than 107 bytes or the system refuses; the message
     *     names the call and the path
     */
    public static SeqpacketWire listen(RealTime time, Path path) throws IOException {
        int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_PATH) {
            throw new IOException("path '%s' of a socket has %d bytes, more than %d"
                    .formatted(path, length, LONGEST_PATH));
        }
        return new SeqpacketWire(time, path);
    }

    /** Whether somebody is at the other end. */
    public boolean isConnected() {
        return descriptor != null;
    }

    @Override
    public void attach(FrameSink receiver) {
        counts.attach(receiver);
    }

    @Override
    public void accept(byte[] buffer, int offset, int length) {
        if (!counts.mayLeave(length)) {
            return;
        }
        if (descriptor == null) {
            counts.unattached(1);
            return;
        }
        MemorySegment.copy(buffer, offset, outgoing, JAVA_BYTE, 0, length);
        counts.sent(calls.send(peer, outgoing.asSlice(0, length), DO_NOT_WAIT | NO_SIGNAL));
    }

    @Override
    public WireCounters counters() {
        return counts.counters();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        end();
        accepting.close();
        calls.close(server);
        arena.close();
        try {
            Files.deleteIfExists(path);
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "cannot delete '%s': %s".formatted(path, failed.getMessage()), failed);
        }
    }

    private void bind() throws IOException {
        MemorySegment address = arena.allocate(ADDRESS_BYTES, Short.BYTES);
        address.set(JAVA_SHORT, 0, (short) UNIX);
        address.setString(Short.BYTES, path.toString(), StandardCharsets.UTF_8);
        SystemCalls.require(calls.bind(server, address), "bind", path.toString());
        int listening = calls.listen(server, BACKLOG);
        if (listening < 0) {
            Files.deleteIfExists(path);
        }
        SystemCalls.require(listening, "listen", path.toString());
    }

    private void acceptPeer() {
        int accepted = calls.accept(server, NONBLOCKING | CLOSE_ON_EXEC);
        if (accepted < 0) {
            // The peer left before it was accepted, or there are no descriptors: later perhaps.
            time.after(RETRY, this::lookForPeer);
            return;
        }
        try {
            descriptor = new Descriptor(
                    time, calls, accepted, path.toString(), new Frames(), counts, this::end);
            peer = accepted;
            counts.linkUp();
        } catch (IOException failed) {
            calls.close(accepted);
            time.after(RETRY, this::lookForPeer);
        }
    }

    private void lookForPeer() {
        if (!closed) {
            accepting.arm();
        }
    }

    /** Ends the connection, if there is one, and looks for the next. */
    private void end() {
        Descriptor ending = descriptor;
        descriptor = null;
        if (ending != null) {
            ending.close();
            counts.linkDown();
            lookForPeer();
        }
    }

    private final class Frames implements Descriptor.Source {
        @Override
        public long receive() {
            long length = calls.receive(peer, incoming, DO_NOT_WAIT | WHOLE_LENGTH);
            return length == 0 ? CONNECTION_RESET : length;
        }

        @Override
        public List<byte[]> frames(int length) {
            if (length > BUFFER_BYTES) {
                return List.of();
            }
            return List.of(incoming.asSlice(0, length).toArray(JAVA_BYTE));
        }
    }
}
