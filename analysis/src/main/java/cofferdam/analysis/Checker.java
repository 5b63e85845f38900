package cofferdam.analysis;

import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;

import java.util.Optional;

/** Judges one property. */
interface Checker {

    Property property();

    /** Why separate computers have no such boundary; empty if they have it. */
    default Optional<String> withoutMonitor() {
        return Optional.empty();
    }

    /**
     * Answers a question about this property.
     *
     * @throws MissingEvidenceException if there is no sign of a breach but evidence is missing
     */
    Judgement judge(Run run, Question question) throws MissingEvidenceException;
}
