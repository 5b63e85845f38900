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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

class PopSessionTest {

    private static final Ipv4Address SERVER = Ipv4Address.parse("10.0.0.2");
    private static final Ipv4Address CLIENT = Ipv4Address.parse("10.0.0.1");
    private static final FlowId FLOW = FlowId.of(1, 2);
    private static final MailAccount ACCOUNT = MailAccount.of("vm1", FLOW);
    private static final String REFUSAL = "-ERR wrong user name or password\r\n";

    private final VirtualTime time = new VirtualTime();
    private final List<TcpSockets> machines = new ArrayList<>();
    private final Terminal terminal;

    PopSessionTest() {
        machines.add(new TcpSockets(new Wire(1, CLIENT), time, new SplittableRandom(1)));
        machines.add(new TcpSockets(new Wire(0, SERVER), time, new SplittableRandom(2)));
        machines.get(1)
                .listen(PopSession.PORT, connection -> new PopSession(connection, "vm1", time));
        List<Terminal> made = new ArrayList<>();
        machines.get(0).connect(SERVER, PopSession.PORT, connection -> {
            made.add(new Terminal(connection));
            return made.getFirst();
        });
        terminal = made.getFirst();
        time.pass(Duration.ofSeconds(1));
    }

    private final class Wire implements TcpNetwork {
        private final int receiver;
        private final Ipv4Address sender;

        Wire(int receiver, Ipv4Address sender) {
            this.receiver = receiver;
            this.sender = sender;
        }

        @Override
        public void send(Ipv4Address target, TcpSegment segment) {
            time.after(Duration.ofMillis(1), () -> machines.get(receiver).receive(sender, segment));
        }

        @Override
        public void reachable(Ipv4Address peer) {}
    }

    private static final class Terminal implements TcpHandler {
        private final TcpConnection connection;
        private final StringBuilder screen = new StringBuilder();
        private final List<TcpEnd> ends = new ArrayList<>();

        Terminal(TcpConnection connection) {
            this.connection = connection;
        }

        @Override
        public void progressed() {
            byte[] bytes = connection.read(100_000);
            screen.append(new String(bytes, StandardCharsets.ISO_8859_1));
        }

        @Override
        public void ended(TcpEnd end) {
            ends.add(end);
        }
    }

    private String say(String text) {
        terminal.screen.setLength(0);
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(terminal.connection.write(bytes, 0)).isEqualTo(bytes.length);
        time.pass(Duration.ofSeconds(1));
        return terminal.screen.toString();
    }

    private void logIn() {
        assertThat(say("USER " + ACCOUNT.user() + "\r\n")).startsWith("+OK");
        assertThat(say("PASS " + ACCOUNT.password() + "\r\n")).isEqualTo("+OK 1 message\r\n");
    }

    @Test
    void greets() {
        assertThat(terminal.screen.toString()).isEqualTo("+OK vm1 mail service ready\r\n");
    }

    @Test
    void messageHasTheSizeThatWasSaidAndEndsWithADot() {
        logIn();
        String status = say("STAT\r\n");
        String answer = say("RETR 1\r\n");

        int octets = Integer.parseInt(status.substring("+OK 1 ".length()).strip());
        assertThat(answer).startsWith("+OK %d octets\r\nDate: ".formatted(octets));
        assertThat(answer).endsWith("\r\n.\r\n");
        int header = answer.indexOf('\n') + 1;
        assertThat(answer.length() - header - ".\r\n".length()).isEqualTo(octets);
        assertThat(answer)
                .contains("The secret is " + ACCOUNT.password() + "\r\n")
                .contains("cofferdam flow=" + FLOW + " line=000001\r\n");
    }

    @Test
    void nothingIsShownBeforeTheLogin() {
        for (String command : List.of("STAT", "RETR 1", "NOOP")) {
            assertThat(say(command + "\r\n")).isEqualTo("-ERR not logged in\r\n");
        }
    }

    @Test
    void wrongPasswordAndUnknownUserAreRefusedAlikeAndOnlyThreeTimes() {
        say("USER " + ACCOUNT.user() + "\r\n");
        assertThat(say("PASS wrong\r\n")).isEqualTo(REFUSAL);
        say("USER somebody\r\n");
        assertThat(say("PASS wrong\r\n")).isEqualTo(REFUSAL);
        say("USER flow-0123\r\n");
        assertThat(say("PASS wrong\r\n")).isEqualTo(REFUSAL);

        terminal.connection.close();
        time.pass(Duration.ofSeconds(1));
        assertThat(terminal.ends).containsExactly(TcpEnd.CLOSED);
    }

    @Test
    void passwordNeedsAUserFirst() {
        assertThat(say("PASS " + ACCOUNT.password() + "\r\n")).isEqualTo("-ERR not now\r\n");
    }

    @Test
    void secondLoginIsRefused() {
        logIn();

        assertThat(say("USER x\r\n")).isEqualTo("-ERR already logged in\r\n");
        assertThat(say("PASS x\r\n")).isEqualTo("-ERR not now\r\n");
    }

    @Test
    void unknownCommandsAndMessagesAreErrors() {
        logIn();

        assertThat(say("RETR 2\r\n")).isEqualTo("-ERR no such message\r\n");
        assertThat(say("TOP 1 1\r\n")).isEqualTo("-ERR unknown command\r\n");
        assertThat(say("\r\n")).isEqualTo("-ERR unknown command\r\n");
        assertThat(say("noop\r\n")).isEqualTo("+OK\r\n");
    }

    @Test
    void commandsMayComeInPiecesOrTogether() {
        assertThat(say("US")).isEmpty();
        assertThat(say("ER x\r")).isEmpty();
        assertThat(say("\nPASS y\r\nQUIT\r\n"))
                .isEqualTo(
                        "+OK send the password\r\n" + REFUSAL + "+OK vm1 mail service closes\r\n");
        assertThat(terminal.connection.exhausted()).isTrue();
    }

    @Test
    void manyRequestsAtOnceAreAllAnswered() {
        logIn();
        String answers = say("RETR 1\r\n".repeat(100));

        assertThat(answers.split("\r\n\\.\r\n", -1)).hasSize(101);
    }

    @Test
    void tooLongLineEndsTheSession() {
        assertThat(say("X".repeat(510) + "\r\n")).isEqualTo("-ERR unknown command\r\n");
        assertThat(say("X".repeat(2000) + "\r\n")).isEqualTo("-ERR line too long\r\n");
        assertThat(terminal.connection.exhausted()).isTrue();
    }

    @Test
    void silentClientIsThrownOutAfterTenMinutes() {
        time.pass(Duration.ofMinutes(9));
        say("NOOP\r\n");
        time.pass(Duration.ofMinutes(9));
        assertThat(terminal.ends).isEmpty();
        time.pass(Duration.ofMinutes(2));

        assertThat(terminal.ends).containsExactly(TcpEnd.RESET);
    }

    @Test
    void clientThatClosesWithoutQuitIsClosedTo() {
        terminal.connection.close();
        time.pass(Duration.ofMinutes(2));

        assertThat(terminal.ends).containsExactly(TcpEnd.CLOSED);
        assertThat(time.waiting()).isZero();
    }
}
