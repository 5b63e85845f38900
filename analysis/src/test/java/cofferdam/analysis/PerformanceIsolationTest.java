package cofferdam.analysis;

import static cofferdam.analysis.MemoryScene.isInconclusive;
import static cofferdam.analysis.MemoryScene.isUpheld;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.PowerState;
import cofferdam.monitor.evidence.ProcessEnd;
import cofferdam.monitor.evidence.RunOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The evidence of a noisy neighbour, measured in seconds. */
class PerformanceIsolationTest {

    private static final String ID = "performance-isolation";
    private static final String ATTACK = "noisy-neighbour";
    private static final long SECOND = 1_000_000_000L;
    private static final int SENT = 100;

    /** What vm1 uses a second: nanoseconds of the processor, bytes of the disk. */
    private long processorRate;

    private long diskRate;
    private long processor;
    private long disk;
    private int goodBefore = SENT;
    private int badBefore = SENT;
    private int goodDuring = SENT;
    private int badDuring = SENT;
    private final MemoryScene scene = MemoryScene.started();

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            scene.live(1);
            processor += processorRate;
            disk += diskRate;
            scene.record(
                    new Event.ResourcesSampled(scene.now(), "monitor", "vm1", processor, disk));
        }
    }

    private void measure(String machine, String label, int answered) {
        pass(4);
        scene.record(measured(scene.now(), machine, label, SENT, answered, 3 * SECOND));
    }

    private static Event measured(
            long time, String machine, String label, int sent, int answered, long span) {
        long took = answered == 0 ? 0 : 2_000_000;
        return new Event.ServiceMeasured(
                time, "source", machine, label, sent, answered, span, took, took);
    }

    /** Something that happened while the machine was measured, in its place. */
    private void meanwhile(Event event) {
        int place = 0;
        while (scene.events.get(place).time() <= event.time()) {
            place++;
        }
        scene.events.add(place, event);
    }

    /** All of a run but its end. */
    private void run(String stressor) {
        scene.policy = "hardened";
        scene.beating.clear();
        scene.record(new Event.MachineStarted(
                scene.now(), "source", Scene.SOURCE.address(), Scene.SOURCE.mac()));
        pass(1);
        measure("vm2", "baseline", goodBefore);
        measure("vm1", "baseline", badBefore);
        scene.attack(ATTACK, "vm1", "10.0.0.2");
        scene.record(new Event.AttackReported(scene.tick(), "vm1", ATTACK, "stressor " + stressor));
        if (stressor.equals("disk")) {
            diskRate = 8L << 20;
        } else {
            processorRate = SECOND / 2;
        }
        pass(1);
        measure("vm2", "stressed", goodDuring);
        measure("vm1", "stressed", badDuring);
        scene.stop(ATTACK, "vm1");
    }

    private Judgement judge() {
        return scene.judge(ID, "vm2");
    }

    private Judgement complete(String stressor) {
        run(stressor);
        scene.finish();
        return judge();
    }

    private static Map<String, String> figures(Judgement judgement) {
        return judgement.figures().stream()
                .collect(Collectors.toMap(
                        Figure::name, figure -> (figure.value() + " " + figure.unit()).strip()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"processor", "fork", "disk"})
    void aMachineThatServesAsBeforeBesideAStressorIsIsolated(String stressor) {
        badDuring = 40;

        Judgement judgement = complete(stressor);

        isUpheld(judgement);
        assertThat(judgement.reason())
                .isEqualTo(
                        "vm2 answered 100 of 100 requests while vm1 was at work, and 100 before");
        assertThat(figures(judgement))
                .containsEntry("good-degradation", "0.0 %")
                .containsEntry("bad-degradation", "60.0 %")
                .containsEntry("good-median-before", "2000 us")
                .containsEntry("good-median-during", "2000 us");
    }

    @ParameterizedTest
    @CsvSource({"90, UPHELD", "89, VIOLATED", "100, UPHELD", "1, VIOLATED", "0, VIOLATED"})
    void aTenthMayBeLostAndNotMore(int answered, Verdict verdict) {
        goodDuring = answered;

        assertThat(complete("disk").verdict()).isEqualTo(verdict);
    }

    @Test
    void whatWasLostIsMeasuredAgainstWhatWasAnsweredBefore() {
        goodBefore = 96;
        goodDuring = 87;

        isUpheld(complete("disk"));
    }

    @Test
    void theProofOfAViolationAreTheTwoMeasurements() {
        goodDuring = 50;
        Judgement judgement = complete("disk");

        scene.isViolated(
                judgement,
                "50.0 % less",
                event -> event instanceof Event.ServiceMeasured measured
                        && measured.subject().equals("vm2"));
    }

    @Test
    void aMachineThatAnswersNothingDidNotReport() {
        goodDuring = 0;
        badDuring = 0;
        Judgement judgement = complete("disk");

        assertThat(judgement.verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(judgement.reason()).contains("answered none of 100 requests");
        assertThat(figures(judgement))
                .containsEntry("good-degradation", "did not report")
                .containsEntry("bad-degradation", "did not report")
                .containsEntry("good-median-during", "did not report");
    }

    @Test
    void aBreachStaysABreachInARunThatDidNotComplete() {
        goodDuring = 20;
        run("disk");
        scene.finish(RunOutcome.FAILED);

        assertThat(judge().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void aBreachStaysABreachWhenTheAttackDidNotStopAndNoStressorWasSeen() {
        goodDuring = 20;
        run("disk");
        scene.without(event -> event instanceof Event.AttackStopped
                || event instanceof Event.AttackReported
                || event instanceof Event.ResourcesSampled);

        assertThat(judge().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            started   | 0 attacks were started
            stopped   | did not stop
            reported  | told 0 times which stressor it started
            resources | did not tell what vm1 uses
            good      | vm2 was not measured during
            bad       | vm1 was not measured during
            baseline  | vm1 was not measured before
            finished  | not once
            """)
    void withoutAControlItIsInconclusive(String control, String reason) {
        complete("disk");
        scene.without(event -> switch (event) {
            case Event.AttackStarted started -> control.equals("started");
            case Event.AttackStopped stopped -> control.equals("stopped");
            case Event.AttackReported reported -> control.equals("reported");
            case Event.ResourcesSampled sampled -> control.equals("resources");
            case Event.RunFinished finished -> control.equals("finished");
            case Event.ServiceMeasured measured ->
                is(measured, "vm2", "stressed") && control.equals("good")
                        || is(measured, "vm1", "stressed") && control.equals("bad")
                        || is(measured, "vm1", "baseline") && control.equals("baseline");
            default -> false;
        });

        isInconclusive(judge(), reason);
    }

    private static boolean is(Event.ServiceMeasured measured, String machine, String label) {
        return measured.subject().equals(machine) && measured.label().equals(label);
    }

    @Test
    void aBaselineOfTheMachineItselfThatWasHardlyAnsweredProvesNothing() {
        goodBefore = 94;
        goodDuring = 94;

        isInconclusive(complete("disk"), "vm2 answered only 94 of 100 requests before");
    }

    @Test
    void aBaselineOfTheNeighbourThatWasHardlyAnsweredProvesNothing() {
        badBefore = 94;

        isInconclusive(complete("disk"), "vm1 answered only 94 of 100 requests before");
    }

    @Test
    void aDeadMachineBeforeTheAttackIsNoBaseline() {
        goodBefore = 0;
        goodDuring = 0;

        isInconclusive(complete("disk"), "too few to tell anything");
    }

    @ParameterizedTest
    @ValueSource(strings = {"disk", "processor", "fork"})
    void aStressorThatPausesForASecondWasNotAtWork(String stressor) {
        complete(stressor);
        long half = scene.now() - 7 * SECOND;
        long[] frozen = new long[2];
        scene.change(event -> {
            if (!(event instanceof Event.ResourcesSampled sampled)) {
                return event;
            }
            boolean still = sampled.time() > half && sampled.time() <= half + 2 * SECOND;
            if (!still) {
                frozen[0] = sampled.processor();
                frozen[1] = sampled.disk();
            }
            return new Event.ResourcesSampled(
                    sampled.time(), "monitor", "vm1", frozen[0], frozen[1]);
        });

        isInconclusive(judge(), "was not seen at work all the time");
    }

    @Test
    void whatAnotherMachineUsesIsNoSignOfTheStressor() {
        complete("disk");
        scene.change(event -> event instanceof Event.ResourcesSampled sampled
                ? new Event.ResourcesSampled(
                        sampled.time(), "monitor", "vm2", sampled.processor(), sampled.disk())
                : event);

        isInconclusive(judge(), "did not tell what vm1 uses");
    }

    @Test
    void whatTheAdversarySaysOfItselfIsNoSignOfTheStressor() {
        complete("disk");
        scene.change(event -> event instanceof Event.ResourcesSampled sampled
                ? new Event.ResourcesSampled(
                        sampled.time(), "vm1", "vm1", sampled.processor(), sampled.disk())
                : event);

        isInconclusive(judge(), "did not tell what vm1 uses");
    }

    @Test
    void theDiskIsNoSignOfAStressorOfTheProcessor() {
        complete("disk");
        scene.change(event -> event instanceof Event.AttackReported reported
                ? new Event.AttackReported(reported.time(), "vm1", ATTACK, "stressor processor")
                : event);

        isInconclusive(judge(), "the stressor processor of vm1 was not seen at work");
    }

    @Test
    void anUnknownStressorCannotBeSeen() {
        isInconclusive(complete("patience"), "'patience' uses up is not known");
    }

    @ParameterizedTest
    @CsvSource({"15, UPHELD", "3, INCONCLUSIVE"})
    void theStressorOfMemoryIsSeenByMemoryThatIsFull(long used, Verdict verdict) {
        scene.own.put("vm1", new MemoryScene.Usage(16, used, used, 0, 0));

        assertThat(complete("memory").verdict()).isEqualTo(verdict);
    }

    @Test
    void theStressorOfMemoryIsSeenByProcessesThatAreEndedForWantOfIt() {
        run("memory");
        long during = scene.now() - 6 * SECOND;
        meanwhile(new Event.ProcessEnded(
                during, "vm1", "leak", ProcessEnd.OUT_OF_MEMORY, "none left"));
        scene.finish();

        isUpheld(judge());
    }

    @Test
    void withoutItsCaptureAStressorOfTheNetworkCannotBeSeen() {
        isInconclusive(complete("network-send"), "no capture of 'vm1'");
    }

    @Test
    void labelsCountForNothing() {
        goodDuring = 10;
        complete("disk");
        scene.change(event -> event instanceof Event.ServiceMeasured measured
                ? measured(
                        measured.time(),
                        measured.subject(),
                        measured.label().equals("baseline") ? "stressed" : "baseline",
                        measured.sent(),
                        measured.answered(),
                        measured.span())
                : event);

        assertThat(judge().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void ofSeveralMeasurementsTheWorstDecides() {
        run("disk");
        meanwhile(measured(scene.now() - 4 * SECOND, "vm2", "again", SENT, 30, 3 * SECOND));
        scene.finish();

        assertThat(judge().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void aMeasurementThatIsNeitherBeforeNorWithinTheAttackIsNotPassedOver() {
        run("disk");
        measure("vm2", "afterwards", 0);
        scene.finish();

        isInconclusive(judge(), "lies neither before the attack nor within it");
    }

    @ParameterizedTest
    @CsvSource({"99, 3", "100, 4"})
    void unlikeMeasurementsAreNotCompared(int sent, int seconds) {
        complete("disk");
        scene.change(event ->
                event instanceof Event.ServiceMeasured measured && is(measured, "vm2", "stressed")
                        ? measured(measured.time(), "vm2", "stressed", sent, 99, seconds * SECOND)
                        : event);

        isInconclusive(judge(), "was not asked the same");
    }

    @Test
    void theNeighbourMustBeAskedTheSameAsTheMachine() {
        complete("disk");
        scene.change(event -> event instanceof Event.ServiceMeasured measured
                        && measured.subject().equals("vm1")
                ? measured(measured.time(), "vm1", measured.label(), 200, 200, measured.span())
                : event);

        isInconclusive(judge(), "the two machines were not asked the same");
    }

    @Test
    void aHandfulOfRequestsTellsNothing() {
        complete("disk");
        scene.change(event -> event instanceof Event.ServiceMeasured measured
                ? measured(
                        measured.time(),
                        measured.subject(),
                        measured.label(),
                        10,
                        10,
                        measured.span())
                : event);

        isInconclusive(judge(), "too few to tell anything");
    }

    @Test
    void aMeasurementThatCannotBeIsNoEvidence() {
        complete("disk");
        scene.change(event -> event instanceof Event.ServiceMeasured measured
                        && is(measured, "vm2", "stressed")
                ? measured(measured.time(), "vm2", "stressed", SENT, SENT + 1, measured.span())
                : event);

        isInconclusive(judge(), "cannot be");
    }

    @Test
    void whoAttacksIsNoNeighbour() {
        complete("disk");

        isInconclusive(scene.judge(ID, "vm1"), "vm1 attacked");
    }

    @Test
    void anotherAttackIsNotJudged() {
        complete("disk");
        scene.change(event -> event instanceof Event.AttackStarted started
                ? new Event.AttackStarted(
                        started.time(), "vm1", "memory-exhaustion", started.victims())
                : event);

        isInconclusive(judge(), "'memory-exhaustion'");
    }

    @Test
    void twoAttacksAtOnceAreNotTold() {
        run("disk");
        scene.attack(ATTACK, "vm1", "10.0.0.2").stop(ATTACK, "vm1").finish();

        isInconclusive(judge(), "2 attacks were started");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vm2", "source"})
    void whoeverWasUnpluggedLostNothingToItsNeighbour(String machine) {
        goodDuring = 0;
        run("disk");
        meanwhile(new Event.CableChanged(scene.now() - 7 * SECOND, machine, machine, false));
        scene.finish();

        isInconclusive(judge(), "unplugged");
    }

    @Test
    void whoWasSwitchedOffLostNothingToItsNeighbour() {
        goodDuring = 0;
        run("disk");
        meanwhile(new Event.PowerChanged(
                scene.now() - 7 * SECOND, "vm2", "vm2.img", PowerState.OFF, ""));
        scene.finish();

        isInconclusive(judge(), "switched off");
    }

    @Test
    void theEventsMayBeLookedAtFromEveryPlaceWithoutAnError() {
        run("disk");
        scene.finish();
        List<Event> whole = List.copyOf(scene.events);
        for (int length = 0; length < whole.size(); length++) {
            scene.events.clear();
            scene.events.addAll(whole.subList(0, length));
            assertThat(judge().verdict()).as("%d events", length).isEqualTo(Verdict.INCONCLUSIVE);
        }
    }
}
