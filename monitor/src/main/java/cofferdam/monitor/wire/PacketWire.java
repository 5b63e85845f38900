package cofferdam.monitor.wire;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import cofferdam.monitor.live.RealTime;
import cofferdam.monitor.net.FrameSink;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Frames of an Ethernet interface of this computer, such as one end of a veth pair, by a packet
 * socket (packet(7)): all that come in by the interface, whatever their destination, and nothing
 * that this computer sends by it. Checksums and TCP segments that a sender left to hardware which is
 * not there are completed. The computer's own network stack sees the frames too, and may answer.
 */
public final class PacketWire implements FrameWire {

    private static final int DO_NOT_WAIT = 0x40;

    private final Arena arena = Arena.ofShared();
    private final Counts counts = new Counts();
    private final SystemCalls calls;
    private final PacketSocket opener;
    private final PacketMessage message = new PacketMessage(arena);
    private final MemorySegment outgoing =
            arena.allocate((long) Offload.HEADER_BYTES + MAXIMUM_FRAME);
    private final int socket;
    private final Descriptor descriptor;
    private boolean closed;

    private PacketWire(RealTime time, String name) throws IOException {
        try {
            calls = new SystemCalls(arena);
            opener = new PacketSocket(calls, arena, name);
            socket = opener.open(arena);
        } catch (IOException | RuntimeException failed) {
            arena.close();
            throw failed;
        }
        try {
            descriptor = new Descriptor(
                    time, calls, socket, name, new Frames(), counts, counts::linkDown);
        } catch (IOException | RuntimeException failed) {
            calls.close(socket);
            arena.close();
            throw failed;
        }
    }

    /**
     * Opens the interface of that name, which becomes promiscuous until {@link #close}.
     *
     * @throws IllegalArgumentException if that cannot be a name
     * @throws IOException if there is no such Ethernet interface, or the user may not; the message
     *     names the call and the interface
     */
    public static PacketWire open(RealTime time, String name) throws IOException {
        InterfaceName.require(name);
        return new PacketWire(time, name);
    }

    @Override
    public void attach(FrameSink receiver) {
        counts.attach(receiver);
    }

    @Override
    public void accept(byte[] buffer, int offset, int length) {
        if (closed || !counts.mayLeave(length)) {
            return;
        }
        // The offload header before the frame stays zero: nothing is left to hardware.
        MemorySegment.copy(buffer, offset, outgoing, JAVA_BYTE, Offload.HEADER_BYTES, length);
        MemorySegment whole = outgoing.asSlice(0, (long) Offload.HEADER_BYTES + length);
        counts.sent(calls.send(socket, whole, DO_NOT_WAIT));
    }

    @Override
    public WireCounters counters() {
        countDropped();
        return counts.counters();
    }

    @Override
    public void close() {
        if (!closed) {
            countDropped();
            closed = true;
            descriptor.close();
            arena.close();
        }
    }

    private void countDropped() {
        if (!closed) {
            counts.overrun(opener.dropped(socket));
        }
    }

    private final class Frames implements Descriptor.Source {

        @Override
        public long receive() {
            long length = calls.receiveMessage(socket, message.prepared(), DO_NOT_WAIT);
            boolean ours = length >= 0 && message.isOutgoing();
            return ours ? SystemCalls.INTERRUPTED : length;
        }

        @Override
        public List<byte[]> frames(int length) {
            return message.frames(length);
        }
    }
}
