package cofferdam.monitor.guest.tcp;

/** An application's end of one connection. */
public interface TcpHandler {

    /**
     * The connection was established, bytes came or were acknowledged, or the peer has finished.
     */
    void progressed();

    /** The connection is over for the application; called once, the last call of all. */
    void ended(TcpEnd end);
}
