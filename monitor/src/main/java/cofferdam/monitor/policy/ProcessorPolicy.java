package cofferdam.monitor.policy;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the host shares out its processor.
 *
 * @param limit how much of the processor's time one machine may have, in percent
 * @param shares when several machines want it, who gets how much; 1000 for a machine that is not
 *     named
 */
public record ProcessorPolicy(int limit, SortedMap<String, Integer> shares) {

    public ProcessorPolicy {
        shares = Collections.unmodifiableSortedMap(new TreeMap<>(shares));
    }

    /** The shares of a machine. */
    public int sharesOf(String machine) {
        return shares.getOrDefault(machine, MemoryPolicy.PRESET_SHARES);
    }
}
