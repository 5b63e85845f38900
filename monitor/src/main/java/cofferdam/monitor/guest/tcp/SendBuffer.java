package cofferdam.monitor.guest.tcp;

import java.util.Arrays;

/**
 * Bytes that the application has written and the peer has not acknowledged, at most {@link
 * #CAPACITY}.
 */
final class SendBuffer {

    static final int CAPACITY = 32_768;

    private static final int FIRST_ALLOCATION = 512;

    private byte[] bytes = new byte[0];
    private int length;

    int length() {
        return length;
    }

    /** Takes as many of the bytes from {@code offset} as there is room for, and says how many. */
    int append(byte[] data, int offset) {
        int taken = Math.min(data.length - offset, CAPACITY - length);
        grow(length + taken);
        System.arraycopy(data, offset, bytes, length, taken);
        length += taken;
        return taken;
    }

    private void grow(int needed) {
        if (needed <= bytes.length) {
            return;
        }
        int size = Math.max(FIRST_ALLOCATION, Math.max(needed, 2 * bytes.length));
        bytes = Arrays.copyOf(bytes, Math.min(size, CAPACITY));
    }

    /**
     * A copy of {@code count} bytes from {@code offset}, counted from the first that is not
     * acknowledged.
     */
    byte[] copy(int offset, int count) {
        return Arrays.copyOfRange(bytes, offset, offset + count);
    }

    /** Forgets the first {@code count} bytes. */
    void drop(int count) {
        length -= count;
        System.arraycopy(bytes, count, bytes, 0, length);
    }
}
