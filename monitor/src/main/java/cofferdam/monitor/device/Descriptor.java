package cofferdam.monitor.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A descriptor of a receive or transmit ring in the 32-bit layout of the Am79C970A (data sheet 19436,
 * "Receive Descriptors", "Transmit Descriptors"): the buffer's address, control bits with the two's
 * complement of its length, the length of a received message, and four bytes for the driver.
 *
 * @param address of the buffer, 0 to 2^32 - 1
 * @param control the flags below and, in the low 12 bits, the negated length
 * @param message the length of a received message in the low 12 bits
 */
record Descriptor(long address, int control, int message) {

    static final int BYTES = 16;

    /** The device may use it; else the driver may. */
    static final int OWN = 1 << 31;

    /** Something went wrong; other bits say what. */
    static final int ERROR = 1 << 30;

    /** The buffer was too small or could not be reached. */
    static final int BUFFER = 1 << 26;

    static final int START_OF_PACKET = 1 << 25;
    static final int END_OF_PACKET = 1 << 24;
    static final int WHOLE_PACKET = START_OF_PACKET | END_OF_PACKET;

    /** The data sheet asks for ones in these bits. */
    private static final int ONES = 0xf000;

    private static final int COUNT = 0xfff;

    /** A descriptor whose buffer has so many bytes, 1 to 4096. */
    static Descriptor of(long address, int flags, int length) {
        return new Descriptor(address, flags | ONES | (-length & COUNT), 0);
    }

    static Descriptor parse(byte[] bytes) {
        ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return new Descriptor(
                Integer.toUnsignedLong(words.getInt(0)), words.getInt(4), words.getInt(8));
    }

    byte[] bytes() {
        return ByteBuffer.allocate(BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) address)
                .putInt(control)
                .putInt(message)
                .array();
    }

    boolean has(int flags) {
        return (control & flags) == flags;
    }

    /** The length of the buffer in bytes, 1 to 4096. */
    int length() {
        int count = -control & COUNT;
        return count == 0 ? COUNT + 1 : count;
    }

    /** The length of the message in bytes, 0 to 4095. */
    int messageLength() {
        return message & COUNT;
    }

    /** The same buffer, given back to the driver with these flags. */
    Descriptor done(int flags, int messageLength) {
        return new Descriptor(address, flags | (control & (ONES | COUNT)), messageLength);
    }
}
