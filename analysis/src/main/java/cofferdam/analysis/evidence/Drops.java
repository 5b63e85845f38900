package cofferdam.analysis.evidence;

import cofferdam.monitor.evidence.Event;

import java.util.Set;

/** What the monitor says that its filters dropped. */
public final class Drops {

    /** Filters that can drop a frame for its source address, as it enters the fabric. */
    public static final Set<String> OF_SOURCES =
            Set.of("forged-transmits", "port-security", "mac-table");

    /** The filter that drops false ARP packets as they enter the fabric. */
    public static final Set<String> OF_ARP = Set.of("arp-inspection");

    /** The filter that keeps guests from each other, as a frame leaves the fabric. */
    public static final Set<String> OF_ISOLATION = Set.of("port-isolation");

    private Drops() {}

    /** How many frames these filters dropped at the machine's port. */
    public static long at(Run run, String machine, Set<String> filters) {
        return run.events(Event.FramesDropped.class).stream()
                .filter(drop -> drop.subject().equals(machine))
                .filter(drop -> filters.contains(drop.outcome()))
                .mapToLong(Event.FramesDropped::frames)
                .sum();
    }
}
