package cofferdam.monitor.memory;

import cofferdam.monitor.MemoryControl.Means;

import java.io.IOException;

/** The memory of one guest: every access goes through its translation. */
public final class GuestMemory implements PhysicalMemory {

    GuestMemory() {}

    @Override
    public long size() {
        throw new UnsupportedOperationException();
    }

    /** The most that it may hold of the host's memory, in bytes. */
    public long limit() {
        throw new UnsupportedOperationException();
    }

    /** What is never taken back from it, in bytes. */
    public long reservation() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void read(long address, byte[] into, int offset, int count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void write(long address, byte[] from, int offset, int count) {
        throw new UnsupportedOperationException();
    }

    /** How it is used. */
    public MemoryUsage usage() {
        throw new UnsupportedOperationException();
    }

    /** The frames of all pages that have one, as ranges such as {@code 4-7,12}, sorted. */
    public String frames() {
        throw new UnsupportedOperationException();
    }

    /** The frames of these pages, as far as they have one. */
    public String frames(Iterable<Integer> pages) {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes memory back.
     *
     * @return the frames that were given back, as ranges
     * @throws IOException if the policy has no such means, or the swap file is full
     */
    public String reclaim(long bytes, Means means) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Gives all frames back; the guest is no more. */
    public void release() {
        throw new UnsupportedOperationException();
    }
}
