package cofferdam.monitor.guest.kernel;

import cofferdam.monitor.memory.PhysicalMemory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Memory as the kernel's own code reads and writes it: little-endian words and whole pages. */
final class Ram {

    static final int PAGE = PhysicalMemory.PAGE;

    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle DOUBLE_WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] ZEROS = new byte[PAGE];

    private final PhysicalMemory memory;
    private final byte[] scratch = new byte[Long.BYTES];

    Ram(PhysicalMemory memory) {
        this.memory = memory;
    }

    /** Where a page begins. */
    static long address(int page) {
        return (long) page * PAGE;
    }

    static int word(byte[] bytes, int offset) {
        return (int) WORD.get(bytes, offset);
    }

    static void word(byte[] bytes, int offset, int value) {
        WORD.set(bytes, offset, value);
    }

    static long doubleWord(byte[] bytes, int offset) {
        return (long) DOUBLE_WORD.get(bytes, offset);
    }

    static void doubleWord(byte[] bytes, int offset, long value) {
        DOUBLE_WORD.set(bytes, offset, value);
    }

    /** A page in which one word stands again and again. */
    static byte[] filled(long value) {
        byte[] page = new byte[PAGE];
        for (int offset = 0; offset < PAGE; offset += Long.BYTES) {
            doubleWord(page, offset, value);
        }
        return page;
    }

    int pages() {
        return Math.toIntExact(memory.size() / PAGE);
    }

    int word(long address) {
        memory.read(address, scratch, 0, Integer.BYTES);
        return word(scratch, 0);
    }

    void word(long address, int value) {
        word(scratch, 0, value);
        memory.write(address, scratch, 0, Integer.BYTES);
    }

    long doubleWord(long address) {
        memory.read(address, scratch, 0, Long.BYTES);
        return doubleWord(scratch, 0);
    }

    void doubleWord(long address, long value) {
        doubleWord(scratch, 0, value);
        memory.write(address, scratch, 0, Long.BYTES);
    }

    void write(long address, byte value) {
        scratch[0] = value;
        memory.write(address, scratch, 0, 1);
    }

    void read(long address, byte[] into) {
        memory.read(address, into, 0, into.length);
    }

    byte[] read(long address, int count) {
        byte[] bytes = new byte[count];
        memory.read(address, bytes, 0, count);
        return bytes;
    }

    void write(long address, byte[] bytes) {
        memory.write(address, bytes, 0, bytes.length);
    }

    void clear(int page) {
        memory.write(address(page), ZEROS, 0, PAGE);
    }
}
