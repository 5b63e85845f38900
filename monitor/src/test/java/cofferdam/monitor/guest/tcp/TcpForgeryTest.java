package cofferdam.monitor.guest.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.packet.TcpSegment;
import cofferdam.monitor.packet.TcpSegment.Flag;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;

/** What segments that somebody makes up can do to a connection, and what they cannot (RFC 5961). */
class TcpForgeryTest {

    private static final byte[] NOTHING = {};
    private static final byte[] DATA = {1, 2, 3};

    private final ScriptedPeer peer = new ScriptedPeer().established();

    TcpForgeryTest() {
        peer.takeAnswers();
    }

    private TcpConnection connection() {
        return peer.application().connection();
    }

    private void assertChallenged() {
        List<TcpSegment> answers = peer.takeAnswers();
        assertThat(answers).hasSize(1);
        assertThat(answers.getFirst().flags()).containsExactly(Flag.ACK);
        assertThat(answers.getFirst().acknowledgment()).isEqualTo(peer.next());
        assertThat(connection().established()).isTrue();
    }

    @Test
    void resetWithTheExactNumberEndsTheConnection() {
        peer.send(0, 0, 0, NOTHING, Flag.RST);

        assertThat(peer.application().ends()).containsExactly(TcpEnd.RESET);
        assertThat(peer.machine.size()).isZero();
        assertThat(peer.takeAnswers()).isEmpty();
    }

    @Test
    void resetElsewhereInTheWindowIsChallenged() {
        peer.send(1000, 0, 0, NOTHING, Flag.RST);

        assertChallenged();
    }

    @Test
    void resetOutsideTheWindowIsIgnored() {
        peer.send(-1, 0, 0, NOTHING, Flag.RST);
        peer.send(ReceiveBuffer.CAPACITY, 0, 0, NOTHING, Flag.RST);

        assertThat(peer.takeAnswers()).isEmpty();
        assertThat(connection().established()).isTrue();
    }

    @Test
    void synInAnEstablishedConnectionIsChallenged() {
        peer.send(10, 0, 0, NOTHING, Flag.SYN);

        assertChallenged();
    }

    @Test
    void acknowledgmentOfWhatWasNeverSentIsChallengedAndItsDataDropped() {
        peer.send(0, 1, 8000, DATA, Flag.ACK);

        assertChallenged();
        assertThat(peer.application().received()).isEmpty();
    }

    @Test
    void dataWithoutAcknowledgmentIsDropped() {
        peer.send(0, 0, 8000, DATA, Flag.PSH);

        assertThat(peer.takeAnswers()).isEmpty();
        assertThat(peer.application().received()).isEmpty();
    }

    @Test
    void challengesAreRare() {
        for (int i = 0; i < 100; i++) {
            peer.send(1000 + i, 0, 0, NOTHING, Flag.RST);
        }
        assertChallenged();

        peer.time.pass(Duration.ofSeconds(1));
        peer.send(1000, 0, 0, NOTHING, Flag.RST);
        assertChallenged();
    }

    @Test
    void repeatedDataIsAcknowledgedAgainAndDeliveredOnce() {
        peer.send(0, 0, 8000, DATA, Flag.ACK);
        peer.takeAnswers();
        peer.send(0, 0, 8000, DATA, Flag.ACK);

        assertThat(peer.takeAnswers())
                .hasSize(1)
                .allMatch(answer -> answer.acknowledgment() == peer.next() + DATA.length);
        assertThat(peer.application().received()).isEqualTo(DATA);
    }

    @Test
    void acknowledgmentThatIsTooOldChangesNothingButIsNoReasonToDropData() {
        connection().write(new byte[10], 0);
        peer.send(0, 10, 8000, NOTHING, Flag.ACK);
        peer.takeAnswers();

        peer.send(0, 3, 8000, DATA, Flag.ACK);

        assertThat(peer.application().received()).isEqualTo(DATA);
        assertThat(connection().allAcknowledged()).isTrue();
    }

