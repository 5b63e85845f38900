package cofferdam.analysis;

import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Event;

import java.util.List;

/**
 * How long a machine certainly had a secret in its memory: from when its program found it there to
 * when it found it there again.
 */
final class MemoryWindow {

    private final Run run;
    private final DiskHistory places;
    private final Event.SecretRemembered secret;
    private final int from;
    private final int until;

    private MemoryWindow(
            Run run, DiskHistory places, Event.SecretRemembered secret, int from, int until) {
        this.run = run;
        this.places = places;
        this.secret = secret;
        this.from = from;
        this.until = until;
    }

    /**
     * From the first to the last time that the secret was recalled.
     *
     * @throws MissingEvidenceException if it was not remembered, or not recalled before and after
     *     anything
     */
    static MemoryWindow of(Run run, DiskHistory places, Event.SecretRemembered secret)
            throws MissingEvidenceException {
        if (!secret.detail().isEmpty()) {
            throw new MissingEvidenceException("%s did not remember its secret: %s"
                    .formatted(secret.actor(), secret.detail()));
        }
        List<Event.SecretRecalled> recalls = places.of(Event.SecretRecalled.class).stream()
                .filter(recall -> recall.subject().equals(secret.subject())
                        && places.index(recall) > places.index(secret)
                        && recall.outcome().equals(secret.canary().value()))
                .toList();
        if (recalls.size() < 2) {
            throw new MissingEvidenceException(
                    "%s recalled its secret %d times, not before and after"
                            .formatted(secret.actor(), recalls.size()));
        }
        if (recalls.getFirst().frames().isEmpty()) {
            throw new MissingEvidenceException(
                    "the secret of %s was not in the host's memory".formatted(secret.actor()));
        }
        return new MemoryWindow(
                run,
                places,
                secret,
                places.index(recalls.getFirst()),
                places.index(recalls.getLast()));
    }

    /** The machine that had the secret. */
    String machine() {
        return secret.actor();
    }

    boolean covers(Event event) {
        int index = places.index(event);
        return from < index && index < until;
    }

    boolean isBefore(Event one, Event other) {
        return places.index(one) < places.index(other);
    }

    /** Fails if the secret may have been somewhere else for a while: in swap, or nowhere. */
    void requireUntouched() throws MissingEvidenceException {
        for (Event event : run.events().subList(from + 1, until)) {
            if (moves(event)) {
                throw new MissingEvidenceException(
                        "the secret of %s may not have been in its memory all the while"
                                .formatted(machine()));
            }
        }
    }

    private boolean moves(Event event) {
        if (event instanceof Event.FramesReleased released) {
            return released.subject().equals(machine());
        }
        if (event instanceof Event.MemorySampled sample) {
            return sample.subject().equals(machine()) && sample.swapped() > 0;
        }
        if (event instanceof Event.MachineEnded || event instanceof Event.PowerChanged) {
            return event.actor().equals(machine());
        }
        return loses(event);
    }

    /** Whether the program itself lost the secret, or got another. */
    private boolean loses(Event event) {
        if (event instanceof Event.SecretRecalled recall) {
            return isOfProgram(recall.actor(), recall.subject())
                    && !recall.outcome().equals(secret.canary().value());
        }
        if (event instanceof Event.SecretRemembered again) {
            return isOfProgram(again.actor(), again.subject());
        }
        return event instanceof Event.ProcessEnded ended
                && isOfProgram(ended.actor(), ended.subject());
    }

    private boolean isOfProgram(String actor, String program) {
        return actor.equals(machine()) && program.equals(secret.subject());
    }
}
