package cofferdam.monitor.memory;

/** A machine's physical address space as its processor and its devices reach it. */
public interface PhysicalMemory {

    /** The size of a page in bytes. */
    int PAGE = 4096;

    /** Its size in bytes. */
    long size();

    /**
     * Reads bytes.
     *
     * @throws IndexOutOfBoundsException if a byte of the range is not in this memory
     */
    void read(long address, byte[] into, int offset, int count);

    /**
     * Writes bytes.
     *
     * @throws IndexOutOfBoundsException if a byte of the range is not in this memory
     */
    void write(long address, byte[] from, int offset, int count);
}
