package cofferdam.analysis;

import static cofferdam.analysis.MemoryScene.SECRET;
import static cofferdam.analysis.MemoryScene.isInconclusive;
import static cofferdam.analysis.MemoryScene.isUpheld;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.MemoryScene.Usage;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.MachineEnd;
import cofferdam.monitor.evidence.ProcessEnd;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class NeighbourAvailabilityTest {

    private final MemoryScene scene = MemoryScene.started();

    @Test
    void aNeighbourThatBeatsAllTheTimeUpholds() {
        scene.remembered("vm2");
        leak();
        recall(SECRET.value());

        Judgement judgement = judge();
        isUpheld(judgement);
        assertThat(judgement.figures())
                .containsExactly(
                        new Figure("heartbeats", "6", ""), new Figure("worst-lateness", "0", "us"));
    }

    @Test
    void aScenarioWithoutASecretNeedsNone() {
        leak();

        isUpheld(judge());
    }

    @Test
    void aNeighbourThatFallsSilentIsABreach() {
        leak(() -> scene.beating.remove("vm2"));

        assertThat(judge().verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(judge().reason()).contains("vm2 was silent");
    }

    @Test
    void aNeighbourThatIsTakenAlongIsABreach() {
        leak(() -> scene.record(
                new Event.MachineEnded(scene.tick(), "vm2", MachineEnd.PANIC, "out of memory")));

        scene.isViolated(
                judge(),
                "vm2 came to an end: panic (out of memory)",
                Event.MachineEnded.class::isInstance);
    }

    @Test
    void aNeighbourThatRunsOutOfMemoryIsABreach() {
        leak(() -> scene.killed("vm2"));

        scene.isViolated(
                judge(),
                "leak of vm2 was ended: out of memory",
                event -> event instanceof Event.ProcessEnded ended
                        && ended.actor().equals("vm2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00000000000000000000000000000000"})
    void aSecretThatIsNotThereAnyMoreIsABreach(String found) {
        scene.remembered("vm2");
        leak();
        recall(found);

        scene.isViolated(
                judge(),
                "found '%s' where it had kept a secret".formatted(found),
                Event.SecretRecalled.class::isInstance);
    }

    @Test
    void aSecretThatNobodyLookedForIsInconclusive() {
        scene.remembered("vm2");
        leak();

        isInconclusive(judge(), "vm2 did not look for its secret");
    }

    @Test
    void aSecretThatWasLookedForOnlyBeforeIsInconclusive() {
        scene.remembered("vm2").recalled("vm2", SECRET.value());
        leak();

        isInconclusive(judge(), "vm2 did not look for its secret");
    }

    @Test
    void theSecretOfAnotherMachineIsNotTheNeighbours() {
        scene.remembered("vm2");
        leak();
        scene.without(Event.RunFinished.class::isInstance);
        scene.recalled("vm1", SECRET.value()).finish();

        isInconclusive(judge(), "vm2 did not look for its secret");
    }

    @Test
    void aProgramThatEndedNeedNotHaveItsSecret() {
        scene.remembered("vm2");
        leak(() -> scene.record(
                new Event.ProcessEnded(scene.tick(), "vm2", "keeper", ProcessEnd.EXITED, "")));
        recall("");

        isInconclusive(judge(), "vm2 did not look for its secret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            killed      | no process of vm1 was ended for want of memory
            own samples | vm1 never saw 90 % of its own memory in use
            configured  | vm1 was given memory 0 times
            started     | no attack was started
            stopped     | did not stop
            finished    | not once
            beats       | vm2 did not beat before
            """)
    void withoutAControlItIsInconclusive(String control, String reason) {
        leak();
        scene.without(event -> switch (event) {
            case Event.ProcessEnded ended -> control.equals("killed");
            case Event.MemorySampled sample -> control.equals("own samples");
            case Event.MemoryConfigured configured -> control.equals("configured");
            case Event.AttackStarted started -> control.equals("started");
            case Event.AttackStopped stopped -> control.equals("stopped");
            case Event.RunFinished finished -> control.equals("finished");
            case Event.Heartbeat beat -> control.equals("beats");
            default -> false;
        });

        isInconclusive(judge(), reason);
    }

    @Test
    void anAttackThatUsesUpNoMemoryShowsNothing() {
        scene.live(3).attack("guest-crash", "vm1").live(6);
        scene.stop("guest-crash", "vm1").live(2).finish();

        isInconclusive(judge(), "whether 'guest-crash' was at work");
    }

    @Test
    void theAttackerIsNotItsOwnNeighbour() {
        leak();

        isInconclusive(scene.judge("neighbour-availability", "vm1"), "is no mere neighbour");
    }

    @Test
    void aLogThatEndsAnywhereIsNeverUpheld() {
        scene.remembered("vm2");
        leak();
        recall(SECRET.value());
        List<Event> whole = List.copyOf(scene.events);
        for (int length = 0; length < whole.size(); length++) {
            scene.events.clear();
            scene.events.addAll(whole.subList(0, length));

            assertThat(judge().verdict()).as("%d events", length).isEqualTo(Verdict.INCONCLUSIVE);
        }
    }

    private void leak() {
        leak(() -> {});
    }

    private void leak(Runnable meanwhile) {
        scene.configured("vm1", 16, 16).configured("vm2", 16, 16);
        scene.own.put("vm1", new Usage(16, 3, 3, 0, 0));
        scene.live(2).attack("memory-exhaustion", "vm1");
        scene.own.put("vm1", new Usage(16, 16, 16, 0, 8));
        scene.live(2).killed("vm1");
        meanwhile.run();
        scene.live(4).stop("memory-exhaustion", "vm1").live(2).finish();
    }

    private void recall(String found) {
        scene.without(Event.RunFinished.class::isInstance);
        scene.recalled("vm2", found).finish();
    }

    private Judgement judge() {
        return scene.judge("neighbour-availability", "vm2");
    }
}
