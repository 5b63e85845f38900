package cofferdam.monitor.memory;

import cofferdam.monitor.RefusedSetupException;
import cofferdam.monitor.Timeline;
import cofferdam.monitor.disk.ImageFile;
import cofferdam.monitor.policy.MemoryPolicy;

import java.util.Optional;
import java.util.random.RandomGenerator;

/** A host's memory and how the policy shares it out. Not for use by several threads. */
public final class HostMemory implements AutoCloseable {

    /**
     * Memory of so many bytes, a multiple of {@link PhysicalMemory#PAGE}.
     *
     * @param swap where guests' pages are swapped to, if the policy has a swap file
     * @param random gives the keys of an encrypted swap file, the scanner's choice of pages, and what
     *     frames hold at first
     */
    public HostMemory(
            long bytes,
            MemoryPolicy policy,
            Optional<ImageFile> swap,
            Timeline timeline,
            RandomGenerator random) {
        throw new UnsupportedOperationException();
    }

    /**
     * Gives a machine an address space. Frames come as they are needed.
     *
     * @param size in bytes, a multiple of {@link PhysicalMemory#PAGE}
     * @throws RefusedSetupException if the policy does not allow so much
     */
    public GuestMemory configure(String machine, long size, CycleMeter meter, Balloon balloon)
            throws RefusedSetupException {
        throw new UnsupportedOperationException();
    }

    /** How all of it is used. */
    public MemoryUsage usage() {
        throw new UnsupportedOperationException();
    }

    /** The scanner looks at so many pages now, beside what it does at its rate. */
    public void scan(int pages) {
        throw new UnsupportedOperationException();
    }

    /** Gives all frames back to the system; nothing of this can be used any more. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
