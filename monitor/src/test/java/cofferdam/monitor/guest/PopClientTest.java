package cofferdam.monitor.guest;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.guest.tcp.TcpConnection;
import cofferdam.monitor.guest.tcp.TcpEnd;
import cofferdam.monitor.guest.tcp.TcpHandler;
import cofferdam.monitor.guest.tcp.TcpNetwork;
import cofferdam.monitor.guest.tcp.TcpSockets;
import cofferdam.monitor.guest.tcp.VirtualTime;
import cofferdam.monitor.packet.TcpSegment;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A client with a server that says what a test tells it to, whatever the client says. */
class PopClientTest {

    private static final Ipv4Address OWN = Ipv4Address.parse("10.0.0.1");
    private static final FlowId FLOW = FlowId.of(1, 2);
    private static final MailMessage MESSAGE = MailMessage.of("vm1", FLOW);
    private static final String STATUS = "+OK 1 " + MESSAGE.octets();

    private final VirtualTime time = new VirtualTime();
    private final List<String> heard = new ArrayList<>();
    private final List<String> outcomes = new ArrayList<>();

    /** Answers the connection and then each command with the next of its lines, then closes. */
    private final class Script implements TcpHandler {
        private final TcpConnection connection;
        private final LineChannel channel;
        private final List<String> answers;

        Script(TcpConnection connection, List<String> answers) {
            this.connection = connection;
            this.channel = new LineChannel(connection);
            this.answers = new ArrayList<>(answers);
            sayNext();
        }

        private void sayNext() {
            if (answers.isEmpty()) {
                connection.close();
                return;
            }
            channel.write(answers.removeFirst() + "\r\n");
        }

        @Override
        public void progressed() {
            Optional<String> line = channel.readLine();
            while (line.isPresent()) {
                heard.add(line.orElseThrow());
                sayNext();
                line = channel.readLine();
            }
            if (connection.exhausted()) {
                connection.close();
            }
        }

        @Override
        public void ended(TcpEnd end) {}
    }

    /** The client's outcome as "sent answered problem". */
    private String outcome(String... answers) {
        List<TcpSockets> machine = new ArrayList<>();
        machine.add(new TcpSockets(
                new TcpNetwork() {
                    @Override
                    public void send(Ipv4Address target, TcpSegment segment) {
                        time.after(
                                Duration.ofMillis(1),
                                () -> machine.getFirst().receive(OWN, segment));
                    }

                    @Override
                    public void reachable(Ipv4Address peer) {}
                },
                time,
                new SplittableRandom(1)));
        machine.getFirst().listen(110, connection -> new Script(connection, List.of(answers)));
        machine.getFirst()
                .connect(
                        OWN,
                        110,
                        connection -> new PopClient(
                                connection,
                                "vm1",
                                FLOW,
                                (sent, answered, problem) -> outcomes.add(
                                        "%d %d %s".formatted(sent, answered, problem))));
        time.pass(Duration.ofMinutes(5));
        assertThat(outcomes).hasSize(1);
        return outcomes.getFirst();
    }

    private static String message() {
        String answer = MESSAGE.toAnswer();
        return "+OK\r\n" + answer.substring(0, answer.length() - 2);
    }

    @Test
    void speaksTheFiveCommands() {
        assertThat(outcome("+OK", "+OK", "+OK", STATUS, message(), "+OK bye")).isEqualTo("5 5 ");
        assertThat(heard)
                .containsExactly(
                        "USER flow-" + FLOW,
                        "PASS " + MailAccount.of("vm1", FLOW).password(),
                        "STAT",
                        "RETR 1",
                        "QUIT");
    }

    @Test
    void refusalOfThePasswordIsNamed() {
        assertThat(outcome("+OK", "+OK", "-ERR no")).isEqualTo("2 1 wrong password");
    }

    @Test
    void anyOtherRefusalNamesTheStep() {
        assertThat(outcome("-ERR busy")).isEqualTo("0 0 server refused at GREETING");
    }

    @Test
    void wrongMailboxSizeIsNoticed() {
        assertThat(outcome("+OK", "+OK", "+OK", "+OK 1 17")).isEqualTo("3 3 wrong mailbox size");
    }

    @Test
    void missingLineIsNoticed() {
        assertThat(outcome(
                        "+OK",
                        "+OK",
                        "+OK",
                        STATUS,
                        "+OK\r\n" + MESSAGE.lines().getFirst() + "\r\n."))
                .isEqualTo("4 3 message differs at line 2");
    }

    @Test
    void lineTooManyIsNoticed() {
        String longer = message().replaceFirst("\r\n\\.$", "\r\nmore\r\n.");

        assertThat(outcome("+OK", "+OK", "+OK", STATUS, longer))
                .isEqualTo("4 3 message differs at line " + (MESSAGE.lines().size() + 1));
    }

    @Test
    void endlessLineIsNoticed() {
        assertThat(outcome("+OK" + "x".repeat(5000))).isEqualTo("0 0 line longer than 512 bytes");
    }

    @Test
    void serverThatClosesEarlyIsNoticed() {
        assertThat(outcome("+OK", "+OK")).isEqualTo("2 1 connection closed by server");
    }
}
