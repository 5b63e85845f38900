package cofferdam.scenarios.result;

/** A document that tells what came of runs is malformed or beyond a limit; the message says where. */
public final class InvalidResultException extends Exception {

    private static final long serialVersionUID = 1L;

    public InvalidResultException(String message) {
        super(message);
    }

    public InvalidResultException(String message, Throwable cause) {
        super(message, cause);
    }
}
