package cofferdam.analysis.evidence;

import cofferdam.monitor.evidence.Event;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** How memory was given out and used in a run. */
public final class MemoryHistory {

    /** Who gives memory out. */
    public static final String MONITOR = "monitor";

    /** What is not a machine's but the whole host's. */
    public static final String HOST = "host";

    private final List<Event.MemoryConfigured> configured;
    private final List<Event.MemorySampled> samples;

    public MemoryHistory(Run run) {
        configured = run.events(Event.MemoryConfigured.class).stream()
                .filter(event -> event.actor().equals(MONITOR))
                .toList();
        samples = run.events(Event.MemorySampled.class);
    }

    /** What the monitor gave a machine, each time that it did. */
    public List<Event.MemoryConfigured> configured(String machine) {
        return configured.stream()
                .filter(event -> event.subject().equals(machine))
                .toList();
    }

    /**
     * What the monitor gave a machine.
     *
     * @throws MissingEvidenceException unless it did so once, with sizes that can be
     */
    public Event.MemoryConfigured onlyConfiguration(String machine)
            throws MissingEvidenceException {
        List<Event.MemoryConfigured> all = configured(machine);
        if (all.size() != 1) {
            throw new MissingEvidenceException(
                    "%s was given memory %d times, not once".formatted(machine, all.size()));
        }
        Event.MemoryConfigured only = all.getFirst();
        boolean sensible = 0 <= only.reservation()
                && only.reservation() <= only.limit()
                && 0 < only.limit()
                && only.limit() <= only.size();
        if (!sensible) {
            throw new MissingEvidenceException(
                    "%s was given a reservation of %d, a limit of %d and a size of %d bytes, which contradict each other"
                            .formatted(machine, only.reservation(), only.limit(), only.size()));
        }
        return only;
    }

    /** The machines that were given memory, sorted. */
    public Set<String> machines() {
        Set<String> names = new TreeSet<>();
        configured.forEach(event -> names.add(event.subject()));
        return names;
    }

    /** Everything that was sampled, in order. */
    public List<Event.MemorySampled> samples() {
        return samples;
    }

    /** What somebody saw when looking at a machine, or at the host, in order. */
    public List<Event.MemorySampled> seen(String actor, String subject) {
        return samples.stream()
                .filter(sample ->
                        sample.actor().equals(actor) && sample.subject().equals(subject))
                .toList();
    }

    /** The last that somebody saw of it at or before a time. */
    public Optional<Event.MemorySampled> lastSeen(String actor, String subject, long time) {
        return seen(actor, subject).stream()
                .filter(sample -> sample.time() <= time)
                .reduce((first, second) -> second);
    }

    /** At whom somebody looked, in the order of the first looks. */
    public Set<String> lookedAt(String actor) {
        Set<String> subjects = new LinkedHashSet<>();
        samples.stream()
                .filter(sample -> sample.actor().equals(actor))
                .forEach(sample -> subjects.add(sample.subject()));
        return subjects;
    }
}
