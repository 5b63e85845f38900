package cofferdam.analysis.inspect;

/** A file is no capture that can be read; the message says where and why. */
public final class UnreadableCaptureException extends Exception {

    private static final long serialVersionUID = 1L;

    UnreadableCaptureException(String message) {
        super(message);
    }

    UnreadableCaptureException(String message, Throwable cause) {
        super(message, cause);
    }
}
