package cofferdam.scenarios.bundle;

/**
 * A bundle cannot be written where the user wants it, or cannot be read; the message names the file or
 * folder and the reason.
 */
public final class BundleException extends Exception {

    private static final long serialVersionUID = 1L;

    public BundleException(String message) {
        super(message);
    }

    public BundleException(String message, Throwable cause) {
        super(message, cause);
    }
}
