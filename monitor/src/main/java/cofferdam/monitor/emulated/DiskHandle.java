package cofferdam.monitor.emulated;

import cofferdam.monitor.disk.BlockDevice;

import java.io.IOException;

/** A machine's disk through the handle that the monitor has of its image file. */
final class DiskHandle implements BlockDevice {

    private final BlockDevice disk;
    private boolean closed;

    DiskHandle(BlockDevice disk) {
        this.disk = disk;
    }

    /** Somebody has closed the handle behind the monitor's back. */
    void close() {
        closed = true;
    }

    @Override
    public long size() {
        return disk.size();
    }

    @Override
    public void read(long offset, byte[] into, int start, int count) throws IOException {
        requireOpen();
        disk.read(offset, into, start, count);
    }

    @Override
    public void write(long offset, byte[] from, int start, int count) throws IOException {
        requireOpen();
        disk.write(offset, from, start, count);
    }

    @Override
    public void flush() throws IOException {
        requireOpen();
        disk.flush();
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("the handle of the image file is closed");
        }
    }
}
