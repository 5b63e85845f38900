package cofferdam.analysis.evidence;

/** Something that a judgement rests on is not there or cannot be read; the message says what. */
public final class MissingEvidenceException extends Exception {

    private static final long serialVersionUID = 1L;

    public MissingEvidenceException(String message) {
        super(message);
    }
}
