package cofferdam.monitor.recording;

import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;

/** A channel into an array that grows up to a limit. */
final class MemoryChannel implements WritableByteChannel {

    private static final int FIRST_BYTES = 4096;

    private final String what;
    private final int maximumBytes;
    private byte[] bytes = new byte[FIRST_BYTES];
    private int size;

    /**
     * @param what the contents, for messages
     * @param maximumBytes the most that it takes
     */
    MemoryChannel(String what, int maximumBytes) {
        this.what = what;
        this.maximumBytes = maximumBytes;
    }

    @Override
    public int write(ByteBuffer source) {
        int added = source.remaining();
        if (added > maximumBytes - size) {
            throw new EvidenceLimitException(
                    "%s would be larger than %d bytes".formatted(what, maximumBytes));
        }
        if (added > bytes.length - size) {
            long doubled = Math.max(2L * bytes.length, size + added);
            bytes = Arrays.copyOf(bytes, (int) Math.min(doubled, maximumBytes));
        }
        source.get(bytes, size, added);
        size += added;
        return added;
    }

    int size() {
        return size;
    }

    void copyTo(int offset, byte[] target, int targetOffset, int length) {
        System.arraycopy(bytes, offset, target, targetOffset, length);
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {
        // Nothing is held but memory.
    }
}
