package cofferdam.monitor.host;

import cofferdam.monitor.memory.PhysicalMemory;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;

/** The memory that the host's operating system has for itself and its processes, in equal parts. */
final class SystemMemory implements PhysicalMemory {

    /** How many processes it has memory for. */
    static final int PARTS = 32;

    /** What one process gets, in bytes. */
    static final int PART = 8 * PAGE;

    private final byte[] bytes = new byte[PARTS * PART];
    private final BitSet taken = new BitSet(PARTS);

    /**
     * Gives a process a part, full of zeros.
     *
     * @return its first address
     */
    long allocate() {
        int part = taken.nextClearBit(0);
        if (part >= PARTS) {
            throw new IllegalStateException(
                    "the host's operating system has memory for %d processes".formatted(PARTS));
        }
        taken.set(part);
        Arrays.fill(bytes, part * PART, (part + 1) * PART, (byte) 0);
        return (long) part * PART;
    }

    /** Takes a part back; what is in it stays until another process gets it. */
    void free(long address) {
        taken.clear((int) (address / PART));
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public void read(long address, byte[] into, int offset, int count) {
        Objects.checkFromIndexSize(address, count, size());
        System.arraycopy(bytes, (int) address, into, offset, count);
    }

    @Override
    public void write(long address, byte[] from, int offset, int count) {
        Objects.checkFromIndexSize(address, count, size());
        System.arraycopy(from, offset, bytes, (int) address, count);
    }
}
