package cofferdam.monitor.guest;

import cofferdam.monitor.guest.tcp.TcpConnection;
import cofferdam.monitor.guest.tcp.TcpEnd;
import cofferdam.monitor.guest.tcp.TcpHandler;

import java.util.Arrays;

/** The server's side of one connection to the echo service (RFC 862, TCP). */
final class StreamEcho implements TcpHandler {

    static final int PORT = 7;

    private static final int READ_BYTES = 4096;

    private final TcpConnection connection;
    private byte[] unsent = {};

    StreamEcho(TcpConnection connection) {
        this.connection = connection;
    }

    /** Reads no more than it has got rid of: a client that does not listen fills its own window. */
    @Override
    public void progressed() {
        boolean moved = move();
        while (moved) {
            moved = move();
        }
        if (unsent.length == 0 && connection.exhausted()) {
            connection.close();
        }
    }

    /** Sends on what has come, as far as there is room; says whether there was any of both. */
    private boolean move() {
        if (unsent.length == 0) {
            unsent = connection.read(READ_BYTES);
        }
        int taken = connection.write(unsent, 0);
        unsent = Arrays.copyOfRange(unsent, taken, unsent.length);
        return taken > 0;
    }

    @Override
    public void ended(TcpEnd end) {
        // There is nothing to let go of.
    }
}
