package cofferdam.monitor.guest.tcp;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * An application that writes given bytes, reads what comes unless told not to, and closes as told.
 */
final class TestApplication implements TcpHandler {

    enum Closing {
        WHEN_WRITTEN,
        WHEN_PEER_HAS,
        NEVER
    }

    private final TcpConnection connection;
    private final byte[] data;
    private final Closing closing;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final List<TcpEnd> ends = new ArrayList<>();
    private int written;
    private boolean reading = true;

    TestApplication(TcpConnection connection, byte[] data, Closing closing) {
        this.connection = connection;
        this.data = data.clone();
        this.closing = closing;
    }

    TcpConnection connection() {
        return connection;
    }

    byte[] received() {
        return received.toByteArray();
    }

    List<TcpEnd> ends() {
        return ends;
    }

    void reading(boolean on) {
        reading = on;
        if (on && ends.isEmpty()) {
            progressed();
        }
    }

    @Override
    public void progressed() {
        written += connection.write(data, written);
        byte[] bytes = reading ? connection.read(1000) : new byte[0];
        while (bytes.length > 0) {
            received.writeBytes(bytes);
            bytes = connection.read(1000);
        }
        boolean close = written == data.length
                && (closing == Closing.WHEN_WRITTEN
                        || closing == Closing.WHEN_PEER_HAS && connection.exhausted());
        if (close) {
            connection.close();
        }
    }

    @Override
    public void ended(TcpEnd end) {
        ends.add(end);
    }
}
