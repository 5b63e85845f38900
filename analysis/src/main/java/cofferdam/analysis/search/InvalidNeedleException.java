package cofferdam.analysis.search;

/** A needle that cannot be searched; the message says why. */
public final class InvalidNeedleException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int index;

    InvalidNeedleException(int index, String message) {
        super(message);
        this.index = index;
    }

    /** Its index in the set, or -1 if it is the set as a whole. */
    public int index() {
        return index;
    }
}
