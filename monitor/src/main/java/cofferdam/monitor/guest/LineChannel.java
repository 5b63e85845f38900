package cofferdam.monitor.guest;

import cofferdam.monitor.guest.tcp.TcpConnection;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Lines that end in CR LF, over a connection, in both directions. */
final class LineChannel {

    /** The longest line with its end, in bytes (RFC 1939 section 3). */
    static final int MAXIMUM_LINE = 512;

    private static final int READ_BYTES = 4096;

    private final TcpConnection connection;
    private final byte[] line = new byte[MAXIMUM_LINE];
    private int length;
    private boolean broken;
    private byte[] pending = {};
    private int position;
    private byte[] unwritten = {};

    LineChannel(TcpConnection connection) {
        this.connection = connection;
    }

    /** Whether the peer has sent a line that is too long; nothing is read after it. */
    boolean broken() {
        return broken;
    }

    /** The next whole line without its end; empty if it has not come yet. */
    Optional<String> readLine() {
        while (!broken && available()) {
            byte next = pending[position++];
            line[length++] = next;
            boolean whole = next == '\n' && length > 1 && line[length - 2] == '\r';
            if (whole) {
                String text = new String(line, 0, length - 2, StandardCharsets.ISO_8859_1);
                length = 0;
                return Optional.of(text);
            }
            broken = length == MAXIMUM_LINE;
        }
        return Optional.empty();
    }

    private boolean available() {
        if (position == pending.length) {
            pending = connection.read(READ_BYTES);
            position = 0;
        }
        return position < pending.length;
    }

    /** Throws away what has come and was not read. */
    void discard() {
        while (available()) {
            position = pending.length;
        }
    }

    /** Writes text, now or as room comes up. */
    void write(String text) {
        byte[] added = FlowText.bytes(text);
        byte[] joined = Arrays.copyOf(unwritten, unwritten.length + added.length);
        System.arraycopy(added, 0, joined, unwritten.length, added.length);
        unwritten = joined;
        flush();
    }

    /** Hands to the connection what it has room for; says whether that was all. */
    boolean flush() {
        int taken = connection.write(unwritten, 0);
        unwritten = Arrays.copyOfRange(unwritten, taken, unwritten.length);
        return unwritten.length == 0;
    }
}
