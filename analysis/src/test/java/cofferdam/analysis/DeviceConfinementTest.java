package cofferdam.analysis;

import static cofferdam.analysis.DeviceScene.ATTACK;
import static cofferdam.analysis.DeviceScene.TIME;
import static cofferdam.analysis.DeviceScene.finding;
import static cofferdam.analysis.DeviceScene.given;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.RunOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

class DeviceConfinementTest {

    private final DeviceScene scene = DeviceScene.whole();

    @Test
    void aMachineThatFindsWhatItWasGivenAndNothingElseIsConfined() {
        Judgement judgement = scene.judge();

        assertThat(judgement.verdict()).as(judgement.reason()).isEqualTo(Verdict.UPHELD);
        assertThat(judgement.reason())
                .isEqualTo(
                        "vm1 read all of its buses and found the 13 devices that it was given and"
                                + " nothing else");
    }

    @ParameterizedTest
    @CsvSource({
        "pci 00:0b.0, 8086:100e",
        "pci 00:10.0, 1022:2001",
        "pci 01:10.0, 1022:2000",
        "port 02f8, 00",
        "port 1f8, 00",
        "port 10a0, 00",
        "memory 00400000-00400000, 00",
        "memory 003fffff-00400000, 00",
        "memory f4000000-f4000020, 00",
        "memory feb00000-feb1ffff, 41",
    })
    void whatWasNotGivenIsABreach(String what, String value) {
        scene.during(finding("vm1", what.replace("port 1f8", "port 01f8"), value));

        isViolated(scene.judge(), "such as " + what.replace("port 1f8", "port 01f8"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pci | 0,58",
                "pci | 10000",
                "ports | 2f8-2ff",
                "ports | 1070-1090",
                "memory | 400000-400fff",
                "memory | f4001000-f4001fff",
                "memory | 0-ffffffff",
            })
    void whatAnsweredOnABusIsABreachThoughTheMachineTellsNothing(String bus, String answered) {
        scene.during(new Event.BusScanned(TIME, "vm1", bus, "", answered));

        isViolated(scene.judge(), "what answered on its %s bus".formatted(bus));
    }

    @Test
    void theEvidenceIsTheLinesThatTell() {
        scene.during(finding("vm1", "port 02f9", "00"));
        scene.during(finding("vm1", "port 02f8", "00"));
        int line = scene.index(Event.AttackStarted.class, start -> true) + 2;

        Judgement judgement = scene.judge();

        assertThat(judgement.reason())
                .isEqualTo(
                        "vm1 found 2 times what it was not given, such as port 02f8 00, port 02f9"
                                + " 00");
        assertThat(judgement.evidence())
                .containsExactly(new EventReference(List.of(line, line + 1)));
    }

    @Test
    void aBreachIsOneWhateverElseIsMissing() {
        scene.during(finding("vm1", "port 02f8", "00"));
        scene.during(finding("vm1", "what?", "00"));
        scene.without(event -> event instanceof Event.BusScanned
                || event instanceof Event.RunFinished
                || event instanceof Event.MemoryConfigured
                || event instanceof Event.AttackStopped);

        isViolated(scene.judge(), "port 02f8");
    }

    @Test
    void aFindingAfterTheAttackIsABreachAsWell() {
        scene.events.add(scene.events.size() - 1, finding("vm1", "port 02f8", "00"));

        isViolated(scene.judge(), "port 02f8");
    }

    @Test
    void whatIsGivenOnceTheMachineLooksIsTooLate() {
        scene.during(given("monitor", "vm1", "serial", "", "", "3f8-3ff", ""));
        scene.events.add(scene.events.size() - 3, finding("vm1", "port 03f8", "00"));

        isViolated(scene.judge(), "port 03f8");
    }

    @Test
    void aDeviceBeyondThePolicyIsABreachThoughItWasGiven() {
        scene.before(given("monitor", "vm1", "host-ethernet", "00:0b.0", "8086:100e", "", ""));
        int line = scene.index(Event.DeviceGiven.class, at -> at.device().startsWith("host-e")) + 1;

        Judgement judgement = scene.judge();

        isViolated(judgement, "was given what its policy does not give: host-ethernet");
        assertThat(judgement.evidence()).containsExactly(new EventReference(List.of(line)));
    }

    @Test
    void memoryBeyondTheConfiguredSizeIsABreachThoughItWasGiven() {
        replaceGiven("ram", given("monitor", "vm1", "ram", "", "", "", "0-9ffff,c0000-ffffff"));
        scene.during(finding("vm1", "memory 00000000-00400000", "00"));

        isViolated(scene.judge(), "memory 00000000-00400000");
    }

    @Test
    void whatAnotherMachineWasGivenOrFoundDoesNotCount() {
        scene.before(given("monitor", "vm2", "serial", "", "", "2f8-2ff", ""));
        scene.during(finding("vm2", "port 03f8", "00"));
        assertThat(scene.judge().verdict()).isEqualTo(Verdict.UPHELD);

        scene.during(finding("vm1", "port 02f8", "00"));
        isViolated(scene.judge(), "port 02f8");
    }

    @Test
    void aMachineCannotGiveItselfSomething() {
        scene.before(given("vm1", "vm1", "serial", "", "", "2f8-2ff", ""));
        scene.during(finding("vm1", "port 02f8", "00"));

        isViolated(scene.judge(), "port 02f8");
    }

    static Stream<String> devices() {
        return DeviceScene.whole().events.stream()
                .filter(Event.DeviceGiven.class::isInstance)
                .map(event -> ((Event.DeviceGiven) event).device());
    }

    @ParameterizedTest
    @MethodSource("devices")
    void aDeviceThatWasNotFoundWhereItShouldBeMakesTheLookWorthless(String device) {
        int index = scene.index(Event.DeviceGiven.class, at -> at.device().equals(device));
        Event.DeviceGiven own = (Event.DeviceGiven) scene.events.get(index);
        // Given at other places than it was found; what was found is given by another.
        replaceGiven(device, given("monitor", "vm1", device, "00:1e.0", "1234:5678", "", ""));
        boolean isModel = List.of("vga", "ide", "pcnet").contains(device);
        replaceGiven(isModel ? "timer" : "vga", merged(isModel ? "timer" : "vga", own));

        Judgement judgement = scene.judge();

        assertThat(judgement.verdict()).as(judgement.reason()).isNotEqualTo(Verdict.UPHELD);
    }

    private Event.DeviceGiven merged(String other, Event.DeviceGiven more) {
        int index = scene.index(Event.DeviceGiven.class, at -> at.device().equals(other));
        Event.DeviceGiven own = (Event.DeviceGiven) scene.events.get(index);
        return given(
                "monitor",
                "vm1",
                other,
                own.function().isEmpty() ? more.function() : own.function(),
                own.outcome().isEmpty() ? more.outcome() : own.outcome(),
                joined(own.ports(), more.ports()),
                joined(own.memory(), more.memory()));
    }

    private static String joined(String one, String other) {
        return one.isEmpty() || other.isEmpty() ? one + other : one + "," + other;
    }

    @ParameterizedTest
    @MethodSource("devices")
    void aDeviceThatNothingTellsOfIsInconclusiveOrABreach(String device) {
        scene.without(
                event -> event instanceof Event.DeviceGiven at && at.device().equals(device));

        assertThat(scene.judge().verdict()).isNotEqualTo(Verdict.UPHELD);
    }

    @ParameterizedTest
    @CsvSource({
        "pci 00:10.0, pcnet",
        "pci 00:00.0, host-bridge",
        "memory f8000000-f87fffff, vga",
        "memory f4000000-f400001f, pcnet",
        "memory ffff0000-ffffffff, firmware",
        "memory 00000000-003fffff, ram",
    })
    void aFindingThatIsMissingShowsThatTheLookDidNotWork(String what, String device) {
        scene.without(event ->
                event instanceof Event.DeviceFound found && found.subject().equals(what));

        isInconclusive(scene.judge(), "vm1 did not find its own " + device);
    }

    @ParameterizedTest
    @CsvSource({
        "b2-b3, isa-bridge",
        "1000-103f, power-management",
        "40-43, timer",
        "71, clock",
        "1f0-1f7, ide",
    })
    void portsThatDidNotAnswerShowThatTheLookDidNotWork(String ports, String device) {
        int index = scene.index(Event.BusScanned.class, scan -> scan.subject().equals("ports"));
        Event.BusScanned scan = (Event.BusScanned) scene.events.get(index);
        String others = String.join(
                ",",
                Stream.of(scan.answered().split(","))
                        .filter(range -> !range.equals(ports) && !range.equals("3f6"))
                        .toList());
        scene.events.set(index, new Event.BusScanned(TIME, "vm1", "ports", scan.outcome(), others));

        isInconclusive(scene.judge(), "vm1 did not find its own " + device);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pci | 0-fffe",
                "pci | 1-ffff",
                "pci | ''",
                "ports | 0-cf7,d00-ffff",
                "ports | 0-fffe",
                "memory | 0-ffffefff",
                "memory | 0-3fffff,500000-ffffffff",
            })
    void aLookThatLeftSomethingOutIsInconclusive(String bus, String read) {
        int index = scene.index(Event.BusScanned.class, scan -> scan.subject().equals(bus));
        Event.BusScanned scan = (Event.BusScanned) scene.events.get(index);
        scene.events.set(index, new Event.BusScanned(TIME, "vm1", bus, read, scan.answered()));

        isInconclusive(scene.judge(), "vm1 did not look at all of its buses");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pci", "ports", "memory"})
    void aBusThatWasNotLookedAtIsInconclusive(String bus) {
        scene.without(event ->
                event instanceof Event.BusScanned scan && scan.subject().equals(bus));

        isInconclusive(scene.judge(), "vm1 did not look at all of its buses");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pci", "port", "memory"})
    void aMachineThatTellsNothingOfABusIsInconclusive(String kind) {
        scene.without(event ->
                event instanceof Event.DeviceFound found && found.subject().startsWith(kind));

        isInconclusive(scene.judge(), "vm1 did not look at all of its buses");
    }

    @Test
    void aLookOutsideTheAttackIsInconclusive() {
        int stop = scene.index(Event.AttackStopped.class, event -> true);
        scene.during(scene.events.remove(stop));

        isInconclusive(scene.judge(), "vm1 did not look at all of its buses");
    }

    @Test
    void twoHalfLooksAreNoWholeOne() {
        int found = scene.index(Event.BusScanned.class, scan -> scan.subject().equals("pci"));
        scene.events.add(found, new Event.AttackStopped(TIME, "vm1", ATTACK, "stopped"));
        scene.events.add(found + 1, new Event.AttackStarted(TIME, "vm1", ATTACK, List.of()));

        isInconclusive(scene.judge(), "vm1 did not look at all of its buses");
    }

    @Test
    void anAttackOfAnotherMachineIsNoControl() {
        scene.replace(
                Event.AttackStarted.class,
                event -> true,
                new Event.AttackStarted(TIME, "vm2", ATTACK, List.of()));

        isInconclusive(scene.judge(), "vm1 did not attack from start to stop");
    }

    @Test
    void anAttackThatDidNotStopIsInconclusive() {
        scene.without(event -> event instanceof Event.AttackStopped);

        isInconclusive(scene.judge(), "vm1 did not attack from start to stop");
    }

    @Test
    void aRunThatDidNotCompleteIsInconclusive() {
        scene.without(event -> event instanceof Event.RunFinished);
        isInconclusive(scene.judge(), "finished, not once");

        scene.add(new Event.RunFinished(TIME, "scenario", RunOutcome.FAILED, "why"));
        isInconclusive(scene.judge(), "the run did not complete: why");
    }

    @Test
    void withoutWhatWasGivenNothingCanBeSaid() {
        scene.without(event -> event instanceof Event.DeviceGiven);

        isInconclusive(scene.judge(), "nothing tells what vm1 was given before it looked");
    }

    @Test
    void withoutItsConfiguredMemoryNothingCanBeSaid() {
        scene.without(event -> event instanceof Event.MemoryConfigured);

        isInconclusive(scene.judge(), "how much memory vm1 was configured with");
    }

    @Test
    void memoryThatIsNoneIsInconclusive() {
        scene.replace(
                Event.MemoryConfigured.class,
                event -> true,
                new Event.MemoryConfigured(TIME, "monitor", "vm1", 0, 0, 0, 0));
        scene.without(event -> event instanceof Event.DeviceFound found
                && found.subject().equals("memory 00000000-003fffff"));
        int index = scene.index(Event.BusScanned.class, scan -> scan.subject().equals("memory"));
        scene.events.set(
                index, new Event.BusScanned(TIME, "vm1", "memory", "0-ffffffff", "a0000-bffff"));
        scene.during(finding("vm1", "memory 000a0000-000bffff", "00"));
        scene.during(finding("vm1", "memory 000f0000-000fffff", "00"));

        isInconclusive(scene.judge(), "vm1 did not find its own ram");
    }

    @Test
    void aMachineThatNeverLookedIsInconclusive() {
        isInconclusive(scene.judge("vm2"), "nothing tells what vm2 was given");
        scene.before(given("monitor", "vm2", "ram", "", "", "", "0-9ffff"));
        isInconclusive(scene.judge("vm2"), "nothing tells that vm2 was given host-bridge");
        isInconclusive(scene.judge("vm3"), "machine 'vm3' never started");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pci", "pci 0:10.0", "port 3f8", "port 03F8", "memory 0", "usb 1"})
    void aFindingInAnotherFormIsInconclusive(String what) {
        scene.during(finding("vm1", what, "00"));

        isInconclusive(scene.judge(), "vm1 found '%s', which is no place".formatted(what));
    }

    @Test
    void aFindingInAnotherFormAfterTheAttackIsInconclusiveAsWell() {
        scene.events.add(scene.events.size() - 1, finding("vm1", "usb 1", "00"));

        isInconclusive(scene.judge(), "vm1 found 'usb 1', which is no place");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1-", "-1", "2-1", "1,,2", ",", "1-2-3", "1234567890abcdef"})
    void rangesInAnotherFormAreInconclusive(String ranges) {
        scene.during(new Event.BusScanned(TIME, "vm1", "ports", ranges, ""));
        isInconclusive(scene.judge(), "range");

        DeviceScene other = DeviceScene.whole();
        other.before(given("monitor", "vm1", "timer", "", "", ranges, ""));
        isInconclusive(other.judge(), "range");
    }

    @Test
    void anUnknownBusIsInconclusive() {
        scene.during(new Event.BusScanned(TIME, "vm1", "isa", "", ""));

        isInconclusive(scene.judge(), "vm1 scanned 'isa', which is no bus");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void noEventThatIsTakenAwayMakesABreachUpheld(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 300; round++) {
            DeviceScene breached = DeviceScene.whole();
            breached.during(finding("vm1", "port 02f8", "00"));
            breached.during(new Event.BusScanned(TIME, "vm1", "ports", "", "2f8"));
            for (int i = random.nextInt(6); i >= 0; i--) {
                breached.events.remove(random.nextInt(breached.events.size()));
            }
            boolean told = breached.events.stream()
                    .anyMatch(event -> event instanceof Event.DeviceFound found
                                    && found.subject().equals("port 02f8")
                            || event instanceof Event.BusScanned scan
                                    && scan.answered().equals("2f8"));

            Verdict verdict = breached.judge().verdict();

            assertThat(verdict).as("seed %d, round %d", seed, round).isNotEqualTo(Verdict.ERROR);
            if (told) {
                assertThat(verdict)
                        .as("seed %d, round %d", seed, round)
                        .isNotEqualTo(Verdict.UPHELD);
            }
        }
    }

    private void replaceGiven(String device, Event.DeviceGiven with) {
        scene.replace(Event.DeviceGiven.class, at -> at.device().equals(device), with);
    }

    private static void isViolated(Judgement judgement, String reason) {
        assertThat(judgement.verdict()).as(judgement.reason()).isEqualTo(Verdict.VIOLATED);
        assertThat(judgement.reason()).contains(reason);
        assertThat(judgement.evidence()).isNotEmpty();
    }

    private static void isInconclusive(Judgement judgement, String reason) {
        assertThat(judgement.verdict()).as(judgement.reason()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.reason()).contains(reason);
    }
}
