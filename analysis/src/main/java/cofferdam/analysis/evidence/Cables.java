package cofferdam.analysis.evidence;

import cofferdam.monitor.evidence.Event;

import java.util.List;

/** When a machine's cables were connected, as the events say; at the beginning they are. */
public final class Cables {

    private final List<Event.CableChanged> changes;

    /** The cables of the machine of this name. */
    public Cables(Run run, String machine) {
        changes = run.events(Event.CableChanged.class).stream()
                .filter(change -> change.actor().equals(machine))
                .toList();
    }

    /** Whether they were connected at that time. */
    public boolean connectedAt(long time) {
        return changes.stream()
                .filter(change -> change.time() <= time)
                .reduce((first, second) -> second)
                .map(Event.CableChanged::outcome)
                .orElse(true);
    }

    /** Whether they were connected all the time, and nobody touched them. */
    public boolean heldThroughout(long from, long to) {
        return connectedAt(from)
                && changes.stream()
                        .noneMatch(change -> from < change.time() && change.time() <= to);
    }
}
