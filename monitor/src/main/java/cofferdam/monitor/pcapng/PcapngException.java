package cofferdam.monitor.pcapng;

/**
 * A file that is not well-formed pcapng, or larger than this reader allows; the message says where
 * and how.
 */
public final class PcapngException extends Exception {

    private static final long serialVersionUID = 1L;

    public PcapngException(String message) {
        super(message);
    }

    /** What stands at a byte offset of the file, and what was expected. */
    static PcapngException at(long offset, String what) {
        return new PcapngException("offset %d: %s".formatted(offset, what));
    }
}
