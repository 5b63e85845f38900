package cofferdam.monitor.guest.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.guest.tcp.TestApplication.Closing;
import cofferdam.monitor.guest.tcp.TestPair.Faults;
import cofferdam.monitor.guest.tcp.TestPair.Sent;
import cofferdam.monitor.packet.TcpSegment;
import cofferdam.monitor.packet.TcpSegment.Flag;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

class TcpTransferTest {

    private static final Duration LONG = Duration.ofHours(2);
    private static final Faults BAD_WIRE = new Faults(0.2, 0.1, Duration.ofMillis(20));

    private static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    @Test
    void transfersSurviveLossReorderingAndDoubling() {
        for (long seed = 0; seed < 300; seed++) {
            transfer(seed, new SplittableRandom(seed).nextInt(60_000), Closing.WHEN_PEER_HAS);
        }
    }

    @Test
    void simultaneousCloseSurvivesLossReorderingAndDoubling() {
        for (long seed = 0; seed < 300; seed++) {
            transfer(seed, new SplittableRandom(seed).nextInt(6_000), Closing.WHEN_WRITTEN);
        }
    }

    private static void transfer(long seed, int length, Closing serverCloses) {
        TestPair pair = new TestPair(seed, BAD_WIRE);
        byte[] request = random(seed, length);
        byte[] answer = random(-seed, 40_000);
        pair.serve(answer, serverCloses);
        TestApplication client = pair.connect(request, Closing.WHEN_WRITTEN);

        boolean ended = pair.time.until(() -> bothEnded(pair, client), LONG);

        assertThat(ended).as("seed %d: both ended", seed).isTrue();
        TestApplication server = pair.accepted.getFirst();
        assertSame(server.received(), request, seed);
        assertSame(client.received(), answer, seed);
        assertThat(client.ends()).as("seed %d", seed).containsExactly(TcpEnd.CLOSED);
        assertThat(server.ends()).as("seed %d", seed).containsExactly(TcpEnd.CLOSED);
        pair.time.pass(Duration.ofMinutes(5));
        assertThat(pair.client.size() + pair.server.size()).as("seed %d", seed).isZero();
        assertThat(pair.time.waiting()).as("seed %d: timers left", seed).isZero();
    }

    /** Says where they differ, and not in a hundred thousand numbers. */
    private static void assertSame(byte[] actual, byte[] expected, long seed) {
        assertThat(Arrays.mismatch(actual, expected))
                .as(
                        "seed %d: first difference of %d and %d bytes",
                        seed, actual.length, expected.length)
                .isEqualTo(-1);
    }

    private static boolean bothEnded(TestPair pair, TestApplication client) {
        return !client.ends().isEmpty()
                && !pair.accepted.isEmpty()
                && !pair.accepted.getFirst().ends().isEmpty();
    }

    @Test
    void sameSeedGivesTheSameSegments() {
        assertThat(trace(7)).isEqualTo(trace(7));
        assertThat(trace(7)).isNotEqualTo(trace(8));
    }

    private static List<String> trace(long seed) {
        TestPair pair = new TestPair(seed, BAD_WIRE);
        pair.serve(random(1, 9000), Closing.WHEN_WRITTEN);
        pair.connect(random(2, 9000), Closing.WHEN_WRITTEN);
        pair.time.pass(LONG);
        return pair.sent.stream().map(TcpTransferTest::describe).toList();
    }

    private static String describe(Sent sent) {
        TcpSegment segment = sent.segment();
        return "%d %b %d %d %s %d"
                .formatted(
                        sent.time(),
                        sent.byClient(),
                        segment.sequence(),
                        segment.acknowledgment(),
                        segment.flags(),
                        segment.data().length);
    }

    @Test
    void noSegmentLeavesTheWindowOrTheSegmentSize() {
        for (long seed = 0; seed < 50; seed++) {
            TestPair pair = new TestPair(seed, BAD_WIRE);
            pair.serve(random(seed, 100_000), Closing.WHEN_WRITTEN);
            TestApplication client = pair.connect(new byte[0], Closing.WHEN_PEER_HAS);
            pauseReading(pair, client);
            pair.time.until(() -> !client.ends().isEmpty(), LONG);

            assertSame(client.received(), random(seed, 100_000), seed);
            assertWithinWindow(pair.sent, seed);
        }
    }

    private static void pauseReading(TestPair pair, TestApplication client) {
        pair.time.after(Duration.ofMillis(50), () -> client.reading(false));
        pair.time.after(Duration.ofSeconds(30), () -> client.reading(true));
    }

    /**
     * The client's promises only grow, so the highest made so far bounds the server's data; a probe
     * may be one byte over.
     */
    private static void assertWithinWindow(List<Sent> sent, long seed) {
        int edge = 0;
        boolean known = false;
        for (Sent entry : sent) {
            TcpSegment segment = entry.segment();
            if (entry.byClient()) {
                int promised = segment.acknowledgment() + segment.window();
                boolean larger = segment.has(Flag.ACK) && (!known || promised - edge > 0);
                edge = larger ? promised : edge;
                known |= segment.has(Flag.ACK);
            } else if (known) {
                int end = segment.sequence() + segment.data().length;
                assertThat(end - edge).as("seed %d", seed).isLessThanOrEqualTo(1);
            }
            assertThat(segment.data().length).isLessThanOrEqualTo(Sender.MAXIMUM_SEGMENT);
        }
    }
}
