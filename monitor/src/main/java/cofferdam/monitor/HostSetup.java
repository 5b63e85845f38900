package cofferdam.monitor;

import cofferdam.monitor.evidence.Evidence;
import cofferdam.monitor.policy.Policy;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a host is started from.
 *
 * @param policy how the host is configured
 * @param wiring what the cables do to frames
 * @param network what the machines speak, and which virtual LANs they are in
 * @param disks the machines that have a disk with an operating system on it, and the disk's size in
 *     bytes; a machine without a disk runs from memory alone
 * @param memory the machines that have memory with an operating system running in it, and what is
 *     configured of it; a machine without answers by its network stack alone
 * @param seed fixes every choice that the host makes
 * @param evidence where the host writes what happens
 */
public record HostSetup(
        Policy policy,
        Wiring wiring,
        NetworkSetup network,
        SortedMap<String, Long> disks,
        MemorySetup memory,
        long seed,
        Evidence evidence) {

    /** The smallest and the largest disk that a machine can have, in bytes. */
    public static final long MINIMUM_DISK = 2L << 20;

    public static final long MAXIMUM_DISK = 64L << 20;

    public HostSetup {
        disks = Collections.unmodifiableSortedMap(new TreeMap<>(disks));
    }

    /** A host whose machines have no disks. */
    public static HostSetup withoutDisks(
            Policy policy, Wiring wiring, long seed, Evidence evidence) {
        return new HostSetup(
                policy,
                wiring,
                NetworkSetup.PLAIN,
                new TreeMap<>(),
                MemorySetup.NONE,
                seed,
                evidence);
    }
}
