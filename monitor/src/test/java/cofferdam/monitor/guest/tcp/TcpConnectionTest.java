package cofferdam.monitor.guest.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.guest.tcp.TestApplication.Closing;
import cofferdam.monitor.guest.tcp.TestPair.Sent;
import cofferdam.monitor.packet.TcpSegment;
import cofferdam.monitor.packet.TcpSegment.Flag;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;

/** Two real ends with a wire between them that works, or is cut as a test says. */
class TcpConnectionTest {

    private static final byte[] NOTHING = {};
    private static final Duration SHORT = Duration.ofMillis(100);

    private final TestPair pair = new TestPair();

    private static byte[] text(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ('a' + i % 26);
        }
        return bytes;
    }

    private TestApplication server() {
        return pair.accepted.getFirst();
    }

    private List<TcpSegment> sentBy(boolean client) {
        return pair.sent.stream()
                .filter(sent -> sent.byClient() == client)
                .map(Sent::segment)
                .toList();
    }

    private static List<Long> times(List<Sent> sent, Predicate<Sent> which) {
        long first = sent.getFirst().time();
        return sent.stream()
                .filter(which)
                .map(entry -> (entry.time() - first) / 1_000_000)
                .toList();
    }

    private TestApplication establish(byte[] data, Closing closing) {
        pair.serve(NOTHING, Closing.NEVER);
        TestApplication client = pair.connect(data, closing);
        pair.time.pass(SHORT);
        return client;
    }

    @Test
    void handshakeNamesTheMaximumSegmentSizeOnBothSides() {
        TestApplication client = establish(NOTHING, Closing.NEVER);

        TcpSegment syn = pair.sent.get(0).segment();
        TcpSegment synAck = pair.sent.get(1).segment();
        TcpSegment ack = pair.sent.get(2).segment();
        assertThat(syn.flags()).containsExactly(Flag.SYN);
        assertThat(syn.maximumSegmentSize()).isEqualTo(1460);
        assertThat(synAck.flags()).containsExactly(Flag.SYN, Flag.ACK);
        assertThat(synAck.maximumSegmentSize()).isEqualTo(1460);
        assertThat(synAck.acknowledgment()).isEqualTo(syn.sequence() + 1);
        assertThat(ack.flags()).containsExactly(Flag.ACK);
        assertThat(ack.acknowledgment()).isEqualTo(synAck.sequence() + 1);
        assertThat(pair.sent).hasSize(3);
        assertThat(client.connection().established()).isTrue();
        assertThat(server().connection().state()).isEqualTo(TcpState.ESTABLISHED);
    }

    @Test
    void clientThatClosesFirstRemembersTheConnection() {
        pair.serve(NOTHING, Closing.WHEN_PEER_HAS);
        TestApplication client = pair.connect(text(10), Closing.WHEN_WRITTEN);
        pair.time.pass(SHORT);

        assertThat(client.connection().state()).isEqualTo(TcpState.TIME_WAIT);
        assertThat(server().connection().state()).isEqualTo(TcpState.CLOSED);
        assertThat(server().received()).isEqualTo(text(10));
        assertThat(client.ends()).containsExactly(TcpEnd.CLOSED);
        assertThat(server().ends()).containsExactly(TcpEnd.CLOSED);
        assertThat(pair.client.size()).isEqualTo(1);

        pair.time.pass(TcpConnection.TIME_WAIT);
        assertThat(pair.client.size()).isZero();
        assertThat(client.ends()).hasSize(1);
    }

    @Test
    void serverThatClosesFirstRemembersTheConnection() {
        pair.serve(text(10), Closing.WHEN_WRITTEN);
        TestApplication client = pair.connect(NOTHING, Closing.WHEN_PEER_HAS);
        pair.time.pass(SHORT);

        assertThat(server().connection().state()).isEqualTo(TcpState.TIME_WAIT);
        assertThat(client.connection().state()).isEqualTo(TcpState.CLOSED);
        assertThat(client.received()).isEqualTo(text(10));
    }

    @Test
    void bothMayCloseAtOnce() {
        TestApplication client = establish(NOTHING, Closing.NEVER);

        client.connection().close();
        server().connection().close();
        pair.time.pass(SHORT);

        assertThat(client.connection().state()).isEqualTo(TcpState.TIME_WAIT);
        assertThat(server().connection().state()).isEqualTo(TcpState.TIME_WAIT);
        assertThat(client.ends()).containsExactly(TcpEnd.CLOSED);
        assertThat(server().ends()).containsExactly(TcpEnd.CLOSED);
    }

    @Test
    void halfClosedConnectionStillCarriesDataTheOtherWay() {
        TestApplication client = establish(NOTHING, Closing.NEVER);
        client.connection().close();
        pair.time.pass(SHORT);
        assertThat(client.connection().state()).isEqualTo(TcpState.FIN_WAIT_2);
        assertThat(server().connection().state()).isEqualTo(TcpState.CLOSE_WAIT);

        assertThat(server().connection().write(text(5000), 0)).isEqualTo(5000);
        assertThat(client.connection().write(text(1), 0)).isZero();
        pair.time.pass(SHORT);
        assertThat(client.received()).isEqualTo(text(5000));

        server().connection().close();
        pair.time.pass(SHORT);
        assertThat(client.ends()).containsExactly(TcpEnd.CLOSED);
        assertThat(server().ends()).containsExactly(TcpEnd.CLOSED);
    }

    @Test
    void lostLastAcknowledgmentIsSentAgainFromTimeWait() {
        pair.serve(NOTHING, Closing.WHEN_PEER_HAS);
        TestApplication client = pair.connect(NOTHING, Closing.NEVER);
        pair.time.pass(SHORT);
        client.connection().close();
        pair.drop(sent -> sent.byClient() && client.connection().state() == TcpState.TIME_WAIT);
        pair.time.pass(Duration.ofSeconds(2));
        assertThat(server().connection().state()).isEqualTo(TcpState.LAST_ACK);

        pair.drop(sent -> false);
        pair.time.pass(Duration.ofSeconds(10));

        assertThat(server().ends()).containsExactly(TcpEnd.CLOSED);
    }

    @Test
    void abortResetsThePeer() {
        TestApplication client = establish(NOTHING, Closing.NEVER);

        client.connection().abort();
        pair.time.pass(SHORT);

        assertThat(client.ends()).containsExactly(TcpEnd.ABORTED);
        assertThat(server().ends()).containsExactly(TcpEnd.RESET);
        assertThat(pair.client.size() + pair.server.size()).isZero();
    }

    @Test
    void portWithoutServiceRefuses() {
        TestApplication client = pair.connect(NOTHING, Closing.NEVER);
        pair.time.pass(SHORT);

        assertThat(client.ends()).containsExactly(TcpEnd.REFUSED);
        assertThat(pair.sent.get(1).segment().flags()).containsExactly(Flag.RST, Flag.ACK);
    }

    @Test
    void unansweredSynIsRepeatedWithDoubledWaitsAndThenGivenUp() {
        pair.drop(sent -> true);
        TestApplication client = pair.connect(NOTHING, Closing.NEVER);
        pair.time.pass(Duration.ofMinutes(5));

        assertThat(times(pair.sent, sent -> true))
                .containsExactly(0L, 1000L, 3000L, 7000L, 15_000L, 31_000L, 63_000L);
        assertThat(client.ends()).containsExactly(TcpEnd.TIMED_OUT);
        assertThat(pair.client.size()).isZero();
    }

    @Test
    void dataThatIsNeverAcknowledgedFailsTheConnection() {
        TestApplication client = establish(NOTHING, Closing.NEVER);
        pair.drop(sent -> true);
        client.connection().write(text(100), 0);
        pair.time.pass(Duration.ofHours(1));

        assertThat(client.ends()).containsExactly(TcpEnd.TIMED_OUT);
        assertThat(sentBy(true).stream().filter(sent -> sent.data().length > 0).count())
                .isEqualTo(1 + Sender.DATA_RETRIES);
    }

    @Test
    void threeDuplicateAcknowledgmentsRepairALossWithoutTheTimer() {
        pair.serve(text(30_000), Closing.NEVER);
        int[] seen = {0};
        pair.drop(sent -> !sent.byClient() && sent.segment().data().length > 0 && ++seen[0] == 5);
        TestApplication client = pair.connect(NOTHING, Closing.NEVER);
        pair.time.pass(SHORT);

        assertThat(client.received()).isEqualTo(text(30_000));
    }

    @Test
    void twoLossesInOneWindowAreBothRepairedWithoutTheTimer() {
        pair.serve(text(30_000), Closing.NEVER);
        int[] seen = {0};
        pair.drop(sent -> {
            boolean data = !sent.byClient() && sent.segment().data().length > 0;
            seen[0] += data ? 1 : 0;
            return data && (seen[0] == 10 || seen[0] == 12);
        });
        TestApplication client = pair.connect(NOTHING, Closing.NEVER);
        pair.time.pass(SHORT);

        assertThat(client.received()).isEqualTo(text(30_000));
    }

    @Test
    void shutWindowStopsTheSenderWhoProbesWithOneByteEverMoreRarely() {
        TestApplication client = establish(NOTHING, Closing.NEVER);
        server().reading(false);
        byte[] much = text(SendBuffer.CAPACITY);
        client.connection().write(much, 0);
        pair.time.pass(SHORT);
        client.connection().write(much, 0);
        pair.sent.clear();
        pair.time.pass(Duration.ofMinutes(30));

        List<TcpSegment> probes = sentBy(true);
        assertThat(probes).hasSizeBetween(30, 45).allMatch(probe -> probe.data().length == 1);
        assertThat(sentBy(false)).allMatch(answer -> answer.window() == 0);
        assertThat(client.ends()).isEmpty();

        server().reading(true);
        pair.time.pass(SHORT);
        assertThat(server().received()).hasSize(2 * SendBuffer.CAPACITY);
    }

    @Test
    void lostWindowUpdateIsMadeUpForByTheProbe() {
        TestApplication client = establish(NOTHING, Closing.NEVER);
        server().reading(false);
        client.connection().write(text(SendBuffer.CAPACITY), 0);
        pair.time.pass(SHORT);
        client.connection().write(text(1000), 0);
        pair.time.pass(SHORT);
        pair.drop(sent -> true);
        server().reading(true);
        pair.drop(sent -> false);
        pair.time.pass(Duration.ofSeconds(5));

        assertThat(server().received()).hasSize(SendBuffer.CAPACITY + 1000);
    }

    @Test
    void vanishedPeerWithShutWindowIsGivenUp() {
        TestApplication client = establish(NOTHING, Closing.NEVER);
        server().reading(false);
        client.connection().write(text(SendBuffer.CAPACITY), 0);
        pair.time.pass(SHORT);
        client.connection().write(text(1000), 0);
        pair.drop(sent -> true);
        pair.time.pass(Duration.ofHours(1));

        assertThat(client.ends()).containsExactly(TcpEnd.TIMED_OUT);
    }

    @Test
    void twoClientsThatOpenTowardsEachOtherMeet() {
        TcpSegment crossing = new TcpSegment(
                TestPair.PORT, 0, 5000, 0, EnumSet.of(Flag.SYN), 8000, 1000, NOTHING);
        pair.drop(sent -> true);
        TestApplication client = pair.connect(text(1500), Closing.NEVER);
        TcpSegment syn = pair.sent.getFirst().segment();
        pair.client.receive(TestPair.SERVER, from(crossing, syn.sourcePort(), 0));
        TcpSegment answer = pair.sent.getLast().segment();
        assertThat(answer.flags()).containsExactly(Flag.SYN, Flag.ACK);
        assertThat(answer.sequence()).isEqualTo(syn.sequence());
        assertThat(answer.acknowledgment()).isEqualTo(5001);

        TcpSegment ack =
                new TcpSegment(TestPair.PORT, 0, 5001, 0, EnumSet.of(Flag.ACK), 8000, 0, NOTHING);
        pair.client.receive(TestPair.SERVER, from(ack, syn.sourcePort(), syn.sequence() + 1));

        assertThat(client.connection().state()).isEqualTo(TcpState.ESTABLISHED);
        assertThat(pair.sent.getLast().segment().data()).hasSize(500);
    }

    private static TcpSegment from(TcpSegment template, int port, int acknowledgment) {
        return new TcpSegment(
                template.sourcePort(),
                port,
                template.sequence(),
                acknowledgment,
                template.flags(),
                template.window(),
                template.maximumSegmentSize(),
                template.data());
    }
}
