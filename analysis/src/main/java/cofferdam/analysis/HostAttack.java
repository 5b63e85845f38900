package cofferdam.analysis;

import cofferdam.analysis.evidence.Heartbeats;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Event;

import java.util.List;

/**
 * An attack of a host on one of its guests, from its start to its stop.
 *
 * @param places where the events stand in the run
 */
record HostAttack(
        Run run, DiskHistory places, Event.AttackStarted started, Event.AttackStopped stopped) {

    /**
     * The first attack of that name on the machine that the history is about.
     *
     * @throws MissingEvidenceException if there was none, or it did not stop
     */
    static HostAttack of(Run run, DiskHistory places, String observer, String attack)
            throws MissingEvidenceException {
        Event.AttackStarted started = run.events(Event.AttackStarted.class).stream()
                .filter(start -> start.actor().equals(observer)
                        && start.subject().equals(attack)
                        && start.victims().contains(places.machine()))
                .findFirst()
                .orElseThrow(() -> new MissingEvidenceException("%s did not start %s against %s"
                        .formatted(observer, attack, places.machine())));
        Event.AttackStopped stopped = run.events(Event.AttackStopped.class).stream()
                .filter(stop -> stop.actor().equals(observer)
                        && stop.subject().equals(attack)
                        && places.index(stop) > places.index(started))
                .findFirst()
                .orElseThrow(() -> new MissingEvidenceException(
                        "the attack %s did not stop".formatted(attack)));
        return new HostAttack(run, places, started, stopped);
    }

    /** The attacker's events of one kind while it lasted. */
    <E extends Event> List<E> events(Class<E> kind) {
        return run.events(kind).stream()
                .filter(event -> event.actor().equals(started.actor()) && covers(event))
                .toList();
    }

    private boolean covers(Event event) {
        int index = places.index(event);
        return places.index(started) < index && index < places.index(stopped);
    }

    /**
     * Fails unless the machine computed all the while: before the attack, at least once while it
     * lasted, and after it.
     */
    void requireAlive() throws MissingEvidenceException {
        Heartbeats heartbeats = Heartbeats.of(run, places.machine());
        boolean during = run.events(Event.Heartbeat.class).stream()
                .anyMatch(beat -> beat.actor().equals(places.machine()) && covers(beat));
        if (!during || !heartbeats.alive(started.time(), stopped.time())) {
            throw new MissingEvidenceException(heartbeats
                    .problem()
                    .orElse("%s was not alive before, during and after %s"
                            .formatted(places.machine(), started.subject())));
        }
    }
}
