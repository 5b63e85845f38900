package cofferdam.monitor.guest.load;

import cofferdam.monitor.address.Ipv4Address;

import java.util.function.Consumer;

/** What carries the datagrams of a machine. */
public interface Datagrams {

    /** Takes what comes to a service. */
    @FunctionalInterface
    interface Handler {
        /** A datagram came; what the reply takes goes back to where it came from. */
        void received(byte[] data, Consumer<byte[]> reply);
    }

    /** A client's port, joined with a service of another machine. */
    interface Socket {
        /** Sends a datagram to the service. */
        void send(byte[] data);

        /** No more answers are wanted. */
        void close();
    }

    /** Serves a port, which is below every client's. */
    void listen(int port, Handler handler);

    /**
     * A port of a client's own.
     *
     * @param receiver takes what comes back from that service
     * @throws IllegalStateException if too many are open
     */
    Socket open(Ipv4Address peer, int peerPort, Consumer<byte[]> receiver);
}
