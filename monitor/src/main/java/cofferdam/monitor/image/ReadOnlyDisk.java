package cofferdam.monitor.image;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.ByteSource;

import java.io.IOException;

/** The disk inside an image that the monitor opened as what it seemed to be. */
record ReadOnlyDisk(ByteSource content) implements BlockDevice {

    @Override
    public long size() {
        return content.size();
    }

    @Override
    public void read(long offset, byte[] into, int start, int count) throws IOException {
        content.read(offset, into, start, count);
    }

    @Override
    public void write(long offset, byte[] from, int start, int count) throws IOException {
        throw new IOException("the disk is read-only");
    }

    @Override
    public void flush() {}
}
