package cofferdam.monitor.disk.qcow2;

import cofferdam.monitor.disk.ByteSource;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers as qcow2 has them: the most significant byte first. */
final class BigEndian {

    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private BigEndian() {}

    static int unsignedShort(byte[] bytes, int at) {
        return (short) SHORT.get(bytes, at) & 0xffff;
    }

    static int integer(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static long unsigned(byte[] bytes, int at) {
        return integer(bytes, at) & 0xffff_ffffL;
    }

    static long number(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static long number(ByteSource source, long offset) throws IOException {
        return number(source.read(offset, Long.BYTES), 0);
    }

    static void putShort(byte[] bytes, int at, int value) {
        SHORT.set(bytes, at, (short) value);
    }

    static void put(byte[] bytes, int at, int value) {
        INT.set(bytes, at, value);
    }

    static void put(byte[] bytes, int at, long value) {
        LONG.set(bytes, at, value);
    }
}
