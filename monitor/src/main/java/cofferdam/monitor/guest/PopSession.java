package cofferdam.monitor.guest;

import cofferdam.monitor.Timeline;
import cofferdam.monitor.Timeline.Timer;
import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.guest.tcp.TcpConnection;
import cofferdam.monitor.guest.tcp.TcpEnd;
import cofferdam.monitor.guest.tcp.TcpHandler;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The server's side of one POP3 session (RFC 1939): USER, PASS, STAT, RETR, NOOP and QUIT. */
final class PopSession implements TcpHandler {

    static final int PORT = 110;

    /** How long a client may be silent (RFC 1939 section 3 asks for no less). */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    /** How many passwords a client may try. */
    static final int MAXIMUM_ATTEMPTS = 3;

    private static final String USER_PREFIX = "flow-";
    private static final int FLOW_DIGITS = 32;
    private static final String LINE_END = "\r\n";

    private final TcpConnection connection;
    private final String server;
    private final Timeline timeline;
    private final LineChannel channel;
    private Timer patience = () -> {};
    private String user = "";
    private Optional<MailMessage> mailbox = Optional.empty();
    private int attempts;
    private boolean closing;

    PopSession(TcpConnection connection, String server, Timeline timeline) {
        this.connection = connection;
        this.server = server;
        this.timeline = timeline;
        this.channel = new LineChannel(connection);
        say("+OK " + server + " mail service ready");
    }

    @Override
    public void progressed() {
        patience.cancel();
        patience = timeline.after(PATIENCE, connection::abort);
        while (channel.flush() && !closing) {
            Optional<String> line = channel.readLine();
            if (line.isEmpty()) {
                break;
            }
            answer(line.orElseThrow());
        }
        if (channel.broken() && !closing) {
            sayLast("-ERR line too long");
        }
        if (closing) {
            channel.discard();
        }
        if (channel.flush() && (closing || connection.exhausted())) {
            connection.close();
        }
    }

    @Override
    public void ended(TcpEnd end) {
        patience.cancel();
    }

    private void say(String answer) {
        channel.write(answer + LINE_END);
    }

    private void sayLast(String answer) {
        closing = true;
        say(answer);
    }

    private void answer(String line) {
        int space = line.indexOf(' ');
        String argument = space < 0 ? "" : line.substring(space + 1);
        String command = space < 0 ? line : line.substring(0, space);
        switch (command.toUpperCase(Locale.ROOT)) {
            case "USER" -> receiveUser(argument);
            case "PASS" -> receivePassword(argument);
            case "STAT" -> mailbox.ifPresentOrElse(this::sayStatus, this::sayNotNow);
            case "RETR" -> mailbox.ifPresentOrElse(mail -> send(mail, argument), this::sayNotNow);
            case "NOOP" -> mailbox.ifPresentOrElse(mail -> say("+OK"), this::sayNotNow);
            case "QUIT" -> sayLast("+OK " + server + " mail service closes");
            default -> say("-ERR unknown command");
        }
    }

    private void sayNotNow() {
        say("-ERR not logged in");
    }

    private void receiveUser(String name) {
        if (mailbox.isPresent()) {
            say("-ERR already logged in");
            return;
        }
        user = name;
        say("+OK send the password");
    }

    /** A user that there is not is refused no sooner than a password that is wrong. */
    private void receivePassword(String password) {
        if (mailbox.isPresent() || user.isEmpty()) {
            say("-ERR not now");
            return;
        }
        mailbox = flowOf(user)
                .filter(flow -> MailAccount.of(server, flow).password().equals(password))
                .map(flow -> MailMessage.of(server, flow));
        user = "";
        if (mailbox.isPresent()) {
            say("+OK 1 message");
            return;
        }
        attempts++;
        String refusal = "-ERR wrong user name or password";
        if (attempts == MAXIMUM_ATTEMPTS) {
            sayLast(refusal);
            return;
        }
        say(refusal);
    }

    private static Optional<FlowId> flowOf(String user) {
        String digits = user.substring(Math.min(user.length(), USER_PREFIX.length()));
        boolean named = user.startsWith(USER_PREFIX)
                && digits.length() == FLOW_DIGITS
                && digits.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
        return named ? Optional.of(new FlowId(digits)) : Optional.empty();
    }

    private void sayStatus(MailMessage mail) {
        say("+OK 1 " + mail.octets());
    }

    private void send(MailMessage mail, String argument) {
        if (!argument.equals("1")) {
            say("-ERR no such message");
            return;
        }
        channel.write("+OK " + mail.octets() + " octets" + LINE_END + mail.toAnswer());
    }
}
