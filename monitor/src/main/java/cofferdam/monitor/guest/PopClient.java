package cofferdam.monitor.guest;

import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.guest.tcp.TcpConnection;
import cofferdam.monitor.guest.tcp.TcpEnd;
import cofferdam.monitor.guest.tcp.TcpHandler;

import java.util.Optional;

/**
 * The client's side of one POP3 session (RFC 1939): logs in, reads the one message, compares every
 * line with what the server must hold, logs out.
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

    /** What the client waits for. */
    private enum Step {
        GREETING,
        USER,
        PASS,
        STAT,
        RETR,
        MESSAGE,
        QUIT,
        OVER
    }

    private final TcpConnection connection;
    private final LineChannel channel;
    private final MailAccount account;
    private final MailMessage expected;
    private final Listener listener;
    private Step step = Step.GREETING;
    private int sent;
    private int answered;
    private int lines;
    private String problem = "";

    PopClient(TcpConnection connection, String server, FlowId flow, Listener listener) {
        this.connection = connection;
        this.channel = new LineChannel(connection);
        this.account = MailAccount.of(server, flow);
        this.expected = MailMessage.of(server, flow);
        this.listener = listener;
    }

    /** Gives up. */
    void abort(String reason) {
        problem = problem.isEmpty() ? reason : problem;
        connection.abort();
    }

    @Override
    public void progressed() {
        while (problem.isEmpty() && step != Step.OVER) {
            Optional<String> line = channel.readLine();
            if (line.isEmpty()) {
                break;
            }
            receive(line.orElseThrow());
        }
        if (step == Step.OVER) {
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
        boolean orderly = step == Step.OVER && end == TcpEnd.CLOSED;
        String outcome = problem.isEmpty() && !orderly ? end.text() : problem;
        listener.finished(sent, answered, outcome);
    }

    private void receive(String line) {
        if (step == Step.MESSAGE) {
            receiveLine(line);
            return;
        }
        if (!line.startsWith("+OK")) {
            abort(step == Step.PASS ? "wrong password" : "server refused at " + step);
            return;
        }
        answered += step == Step.GREETING || step == Step.RETR ? 0 : 1;
        receivePositive(line);
    }

    private void receivePositive(String line) {
        switch (step) {
            case GREETING -> command(Step.USER, "USER " + account.user());
            case USER -> command(Step.PASS, "PASS " + account.password());
            case PASS -> command(Step.STAT, "STAT");
            case STAT -> receiveStatus(line);
            case RETR -> step = Step.MESSAGE;
            case QUIT -> step = Step.OVER;
            case MESSAGE, OVER -> {}
        }
    }

    private void receiveStatus(String line) {
        if (line.equals("+OK 1 " + expected.octets())) {
            command(Step.RETR, "RETR 1");
            return;
        }
        abort("wrong mailbox size");
    }

    private void receiveLine(String line) {
        boolean last = line.equals(".");
        boolean complete = lines == expected.lines().size();
        boolean right = last ? complete : !complete && isExpected(line);
        lines++;
        if (!right) {
            abort("message differs at line %d".formatted(lines));
            return;
        }
        if (last) {
            answered++;
            command(Step.QUIT, "QUIT");
        }
    }

    /** A line that begins with a dot has a second one before it (RFC 1939 section 3). */
    private boolean isExpected(String line) {
        String content = line.startsWith(".") ? line.substring(1) : line;
        return content.equals(expected.lines().get(lines));
    }

    private void command(Step next, String line) {
        step = next;
        sent++;
        channel.write(line + "\r\n");
    }
}
