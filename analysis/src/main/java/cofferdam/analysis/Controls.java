package cofferdam.analysis;

import cofferdam.analysis.evidence.Attempt;
import cofferdam.analysis.evidence.Deliveries;
import cofferdam.analysis.evidence.Flow;
import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Pair;
import cofferdam.analysis.evidence.Run;

import java.util.Optional;

/**
 * The positive controls: without them, nothing seen means nothing. Each is a method that fails with
 * the reason.
 */
final class Controls {

    private final Run run;
    private final Pair subjects;
    private final Optional<Machine> observer;

    /** @param observer from whose vantage the question is judged, where there is one */
    Controls(Run run, Pair subjects, Optional<Machine> observer) {
        this.run = run;
        this.subjects = subjects;
        this.observer = observer;
    }

    /**
     * Fails unless the run completed and, during each of its attacks, there was an exchange between
     * the subjects for which every control holds.
     */
    void require() throws MissingEvidenceException {
        run.requireCompleted();
        for (Attempt attempt : Attempt.of(run)) {
            require(attempt);
        }
    }

    private void require(Attempt attempt) throws MissingEvidenceException {
        if (observer.isPresent() && !observer.get().name().equals(attempt.adversary())) {
            throw new MissingEvidenceException("%s attacked by %s, but the observer is %s"
                    .formatted(
                            attempt.adversary(),
                            attempt.attack(),
                            observer.get().name()));
        }
        MissingEvidenceException missing =
                new MissingEvidenceException("no exchange between %s completed during %s"
                        .formatted(subjects.names(), attempt.attack()));
        for (Flow exchange : subjects.flows(run)) {
            if (exchange.completed()
                    && exchange.started() >= attempt.started()
                    && exchange.finished() <= attempt.stopped()) {
                Optional<MissingEvidenceException> lacks = lacking(attempt, exchange);
                if (lacks.isEmpty()) {
                    return;
                }
                missing = lacks.get();
            }
        }
        throw missing;
    }

    private Optional<MissingEvidenceException> lacking(Attempt attempt, Flow exchange) {
        try {
            requireDelivered(exchange);
            requirePresence(attempt, exchange);
            new AttackActs(run, attempt, subjects, exchange).require();
            return Optional.empty();
        } catch (MissingEvidenceException e) {
            return Optional.of(e);
        }
    }

    private void requireDelivered(Flow exchange) throws MissingEvidenceException {
        if (!Deliveries.bothWays(run, exchange)) {
            throw new MissingEvidenceException(
                    "packets of exchange %s are not in both captures of %s in both directions"
                            .formatted(exchange.id(), subjects.names()));
        }
    }

    /** Whoever attacks and watches must have been on the network all the while. */
    private void requirePresence(Attempt attempt, Flow exchange) throws MissingEvidenceException {
        Machine adversary = run.machine(attempt.adversary());
        Presence presence = new Presence(run, adversary);
        Flow before = presence.before(exchange.started())
                .orElseThrow(() -> notAlive(adversary, "before"));
        Flow after =
                presence.after(exchange.finished()).orElseThrow(() -> notAlive(adversary, "after"));
        long from = Math.min(before.finished(), attempt.started());
        if (!presence.heldCable(from, after.started())) {
            throw new MissingEvidenceException("the cable of %s was cut or changed during %s"
                    .formatted(adversary.name(), attempt.attack()));
        }
    }

    private MissingEvidenceException notAlive(Machine receiver, String when) {
        return new MissingEvidenceException("%s was not shown to receive %s the exchange of %s"
                .formatted(receiver.name(), when, subjects.names()));
    }
}
