package cofferdam.monitor.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Frames that wait to be written to a stream, each behind its length in 4 bytes, big-endian. Bounded
 * in bytes: a frame that finds no room is refused.
 */
final class FrameQueue {

    /** The most bytes that wait beside the batch that is being written. */
    static final int MAXIMUM_BYTES = 1 << 20;

    private static final int BATCH_BYTES = 64 * 1024;

    private final Queue<byte[]> frames = new ArrayDeque<>();
    private final ByteBuffer batch = ByteBuffer.allocateDirect(BATCH_BYTES).limit(0);
    private int bytes;

    /** Forgets all frames; gives their number. */
    int clear() {
        int lost = frames.size();
        frames.clear();
        bytes = 0;
        batch.clear().limit(0);
        return lost;
    }

    /** Copies the frame, of at most {@link FrameWire#MAXIMUM_FRAME} bytes, if there is room. */
    boolean add(byte[] buffer, int offset, int length) {
        int framed = FrameParser.PREFIX_BYTES + length;
        if (bytes + framed > MAXIMUM_BYTES) {
            return false;
        }
        byte[] copy = new byte[framed];
        ByteBuffer.wrap(copy).putInt(length).put(buffer, offset, length);
        frames.add(copy);
        bytes += framed;
        return true;
    }

    boolean isEmpty() {
        return frames.isEmpty() && !batch.hasRemaining();
    }

    /** Whether there is enough to fill one write. */
    boolean hasBatch() {
        return bytes >= BATCH_BYTES;
    }

    /**
     * Writes until nothing is left or the channel takes no more.
     *
     * @return how many frames left the queue
     */
    int write(WritableByteChannel channel) throws IOException {
        int written = 0;
        while (!isEmpty()) {
            if (!batch.hasRemaining()) {
                written += fill();
            }
            channel.write(batch);
            if (batch.hasRemaining()) {
                return written;
            }
        }
        return written;
    }

    private int fill() {
        int filled = 0;
        batch.clear();
        while (!frames.isEmpty() && frames.element().length <= batch.remaining()) {
            byte[] next = frames.remove();
            bytes -= next.length;
            batch.put(next);
            filled++;
        }
        batch.flip();
        return filled;
    }
}
