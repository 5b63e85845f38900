package cofferdam.monitor.wire;

import cofferdam.monitor.packet.Ethernet;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * Cuts a stream of bytes into frames as QEMU's stream and socket netdevs frame them: the length in 4
 * bytes, big-endian, then so many bytes (QEMU, {@code net_fill_rstate} in net/net.c). A frame comes
 * whole or not at all, however the stream was cut.
 */
final class FrameParser {

    /** The shortest length taken: an Ethernet header. */
    static final int MINIMUM_LENGTH = Ethernet.HEADER_BYTES;

    /** The longest length taken, which leaves room for a segmented 64 KiB packet. */
    static final int MAXIMUM_LENGTH = 65_600;

    /** Bytes of the length before each frame. */
    static final int PREFIX_BYTES = Integer.BYTES;

    private static final int BUFFER_BYTES = 2 * (PREFIX_BYTES + MAXIMUM_LENGTH);

    /** Between calls always as after {@code flip}: from position to limit is not yet parsed. */
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);

    /** Forgets what was read, for another stream. */
    void reset() {
        buffer.clear().limit(0);
    }

    /**
     * Reads once from the channel, as much as there is room for. Call it only when there is no whole
     * frame left.
     *
     * @return the number of bytes read, or -1 at the end of the stream
     */
    int read(ReadableByteChannel channel) throws IOException {
        buffer.compact();
        try {
            return channel.read(buffer);
        } finally {
            buffer.flip();
        }
    }

    /** Whether {@link #next} has something to give or to complain about. */
    boolean hasNext() {
        if (buffer.remaining() < PREFIX_BYTES) {
            return false;
        }
        long length = Integer.toUnsignedLong(buffer.getInt(buffer.position()));
        return isWrong(length) || buffer.remaining() >= PREFIX_BYTES + length;
    }

    /**
     * The next whole frame, or null if it has not come yet.
     *
     * @throws FramingException if its length is out of limits; the stream is useless from here on
     */
    byte @Nullable [] next() throws FramingException {
        if (!hasNext()) {
            return null;
        }
        long length = Integer.toUnsignedLong(buffer.getInt());
        if (isWrong(length)) {
            throw new FramingException(length);
        }
        byte[] frame = new byte[(int) length];
        buffer.get(frame);
        return frame;
    }

    private static boolean isWrong(long length) {
        return length < MINIMUM_LENGTH || length > MAXIMUM_LENGTH;
    }
}
