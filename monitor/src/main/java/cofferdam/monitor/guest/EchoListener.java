package cofferdam.monitor.guest;

/** Who waits for answers that should bring back what was sent. */
@FunctionalInterface
interface EchoListener {

    /** An answer came from the peer. */
    void answered(int sequence, byte[] data);
}
