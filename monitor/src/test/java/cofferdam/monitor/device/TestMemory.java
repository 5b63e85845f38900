package cofferdam.monitor.device;

import cofferdam.monitor.memory.PhysicalMemory;

import java.util.Arrays;
import java.util.Objects;

/** Memory in an array, which counts the accesses that were not inside. */
final class TestMemory implements PhysicalMemory {

    final byte[] bytes;
    int strays;

    TestMemory(int size) {
        bytes = new byte[size];
    }

    byte[] at(long address, int count) {
        return Arrays.copyOfRange(bytes, (int) address, (int) address + count);
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public void read(long address, byte[] into, int offset, int count) {
        requireInside(address, count);
        System.arraycopy(bytes, (int) address, into, offset, count);
    }

    @Override
    public void write(long address, byte[] from, int offset, int count) {
        requireInside(address, count);
        System.arraycopy(from, offset, bytes, (int) address, count);
    }

    private void requireInside(long address, int count) {
        try {
            Objects.checkFromIndexSize(address, (long) count, bytes.length);
        } catch (IndexOutOfBoundsException e) {
            strays++;
            throw e;
        }
    }
}
