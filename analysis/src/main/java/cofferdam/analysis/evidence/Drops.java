package cofferdam.analysis.evidence;

import cofferdam.monitor.evidence.Event;

import java.util.Set;

/** What the monitor says that its filters dropped. */
public final class Drops {

    /** Filters that work where a frame leaves the fabric; all others work where it enters. */
    private static final Set<String> AT_THE_DESTINATION = Set.of("port-isolation", "mac-changes");

    /** Says nothing of who sent a frame, only that nobody has its destination. */
    private static final String UNKNOWN_DESTINATION = "unknown-unicast";

    private Drops() {}

    /** How many frames of the machine were dropped as they entered the fabric. */
    public static long of(Run run, String machine) {
        return run.events(Event.FramesDropped.class).stream()
                .filter(drop -> drop.subject().equals(machine))
                .filter(drop -> !AT_THE_DESTINATION.contains(drop.outcome()))
                .filter(drop -> !drop.outcome().equals(UNKNOWN_DESTINATION))
                .mapToLong(Event.FramesDropped::frames)
                .sum();
    }

    /** How many frames were kept from the machine because guests are isolated from each other. */
    public static long keptFrom(Run run, String machine) {
        return run.events(Event.FramesDropped.class).stream()
                .filter(drop -> drop.subject().equals(machine))
                .filter(drop -> drop.outcome().equals("port-isolation"))
                .mapToLong(Event.FramesDropped::frames)
                .sum();
    }
}