    @Test
    void oldSegmentDoesNotBringAnOldWindowBack() {
        peer.send(0, 0, 8000, DATA, Flag.ACK);
        peer.send(3, 0, 5, NOTHING, Flag.ACK);
        peer.send(0, 0, 8000, DATA, Flag.ACK);
        peer.takeAnswers();

        connection().write(new byte[100], 0);

        assertThat(peer.takeAnswers()).hasSize(1).allMatch(segment -> segment.data().length == 5);
    }

    @Test
    void tinySegmentSizeIsNotObeyed() {
        ScriptedPeer other = new ScriptedPeer(new byte[3000]);
        other.machine.receive(
                ScriptedPeer.ADDRESS,
                new TcpSegment(
                        1, ScriptedPeer.SERVICE, 7, 0, EnumSet.of(Flag.SYN), 9000, 1, NOTHING));
        TcpSegment synAck = other.answers.getLast();
        other.machine.receive(
                ScriptedPeer.ADDRESS,
                new TcpSegment(
                        1,
                        ScriptedPeer.SERVICE,
                        8,
                        synAck.sequence() + 1,
                        EnumSet.of(Flag.ACK),
                        9000,
                        0,
                        NOTHING));

        assertThat(other.answers.getLast().data()).hasSize(Sender.LEAST_SEGMENT);
    }

    @Test
    void wrongAcknowledgmentOfTheHandshakeIsReset() {
        ScriptedPeer other = new ScriptedPeer();
        other.send(0, 0, 8000, NOTHING, Flag.SYN);
        other.takeAnswers();
        other.send(1, 12345, 8000, NOTHING, Flag.ACK);

        assertThat(other.takeAnswers()).hasSize(1).allMatch(answer -> answer.has(Flag.RST));
        assertThat(other.accepted).isEmpty();
    }

    @Test
    void repeatedSynGetsTheSameAnswer() {
        ScriptedPeer other = new ScriptedPeer();
        other.send(0, 0, 8000, NOTHING, Flag.SYN);
        TcpSegment first = other.takeAnswers().getFirst();
        other.send(0, 0, 8000, NOTHING, Flag.SYN);

        assertThat(other.takeAnswers().getFirst().sequence()).isEqualTo(first.sequence());
        assertThat(other.machine.size()).isEqualTo(1);
    }

    @Test
    void randomSegmentsNeverThrowAndNeverMakeAStorm() {
        for (long seed = 0; seed < 400; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            ScriptedPeer hostile = new ScriptedPeer(new byte[random.nextInt(50_000)]).established();
            int sent = 500;
            for (int i = 0; i < sent; i++) {
                sendRandom(hostile, random);
                hostile.time.pass(Duration.ofMillis(random.nextInt(100)));
            }
            hostile.time.pass(Duration.ofHours(2));
            int count = hostile.answers.size();
            assertThat(count).as("seed %d: answers", seed).isLessThan(10 * sent);
            assertThat(hostile.machine.size()).as("seed %d", seed).isLessThanOrEqualTo(1);
        }
    }

    private static void sendRandom(ScriptedPeer hostile, SplittableRandom random) {
        EnumSet<Flag> flags = EnumSet.noneOf(Flag.class);
        for (Flag flag : Flag.values()) {
            boolean rare = flag == Flag.RST || flag == Flag.SYN || flag == Flag.FIN;
            if (flag == Flag.ACK ? random.nextInt(10) > 0 : random.nextInt(rare ? 50 : 3) == 0) {
                flags.add(flag);
            }
        }
        int offset = random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(-2000, 9000);
        int acknowledged = random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(0, 20_000);
        hostile.send(
                offset,
                acknowledged,
                random.nextInt(4) == 0 ? 0 : random.nextInt(65_536),
                new byte[random.nextInt(1461)],
                flags.toArray(Flag[]::new));
    }
}
