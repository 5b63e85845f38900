package cofferdam.monitor.guest;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.guest.tcp.TcpConnection;
import cofferdam.monitor.guest.tcp.TcpEnd;
import cofferdam.monitor.guest.tcp.TcpHandler;
import cofferdam.monitor.guest.tcp.TcpSockets;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * The client's side of one connection to an echo service (RFC 862, TCP). A connection knows no
 * messages, so each is sent as a line that ends in LF.
 */
final class StreamProbe implements TcpHandler, EchoExchange.Transport {

    /** The longest answer, in bytes; more without an end is a wrong answer. */
    private static final int MAXIMUM_ANSWER = 512;

    private static final int READ_BYTES = 4096;

    private final TcpConnection connection;
    private final EchoExchange.Listener listener;
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private byte[] unsent = {};
    private boolean closed;

    private StreamProbe(TcpConnection connection, EchoExchange.Listener listener) {
        this.connection = connection;
        this.listener = listener;
    }

    /** A connection to the peer; what is sent before it is established waits for that. */
    static EchoExchange.Transport open(
            TcpSockets sockets, Ipv4Address peer, EchoExchange.Listener listener) {
        StreamProbe[] opened = new StreamProbe[1];
        sockets.connect(peer, StreamEcho.PORT, connection -> {
            opened[0] = new StreamProbe(connection, listener);
            return opened[0];
        });
        return opened[0];
    }

    @Override
    public void send(int sequence, byte[] data) {
        byte[] joined = Arrays.copyOf(unsent, unsent.length + data.length + 1);
        System.arraycopy(data, 0, joined, unsent.length, data.length);
        joined[joined.length - 1] = '\n';
        unsent = joined;
        flush();
    }

    /** Ends it: in order if the peer has answered, else at once. */
    @Override
    public void close() {
        closed = true;
        if (connection.established() && unsent.length == 0) {
            connection.close();
            return;
        }
        connection.abort();
    }

    @Override
    public void progressed() {
        flush();
        byte[] bytes = connection.read(READ_BYTES);
        while (bytes.length > 0) {
            for (byte next : bytes) {
                accept(next);
            }
            bytes = connection.read(READ_BYTES);
        }
        if (connection.exhausted()) {
            connection.close();
        }
    }

    @Override
    public void ended(TcpEnd end) {
        unsent = new byte[0];
    }

    private void flush() {
        if (!connection.established()) {
            return;
        }
        int taken = connection.write(unsent, 0);
        unsent = Arrays.copyOfRange(unsent, taken, unsent.length);
    }

    private void accept(byte next) {
        if (next != '\n' && answer.size() < MAXIMUM_ANSWER) {
            answer.write(next);
            return;
        }
        byte[] whole = answer.toByteArray();
        answer.reset();
        if (!closed) {
            listener.answered(FlowText.numberIn(whole), whole);
        }
    }
}
