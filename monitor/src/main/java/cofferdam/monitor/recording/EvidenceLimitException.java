package cofferdam.monitor.recording;

/** A run left more evidence than is kept; the message names what and the limit. */
public final class EvidenceLimitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EvidenceLimitException(String message) {
        super(message);
    }
}
