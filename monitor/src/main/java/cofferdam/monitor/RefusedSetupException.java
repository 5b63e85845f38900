package cofferdam.monitor;

/** A monitor cannot be configured as asked; the message says why, for people, without a full stop. */
public final class RefusedSetupException extends Exception {

    private static final long serialVersionUID = 1L;

    public RefusedSetupException(String message) {
        super(message);
    }
}
