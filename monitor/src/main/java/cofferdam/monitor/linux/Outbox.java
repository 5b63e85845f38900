package cofferdam.monitor.linux;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What is on its way to a guest: no more at once than the guest's terminal holds, because the consoles
 * of some monitors never recover from a terminal that was full. The guest tells how many lines it has
 * taken.
 */
final class Outbox {

    /** What may be under way, in bytes; a terminal of Linux holds 4096 and slows down before that. */
    static final int WINDOW = 2048;

    private static final int PIECE = 500;

    private final ConsoleLine line;
    private final Deque<Message> waiting = new ArrayDeque<>();
    private final Deque<Integer> underWay = new ArrayDeque<>();
    private long sent;
    private int bytesUnderWay;

    /** Lines that nothing else may come between. */
    private static final class Message {
        private final Runnable begun;
        private final Deque<byte[]> lines;
        private boolean started;

        Message(Runnable begun, List<byte[]> lines) {
            this.begun = begun;
            this.lines = new ArrayDeque<>(lines);
        }
    }

    Outbox(ConsoleLine line) {
        this.line = line;
    }

    /**
     * Cuts bytes into lines of their own: each begins with {@code +} if a line of theirs ends with it,
     * else with {@code -}, and has at most 500 bytes more.
     */
    static List<byte[]> pieces(byte[] bytes) {
        List<byte[]> pieces = new ArrayList<>();
        ByteArrayOutputStream piece = new ByteArrayOutputStream();
        for (byte next : bytes) {
            if (next == '\n') {
                pieces.add(piece('+', piece));
                continue;
            }
            piece.write(next);
            if (piece.size() == PIECE) {
                pieces.add(piece('-', piece));
            }
        }
        if (piece.size() > 0) {
            pieces.add(piece('-', piece));
        }
        return pieces;
    }

    private static byte[] piece(char mark, ByteArrayOutputStream content) {
        ByteArrayOutputStream piece = new ByteArrayOutputStream();
        piece.write(mark);
        piece.writeBytes(content.toByteArray());
        piece.write('\n');
        content.reset();
        return piece.toByteArray();
    }

    /**
     * Sends lines as soon as there is room, after those that were given before.
     *
     * @param begun told when the first of them goes
     * @param lines each with its end
     * @return takes them back, unless the first has gone
     */
    Runnable add(Runnable begun, List<byte[]> lines) {
        Message message = new Message(begun, lines);
        waiting.add(message);
        send();
        return () -> {
            if (!message.started) {
                waiting.remove(message);
            }
        };
    }

    /** The guest has taken so many lines in all; says whether that can be, and is new. */
    boolean taken(long total) {
        long left = sent - total;
        if (left < 0 || left >= underWay.size()) {
            return false;
        }
        while (underWay.size() > left) {
            bytesUnderWay -= underWay.remove();
        }
        send();
        return true;
    }

    private void send() {
        Message message = waiting.peek();
        while (message != null && hasRoom(message)) {
            byte[] next = message.lines.remove();
            if (message.lines.isEmpty()) {
                waiting.remove();
            }
            underWay.add(next.length);
            bytesUnderWay += next.length;
            sent++;
            if (!message.started) {
                message.started = true;
                message.begun.run();
            }
            line.send(next);
            message = waiting.peek();
        }
    }

    private boolean hasRoom(Message message) {
        return bytesUnderWay + message.lines.getFirst().length <= WINDOW;
    }
}
