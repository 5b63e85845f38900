package cofferdam.monitor.host;

import cofferdam.monitor.memory.PhysicalMemory;

import java.util.function.Supplier;

/**
 * A range of memory.
 *
 * @param name what it is for
 * @param readable whether the host's operating system can read it
 * @param memory where it lies
 * @param address its first byte there
 * @param size in bytes
 * @param frames the frames of the host's memory that the guests share which lie in it
 */
record MemoryMap(
        String name,
        boolean readable,
        PhysicalMemory memory,
        long address,
        long size,
        Supplier<String> frames) {

    /** A range of the operating system's own memory. */
    static MemoryMap of(String name, SystemMemory memory, long address, long size) {
        return new MemoryMap(name, true, memory, address, size, () -> "");
    }

    /** All of a guest's memory. */
    static MemoryMap of(
            String name, boolean readable, PhysicalMemory memory, Supplier<String> frames) {
        return new MemoryMap(name, readable, memory, 0, memory.size(), frames);
    }
}
