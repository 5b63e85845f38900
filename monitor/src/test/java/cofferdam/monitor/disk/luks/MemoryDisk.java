package cofferdam.monitor.disk.luks;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.MemoryFile;

import java.io.IOException;

/** A disk in memory of a fixed size. */
public record MemoryDisk(MemoryFile file) implements BlockDevice {

    public static MemoryDisk of(int size) throws IOException {
        MemoryFile file = new MemoryFile();
        file.resize(size);
        return new MemoryDisk(file);
    }

    @Override
    public long size() {
        return file.size();
    }

    @Override
    public void read(long offset, byte[] into, int start, int count) throws IOException {
        file.read(offset, into, start, count);
    }

    @Override
    public void write(long offset, byte[] from, int start, int count) throws IOException {
        requireInside(offset, count);
        file.write(offset, from, start, count);
    }

    @Override
    public void flush() {}
}
