package cofferdam.scenarios.lab;

/** Something that the lab does not do; the message says what and why. */
public final class LabException extends Exception {

    private static final long serialVersionUID = 1L;

    public LabException(String message) {
        super(message);
    }

    public LabException(String message, Throwable cause) {
        super(message, cause);
    }
}
