package cofferdam.analysis;

import cofferdam.analysis.evidence.Attempt;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Event;

import java.util.List;
import java.util.Optional;

/** What became of the secret that a program of a machine keeps in its memory, if it keeps one. */
final class KeptSecret {

    private final Run run;
    private final String machine;

    KeptSecret(Run run, String machine) {
        this.run = run;
        this.machine = machine;
    }

    /** The first time from then on that the program found something else than what it kept. */
    Optional<Endurance.Harm> harmSince(long time) {
        return recalls().stream()
                .filter(recall -> recall.time() >= time)
                .filter(recall -> keptAt(recall)
                        .filter(kept -> !recall.outcome().equals(kept.canary().value()))
                        .isPresent())
                .map(recall -> new Endurance.Harm(
                        "%s of %s found '%s' where it had kept a secret"
                                .formatted(recall.subject(), machine, recall.outcome()),
                        List.of(recall)))
                .findFirst();
    }

    /** Fails if the program kept a secret before the attack and did not look for it afterwards. */
    void requireRecalledAfter(Attempt attempt) throws MissingEvidenceException {
        boolean kept = remembered().stream().anyMatch(event -> event.time() <= attempt.started());
        boolean recalled = recalls().stream()
                .anyMatch(recall -> recall.time() >= attempt.stopped()
                        && keptAt(recall)
                                .filter(event -> event.time() <= attempt.started())
                                .filter(event ->
                                        recall.outcome().equals(event.canary().value()))
                                .isPresent());
        if (kept && !recalled) {
            throw new MissingEvidenceException(
                    "%s did not look for its secret after %s".formatted(machine, attempt.attack()));
        }
    }

    /** What the program keeps at the time of a look, by the order of events; none once it has ended. */
    private Optional<Event.SecretRemembered> keptAt(Event.SecretRecalled recall) {
        Event.SecretRemembered kept = null;
        int place = new Chronicle(run).place(recall);
        for (Event event : run.events().subList(0, place)) {
            if (event instanceof Event.SecretRemembered remembered && isKept(remembered)) {
                kept = remembered;
            }
            boolean over = event instanceof Event.ProcessEnded ended
                    && ended.actor().equals(machine)
                    && ended.subject().equals(recall.subject());
            kept = over ? null : kept;
        }
        return Optional.ofNullable(kept);
    }

    private List<Event.SecretRemembered> remembered() {
        return run.events(Event.SecretRemembered.class).stream()
                .filter(this::isKept)
                .toList();
    }

    private boolean isKept(Event.SecretRemembered event) {
        return event.actor().equals(machine) && event.detail().isEmpty();
    }

    private List<Event.SecretRecalled> recalls() {
        return run.events(Event.SecretRecalled.class).stream()
                .filter(event -> event.actor().equals(machine))
                .toList();
    }
}
