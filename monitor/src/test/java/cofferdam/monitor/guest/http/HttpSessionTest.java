package cofferdam.monitor.guest.http;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.guest.tcp.TcpConnection;
import cofferdam.monitor.guest.tcp.TcpEnd;
import cofferdam.monitor.guest.tcp.TcpHandler;
import cofferdam.monitor.guest.tcp.TcpNetwork;
import cofferdam.monitor.guest.tcp.TcpSockets;
import cofferdam.monitor.guest.tcp.VirtualTime;
import cofferdam.monitor.packet.TcpSegment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

class HttpSessionTest {

    private static final Ipv4Address SERVER = Ipv4Address.parse("10.0.0.2");
    private static final Ipv4Address CLIENT = Ipv4Address.parse("10.0.0.1");
    private static final String PAGE = "<p>This is vm1</p>\n";

    private final VirtualTime time = new VirtualTime();
    private final List<TcpSockets> machines = new ArrayList<>();

    HttpSessionTest() {
        machines.add(new TcpSockets(wire(1, CLIENT), time, new SplittableRandom(1)));
        machines.add(new TcpSockets(wire(0, SERVER), time, new SplittableRandom(2)));
        machines.get(1)
                .listen(HttpSession.PORT, connection -> new HttpSession(connection, PAGE, time));
    }

    private TcpNetwork wire(int receiver, Ipv4Address sender) {
        return new TcpNetwork() {
            @Override
            public void send(Ipv4Address target, TcpSegment segment) {
                time.after(
                        Duration.ofMillis(1),
                        () -> machines.get(receiver).receive(sender, segment));
            }

            @Override
            public void reachable(Ipv4Address peer) {}
        };
    }

    /** A client that sends some bytes, then waits. */
    private static final class Client implements TcpHandler {
        private final TcpConnection connection;
        private final byte[] request;
        private final StringBuilder answer = new StringBuilder();
        private int written;
        private boolean finished;
        private TcpEnd end;

        Client(TcpConnection connection, String request) {
            this.connection = connection;
            this.request = request.getBytes(StandardCharsets.ISO_8859_1);
        }

        @Override
        public void progressed() {
            written += connection.write(request, written);
            for (byte[] read = connection.read(4096);
                    read.length > 0;
                    read = connection.read(4096)) {
                answer.append(new String(read, StandardCharsets.UTF_8));
            }
            if (connection.exhausted()) {
                finished = true;
                connection.close();
            }
        }

        @Override
        public void ended(TcpEnd how) {
            end = how;
        }
    }

    private Client send(String request, Duration patience) {
        List<Client> made = new ArrayList<>();
        machines.get(0).connect(SERVER, HttpSession.PORT, connection -> {
            made.add(new Client(connection, request));
            return made.getFirst();
        });
        time.pass(patience);
        return made.getFirst();
    }

    private String answer(String request) {
        Client client = send(request, Duration.ofSeconds(20));
        assertThat(client.finished).as("the server has closed").isTrue();
        return client.answer.toString();
    }

    @Test
    void getAnswersWithThePageAndItsLengthAndCloses() {
        assertThat(answer("GET / HTTP/1.1\r\nHost: vm1\r\nUser-Agent: curl/7.88.1\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK\r\nDate: ")
                .contains("GMT\r\n", "\r\nContent-Length: 19\r\n", "\r\nConnection: close\r\n")
                .endsWith("\r\n\r\n" + PAGE);
    }

    @Test
    void headAnswersWithTheSameHeadAndNothingElse() {
        assertThat(answer("HEAD / HTTP/1.1\r\nHost: vm1\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("\r\nContent-Length: 19\r\n")
                .endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /other HTTP/1.1~Host: vm1|404 Not Found",
                "GET //other HTTP/1.1~Host: vm1|404 Not Found",
                "GET /?a=b HTTP/1.1~Host: vm1|200 OK",
                "GET http://vm1/ HTTP/1.1~Host: vm1|200 OK",
                "GET http://vm1 HTTP/1.1~Host: vm1|200 OK",
                "GET / HTTP/1.0|200 OK",
                "GET / HTTP/1.9~Host: vm1|200 OK",
                "GET * HTTP/1.1~Host: vm1|400 Bad Request",
                "POST / HTTP/1.1~Host: vm1~Content-Length: 0|405 Method Not Allowed",
                "OPTIONS * HTTP/1.1~Host: vm1|405 Method Not Allowed",
                "BREW / HTTP/1.1~Host: vm1|501 Not Implemented",
                "get / HTTP/1.1~Host: vm1|501 Not Implemented",
                "GET / HTTP/2.0~Host: vm1|505 HTTP Version Not Supported",
                "GET / HTTP/1.1|400 Bad Request",
                "GET / HTTP/1.1~Host: vm1~Host: vm2|400 Bad Request",
                "GET / HTTP/1.1~Host: a b|400 Bad Request",
                "GET / HTTP/1.1~Host : vm1|400 Bad Request",
                "GET / HTTP/1.1~Host: vm1~ folded|400 Bad Request",
                "GET  / HTTP/1.1~Host: vm1|400 Bad Request",
                "GET / HTTP/1.1 ~Host: vm1|400 Bad Request",
                "GET /|400 Bad Request",
                "hello|400 Bad Request"
            })
    void eachRequestIsAnsweredByItsStatus(String lines, String status) {
        assertThat(answer(lines.replace("~", "\r\n") + "\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status + "\r\n");
    }

    @Test
    void aMethodThatIsKnownIsRefusedWithThoseThatAreAllowed() {
        assertThat(answer("DELETE / HTTP/1.1\r\nHost: vm1\r\n\r\n"))
                .contains("\r\nAllow: GET, HEAD\r\n");
    }

    @Test
    void emptyLinesBeforeTheRequestAreIgnored() {
        assertThat(answer("\r\n\r\nGET / HTTP/1.1\r\nHost: vm1\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK");
    }

    @Test
    void aLineOfEightThousandBytesIsServedAndOneWithoutEndIsNot() {
        String query = "a".repeat(8000 - 20);
        assertThat(answer("GET /?" + query + " HTTP/1.1\r\nHost: vm1\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK");
        assertThat(answer("GET /" + "a".repeat(HttpSession.MAXIMUM_REQUEST_BYTES)))
                .startsWith("HTTP/1.1 414 ");
        assertThat(answer("GET / HTTP/1.1\r\nA: " + "a".repeat(HttpSession.MAXIMUM_REQUEST_BYTES)))
                .startsWith("HTTP/1.1 431 ");
        assertThat(answer("\r\n".repeat(HttpSession.MAXIMUM_REQUEST_BYTES)))
                .startsWith("HTTP/1.1 4");
    }

    @Test
    void aFieldOfNothingButSpacesTakesNoLongTime() {
        char[] spaces = new char[HttpSession.MAXIMUM_REQUEST_BYTES - 100];
        Arrays.fill(spaces, ' ');
        assertThat(answer("GET / HTTP/1.1\r\nHost:" + new String(spaces) + "\u0001\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET / HT"})
    void aClientThatSaysNoMoreIsLeftAfterHalfAMinute(String beginning) {
        Client client = send(beginning, HttpSession.PATIENCE.plusSeconds(1));

        assertThat(client.answer).isEmpty();
        assertThat(client.end).isEqualTo(TcpEnd.RESET);
    }
}
