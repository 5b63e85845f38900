package cofferdam.analysis;

import static cofferdam.analysis.MemoryScene.MIB;
import static cofferdam.analysis.MemoryScene.isInconclusive;
import static cofferdam.analysis.MemoryScene.isUpheld;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.MemoryScene.Usage;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.ProcessEnd;
import cofferdam.monitor.evidence.RunOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.function.Predicate;

class MemoryConfinementTest {

    private static final Usage IDLE = new Usage(16, 3, 3, 0, 0);
    private static final Usage FULL = new Usage(16, 16, 16, 0, 0);
    private static final Usage FULL_ITSELF = new Usage(16, 15, 15, 0, 8);

    private final MemoryScene scene = MemoryScene.started();

    @Test
    void aGuestThatRanOutWithinItsLimitUpholds() {
        leak();

        Judgement judgement = judge();
        isUpheld(judgement);
        assertThat(judgement.reason()).contains("16.00 MiB of the 16.00 MiB");
        assertThat(judgement.figures())
                .contains(
                        new Figure("configured-sum", "32.00", "MiB"),
                        new Figure("used-sum", "19.00", "MiB"),
                        new Figure("shared", "0.00", "MiB"));
    }

    @Test
    void usingMoreThanTheLimitBecausePagesAreSharedIsABreachForThatReason() {
        limits(12);
        leak(new Usage(16, 15, 9, 8, 0));

        Judgement judgement = judge();
        scene.isViolated(
                judgement,
                "3072 KiB more than the 12.00 MiB",
                seenWith(sample -> sample.used() > 12 * MIB));
        assertThat(judgement.reason())
                .contains("8.00 MiB of it in shared frames")
                .contains("all machines used 18.00 MiB of 24.00 MiB configured")
                .contains("identical pages are shared, so that 9.00 MiB of frames hold it");
    }

