package cofferdam.analysis.evidence;

import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.RunOutcome;
import cofferdam.monitor.policy.Policy;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A run's evidence, read once.
 *
 * @param policy how the host was configured
 * @param machines by name, with the addresses that they were configured with
 * @param vantages the captures that could be read, by name
 * @param images what was kept of disks
 * @param problems why a capture could not be read, by vantage name
 */
public record Run(
        Policy policy,
        List<Event> events,
        Map<String, Machine> machines,
        List<Flow> flows,
        SortedMap<String, Vantage> vantages,
        KeptImages images,
        Map<String, String> problems) {

    /** The machine of that name. */
    public Machine machine(String name) throws MissingEvidenceException {
        Machine machine = machines.get(name);
        if (machine == null) {
            throw new MissingEvidenceException("machine '%s' never started".formatted(name));
        }
        return machine;
    }

    /** The capture of that name. */
    public Vantage vantage(String name) throws MissingEvidenceException {
        Vantage vantage = vantages.get(name);
        if (vantage == null) {
            throw new MissingEvidenceException(
                    problems.getOrDefault(name, "there is no capture of '%s'".formatted(name)));
        }
        return vantage;
    }

    /** The vantage if its capture could be read, for looking for breaches in what there is. */
    public Optional<Vantage> readable(Machine machine) {
        return Optional.ofNullable(vantages.get(machine.name()));
    }

    /** All captures that could be read, by name. */
    public Collection<Vantage> allVantages() {
        return vantages.values();
    }

    /** All events of one kind, in order. */
    public <E extends Event> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Whether the guests were those of a real monitor, where ways of seeing can fail. */
    public boolean isReal() {
        return !events(Event.RealMonitorStarted.class).isEmpty();
    }

    /** Why the run has no such boundary, if it says so. */
    public Optional<String> notApplicable() {
        List<Event.CapabilityMissing> missing = events(Event.CapabilityMissing.class);
        if (!missing.isEmpty()) {
            return Optional.of(missing.getFirst().outcome());
        }
        return events(Event.RunFinished.class).stream()
                .filter(finished -> finished.outcome() == RunOutcome.NOT_APPLICABLE)
                .map(Event.RunFinished::detail)
                .findFirst();
    }

    /** Fails unless the run came to its proper end, of which it says so once. */
    public void requireCompleted() throws MissingEvidenceException {
        List<Event.RunFinished> ends = events(Event.RunFinished.class);
        if (ends.size() != 1) {
            throw new MissingEvidenceException(
                    "the run says %d times that it finished, not once".formatted(ends.size()));
        }
        if (ends.getFirst().outcome() != RunOutcome.COMPLETED) {
            throw new MissingEvidenceException(
                    "the run did not complete: %s".formatted(ends.getFirst().detail()));
        }
    }
}
