package cofferdam.monitor.memory;

import cofferdam.monitor.disk.ImageFile;

import java.io.IOException;
import java.util.Arrays;

/**
 * The host's swap file: slots of a page each. A slot that was given back keeps its bytes in the file
 * until it is used again, and is the next to be used.
 */
final class SwapFile {

    private static final int SLOT = PhysicalMemory.PAGE;

    private final ImageFile file;
    private final byte[] buffer = new byte[SLOT];
    private int[] released = new int[64];
    private int releasedCount;
    private int fresh;
    private long promised;

    SwapFile(ImageFile file) {
        this.file = file;
    }

    /**
     * Makes sure that so many more pages have room, whatever is swapped out.
     *
     * @throws IOException if the file cannot be so large
     */
    void promise(long pages) throws IOException {
        long wanted = (promised + pages) * SLOT;
        if (wanted > file.size()) {
            file.allocate(wanted);
        }
        promised += pages;
    }

    /** So many pages will not be needed any more; the file stays as large as it is. */
    void recall(long pages) {
        promised -= pages;
    }

    /** The next slot that {@link #store} fills. */
    private int next() throws IOException {
        if (releasedCount > 0) {
            return released[releasedCount - 1];
        }
        if ((fresh + 1L) * SLOT > file.size()) {
            throw new IOException("the swap file of %d bytes is full".formatted(file.size()));
        }
        return fresh;
    }

    /**
     * Writes a frame to a free slot, enciphered as the seal does it.
     *
     * @return the slot
     * @throws IOException if none is free or it cannot be written; then nothing has changed
     */
    int store(FramePool pool, int frame, SwapSeal seal) throws IOException {
        int slot = next();
        pool.read(frame, 0, buffer, 0, SLOT);
        file.write((long) slot * SLOT, seal.seal(slot, buffer));
        if (releasedCount > 0) {
            releasedCount--;
        } else {
            fresh++;
        }
        return slot;
    }

    /**
     * Reads a slot into a frame; the slot is still used.
     *
     * @throws IOException if it cannot be read, or is not what was written there
     */
    void load(int slot, FramePool pool, int frame, SwapSeal seal) throws IOException {
        file.read((long) slot * SLOT, buffer, 0, SLOT);
        pool.write(frame, 0, seal.open(slot, buffer), 0, SLOT);
    }

    /** Takes a slot back. */
    void free(int slot) {
        if (releasedCount == released.length) {
            released = Arrays.copyOf(released, 2 * releasedCount);
        }
        released[releasedCount++] = slot;
    }

    /** How many slots are in use. */
    int used() {
        return fresh - releasedCount;
    }
}
