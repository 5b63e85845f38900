package cofferdam.analysis;

import static cofferdam.analysis.MemoryScene.SECOND;
import static cofferdam.analysis.MemoryScene.isInconclusive;
import static cofferdam.analysis.MemoryScene.isUpheld;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.Event.Heartbeat;
import cofferdam.monitor.evidence.MachineEnd;
import cofferdam.monitor.evidence.PowerState;
import cofferdam.monitor.evidence.ProcessEnd;
import cofferdam.monitor.evidence.RunOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** How the heartbeats of a neighbour are judged, whatever was done beside it. */
class EnduranceTest {

    private static final String SABOTAGE = "remove-essential-files";

    private final MemoryScene scene = MemoryScene.started();

    @Test
    void aNeighbourThatBeatsAllTheTimeUpholds() {
        crash();

        Judgement judgement = judge();
        isUpheld(judgement);
        assertThat(judgement.figures()).containsExactly(new Figure("heartbeats", "8", ""));
    }

    @Test
    void aNeighbourThatFallsSilentIsABreach() {
        crash(() -> scene.beating.remove("vm2"));

        scene.isViolated(judge(), "vm2 was silent for the last", isBeat(3));
    }

    @Test
    void aNeighbourThatFallsSilentAfterTheAttackIsABreach() {
        crash();
        scene.without(Event.RunFinished.class::isInstance);
        scene.beating.remove("vm2");
        scene.live(4)
                .record(new Event.StepStarted(scene.tick(), "scenario", "wait"))
                .finish();

        scene.isViolated(judge(), "vm2 was silent for the last", isBeat(13));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 10})
    void aMissingBeatIsABreach(int number) {
        crash();
        scene.without(isBeat(number));

        scene.isViolated(judge(), "came number " + (number + 1), isBeat(number + 1));
    }

    @Test
    void aBeatTwiceIsABreach() {
        crash();
        Event twice = scene.events.stream().filter(isBeat(6)).findFirst().orElseThrow();
        scene.events.add(scene.events.indexOf(twice), twice);

        assertThat(judge().verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(judge().reason()).contains("after heartbeat 6 of vm2 came number 6");
    }

    @Test
    void aBeatThatWasComputedWronglyIsABreach() {
        crash();
        replace(
                7,
                beat -> new Heartbeat(
                        beat.time(), "vm2", beat.subject(), 7, beat.outcome().replace('0', '1')));

        scene.isViolated(judge(), "heartbeat 7 of vm2 was computed wrongly", isBeat(7));
    }

    @Test
    void theChainOfAnotherMachineIsABreach() {
        crash();
        scene.without(isBeat(7));
        Event stranger = scene.events.stream()
                .filter(event -> event instanceof Heartbeat beat
                        && beat.actor().equals("vm1")
                        && beat.number() == 3)
                .findFirst()
                .orElseThrow();
        Event eighth = scene.events.stream().filter(isBeat(8)).findFirst().orElseThrow();
        Heartbeat forged = new Heartbeat(
                eighth.time() - SECOND / 2,
                "vm2",
                "heartbeat",
                7,
                ((Heartbeat) stranger).outcome());
        int at = scene.events.indexOf(eighth);
        while (scene.events.get(at - 1).time() > forged.time()) {
            at--;
        }
        scene.events.add(at, forged);

        assertThat(judge().verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(judge().reason()).contains("computed wrongly");
    }

    @ParameterizedTest
    @CsvSource({"1600, VIOLATED", "1400, UPHELD"})
    void aBeatMayComeALittleLate(int millis, Verdict verdict) {
        crash();
        Event late = scene.events.stream().filter(isBeat(13)).findFirst().orElseThrow();
        Heartbeat beat = (Heartbeat) late;
        scene.without(event -> event == late || event instanceof Event.RunFinished);
        scene.record(new Heartbeat(
                beat.time() + millis * 1_000_000L, "vm2", beat.subject(), 13, beat.outcome()));
        scene.record(new Event.RunFinished(
                beat.time() + millis * 1_000_000L, "scenario", RunOutcome.COMPLETED, ""));

        assertThat(judge().reason()).isNotEmpty();
        assertThat(judge().verdict()).isEqualTo(verdict);
    }

    @Test
    void beatsThatSlowDownLittleByLittleAreABreachOnceTheyAreLate() {
        crash();
        scene.change(event -> event instanceof Heartbeat beat && beat.actor().equals("vm2")
                ? new Heartbeat(
                        beat.time() + (beat.number() - 1) * SECOND / 4,
                        "vm2",
                        beat.subject(),
                        beat.number(),
                        beat.outcome())
                : event);
        scene.events.sort(Comparator.comparingLong(Event::time));

        assertThat(judge().reason()).contains("heartbeat 8 of vm2 came 1750 ms late");
        assertThat(judge().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @ParameterizedTest
    @EnumSource(MachineEnd.class)
    void aNeighbourThatEndsIsABreach(MachineEnd end) {
        crash(() -> scene.record(new Event.MachineEnded(scene.tick(), "vm2", end, "kernel panic")));

        scene.isViolated(
                judge(),
                "vm2 came to an end",
                event -> event instanceof Event.MachineEnded ended
                        && ended.actor().equals("vm2"));
    }

    @ParameterizedTest
    @CsvSource({"OUT_OF_MEMORY, VIOLATED", "FAULT, VIOLATED", "KILLED, VIOLATED", "EXITED, UPHELD"})
    void aProcessOfTheNeighbourThatIsEndedIsABreach(ProcessEnd end, Verdict verdict) {
        crash(() ->
                scene.record(new Event.ProcessEnded(scene.tick(), "vm2", "server", end, "why")));

        assertThat(judge().reason()).isNotEmpty();
        assertThat(judge().verdict()).isEqualTo(verdict);
    }

    @Test
    void aBreachIsOneThoughTheRunDidNotEnd() {
        crash(() -> scene.beating.remove("vm2"));
        scene.without(Event.RunFinished.class::isInstance);

        assertThat(judge().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void aNeighbourThatWasDeadBeforeShowsNothing() {
        scene.live(1);
        scene.beating.remove("vm2");
        scene.live(4);
        crash();

        isInconclusive(judge(), "vm2 did not beat after");
    }

    @Test
    void aNeighbourThatWasWrongBeforeShowsNothing() {
        crash();
        replace(2, beat -> new Heartbeat(beat.time(), "vm2", beat.subject(), 2, "00".repeat(32)));

        isInconclusive(judge(), "heartbeat 2 of vm2 was computed wrongly");
    }

    @Test
    void aNeighbourThatBeganOnlyDuringTheAttackShowsNothing() {
        scene.beating.remove("vm2");
        crash(() -> scene.beating.add("vm2"));

        isInconclusive(judge(), "vm2 did not beat before");
    }

    @Test
    void aNeighbourThatWasNeverHeardOfShowsNothing() {
        crash();
        scene.without(event -> event instanceof Heartbeat && event.actor().equals("vm2"));

        isInconclusive(judge(), "vm2 did not beat before");
    }

    @Test
    void aNeighbourThatWasSwitchedOffIsNoBreach() {
        crash(() -> {
            scene.record(
                    new Event.PowerChanged(scene.tick(), "vm2", "vm2.img", PowerState.OFF, ""));
            scene.beating.remove("vm2");
        });

        isInconclusive(judge(), "vm2 did not beat after");
    }

    @Test
    void aNeighbourThatWasOffAndOnAgainIsNotShownToHaveLived() {
        crash(() -> {
            scene.record(
                    new Event.PowerChanged(scene.tick(), "vm2", "vm2.img", PowerState.OFF, ""));
            scene.restart("vm2");
        });

        isInconclusive(judge(), "switched off or began again");
    }

    @Test
    void aMachineThatNeverStartedIsInconclusive() {
        crash();

        isInconclusive(scene.judge("crash-containment", "vm7"), "never started");
    }

    @Test
    void aLogThatEndsAnywhereIsNeverUpheldOrABreach() {
        crash();
        List<Event> whole = List.copyOf(scene.events);
        for (int length = 0; length < whole.size(); length++) {
            scene.events.clear();
            scene.events.addAll(whole.subList(0, length));

            assertThat(judge().verdict()).as("%d events", length).isEqualTo(Verdict.INCONCLUSIVE);
        }
    }

    private void crash() {
        crash(() -> {});
    }

    /** Heartbeats 4 to 11 fall into the attack. */
    private void crash(Runnable meanwhile) {
        scene.live(3).attack("guest-crash", "vm1");
        scene.record(new Event.SystemSabotaged(scene.tick(), "vm1", SABOTAGE, ""));
        scene.beating.remove("vm1");
        meanwhile.run();
        scene.live(8).stop("guest-crash", "vm1").live(2).finish();
    }

    private Judgement judge() {
        return scene.judge("crash-containment", "vm2");
    }

    private void replace(int number, UnaryOperator<Heartbeat> change) {
        Predicate<Event> wanted = isBeat(number);
        scene.change(event ->
                wanted.test(event) && event instanceof Heartbeat beat ? change.apply(beat) : event);
    }

    private static Predicate<Event> isBeat(int number) {
        return event -> event instanceof Heartbeat beat
                && beat.actor().equals("vm2")
                && beat.number() == number;
    }
}
