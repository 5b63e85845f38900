package cofferdam.monitor.guest.system;

import cofferdam.monitor.disk.BlockDevice;

import java.io.IOException;

/** A partition of a disk, as a guest's kernel offers it. */
record PartitionDevice(BlockDevice disk, long offset, long size) implements BlockDevice {

    @Override
    public void read(long from, byte[] into, int start, int count) throws IOException {
        requireInside(from, count);
        disk.read(offset + from, into, start, count);
    }

    @Override
    public void write(long from, byte[] bytes, int start, int count) throws IOException {
        requireInside(from, count);
        disk.write(offset + from, bytes, start, count);
    }

    @Override
    public void flush() throws IOException {
        disk.flush();
    }
}
