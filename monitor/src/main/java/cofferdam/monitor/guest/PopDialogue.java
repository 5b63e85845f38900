package cofferdam.monitor.guest;

import cofferdam.monitor.evidence.FlowId;

import java.util.Optional;

/**
 * What a client says and expects in one POP3 session (RFC 1939): logs in, reads the one message,
 * compares every line with what the server must hold, logs out. However the lines travel.
 */
public final class PopDialogue {

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

    private final MailAccount account;
    private final MailMessage expected;
    private Step step = Step.GREETING;
    private int sent;
    private int answered;
    private int lines;
    private String problem = "";

    /** A session that has not begun, with the mailbox that the server keeps for the flow. */
    public PopDialogue(String server, FlowId flow) {
        account = MailAccount.of(server, flow);
        expected = MailMessage.of(server, flow);
    }

    /** Whether the client has said and got everything. */
    public boolean over() {
        return step == Step.OVER;
    }

    /** What went wrong first; empty if nothing did. */
    public String problem() {
        return problem;
    }

    /** How many commands the client had to send. */
    public int sent() {
        return sent;
    }

    /** How many of them were answered positively and in full. */
    public int answered() {
        return answered;
    }

    /** Something else went wrong, unless something had before. */
    public void fail(String reason) {
        problem = problem.isEmpty() ? reason : problem;
    }

    /**
     * The server has sent a line; not called once it is over or something went wrong.
     *
     * @return the command that is to be sent now, without its line end
     */
    public Optional<String> receive(String line) {
        if (step == Step.MESSAGE) {
            return receiveLine(line);
        }
        if (!line.startsWith("+OK")) {
            fail(step == Step.PASS ? "wrong password" : "server refused at " + step);
            return Optional.empty();
        }
        answered += step == Step.GREETING || step == Step.RETR ? 0 : 1;
        return receivePositive(line);
    }

    private Optional<String> receivePositive(String line) {
        return switch (step) {
            case GREETING -> command(Step.USER, "USER " + account.user());
            case USER -> command(Step.PASS, "PASS " + account.password());
            case PASS -> command(Step.STAT, "STAT");
            case STAT -> receiveStatus(line);
            case RETR -> await(Step.MESSAGE);
            case QUIT -> await(Step.OVER);
            case MESSAGE, OVER -> Optional.empty();
        };
    }

    private Optional<String> receiveStatus(String line) {
        if (line.equals("+OK 1 " + expected.octets())) {
            return command(Step.RETR, "RETR 1");
        }
        fail("wrong mailbox size");
        return Optional.empty();
    }

    private Optional<String> receiveLine(String line) {
        boolean last = line.equals(".");
        boolean complete = lines == expected.lines().size();
        boolean right = last ? complete : !complete && isExpected(line);
        lines++;
        if (!right) {
            fail("message differs at line %d".formatted(lines));
            return Optional.empty();
        }
        if (last) {
            answered++;
            return command(Step.QUIT, "QUIT");
        }
        return Optional.empty();
    }

    /** A line that begins with a dot has a second one before it (RFC 1939 section 3). */
    private boolean isExpected(String line) {
        String content = line.startsWith(".") ? line.substring(1) : line;
        return content.equals(expected.lines().get(lines));
    }

    private Optional<String> await(Step next) {
        step = next;
        return Optional.empty();
    }

    private Optional<String> command(Step next, String line) {
        step = next;
        sent++;
        return Optional.of(line);
    }
}
