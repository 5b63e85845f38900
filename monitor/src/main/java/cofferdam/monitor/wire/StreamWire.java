package cofferdam.monitor.wire;

import cofferdam.monitor.live.Ready;
import cofferdam.monitor.live.RealTime;
import cofferdam.monitor.live.Watch;
import cofferdam.monitor.net.FrameSink;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Frames over a UNIX stream socket, framed as QEMU does: the length in 4 bytes, big-endian, then the
 * frame (QEMU's {@code -netdev stream} and {@code -netdev socket}). A length of less than 14 or more
 * than 65,600 ends the connection. Up to 1 MiB waits for a slow peer; what comes then is dropped.
 */
public final class StreamWire implements FrameWire {

    private static final int BACKLOG = 4;
    private static final Duration RETRY = Duration.ofMillis(100);

    private final RealTime time;
    private final Path path;
    private final Counts counts = new Counts();
    private final FrameParser parser = new FrameParser();
    private final FrameQueue queue = new FrameQueue();
    private @Nullable ServerSocketChannel server;
    private @Nullable Watch accepting;
    private @Nullable SocketChannel peer;
    private @Nullable Watch watch;

    private StreamWire(RealTime time, Path path) {
        this.time = time;
        this.path = path;
    }

    /**
     * A server at that path, which must not exist. It has one peer at a time: whoever connects
     * meanwhile waits in line until that one leaves. The path is deleted with {@link #close}.
     *
     * @throws IOException if the path cannot be bound, as one of more than 107 bytes
     */
    public static StreamWire listen(RealTime time, Path path) throws IOException {
        StreamWire wire = new StreamWire(time, path);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(path), BACKLOG);
            wire.server = server;
            wire.accepting = time.watch(server, wire.acceptor());
            wire.accepting.reading(true);
            return wire;
        } catch (IOException | RuntimeException failed) {
            server.close();
            throw new IOException(
                    "cannot listen on '%s': %s".formatted(path, failed.getMessage()), failed);
        }
    }

    /**
     * A client of the server at that path. When the server ends the connection it stays so.
     *
     * @throws IOException if nobody listens there
     */
    public static StreamWire connect(RealTime time, Path path) throws IOException {
        StreamWire wire = new StreamWire(time, path);
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(path));
            wire.begin(channel);
            return wire;
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw new IOException(
                    "cannot connect to '%s': %s".formatted(path, failed.getMessage()), failed);
        }
    }

    /** Whether somebody is at the other end. */
    public boolean isConnected() {
        return peer != null;
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
        if (watch == null) {
            counts.unattached(1);
            return;
        }
        if (!queue.add(buffer, offset, length)) {
            counts.overrun(1);
            return;
        }
        if (queue.hasBatch()) {
            write();
            return;
        }
        watch.writeSoon();
    }

    @Override
    public WireCounters counters() {
        return counts.counters();
    }

    @Override
    public void close() {
        ServerSocketChannel listening = server;
        server = null;
        end();
        if (listening == null) {
            return;
        }
        release(accepting, listening);
        try {
            Files.deleteIfExists(path);
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "cannot delete '%s': %s".formatted(path, failed.getMessage()), failed);
        }
    }

    private Ready acceptor() {
        return new Ready() {
            @Override
            public void readable() {
                acceptPeer();
            }
        };
    }

    private void acceptPeer() {
        if (server == null || accepting == null || peer != null) {
            return;
        }
        try {
            SocketChannel channel = server.accept();
            if (channel != null) {
                accepting.reading(false);
                begin(channel);
            }
        } catch (IOException gone) {
            // The peer left before it was accepted, or there are no descriptors: later perhaps.
            accepting.reading(false);
            time.after(RETRY, this::end);
        }
    }

    private void begin(SocketChannel channel) throws IOException {
        parser.reset();
        queue.clear();
        peer = channel;
        watch = time.watch(channel, new Ready() {
            @Override
            public void readable() {
                read();
            }

            @Override
            public void writable() {
                write();
            }
        });
        watch.reading(true);
        counts.linkUp();
    }

    /** Reads when no whole frame is left, and gives one frame on. */
    private void read() {
        if (peer == null || watch == null) {
            return;
        }
        try {
            if (!parser.hasNext() && parser.read(peer) < 0) {
                end();
                return;
            }
            byte[] frame = parser.next();
            if (parser.hasNext()) {
                watch.readAgain();
            }
            if (frame != null) {
                counts.deliver(frame);
            }
        } catch (FramingException wrong) {
            counts.malformed(1);
            end();
        } catch (IOException gone) {
            end();
        }
    }

    private void write() {
        if (peer == null || watch == null) {
            return;
        }
        try {
            counts.written(queue.write(peer));
            watch.writing(!queue.isEmpty());
        } catch (IOException gone) {
            // The peer has gone; what it sent before may still be there to be read.
            counts.unattached(queue.clear());
            watch.writing(false);
        }
    }

    /** Ends the connection, if there is one; a server looks for the next. */
    private void end() {
        SocketChannel channel = peer;
        Watch watched = watch;
        peer = null;
        watch = null;
        if (channel != null) {
            release(watched, channel);
            counts.unattached(queue.clear());
            counts.linkDown();
        }
        if (server != null && accepting != null) {
            accepting.reading(true);
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
