package cofferdam.monitor.device;

import cofferdam.monitor.memory.PhysicalMemory;

import java.util.Objects;

/**
 * Direct memory access by a device. What lies outside the machine's memory is answered by nobody: the
 * access ends in a master abort (PCI Local Bus Specification 2.1, section 3.3.3.1), and nothing is
 * read or written.
 */
final class BusMaster {

    private final PhysicalMemory memory;
    private long aborts;

    BusMaster(PhysicalMemory memory) {
        this.memory = memory;
    }

    /** Reads so many bytes; false after a master abort. */
    boolean read(long address, byte[] into, int count) {
        Objects.checkFromIndexSize(0, count, into.length);
        if (!isInside(address, count)) {
            aborts++;
            return false;
        }
        memory.read(address, into, 0, count);
        return true;
    }

    /** Writes all of these bytes; false after a master abort. */
    boolean write(long address, byte[] from) {
        if (!isInside(address, from.length)) {
            aborts++;
            return false;
        }
        memory.write(address, from, 0, from.length);
        return true;
    }

    /** How many accesses ended in a master abort. */
    long aborts() {
        return aborts;
    }

    private boolean isInside(long address, int count) {
        return address >= 0 && address <= memory.size() - count;
    }
}
