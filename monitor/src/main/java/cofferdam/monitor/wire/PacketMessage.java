package cofferdam.monitor.wire;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * What {@code recvmsg} fills for a frame of a packet socket: the offload header and the frame, the
 * address with the packet's kind, and the auxiliary data with a VLAN tag that the kernel took out of
 * the frame. Layouts as on 64 bit Linux ({@code struct msghdr, cmsghdr, tpacket_auxdata}).
 */
final class PacketMessage {

    private static final int DATA_BYTES = Offload.HEADER_BYTES + 65_600;
    private static final int CONTROL_BYTES = 64;
    private static final int MESSAGE_BYTES = 56;
    private static final int NAME_LENGTH = 8;
    private static final int VECTORS = 16;
    private static final int VECTOR_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int FLAGS = 48;
    private static final int TRUNCATED = 0x20;

    private static final int AUXILIARY = 16;
    private static final int AUXILIARY_END = 36;
    private static final int CONTROL_LEVEL = 8;
    private static final int CONTROL_TYPE = 12;
    private static final int PACKET_LEVEL = 263;
    private static final int AUXILIARY_DATA = 8;
    private static final int TAG = AUXILIARY + 16;
    private static final int TAG_PROTOCOL = AUXILIARY + 18;
    private static final int TAG_VALID = 1 << 4;
    private static final int TAG_PROTOCOL_VALID = 1 << 6;

    private static final int OUTGOING = 4;
    private static final int TAG_AT = 12;
    private static final int TAG_BYTES = 4;

    private final MemorySegment data;
    private final MemorySegment control;
    private final MemorySegment address;
    private final MemorySegment message;

    PacketMessage(Arena arena) {
        data = arena.allocate(DATA_BYTES);
        control = arena.allocate(CONTROL_BYTES, Long.BYTES);
        address = arena.allocate(PacketSocket.ADDRESS_BYTES, Integer.BYTES);
        message = arena.allocate(MESSAGE_BYTES, Long.BYTES);
        MemorySegment vector = arena.allocate(2L * Long.BYTES, Long.BYTES);
        vector.set(ADDRESS, 0, data);
        vector.set(JAVA_LONG, Long.BYTES, DATA_BYTES);
        message.set(ADDRESS, 0, address);
        message.set(ADDRESS, VECTORS, vector);
        message.set(JAVA_LONG, VECTOR_COUNT, 1);
        message.set(ADDRESS, CONTROL, control);
    }

    /** The structure for the call, ready for it. */
    MemorySegment prepared() {
        message.set(JAVA_INT, NAME_LENGTH, PacketSocket.ADDRESS_BYTES);
        message.set(JAVA_LONG, CONTROL_LENGTH, CONTROL_BYTES);
        message.set(JAVA_INT, FLAGS, 0);
        return message;
    }

    /** Whether this computer sent it itself. */
    boolean isOutgoing() {
        return PacketSocket.kind(address) == OUTGOING;
    }

    /** The frames, as they would be on a wire, in the {@code length} bytes received. */
    List<byte[]> frames(int length) {
        boolean truncated = (message.get(JAVA_INT, FLAGS) & TRUNCATED) != 0;
        if (truncated || length < Offload.HEADER_BYTES + TAG_AT + 2) {
            return List.of();
        }
        ByteBuffer header =
                data.asSlice(0, Offload.HEADER_BYTES).asByteBuffer().order(ByteOrder.nativeOrder());
        byte[] frame = data.asSlice(Offload.HEADER_BYTES, (long) length - Offload.HEADER_BYTES)
                .toArray(JAVA_BYTE);
        List<byte[]> frames = Offload.read(header).completed(frame);
        return hasTag() ? frames.stream().map(this::tagged).toList() : frames;
    }

    private boolean hasTag() {
        return message.get(JAVA_LONG, CONTROL_LENGTH) >= AUXILIARY_END
                && control.get(JAVA_INT, CONTROL_LEVEL) == PACKET_LEVEL
                && control.get(JAVA_INT, CONTROL_TYPE) == AUXILIARY_DATA
                && (control.get(JAVA_INT, AUXILIARY) & TAG_VALID) != 0;
    }

    private byte[] tagged(byte[] frame) {
        boolean told = (control.get(JAVA_INT, AUXILIARY) & TAG_PROTOCOL_VALID) != 0;
        short protocol = told ? control.get(JAVA_SHORT, TAG_PROTOCOL) : (short) 0x8100;
        return ByteBuffer.allocate(frame.length + TAG_BYTES)
                .put(frame, 0, TAG_AT)
                .putShort(protocol)
                .putShort(control.get(JAVA_SHORT, TAG))
                .put(frame, TAG_AT, frame.length - TAG_AT)
                .array();
    }
}
