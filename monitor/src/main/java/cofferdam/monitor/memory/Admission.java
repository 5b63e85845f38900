package cofferdam.monitor.memory;

import cofferdam.monitor.MemorySetup;
import cofferdam.monitor.RefusedSetupException;
import cofferdam.monitor.policy.MemoryPolicy;
import cofferdam.monitor.policy.MemoryPolicy.Swap;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/** Says whether a host can keep what it would promise to one more guest. */
final class Admission {

    private final MemoryPolicy policy;
    private final FramePool pool;
    private final Guests guests;
    private final @Nullable SwapFile swap;

    Admission(MemoryPolicy policy, FramePool pool, Guests guests, @Nullable SwapFile swap) {
        this.policy = policy;
        this.pool = pool;
        this.guests = guests;
        this.swap = swap;
    }

    /**
     * Promises memory of so many bytes to a machine; the swap file has room for what of it is not
     * reserved.
     *
     * @return the guest's number
     */
    int admit(String machine, long size) throws RefusedSetupException {
        requireSize(machine, size);
        int number = guests.freeNumber()
                .orElseThrow(() ->
                        new RefusedSetupException("%s: the host has %d guests already, its limit"
                                .formatted(machine, Guests.MAXIMUM)));
        if (guests.has(machine)) {
            throw new RefusedSetupException("%s has memory already".formatted(machine));
        }
        int pages = (int) (size / PhysicalMemory.PAGE);
        requireRoom(machine, pages);
        promiseSwap(machine, Guest.swappable(policy, pages));
        return number;
    }

    private static void requireSize(String machine, long size) throws RefusedSetupException {
        if (size <= 0 || size % PhysicalMemory.PAGE != 0) {
            throw new RefusedSetupException(
                    "%s: %d bytes of memory are not a positive multiple of %d"
                            .formatted(machine, size, PhysicalMemory.PAGE));
        }
        if (size > MemorySetup.MAXIMUM_GUEST) {
            throw new RefusedSetupException(
                    "%s: %d bytes of memory exceed the limit of %d for a machine"
                            .formatted(machine, size, MemorySetup.MAXIMUM_GUEST));
        }
    }

    private void requireRoom(String machine, int pages) throws RefusedSetupException {
        long host = bytes(pool.size());
        long allowed = host / MemoryPolicy.PERCENT * policy.overcommit()
                + host % MemoryPolicy.PERCENT * policy.overcommit() / MemoryPolicy.PERCENT;
        long configured = bytes(guests.size());
        if (bytes(pages) > allowed - configured) {
            throw new RefusedSetupException(
                    ("%s: %d bytes of memory, with %d of other machines, exceed %d %% of the host's %d"
                                    + " bytes")
                            .formatted(
                                    machine, bytes(pages), configured, policy.overcommit(), host));
        }
        long reserved = guests.reserved();
        int reservation = Guest.reservation(policy, pages);
        if (reservation > pool.size() - reserved) {
            throw new RefusedSetupException(
                    "%s: %d bytes to be reserved, with %d of other machines, exceed the host's %d bytes"
                            .formatted(machine, bytes(reservation), bytes(reserved), host));
        }
    }

    private void promiseSwap(String machine, int pages) throws RefusedSetupException {
        if (policy.swap() == Swap.NONE) {
            return;
        }
        if (swap == null) {
            throw new RefusedSetupException(
                    "%s: the policy has a swap file and the host has none".formatted(machine));
        }
        try {
            swap.promise(pages);
        } catch (IOException full) {
            throw new RefusedSetupException("%s: the swap file has no room for %d bytes more: %s"
                    .formatted(machine, bytes(pages), full.getMessage()));
        }
    }

    private static long bytes(long pages) {
        return pages * PhysicalMemory.PAGE;
    }
}
