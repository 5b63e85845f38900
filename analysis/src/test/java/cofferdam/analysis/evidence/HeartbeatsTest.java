package cofferdam.analysis.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.EventLog;
import cofferdam.monitor.evidence.PowerState;
import cofferdam.monitor.evidence.Sha256;
import cofferdam.monitor.policy.Policies;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

class HeartbeatsTest {

    private static final long SECOND = 1_000_000_000L;

    private final List<Event> events = new ArrayList<>();
    private String chain = genesis();

    @Test
    void aSoundChainHasNoProblem() throws Exception {
        beats(1, 5, 0);

        Heartbeats heartbeats = heartbeats();
        assertThat(heartbeats.problem()).isEmpty();
        assertThat(heartbeats.alive(SECOND, 5 * SECOND)).isTrue();
        assertThat(heartbeats.lastBefore(3 * SECOND))
                .map(Event.Heartbeat::number)
                .contains(3L);
        assertThat(heartbeats.firstAfter(3 * SECOND))
                .map(Event.Heartbeat::number)
                .contains(4L);
        assertThat(heartbeats.due(heartbeats.lastBefore(3 * SECOND).orElseThrow()))
                .isEqualTo(4 * SECOND);
        assertThat(heartbeats.between(2 * SECOND, 4 * SECOND)).hasSize(3);
    }

    @Test
    void theChainIsTheOneThatTheEventDocuments() throws Exception {
        String first = Sha256.of(
                HexFormat.of().parseHex(Sha256.of("vm2".getBytes(StandardCharsets.UTF_8))));
        events.add(new Event.Heartbeat(SECOND, "vm2", "heartbeat", 1, first));
        events.add(new Event.Heartbeat(
                2 * SECOND, "vm2", "heartbeat", 2, Sha256.of(HexFormat.of().parseHex(first))));

        assertThat(heartbeats().alive(SECOND, 2 * SECOND)).isTrue();
    }

    @Test
    void nobodyIsAliveBeyondItsBeats() throws Exception {
        beats(1, 5, 0);

        assertThat(heartbeats().alive(SECOND - 1, 5 * SECOND)).isFalse();
        assertThat(heartbeats().alive(SECOND, 5 * SECOND + 1)).isFalse();
    }

    @Test
    void aMachineWithoutBeatsIsNotAlive() throws Exception {
        assertThat(heartbeats().any()).isFalse();
        assertThat(heartbeats().problem()).isEmpty();
        assertThat(heartbeats().alive(0, 0)).isFalse();
    }

    @Test
    void theBeatsOfOthersDoNotCount() throws Exception {
        beats(1, 5, 0);

        Heartbeats other = Heartbeats.of(run(), "vm1");
        assertThat(other.any()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void aChainThatLeavesOneOutIsWrong(int number) throws Exception {
        beats(1, 6, 0);
        events.remove(number - 1);

        assertThat(heartbeats().problem())
                .contains("after heartbeat %d of vm2 came number %d"
                        .formatted(number - 1, number + 1));
        assertThat(heartbeats().alive(SECOND, 6 * SECOND)).isFalse();
    }

    @Test
    void nothingCountsAfterWhatIsWrong() throws Exception {
        beats(1, 6, 0);
        Event.Heartbeat third = (Event.Heartbeat) events.get(2);
        events.set(2, new Event.Heartbeat(third.time(), "vm2", "heartbeat", 3, genesis()));

        Heartbeats heartbeats = heartbeats();
        assertThat(heartbeats.wrong()).contains((Event.Heartbeat) events.get(2));
        assertThat(heartbeats.firstAfter(2 * SECOND)).isEqualTo(Optional.empty());
        assertThat(heartbeats.any()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1500, true", "1501, false", "-900, true"})
    void aBeatMayBeSoFarFromItsTime(long millis, boolean allowed) throws Exception {
        beats(1, 4, 0);
        beats(5, 5, millis * 1_000_000);

        assertThat(heartbeats().problem().isEmpty()).isEqualTo(allowed);
        if (allowed) {
            assertThat(heartbeats().worstLateness(0, Long.MAX_VALUE))
                    .isEqualTo(Duration.ofMillis(Math.max(0, millis)));
        }
    }

    @Test
    void anotherProcessCannotGoOnWithTheChain() throws Exception {
        beats(1, 3, 0);
        chain = next(chain);
        events.add(new Event.Heartbeat(4 * SECOND, "vm2", "impostor", 4, chain));

        assertThat(heartbeats().problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("another process"));
    }

    @Test
    void aMachineThatWasSwitchedOffBeginsAgainAndDidNotLiveThroughIt() throws Exception {
        beats(1, 3, 0);
        events.add(new Event.PowerChanged(4 * SECOND, "vm2", "vm2.img", PowerState.OFF, ""));
        chain = genesis();
        beats(1, 3, 5 * SECOND);

        Heartbeats heartbeats = heartbeats();
        assertThat(heartbeats.problem()).isEmpty();
        assertThat(heartbeats.alive(SECOND, 3 * SECOND)).isTrue();
        assertThat(heartbeats.alive(6 * SECOND, 8 * SECOND)).isTrue();
        assertThat(heartbeats.alive(SECOND, 8 * SECOND)).isFalse();
    }

    @Test
    void aMachineThatBeginsAgainByItselfIsWrong() throws Exception {
        beats(1, 3, 0);
        chain = genesis();
        beats(1, 3, 5 * SECOND);

        assertThat(heartbeats().problem()).isPresent();
    }

    @Test
    void timesAtTheEndsOfTheRangeDoNotWrapAround() throws Exception {
        chain = next(chain);
        events.add(new Event.Heartbeat(Long.MIN_VALUE, "vm2", "heartbeat", 1, chain));
        chain = next(chain);
        events.add(new Event.Heartbeat(SECOND, "vm2", "heartbeat", 2, chain));
        chain = next(chain);
        events.add(new Event.Heartbeat(Long.MAX_VALUE, "vm2", "heartbeat", 3, chain));

        assertThat(heartbeats().problem()).isPresent();
        assertThat(heartbeats().alive(0, SECOND)).isFalse();
    }

    private void beats(int from, int to, long later) {
        for (int number = from; number <= to; number++) {
            chain = next(chain);
            events.add(new Event.Heartbeat(
                    number * SECOND + later, "vm2", "heartbeat", number, chain));
        }
    }

    private Heartbeats heartbeats() throws Exception {
        return Heartbeats.of(run(), "vm2");
    }

    private Run run() throws Exception {
        byte[] log = EventLog.write(events);
        return RunReader.read(
                name -> name.equals("events.jsonl") ? Optional.of(log) : Optional.empty(),
                Policies.builtIn("hardened").orElseThrow());
    }

    private static String genesis() {
        return Sha256.of("vm2".getBytes(StandardCharsets.UTF_8));
    }

    private static String next(String digest) {
        return Sha256.of(HexFormat.of().parseHex(digest));
    }
}
