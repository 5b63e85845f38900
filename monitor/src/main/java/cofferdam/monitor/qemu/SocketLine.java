package cofferdam.monitor.qemu;

import cofferdam.monitor.linux.ConsoleLine;
import cofferdam.monitor.live.Ready;
import cofferdam.monitor.live.RealTime;
import cofferdam.monitor.live.Watch;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * A stream of bytes to one process, over a UNIX socket at which this side listens: the first that
 * connects has the line, and the path is gone then. What is sent before waits for it. Nothing is read
 * until somebody listens, and no more at a time than a listener gets at once, so that a process that
 * talks without end waits for this side and not the other way round.
 */
final class SocketLine implements ConsoleLine, AutoCloseable {

    /** The most bytes that wait for a process that does not read. */
    static final int MAXIMUM_WAITING = 1 << 20;

    private static final int PIECE = 16 * 1024;

    private final RealTime time;
    private final Path path;
    private final ServerSocketChannel server;
    private final Queue<ByteBuffer> waiting = new ArrayDeque<>();
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE);
    private long waitingBytes;
    private @Nullable Watch accepting;
    private @Nullable SocketChannel peer;
    private @Nullable Watch watch;
    private @Nullable Consumer<byte[]> listener;
    private boolean over;

    private SocketLine(RealTime time, Path path, ServerSocketChannel server) {
        this.time = time;
        this.path = path;
        this.server = server;
    }

    /**
     * Listens at that path, which must not exist.
     *
     * @throws IOException if the path cannot be bound
     */
    static SocketLine listen(RealTime time, Path path) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(path), 1);
            SocketLine line = new SocketLine(time, path, server);
            line.awaitPeer();
            return line;
        } catch (IOException | RuntimeException failed) {
            server.close();
            throw new IOException(
                    "cannot listen on '%s': %s".formatted(path, failed.getMessage()), failed);
        }
    }

    /** Whether a process has the line now. */
    boolean isConnected() {
        return peer != null;
    }

    /** Whether a process had the line and it has ended, or it was closed. */
    boolean isOver() {
        return over;
    }

    /** The line is ended if more than 1 MiB would wait. */
    @Override
    public void send(byte[] bytes) {
        if (over || bytes.length == 0) {
            return;
        }
        if (waitingBytes + bytes.length > MAXIMUM_WAITING) {
            close();
            return;
        }
        waiting.add(ByteBuffer.wrap(bytes.clone()));
        waitingBytes += bytes.length;
        if (watch != null) {
            watch.writeSoon();
        }
    }

    @Override
    public void listen(Consumer<byte[]> receiver) {
        listener = receiver;
        if (watch != null) {
            watch.reading(true);
        }
    }

    @Override
    public void close() {
        over = true;
        waiting.clear();
        waitingBytes = 0;
        Watch awaited = accepting;
        accepting = null;
        release(awaited, server);
        SocketChannel channel = peer;
        Watch watched = watch;
        peer = null;
        watch = null;
        if (channel != null) {
            release(watched, channel);
        }
        try {
            Files.deleteIfExists(path);
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "cannot delete '%s': %s".formatted(path, failed.getMessage()), failed);
        }
    }

    private void awaitPeer() throws IOException {
        accepting = time.watch(server, new Ready() {
            @Override
            public void readable() {
                acceptPeer();
            }
        });
        accepting.reading(true);
    }

    private void acceptPeer() {
        if (over || accepting == null) {
            return;
        }
        try {
            SocketChannel channel = server.accept();
            if (channel == null) {
                return;
            }
            peer = channel;
            watch = time.watch(channel, ready());
            watch.reading(listener != null);
            watch.writing(!waiting.isEmpty());
            release(accepting, server);
            accepting = null;
            Files.deleteIfExists(path);
        } catch (IOException failed) {
            close();
        }
    }

    private Ready ready() {
        return new Ready() {
            @Override
            public void readable() {
                read();
            }

            @Override
            public void writable() {
                write();
            }
        };
    }

    private void read() {
        Consumer<byte[]> receiver = listener;
        if (peer == null || receiver == null) {
            return;
        }
        try {
            piece.clear();
            int count = peer.read(piece);
            if (count < 0) {
                close();
                return;
            }
            if (count > 0) {
                receiver.accept(Arrays.copyOf(piece.array(), count));
            }
        } catch (IOException failed) {
            close();
        }
    }

    private void write() {
        if (peer == null || watch == null) {
            return;
        }
        try {
            while (!waiting.isEmpty()) {
                waitingBytes -= peer.write(waiting.element());
                if (waiting.element().hasRemaining()) {
                    break;
                }
                waiting.remove();
            }
            watch.writing(!waiting.isEmpty());
        } catch (IOException failed) {
            // The process has gone; what it said before may still be there to be read.
            waiting.clear();
            waitingBytes = 0;
            watch.writing(false);
        }
    }

    private static void release(@Nullable Watch watch, SelectableChannel channel) {
        try (channel) {
            if (watch != null) {
                watch.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("socket not closed: " + failed.getMessage(), failed);
        }
    }
}
