package cofferdam.monitor.pcapng;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Makes pcapng files field by field, in either byte order, without the code under test. */
final class Handmade {

    private final ByteOrder order;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Handmade(ByteOrder order) {
        this.order = order;
    }

    byte[] file() {
        return out.toByteArray();
    }

    Handmade section() {
        return block(0x0a0d0d0a, join(ints(0x1a2b3c4d), shorts(1, 0), longs(-1)));
    }

    Handmade ethernet(byte[]... options) {
        return block(1, join(shorts(1, 0), ints(0), join(options)));
    }

    Handmade enhanced(int interfaceNumber, long time, byte[] frame, byte[]... options) {
        return block(6, packetBody(ints(interfaceNumber), time, frame, options));
    }

    Handmade obsolete(int interfaceNumber, long time, byte[] frame, byte[]... options) {
        return block(2, packetBody(shorts(interfaceNumber, 7), time, frame, options));
    }

    private byte[] packetBody(byte[] first, long time, byte[] frame, byte[]... options) {
        byte[] stamps = ints((int) (time >>> 32), (int) time, frame.length, frame.length);
        return join(first, stamps, pad(frame), join(options));
    }

    Handmade block(int type, byte[] body) {
        int length = body.length + 12;
        out.writeBytes(join(ints(type, length), body, ints(length)));
        return this;
    }

    byte[] option(int code, byte[] value) {
        return join(shorts(code, value.length), pad(value));
    }

    byte[] end() {
        return ints(0);
    }

    byte[] shorts(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(2 * values.length).order(order);
        Arrays.stream(values).forEach(value -> buffer.putShort((short) value));
        return buffer.array();
    }

    byte[] ints(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(order);
        Arrays.stream(values).forEach(buffer::putInt);
        return buffer.array();
    }

    byte[] longs(long value) {
        return ByteBuffer.allocate(8).order(order).putLong(value).array();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(joined::writeBytes);
        return joined.toByteArray();
    }

    static byte[] pad(byte[] value) {
        return Arrays.copyOf(value, (value.length + 3) / 4 * 4);
    }
}
