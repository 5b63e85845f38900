package cofferdam.monitor.device;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.memory.PhysicalMemory;

import java.io.IOException;
import java.util.Objects;

/**
 * A disk whose controller moves everything through one page of its machine's memory: what is read
 * from the disk lies there before the machine's system takes it, and what is written lies there
 * before the disk has it.
 */
public final class DmaDisk implements BlockDevice {

    private final BlockDevice disk;
    private final PhysicalMemory memory;
    private final long buffer;

    /**
     * A disk with its buffer.
     *
     * @param bufferAddress where the page lies that nobody else uses
     * @throws IllegalArgumentException if the page is not in the memory
     */
    public DmaDisk(BlockDevice disk, PhysicalMemory memory, long bufferAddress) {
        if (bufferAddress < 0 || bufferAddress > memory.size() - PhysicalMemory.PAGE) {
            throw new IllegalArgumentException("the disk's buffer at %d is not in %d bytes"
                    .formatted(bufferAddress, memory.size()));
        }
        this.disk = disk;
        this.memory = memory;
        buffer = bufferAddress;
    }

    @Override
    public long size() {
        return disk.size();
    }

    @Override
    public void read(long offset, byte[] into, int start, int count) throws IOException {
        Objects.checkFromIndexSize(start, count, into.length);
        requireInside(offset, count);
        byte[] piece = new byte[PhysicalMemory.PAGE];
        for (int done = 0, length; done < count; done += length) {
            length = Math.min(PhysicalMemory.PAGE, count - done);
            disk.read(offset + done, piece, 0, length);
            memory.write(buffer, piece, 0, length);
            memory.read(buffer, into, start + done, length);
        }
    }

    @Override
    public void write(long offset, byte[] from, int start, int count) throws IOException {
        Objects.checkFromIndexSize(start, count, from.length);
        requireInside(offset, count);
        byte[] piece = new byte[PhysicalMemory.PAGE];
        for (int done = 0, length; done < count; done += length) {
            length = Math.min(PhysicalMemory.PAGE, count - done);
            memory.write(buffer, from, start + done, length);
            memory.read(buffer, piece, 0, length);
            disk.write(offset + done, piece, 0, length);
        }
    }

    @Override
    public void flush() throws IOException {
        disk.flush();
    }
}
