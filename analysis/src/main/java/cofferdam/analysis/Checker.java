package cofferdam.analysis;

import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;

/** Judges one property. */
interface Checker {

    Property property();

    /**
     * Answers a question about this property.
     *
     * @throws MissingEvidenceException if there is no sign of a breach but evidence is missing
     */
    Judgement judge(Run run, Question question) throws MissingEvidenceException;
}