    @Test
    void gettingMoreFramesThanTheLimitIsABreachOfTheHosts() {
        limits(12);
        leak(new Usage(16, 15, 13, 4, 0));

        assertThat(judge().reason()).contains("the host gave it 13.00 MiB of its frames");
        assertThat(judge().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void framesBeyondTheLimitAreABreachThoughLessIsSaidToBeUsed() {
        limits(12);
        leak(new Usage(16, 11, 13, 0, 0));

        assertThat(judge().verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(judge().reason()).contains("1024 KiB more");
    }

    @Test
    void useThatNothingExplainsIsABreachThatSaysSo() {
        limits(12);
        leak(new Usage(16, 15, 9, 2, 0));

        assertThat(judge().verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(judge().reason()).contains("is not told");
    }

    @Test
    void aBreachIsOneWhateverElseIsMissing() {
        limits(12);
        leak(new Usage(16, 15, 9, 8, 0));
        scene.without(event -> event instanceof Event.RunFinished
                || event instanceof Event.ProcessEnded
                || event instanceof Event.AttackStopped);

        assertThat(judge().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void swapOfTheHostCountsForWhatAGuestUses() {
        scene.policy = "esx-1.5.2";
        limits(12);
        leak(new Usage(16, 11, 11, 0, 4));

        isUpheld(judge());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            attack started | no attack was started
            attack stopped | did not stop
            process ended  | no process of vm1 was ended for want of memory
            own samples    | vm1 never saw 90 % of its own memory in use
            seen samples   | the monitor did not look at the memory of vm1 before
            finished       | not once
            """)
    void withoutAControlItIsInconclusive(String control, String reason) {
        leak();
        scene.without(event -> switch (event) {
            case Event.AttackStarted started -> control.equals("attack started");
            case Event.AttackStopped stopped -> control.equals("attack stopped");
            case Event.ProcessEnded ended -> control.equals("process ended");
            case Event.MemorySampled sample ->
                control.equals("own samples") && sample.actor().equals("vm1")
                        || control.equals("seen samples") && sample.actor().equals("monitor");
            case Event.RunFinished finished -> control.equals("finished");
            default -> false;
        });

        isInconclusive(judge(), reason);
    }

    @Test
    void withoutConfigurationThereIsNothingToStayWithin() {
        leak();
        scene.without(event -> event instanceof Event.MemoryConfigured);

        isInconclusive(judge(), "does not tell what memory vm1 was configured with");
    }

    @Test
    void aConfigurationThatNotTheMonitorTellsOfIsNone() {
        leak();
        scene.change(event -> event instanceof Event.MemoryConfigured given
                ? new Event.MemoryConfigured(
                        given.time(), "vm1", given.subject(), given.size(), given.limit(), 0, 1)
                : event);

        isInconclusive(judge(), "does not tell");
    }

    @Test
    void aMachineThatWasConfiguredTwiceIsInconclusive() {
        scene.configured("vm1", 16, 16);
        leak();

        isInconclusive(judge(), "was given memory 2 times");
    }

    @Test
    void aLimitBeyondThePolicysIsInconclusive() {
        scene.policy = "esx-1.5.2";
        leak();

        isInconclusive(judge(), "the policy's limit is 75 %");
    }

    @Test
    void memoryThatWasGivenOnlyDuringTheAttackIsInconclusive() {
        scene.own.put("vm1", IDLE);
        scene.seen.put("vm1", IDLE);
        scene.live(2).attack("memory-exhaustion", "vm1").configured("vm1", 16, 16);
        fill(FULL);

        isInconclusive(judge(), "after the attack had begun");
    }

    @Test
    void theLeakOfAnotherMachineShowsNothing() {
        limits(16);
        leak("vm2", FULL);

        isInconclusive(judge(), "vm1 was not attacked from within");
    }

    @Test
    void anotherAttackShowsNothing() {
        leak();
        scene.change(event -> event instanceof Event.AttackStarted start
                ? new Event.AttackStarted(start.time(), start.actor(), "guest-crash", List.of())
                : event);
        scene.change(event -> event instanceof Event.AttackStopped stop
                ? new Event.AttackStopped(stop.time(), stop.actor(), "guest-crash", "")
                : event);

        isInconclusive(judge(), "vm1 was not attacked from within");
    }

    @Test
    void aGuestWithoutSwapDidNotFillIt() {
        leak();
        scene.change(event ->
                event instanceof Event.MemorySampled sample && sample.actor().equals("vm1")
                        ? with(sample, sample.used(), 0)
                        : event);

        isInconclusive(judge(), "had nothing in its swap");
    }

    @Test
    void aGuestThatSaysItIsSmallerIsNotFullForThat() {
        leak();
        scene.change(event -> event instanceof Event.MemorySampled sample
                        && sample.actor().equals("vm1")
                ? new Event.MemorySampled(
                        sample.time(), "vm1", "vm1", 4 * MIB, 4 * MIB, 4 * MIB, 0, 0, 8 * MIB)
                : event);

        isInconclusive(judge(), "never saw 90 %");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXITED", "KILLED", "FAULT"})
    void anotherEndOfAProcessIsNoSignOfWant(String end) {
        leak();
        scene.change(event -> event instanceof Event.ProcessEnded ended
                ? new Event.ProcessEnded(ended.time(), "vm1", "leak", ProcessEnd.valueOf(end), "")
                : event);

        isInconclusive(judge(), "no process of vm1 was ended for want of memory");
    }

    @Test
    void anEndAfterTheAttackIsNoSignOfWant() {
        leak();
        scene.without(
                event -> event instanceof Event.ProcessEnded || event instanceof Event.RunFinished);
        scene.killed("vm1").finish();

        isInconclusive(judge(), "no process of vm1 was ended for want of memory");
    }

    @Test
    void aMonitorThatLookedAwayForThreeSecondsShowsNothing() {
        leak();
        List<Event> seen = scene.events.stream()
                .filter(event -> event instanceof Event.MemorySampled sample
                        && sample.actor().equals("monitor")
                        && sample.subject().equals("vm1"))
                .toList();
        scene.without(event -> event == seen.get(4) || event == seen.get(5));

        isInconclusive(judge(), "did not look at vm1 for 3000 ms");
    }

    @Test
    void aMonitorThatDidNotLookAfterwardsShowsNothing() {
        leak();
        long stopped = scene.events.stream()
                .filter(Event.AttackStopped.class::isInstance)
                .mapToLong(Event::time)
                .findFirst()
                .orElseThrow();
        scene.without(event -> event instanceof Event.MemorySampled && event.time() > stopped);

        isInconclusive(judge(), "did not look at the memory of vm1 after");
    }

    @Test
    void aFewLooksAreNotEnough() {
        limits(16);
        use("vm1", IDLE);
        scene.live(2).attack("memory-exhaustion", "vm1");
        use("vm1", FULL);
        scene.live(2).killed("vm1").stop("memory-exhaustion", "vm1").live(2).finish();

        isInconclusive(judge(), "looked at vm1 2 times");
    }

    @Test
    void aMonitorThatDoesNotFindWhatTheGuestUsesShowsNothing() {
        limits(16);
        leak(new Usage(16, 5, 5, 0, 4));

        isInconclusive(judge(), "of which the monitor found");
    }

    @Test
    void samplesOfOthersOrByOthersAreNotTheMonitorsOfIt() {
        limits(12);
        leak(new Usage(16, 11, 11, 0, 5));
        scene.policy = "esx-1.5.2";
        scene.change(event -> event instanceof Event.MemorySampled sample
                        && sample.actor().equals("monitor")
                        && sample.subject().equals("vm2")
                ? with(sample, 16 * MIB, 0)
                : event);

        isUpheld(judge());
    }

    @ParameterizedTest
    @CsvSource({"17, 3, 0", "16, -1, 0", "16, 3, 4", "16, 3, -1"})
    void aSampleThatContradictsItselfIsInconclusive(long size, long used, long shared) {
        leak();
        Event first = scene.events.stream()
                .filter(event -> event instanceof Event.MemorySampled sample
                        && sample.actor().equals("monitor"))
                .findFirst()
                .orElseThrow();
        scene.change(event -> event == first
                ? new Event.MemorySampled(
                        first.time(),
                        "monitor",
                        "vm1",
                        size * MIB,
                        used * MIB,
                        0,
                        shared * MIB,
                        0,
                        0)
                : event);

        isInconclusive(judge(), "contradicts itself");
    }

    @Test
    void aRunThatDidNotCompleteIsInconclusive() {
        leak();
        scene.without(Event.RunFinished.class::isInstance).finish(RunOutcome.TIMED_OUT);

        isInconclusive(judge(), "the run did not complete");
    }

    @Test
    void aLogThatEndsAnywhereIsNeverUpheld() {
        leak();
        List<Event> whole = List.copyOf(scene.events);
        for (int length = 0; length < whole.size(); length++) {
            scene.events.clear();
            scene.events.addAll(whole.subList(0, length));

            assertThat(judge().verdict()).as("%d events", length).isNotEqualTo(Verdict.UPHELD);
        }
    }

    private void leak() {
        limits(16);
        leak(FULL);
    }

    private void leak(Usage full) {
        leak("vm1", full);
    }

    private void limits(long limit) {
        scene.configured("vm1", 16, limit).configured("vm2", 16, limit);
    }

    private void leak(String machine, Usage full) {
        for (String idle : List.of("vm1", "vm2")) {
            scene.own.put(idle, IDLE);
            scene.seen.put(idle, IDLE);
        }
        scene.live(2).attack("memory-exhaustion", machine);
        fill(machine, full);
    }

    private void fill(Usage full) {
        fill("vm1", full);
    }

    private void fill(String machine, Usage full) {
        scene.live(1);
        use(machine, full);
        scene.live(3)
                .killed(machine)
                .live(2)
                .stop("memory-exhaustion", machine)
                .live(2)
                .finish();
    }

    private void use(String machine, Usage full) {
        scene.own.put(machine, FULL_ITSELF);
        scene.seen.put(machine, full);
    }

    private Judgement judge() {
        return scene.judge("memory-confinement", "vm1");
    }

    private static Predicate<Event> seenWith(Predicate<Event.MemorySampled> wanted) {
        return event -> event instanceof Event.MemorySampled sample
                && sample.actor().equals("monitor")
                && wanted.test(sample);
    }

    private static Event with(Event.MemorySampled sample, long used, long swapped) {
        return new Event.MemorySampled(
                sample.time(),
                sample.actor(),
                sample.subject(),
                sample.size(),
                used,
                used,
                0,
                0,
                swapped);
    }
}
