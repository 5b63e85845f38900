package cofferdam.monitor.net;

/** A receiver of Ethernet frames. */
@FunctionalInterface
public interface FrameSink {

    /**
     * Takes the frame in the {@code length} bytes from {@code offset}. The bytes are valid only
     * until the call returns: a receiver that keeps them copies them, and none changes them.
     */
    void accept(byte[] buffer, int offset, int length);

    /** The cable by which frames come was cut. */
    default void linkDown() {}

    /** The cable was connected again. */
    default void linkUp() {}
}
