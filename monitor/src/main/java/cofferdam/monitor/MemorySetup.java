package cofferdam.monitor;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The memory of a host and its guests.
 *
 * @param host what the host has for its guests, in bytes; separate machines have their own
 * @param guests what each machine is configured with, in bytes
 */
public record MemorySetup(long host, SortedMap<String, Long> guests) {

    /** No machine has memory. */
    public static final MemorySetup NONE = new MemorySetup(0, new TreeMap<>());

    /** The smallest and the largest that a machine can be configured with, in bytes. */
    public static final long MINIMUM_GUEST = 4L << 20;

    public static final long MAXIMUM_GUEST = 1L << 30;

    /** The most that a host can have, in bytes. */
    public static final long MAXIMUM_HOST = 8L << 30;

    public MemorySetup {
        guests = Collections.unmodifiableSortedMap(new TreeMap<>(guests));
    }
}
