package cofferdam.monitor.initramfs;

/**
 * Something that a guest is started from, a kernel, a module or BusyBox, is missing or unusable. The
 * message says why and, where it can, what to install: for people, without a full stop.
 */
public final class UnusablePartException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnusablePartException(String message) {
        super(message);
    }

    public UnusablePartException(String message, Throwable cause) {
        super(message, cause);
    }
}
