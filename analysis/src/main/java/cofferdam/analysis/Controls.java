package cofferdam.analysis;

import cofferdam.analysis.evidence.Attempt;
import cofferdam.analysis.evidence.Deliveries;
import cofferdam.analysis.evidence.Flow;
import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Pair;
import cofferdam.analysis.evidence.Run;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The positive controls: without them, nothing seen means nothing. Each is a method that fails with
 * the reason.
 */
final class Controls {

    private final Run run;
    private final Pair subjects;
    private final Optional<Machine> observer;

    /** @param observer who must be shown to be able to receive, where there is one */
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
            requireObserver(exchange);
            new AttackActs(run, attempt, subjects, exchange.started()).require();
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

    private void requireObserver(Flow exchange) throws MissingEvidenceException {
        if (observer.isPresent()) {
            requireAlive("before", flow -> flow.finished() <= exchange.started());
            requireAlive("after", flow -> flow.started() >= exchange.finished());
        }
    }

    private void requireAlive(String when, Predicate<Flow> inTime) throws MissingEvidenceException {
        Machine receiver = observer.orElseThrow();
        List<Flow> exchanges = run.flows().stream()
                .filter(flow -> flow.completed() && flow.involves(receiver.name()))
                .filter(inTime)
                .toList();
        for (Flow exchange : exchanges) {
            Machine peer = run.machine(exchange.peerOf(receiver.name()));
            if (Deliveries.reached(run, exchange, new Pair(peer, receiver))) {
                return;
            }
        }
        throw new MissingEvidenceException("%s was not shown to receive %s the exchange of %s"
                .formatted(receiver.name(), when, subjects.names()));
    }
}
