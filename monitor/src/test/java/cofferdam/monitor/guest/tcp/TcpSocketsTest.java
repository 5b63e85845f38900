package cofferdam.monitor.guest.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.guest.tcp.TestApplication.Closing;
import cofferdam.monitor.packet.TcpSegment;
import cofferdam.monitor.packet.TcpSegment.Flag;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

class TcpSocketsTest {

    private static final byte[] NOTHING = {};
    private static final Duration SHORT = Duration.ofMillis(100);

    private final ScriptedPeer peer = new ScriptedPeer();

    private static TcpSegment segment(int from, int to, byte[] data, Flag... flags) {
        EnumSet<Flag> set = EnumSet.noneOf(Flag.class);
        set.addAll(List.of(flags));
        return new TcpSegment(from, to, 1000, 2000, set, 8000, 0, data);
    }

    private List<TcpSegment> answersTo(TcpSegment segment) {
        peer.takeAnswers();
        peer.machine.receive(ScriptedPeer.ADDRESS, segment);
        return peer.takeAnswers();
    }

    @Test
    void segmentWithAcknowledgmentToNowhereIsResetAtThatNumber() {
        TcpSegment reset = answersTo(segment(5, 9, NOTHING, Flag.ACK)).getFirst();

        assertThat(reset.flags()).containsExactly(Flag.RST);
        assertThat(reset.sequence()).isEqualTo(2000);
        assertThat(reset.sourcePort()).isEqualTo(9);
        assertThat(reset.targetPort()).isEqualTo(5);
    }

    @Test
    void segmentWithoutAcknowledgmentToNowhereIsResetWithOne() {
        TcpSegment reset = answersTo(segment(5, 9, new byte[3], Flag.SYN)).getFirst();

        assertThat(reset.flags()).containsExactly(Flag.RST, Flag.ACK);
        assertThat(reset.sequence()).isZero();
        assertThat(reset.acknowledgment()).isEqualTo(1004);
    }

    @Test
    void resetToNowhereIsNotAnswered() {
        assertThat(answersTo(segment(5, 9, NOTHING, Flag.RST))).isEmpty();
        assertThat(answersTo(segment(5, ScriptedPeer.SERVICE, NOTHING, Flag.RST)))
                .isEmpty();
    }

    @Test
    void serviceAnswersOnlyToSyn() {
        assertThat(answersTo(segment(5, ScriptedPeer.SERVICE, NOTHING, Flag.FIN)))
                .isEmpty();
        assertThat(answersTo(segment(5, ScriptedPeer.SERVICE, NOTHING, Flag.SYN, Flag.ACK)))
                .allMatch(answer -> answer.has(Flag.RST));
        assertThat(peer.machine.size()).isZero();
    }

    @Test
    void floodOfSynsIsBoundedAndForgotten() {
        for (int port = 1; port < 5000; port++) {
            peer.machine.receive(
                    ScriptedPeer.ADDRESS, segment(port, ScriptedPeer.SERVICE, NOTHING, Flag.SYN));
        }
        assertThat(peer.machine.size()).isEqualTo(TcpSockets.MAXIMUM_HALF_OPEN);

        peer.time.pass(Duration.ofMinutes(5));
        assertThat(peer.machine.size()).isZero();
    }

    @Test
    void connectionsAreBounded() {
        List<TestApplication> clients = new ArrayList<>();
        for (int i = 0; i <= TcpSockets.MAXIMUM_CONNECTIONS; i++) {
            peer.machine.connect(ScriptedPeer.ADDRESS, 9, connection -> {
                clients.add(new TestApplication(connection, NOTHING, Closing.NEVER));
                return clients.getLast();
            });
        }

        assertThat(peer.machine.size()).isEqualTo(TcpSockets.MAXIMUM_CONNECTIONS);
        assertThat(clients.getLast().ends()).containsExactly(TcpEnd.EXHAUSTED);
        Set<Integer> ports =
                peer.answers.stream().map(TcpSegment::sourcePort).collect(Collectors.toSet());
        assertThat(ports)
                .hasSize(TcpSockets.MAXIMUM_CONNECTIONS)
                .allMatch(port -> port >= 32_768 && port < 61_000);
    }

    @Test
    void rememberedConnectionMakesRoomForANewOne() {
        TestPair pair = new TestPair();
        pair.serve(NOTHING, Closing.WHEN_PEER_HAS);
        for (int i = 0; i < TcpSockets.MAXIMUM_CONNECTIONS + 3; i++) {
            TestApplication client = pair.connect(NOTHING, Closing.WHEN_WRITTEN);
            pair.time.pass(Duration.ofMillis(10));
            assertThat(client.ends()).containsExactly(TcpEnd.CLOSED);
        }

        assertThat(pair.client.size()).isEqualTo(TcpSockets.MAXIMUM_CONNECTIONS);
    }

    @Test
    void unreachablePeerFailsOnlyWhatWaitsForItsFirstAnswer() {
        TestPair pair = new TestPair();
        pair.serve(NOTHING, Closing.NEVER);
        TestApplication established = pair.connect(NOTHING, Closing.NEVER);
        pair.time.pass(SHORT);
        pair.drop(sent -> true);
        TestApplication waiting = pair.connect(NOTHING, Closing.NEVER);

        pair.client.unreachable(Ipv4Address.parse("10.0.0.77"));
        assertThat(waiting.ends()).isEmpty();
        pair.client.unreachable(TestPair.SERVER);

        assertThat(waiting.ends()).containsExactly(TcpEnd.UNREACHABLE);
        assertThat(established.ends()).isEmpty();
    }
}
