package cofferdam.analysis;

import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Event;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Lines of the event log that prove something.
 *
 * @param lines from 1 on, ascending; at most {@link #MAXIMUM_LINES}
 */
public record EventReference(List<Integer> lines) implements EvidenceReference {

    /** The most lines of one reference; a judgement's reason has the full count. */
    public static final int MAXIMUM_LINES = 100;

    public EventReference {
        lines = lines.stream().sorted().limit(MAXIMUM_LINES).toList();
    }

    @Override
    public String file() {
        return "events.jsonl";
    }

    /** The lines of these events; two that are equal in all that they say are told apart. */
    static EventReference of(Run run, Collection<? extends Event> events) {
        Set<Event> wanted = Collections.newSetFromMap(new IdentityHashMap<>());
        wanted.addAll(events);
        List<Integer> lines = new ArrayList<>();
        for (int i = 0; i < run.events().size(); i++) {
            if (wanted.contains(run.events().get(i))) {
                lines.add(i + 1);
            }
        }
        return new EventReference(lines);
    }
}
