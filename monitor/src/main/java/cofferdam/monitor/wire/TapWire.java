package cofferdam.monitor.wire;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import cofferdam.monitor.live.RealTime;
import cofferdam.monitor.net.FrameSink;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Frames of a TAP device of this computer (Linux, Documentation/networking/tuntap.rst): what its
 * network stack sends comes in here, and what goes out here it receives.
 */
public final class TapWire implements FrameWire {

    private static final String DEVICE = "/dev/net/tun";
    private static final int READ_WRITE = 2;
    private static final int NONBLOCKING = 0x800;
    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final long SET_INTERFACE = 0x400454caL;
    private static final int REQUEST_BYTES = 40;
    private static final int FLAGS = 16;
    private static final short TAP_WITHOUT_PACKET_INFORMATION = 0x1002;
    private static final int BUFFER_BYTES = 65_536;

    private final Arena arena = Arena.ofShared();
    private final Counts counts = new Counts();
    private final SystemCalls calls;
    private final MemorySegment incoming = arena.allocate(BUFFER_BYTES);
    private final MemorySegment outgoing = arena.allocate(MAXIMUM_FRAME);
    private final int device;
    private final Descriptor descriptor;
    private boolean closed;

    private TapWire(RealTime time, String name) throws IOException {
        try {
            calls = new SystemCalls(arena);
            device = attached(name);
        } catch (IOException | RuntimeException failed) {
            arena.close();
            throw failed;
        }
        try {
            descriptor = new Descriptor(
                    time, calls, device, name, new Frames(), counts, counts::linkDown);
        } catch (IOException | RuntimeException failed) {
            calls.close(device);
            arena.close();
            throw failed;
        }
    }

    /**
     * Attaches to the TAP device of that name, which is made if it does not exist and the user may;
     * one that was made then goes with {@link #close}.
     *
     * @throws IllegalArgumentException if that cannot be a name
     * @throws IOException if the system refuses; the message names the call and the device
     */
    public static TapWire open(RealTime time, String name) throws IOException {
        InterfaceName.require(name);
        return new TapWire(time, name);
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
        MemorySegment.copy(buffer, offset, outgoing, JAVA_BYTE, 0, length);
        counts.sent(calls.write(device, outgoing.asSlice(0, length)));
    }

    @Override
    public WireCounters counters() {
        return counts.counters();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            descriptor.close();
            arena.close();
        }
    }

    private int attached(String name) throws IOException {
        int opened = SystemCalls.require(
                calls.open(arena.allocateFrom(DEVICE), READ_WRITE | NONBLOCKING | CLOSE_ON_EXEC),
                "open of " + DEVICE,
                name);
        MemorySegment request = arena.allocate(REQUEST_BYTES, Long.BYTES);
        request.setString(0, name);
        request.set(JAVA_SHORT, FLAGS, TAP_WITHOUT_PACKET_INFORMATION);
        int attached = calls.control(opened, SET_INTERFACE, request);
        if (attached < 0) {
            calls.close(opened);
        }
        SystemCalls.require(attached, "ioctl TUNSETIFF", name);
        return opened;
    }

    private final class Frames implements Descriptor.Source {
        @Override
        public long receive() {
            return calls.read(device, incoming);
        }

        @Override
        public List<byte[]> frames(int length) {
            return List.of(incoming.asSlice(0, length).toArray(JAVA_BYTE));
        }
    }
}
