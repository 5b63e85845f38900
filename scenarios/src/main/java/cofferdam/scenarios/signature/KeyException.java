package cofferdam.scenarios.signature;

/** A key cannot be read, made or kept; the message names the file and the reason. */
public final class KeyException extends Exception {

    private static final long serialVersionUID = 1L;

    public KeyException(String message) {
        super(message);
    }

    public KeyException(String message, Throwable cause) {
        super(message, cause);
    }
}
