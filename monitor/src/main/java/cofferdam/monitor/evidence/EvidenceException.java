package cofferdam.monitor.evidence;

/** Evidence that cannot be read; the message says where and why. */
public final class EvidenceException extends Exception {

    private static final long serialVersionUID = 1L;

    public EvidenceException(String message) {
        super(message);
    }

    public EvidenceException(String message, Throwable cause) {
        super(message, cause);
    }
}
