package cofferdam.monitor.computer;

import cofferdam.monitor.memory.PhysicalMemory;

import java.util.Objects;

/**
 * The part of a machine's memory that its firmware leaves to the operating system; what is above belongs
 * to the devices.
 */
record LowerMemory(PhysicalMemory all, long size) implements PhysicalMemory {

    @Override
    public void read(long address, byte[] into, int offset, int count) {
        Objects.checkFromIndexSize(address, count, size);
        all.read(address, into, offset, count);
    }

    @Override
    public void write(long address, byte[] from, int offset, int count) {
        Objects.checkFromIndexSize(address, count, size);
        all.write(address, from, offset, count);
    }
}
