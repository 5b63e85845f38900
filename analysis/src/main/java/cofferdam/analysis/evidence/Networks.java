package cofferdam.analysis.evidence;

import cofferdam.monitor.evidence.Event;

import java.util.HashMap;
import java.util.Map;

/**
 * Which machine is in which virtual LAN.
 *
 * @param joined identifiers by machine; a machine that is missing is in none
 */
public record Networks(Map<String, Integer> joined) {

    public Networks {
        joined = Map.copyOf(joined);
    }

    /**
     * As the run's events say.
     *
     * @throws MissingEvidenceException if they contradict each other
     */
    public static Networks of(Run run) throws MissingEvidenceException {
        Map<String, Integer> joined = new HashMap<>();
        for (Event.NetworkJoined event : run.events(Event.NetworkJoined.class)) {
            Integer before = joined.put(event.actor(), event.subject());
            if (before != null && before != event.subject()) {
                throw new MissingEvidenceException("%s is said to be in the virtual LANs %d and %d"
                        .formatted(event.actor(), before, event.subject()));
            }
        }
        return new Networks(joined);
    }

    /** Whether the frame's innermost tag names the virtual LAN that the machine is in. */
    public boolean isNamed(SeenFrame frame, Machine machine) {
        Integer network = joined.get(machine.name());
        return network != null && frame.isTagged() && frame.tags().getLast().network() == network;
    }

    /** Whether both are in one, and not in the same. */
    public boolean areApart(Machine one, Machine other) {
        Integer first = joined.get(one.name());
        Integer second = joined.get(other.name());
        return first != null && second != null && !first.equals(second);
    }
}
