package cofferdam.monitor.disk.partition;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.MalformedImageException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/** A disk in memory, with what tests need to damage it. */
record MemoryDisk(byte[] bytes) implements BlockDevice {

    static final int MIB = 1 << 20;

    static MemoryDisk ofMebibytes(int size) {
        return new MemoryDisk(new byte[size * MIB]);
    }

    MemoryDisk copy() {
        return new MemoryDisk(bytes.clone());
    }

    ByteBuffer little() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public void read(long offset, byte[] into, int start, int count)
            throws MalformedImageException {
        Objects.checkFromIndexSize(start, count, into.length);
        requireInside(offset, count);
        System.arraycopy(bytes, (int) offset, into, start, count);
    }

    @Override
    public void write(long offset, byte[] from, int start, int count)
            throws MalformedImageException {
        requireInside(offset, count);
        System.arraycopy(from, start, bytes, (int) offset, count);
    }

    @Override
    public void flush() {}
}
