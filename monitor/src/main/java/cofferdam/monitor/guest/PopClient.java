package cofferdam.monitor.guest;

import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.guest.tcp.TcpConnection;
import cofferdam.monitor.guest.tcp.TcpEnd;
import cofferdam.monitor.guest.tcp.TcpHandler;

import java.util.Optional;

/**
 * The client's side of one POP3 session over a connection of the machine's own network stack.
 */
final class PopClient implements TcpHandler {

    /** Who is told how the session ended. */
    @FunctionalInterface
    interface Listener {
        /**
         * The session ended; called once.
         *
         * @param sent commands sent
         * @param answered commands answered positively and in full
         * @param problem what went wrong; empty if nothing did
         */
        void finished(int sent, int answered, String problem);
    }

    private final TcpConnection connection;
    private final LineChannel channel;
    private final PopDialogue dialogue;
    private final Listener listener;

    PopClient(TcpConnection connection, String server, FlowId flow, Listener listener) {
        this.connection = connection;
        this.channel = new LineChannel(connection);
        this.dialogue = new PopDialogue(server, flow);
        this.listener = listener;
    }

    /** Gives up. */
    void abort(String reason) {
        dialogue.fail(reason);
        connection.abort();
    }

    @Override
    public void progressed() {
        while (dialogue.problem().isEmpty() && !dialogue.over()) {
            Optional<String> line = channel.readLine();
            if (line.isEmpty()) {
                break;
            }
            receive(line.orElseThrow());
        }
        if (dialogue.over()) {
            channel.discard();
            connection.close();
        } else if (channel.broken()) {
            abort("line longer than %d bytes".formatted(LineChannel.MAXIMUM_LINE));
        } else if (connection.exhausted()) {
            abort("connection closed by server");
        }
    }

    @Override
    public void ended(TcpEnd end) {
        boolean orderly = dialogue.over() && end == TcpEnd.CLOSED;
        String problem = dialogue.problem();
        String outcome = problem.isEmpty() && !orderly ? end.text() : problem;
        listener.finished(dialogue.sent(), dialogue.answered(), outcome);
    }

    private void receive(String line) {
        dialogue.receive(line).ifPresent(command -> channel.write(command + "\r\n"));
        if (!dialogue.problem().isEmpty()) {
            connection.abort();
        }
    }
}
