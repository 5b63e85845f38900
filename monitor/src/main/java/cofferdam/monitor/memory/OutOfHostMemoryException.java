package cofferdam.monitor.memory;

/** A machine needs a frame, the host has none for it, and none can be taken back from anybody. */
public final class OutOfHostMemoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String machine;

    OutOfHostMemoryException(String machine, String message) {
        super(message);
        this.machine = machine;
    }

    /** The machine that needs the frame. */
    public String machine() {
        return machine;
    }
}
