package cofferdam.monitor.guest;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.Endpoint.Operation;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.evidence.FlowKind;
import cofferdam.monitor.evidence.FlowOutcome;
import cofferdam.monitor.packet.Ipv4Packet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Probes by TCP, as machines send them that live among real ones. */
class StreamProbeTest {

    private static final FlowId FLOW = FlowId.of(5, 6);
    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @Test
    void everyMessageComesBackOverTcp() {
        TestSegment segment = new TestSegment();

        assertThat(probe(segment, 5)).isEqualTo(finished(segment, 5, 5, ""));
        assertThat(segment.frames.stream()
                        .map(Ipv4Packet::inFrame)
                        .flatMap(java.util.Optional::stream)
                        .map(Ipv4Packet::protocol))
                .containsOnly(Ipv4Packet.TCP);
        String text = FlowText.numbered(FLOW, "seq", 3);
        assertThat(segment.frames)
                .filteredOn(frame -> new String(frame, StandardCharsets.ISO_8859_1).contains(text))
                .hasSize(2);
    }

    @Test
    void manyMessagesAtOnceAllComeBack() {
        TestSegment segment = new TestSegment();
        TestSegment.Host from = segment.add("source", NetworkRole.AMONG_REAL);
        TestSegment.Host to = segment.add("vm1", NetworkRole.AMONG_REAL);
        Operation probe = from.endpoint().probe(to, FLOW, 2000, Duration.ZERO);

        assertThat(segment.time.until(probe::done, LIMIT)).isTrue();
        assertThat(segment.events).last().isEqualTo(finished(segment, 2000, 2000, ""));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aBadWireOnlyTakesTime(long seed) {
        TestSegment segment =
                new TestSegment(seed, new TestSegment.Faults(0.1, 0.1, Duration.ofMillis(2)));

        assertThat(probe(segment, 50).answered()).isBetween(40, 50);
    }

    @Test
    void nobodyAnswersForNobody() {
        TestSegment segment = new TestSegment();
        segment.alter(frame -> new byte[0]);

        assertThat(probe(segment, 2)).isEqualTo(finished(segment, 2, 0, "no answer to 2 of 2"));
    }

    private static Event.FlowFinished probe(TestSegment segment, int count) {
        TestSegment.Host from = segment.add("source", NetworkRole.AMONG_REAL);
        TestSegment.Host to = segment.add("vm1", NetworkRole.AMONG_REAL);
        Operation probe = from.endpoint().probe(to, FLOW, count, INTERVAL);
        assertThat(segment.time.until(probe::done, LIMIT)).isTrue();
        return (Event.FlowFinished) segment.events.getLast();
    }

    private static Event.FlowFinished finished(
            TestSegment segment, int sent, int answered, String detail) {
        return new Event.FlowFinished(
                segment.time.now(),
                "source",
                "vm1",
                detail.isEmpty() ? FlowOutcome.COMPLETED : FlowOutcome.FAILED,
                FlowKind.PROBE,
                FLOW,
                sent,
                answered,
                detail);
    }
}
