package cofferdam.monitor.policy;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the host shares out its memory.
 *
 * @param sharing whose identical pages become one
 * @param groups with {@link Sharing#SALTED}, the trust group of each machine; a machine that is not
 *     named is a group of its own
 * @param scanRate how many pages a second the scanner looks at, for the whole host
 * @param overcommit what all machines may be configured with together, in percent of the host's
 *     memory
 * @param limit how much of the host's memory a machine may hold, in percent of its configured size
 * @param reservation how much of it is never taken back, in percent of its configured size
 * @param shares when memory is short, who is left how much; 1000 for a machine that is not named
 * @param balloon whether a driver in the guest can be asked to give pages back
 * @param swap whether the host can write a guest's pages to a file, and how
 * @param zeroOnAllocate whether a frame is cleared before a machine gets it
 * @param zeroOnFree whether a frame is cleared when it is given back
 * @param constantLatency whether the first write to any page takes as long as one that breaks a
 *     share, shared or not
 */
public record MemoryPolicy(
        Sharing sharing,
        SortedMap<String, String> groups,
        int scanRate,
        int overcommit,
        int limit,
        int reservation,
        SortedMap<String, Integer> shares,
        boolean balloon,
        Swap swap,
        boolean zeroOnAllocate,
        boolean zeroOnFree,
        boolean constantLatency) {

    /** The shares of a machine that is not named. */
    public static final int PRESET_SHARES = 1000;

    public static final int MAXIMUM_SHARES = 1_000_000;
    public static final int MAXIMUM_SCAN_RATE = 10_000_000;
    public static final int MAXIMUM_OVERCOMMIT = 1000;
    public static final int PERCENT = 100;

    public MemoryPolicy {
        groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
        shares = Collections.unmodifiableSortedMap(new TreeMap<>(shares));
    }

    /** What a computer of its own does with its memory: it has all of it. */
    public static MemoryPolicy ofSeparateMachine() {
        return PolicyDefaults.MEMORY;
    }

    /** The shares of a machine. */
    public int sharesOf(String machine) {
        return shares.getOrDefault(machine, PRESET_SHARES);
    }

    /** Whose identical pages become one. */
    public enum Sharing {
        NONE,
        /** Only pages of zeros, of all machines. */
        ZERO_PAGE,
        /** Pages of one and the same machine. */
        INTRA_VM,
        /** Pages of machines in one trust group. */
        SALTED,
        /** Pages of all machines. */
        INTER_VM
    }

    /** How the host writes guests' pages to a file. */
    public enum Swap {
        NONE,
        PLAIN,
        /** Enciphered under a key that is forgotten with the machine. */
        ENCRYPTED
    }
}
