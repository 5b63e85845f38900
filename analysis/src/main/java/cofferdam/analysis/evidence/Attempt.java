package cofferdam.analysis.evidence;

import cofferdam.monitor.evidence.Event;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * An attack from its start to its stop.
 *
 * @param adversary the attacking machine
 * @param attack the attack's name
 * @param started nanoseconds since 1970-01-01T00:00:00Z
 */
public record Attempt(String adversary, String attack, long started, long stopped) {

    /**
     * All attacks of a run.
     *
     * @throws MissingEvidenceException if there was none, or one did not stop
     */
    public static List<Attempt> of(Run run) throws MissingEvidenceException {
        List<Attempt> attempts = new ArrayList<>();
        for (Event.AttackStarted start : run.events(Event.AttackStarted.class)) {
            attempts.add(
                    new Attempt(start.actor(), start.subject(), start.time(), stop(run, start)));
        }
        if (attempts.isEmpty()) {
            throw new MissingEvidenceException("no attack was started");
        }
        return attempts;
    }

    /** The machines that attacked, whether or not their attacks stopped. */
    public static Set<String> adversaries(Run run) {
        return run.events(Event.AttackStarted.class).stream()
                .map(Event.AttackStarted::actor)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static long stop(Run run, Event.AttackStarted start) throws MissingEvidenceException {
        return run.events(Event.AttackStopped.class).stream()
                .filter(stop -> stop.time() >= start.time()
                        && stop.actor().equals(start.actor())
                        && stop.subject().equals(start.subject()))
                .mapToLong(Event.AttackStopped::time)
                .min()
                .orElseThrow(() -> new MissingEvidenceException(
                        "the attack %s did not stop".formatted(start.subject())));
    }
}
