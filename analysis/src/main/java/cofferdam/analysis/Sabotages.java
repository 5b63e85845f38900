package cofferdam.analysis;

import cofferdam.analysis.evidence.Attempt;
import cofferdam.analysis.evidence.Heartbeats;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Access;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.PowerState;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an attack did to the systems of its victims, and what came of it. */
final class Sabotages {

    /** How long a victim is silent at least before the end of the attack. */
    static final Duration SILENCE = Duration.ofSeconds(5);

    private static final String FROM_WITHIN = "guest-crash";
    private static final String FROM_THE_HOST = "host-process-tampering";

    private final Run run;
    private final Event.AttackStarted start;

    Sabotages(Run run, Event.AttackStarted start) throws MissingEvidenceException {
        this.run = run;
        this.start = start;
        if (!start.subject().equals(FROM_WITHIN) && !start.subject().equals(FROM_THE_HOST)) {
            throw new MissingEvidenceException(
                    "whom the attack '%s' destroys is not known".formatted(start.subject()));
        }
    }

    Event.AttackStarted start() {
        return start;
    }

    /** Fails if the attack was aimed at the machine that it should spare, or made by it. */
    void requireSpared(String machine) throws MissingEvidenceException {
        boolean aimed = victims().contains(machine)
                || start.actor().equals(machine)
                || removals(processesOf(machine)).findAny().isPresent();
        if (aimed) {
            throw new MissingEvidenceException(
                    "%s itself was attacked by %s".formatted(machine, start.subject()));
        }
    }

    /**
     * Why there was nothing to destroy: the host's operating system listed its processes, and none runs
     * a victim, though all of them ran.
     */
    Optional<String> unreachable(Attempt attempt) throws MissingEvidenceException {
        if (!start.subject().equals(FROM_THE_HOST)) {
            return Optional.empty();
        }
        if (listed().findAny().isEmpty()) {
            throw new MissingEvidenceException(
                    "%s never listed the processes of the host".formatted(start.actor()));
        }
        boolean seen =
                victims().stream().anyMatch(victim -> !processesOf(victim).isEmpty());
        if (seen || removals().findAny().isPresent()) {
            return Optional.empty();
        }
        for (String victim : victims()) {
            new Endurance(run, run.machine(victim).name()).requireThroughout(attempt);
        }
        return Optional.of("no process of %s runs %s"
                .formatted(start.actor(), String.join(" or ", victims())));
    }

    /**
     * Fails unless every victim lived until it was sabotaged, and then no more.
     *
     * @return how each ended, in words
     */
    List<String> requireDeaths(Attempt attempt) throws MissingEvidenceException {
        List<String> ends = new ArrayList<>();
        for (String victim : victims()) {
            ends.add(requireDeath(attempt, run.machine(victim).name()));
        }
        if (ends.isEmpty()) {
            throw new MissingEvidenceException(
                    "%s was aimed at no machine".formatted(start.subject()));
        }
        return ends;
    }

    private String requireDeath(Attempt attempt, String victim) throws MissingEvidenceException {
        Event sabotage = sabotagesOf(victim)
                .filter(event ->
                        attempt.started() <= event.time() && event.time() <= attempt.stopped())
                .findFirst()
                .orElseThrow(() -> new MissingEvidenceException(
                        "nothing of %s was destroyed by %s".formatted(victim, attempt.attack())));
        requireAlive(victim, sabotage.time());
        requireNotSwitchedOff(victim, attempt);
        long last = run.events(Event.Heartbeat.class).stream()
                .filter(beat -> beat.actor().equals(victim) && beat.time() <= attempt.stopped())
                .mapToLong(Event.Heartbeat::time)
                .max()
                .orElseThrow();
        long silence = attempt.stopped() - Math.max(last, sabotage.time());
        if (silence < SILENCE.toNanos()) {
            throw new MissingEvidenceException(
                    "%s was silent for %d ms at the end of %s; %d are needed to tell that it died"
                            .formatted(
                                    victim,
                                    Duration.ofNanos(silence).toMillis(),
                                    attempt.attack(),
                                    SILENCE.toMillis()));
        }
        return "%s was destroyed and silent for the last %d ms of the attack"
                .formatted(victim, Duration.ofNanos(silence).toMillis());
    }

    private void requireAlive(String victim, long time) throws MissingEvidenceException {
        Heartbeats heartbeats = Heartbeats.of(run, victim);
        Event.Heartbeat last = heartbeats
                .lastBefore(time)
                .orElseThrow(() -> new MissingEvidenceException(
                        "%s did not beat before it was sabotaged".formatted(victim)));
        if (time - heartbeats.due(last) > Heartbeats.TOLERANCE.toNanos()) {
            throw new MissingEvidenceException(
                    "%s was silent already when it was sabotaged".formatted(victim));
        }
    }

    /** Silence must come from the sabotage, not from a switch. */
    private void requireNotSwitchedOff(String victim, Attempt attempt)
            throws MissingEvidenceException {
        boolean off = run.events(Event.PowerChanged.class).stream()
                .anyMatch(change -> change.actor().equals(victim)
                        && change.outcome() == PowerState.OFF
                        && attempt.started() <= change.time()
                        && change.time() <= attempt.stopped());
        if (off) {
            throw new MissingEvidenceException(
                    "%s was switched off during %s".formatted(victim, attempt.attack()));
        }
    }

    private List<String> victims() {
        return start.subject().equals(FROM_WITHIN) ? List.of(start.actor()) : start.victims();
    }

    private Stream<? extends Event> sabotagesOf(String victim) {
        if (start.subject().equals(FROM_THE_HOST)) {
            return removals(processesOf(victim));
        }
        return run.events(Event.SystemSabotaged.class).stream()
                .filter(event -> event.actor().equals(victim) && event.outcome().isEmpty());
    }

    private Stream<Event.HostResourceRemoved> removals(Set<String> processes) {
        return removals().filter(removed -> processes.contains(removed.subject()));
    }

    private Stream<Event.HostResourceRemoved> removals() {
        return run.events(Event.HostResourceRemoved.class).stream()
                .filter(removed -> removed.actor().equals(start.actor())
                        && removed.outcome() == Access.ALLOWED);
    }

    /** The names of the processes that run a machine, as the attacker saw them. */
    private Set<String> processesOf(String machine) {
        return listed().filter(process -> process.machine().equals(machine))
                .map(Event.HostProcessListed::subject)
                .collect(Collectors.toSet());
    }

    private Stream<Event.HostProcessListed> listed() {
        return run.events(Event.HostProcessListed.class).stream()
                .filter(process -> process.actor().equals(start.actor()));
    }
}
