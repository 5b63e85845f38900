package cofferdam.monitor.wire;

import cofferdam.monitor.live.Ready;
import cofferdam.monitor.live.RealTime;
import cofferdam.monitor.live.Watch;
import cofferdam.monitor.net.FrameSink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * Frames over UDP between two loopback addresses, a frame a datagram (QEMU's {@code -netdev dgram},
 * User-mode Linux's {@code ucast}). Datagrams of anybody else do not come in.
 */
public final class DatagramWire implements FrameWire {

    private static final int BUFFER_BYTES = 65_536;
    private static final int SOCKET_BUFFER_BYTES = 1 << 20;

    private final DatagramChannel channel;
    private final Watch watch;
    private final Counts counts = new Counts();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    private DatagramWire(RealTime time, DatagramChannel channel) throws IOException {
        this.channel = channel;
        this.watch = time.watch(channel, new Ready() {
            @Override
            public void readable() {
                read();
            }
        });
    }

    /**
     * A wire from one address to the other.
     *
     * @param local where frames come in; port 0 takes a free one
     * @param remote where frames go, and the only place that they may come from
     * @throws IllegalArgumentException if one is not a loopback address
     * @throws IOException if the local one is taken
     */
    public static DatagramWire between(
            RealTime time, InetSocketAddress local, InetSocketAddress remote) throws IOException {
        requireLoopback(local);
        requireLoopback(remote);
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
            channel.bind(local).connect(remote);
            DatagramWire wire = new DatagramWire(time, channel);
            wire.watch.reading(true);
            return wire;
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw new IOException(
                    "cannot send from '%s' to '%s': %s"
                            .formatted(local, remote, failed.getMessage()),
                    failed);
        }
    }

    @Override
    public void attach(FrameSink receiver) {
        counts.attach(receiver);
    }

    @Override
    public void accept(byte[] frame, int offset, int length) {
        if (!counts.mayLeave(length)) {
            return;
        }
        try {
            if (channel.write(ByteBuffer.wrap(frame, offset, length)) == length) {
                counts.written(1);
                return;
            }
            counts.overrun(1);
        } catch (IOException nobody) {
            // Nobody has the remote port; that of an earlier datagram is told with the next.
            counts.unattached(1);
        }
    }

    @Override
    public WireCounters counters() {
        return counts.counters();
    }

    @Override
    public void close() {
        watch.close();
        try {
            channel.close();
        } catch (IOException failed) {
            throw new UncheckedIOException("socket not closed: " + failed.getMessage(), failed);
        }
    }

    private void read() {
        buffer.clear();
        try {
            if (channel.receive(buffer) == null) {
                return;
            }
        } catch (IOException nobody) {
            // Says that nobody took what was sent before; the next datagram may be taken.
            return;
        }
        byte[] frame = new byte[buffer.flip().remaining()];
        buffer.get(frame);
        counts.deliver(frame);
    }

    private static void requireLoopback(InetSocketAddress address) {
        if (address.getAddress() == null || !address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("'%s' is no loopback address".formatted(address));
        }
    }
}
