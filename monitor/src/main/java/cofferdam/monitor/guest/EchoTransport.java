package cofferdam.monitor.guest;

/** A way to send data to a peer that is to bring it back. */
interface EchoTransport {

    void send(int sequence, byte[] data);

    /** No more answers are wanted. */
    void close();
}
