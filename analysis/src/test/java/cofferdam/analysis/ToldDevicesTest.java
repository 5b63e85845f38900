package cofferdam.analysis;

import static cofferdam.analysis.DeviceScene.TIME;
import static cofferdam.analysis.DeviceScene.finding;
import static cofferdam.analysis.DeviceScene.given;
import static cofferdam.analysis.DeviceScene.listed;
import static cofferdam.analysis.DeviceScene.notEnforced;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.evidence.Event;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Machines that tell themselves what is on their buses, and whose devices no policy lists. */
class ToldDevicesTest {

    private final DeviceScene scene = DeviceScene.told();

    @Test
    void aMachineThatTellsAllAndFoundWhatItWasGivenIsConfined() {
        Judgement judgement = scene.judge();

        assertThat(judgement.verdict()).as(judgement.reason()).isEqualTo(Verdict.UPHELD);
        assertThat(judgement.reason())
                .isEqualTo("the system of vm1 looked at its functions, ports and map of addresses,"
                        + " and found the 15 devices that it was given and nothing else; the monitor"
                        + " chose them, as it does not enforce devices.models");
    }

    @ParameterizedTest
    @CsvSource({
        "pci 00:05.0, 1af4:1005",
        "pci 00:10.0, 1af4:1005",
        "port 0501, 00",
        "port 02f0, 00",
        "memory 00400000-0fffffff, System RAM",
        "memory fd00000000-fd0000ffff, 0000:00:05.0",
    })
    void whatWasNotGivenIsABreachWhateverTheListsSay(String what, String value) {
        scene.during(finding("vm1", what, value));

        Judgement judgement = scene.judge();

        assertThat(judgement.verdict()).as(judgement.reason()).isEqualTo(Verdict.VIOLATED);
        assertThat(judgement.reason()).contains(what);
    }

    @Test
    void aDeviceBeyondThePolicyIsABreachWhereTheMonitorGoesByThePolicy() {
        scene.without(Event.SettingNotEnforced.class::isInstance);

        Judgement judgement = scene.judge();

        assertThat(judgement.verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(judgement.reason())
                .isEqualTo("vm1 was given what its policy does not give: relay, serial");
    }

    @ParameterizedTest
    @CsvSource({"vm1, devices.models", "monitor, devices.passthrough", "monitor, devices"})
    void onlyTheMonitorSaysThatItDoesNotGoByThePolicysList(String actor, String key) {
        scene.without(Event.SettingNotEnforced.class::isInstance);
        scene.before(notEnforced(actor, key));

        assertThat(scene.judge().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void thatTheMonitorDoesNotGoByTheListIsSaidBeforeTheLook() {
        scene.without(Event.SettingNotEnforced.class::isInstance);
        scene.during(notEnforced("monitor", "devices.models"));

        assertThat(scene.judge().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void whatEveryMachineHasMustBeGivenWhateverThePolicyLists() {
        scene.without(event ->
                event instanceof Event.DeviceGiven device && device.device().equals("keyboard"));
        scene.without(event ->
                event instanceof Event.DeviceFound found && found.subject().equals("port 0060"));
        replace("ports", listed("ports", "0-2f7,300-3f7,400-ffff", 10));

        isInconclusive("nothing tells that vm1 was given keyboard");
    }

    static Stream<String> findings() {
        return DeviceScene.told().events.stream()
                .filter(Event.DeviceFound.class::isInstance)
                .map(event -> ((Event.DeviceFound) event).subject());
    }

    @ParameterizedTest
    @MethodSource("findings")
    void aFindingThatIsNoLongerThereIsMissed(String what) {
        scene.without(event ->
                event instanceof Event.DeviceFound found && found.subject().equals(what));

        isInconclusive("places of its bus '");
    }

    @ParameterizedTest
    @MethodSource("findings")
    void aGuestThatDoesNotTellOfADeviceThatItWasGivenDidNotLook(String what) {
        scene.without(event ->
                event instanceof Event.DeviceFound found && found.subject().equals(what));
        String kind = what.substring(0, what.indexOf(' '));
        switch (kind) {
            case "pci" -> replace("pci", listed("pci", "0-ffff", 5));
            case "port" -> replace("ports", listed("ports", "0-2f7,300-3f7,400-ffff", 10));
            default -> replace("memory", listed("memory", "0-ffffffffffff", 3));
        }

        isInconclusive("vm1 did not find its own ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pci", "ports", "memory"})
    void aBusThatWasNotToldToItsEndIsInconclusive(String bus) {
        scene.without(event ->
                event instanceof Event.DevicesListed list && list.subject().equals(bus));

        isInconclusive("vm1 did not look at all of its buses");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pci | 0-fffe | 6",
                "ports | 0-2f7,300-3f7,401-ffff | 11",
                "ports | 0-2f6,300-3f7,400-ffff | 11",
                "memory | 0-fffffffe | 4",
                "memory | '' | 4",
            })
    void aLookThatLeftSomethingOutIsInconclusive(String bus, String looked, int found) {
        replace(bus, listed(bus, looked, found));

        isInconclusive("vm1 did not look at all of its buses");
    }

    @Test
    void portsAreLeftOutOnlyIfTheyAreSerialLinesThatItWasGiven() {
        scene.replace(
                Event.DeviceGiven.class,
                device -> device.device().equals("serial"),
                given("monitor", "vm1", "serial", "", "", "3f8-3ff", ""));

        isInconclusive("vm1 did not look at all of its buses");
    }

    @Test
    void whatABusSawIsToldOfWhollySerialLinesAmongIt() {
        scene.without(event ->
                event instanceof Event.DevicesListed list && list.subject().equals("ports"));
        scene.during(
                new Event.BusScanned(TIME, "vm1", "ports", "0-2f7,300-3f7,400-ffff", "cf8-cff"));

        isInconclusive("vm1 did not look at all of its buses");
    }

    @Test
    void listsOfAnotherMachineOrOutsideTheAttackAreNoControl() {
        DeviceScene other = DeviceScene.told();
        int index =
                other.index(Event.DevicesListed.class, list -> list.subject().equals("memory"));
        other.events.set(
                index, new Event.DevicesListed(TIME, "vm2", "memory", "0-ffffffffffff", 4));
        assertThat(other.judge().verdict()).isEqualTo(Verdict.INCONCLUSIVE);

        replace("memory", listed("memory", "", 4));
        scene.events.add(scene.events.size() - 1, listed("memory", "0-ffffffffffff", 0));
        isInconclusive("vm1 did not look at all of its buses");
    }

    @Test
    void anUnknownBusIsInconclusive() {
        scene.during(listed("usb", "0-ffff", 0));

        isInconclusive("vm1 listed 'usb', which is no bus");
    }

    @Test
    void whatIsGivenOnceTheMachineHasToldIsTooLate() {
        Event late = given("monitor", "vm1", "surprise", "", "", "501", "");
        scene.events.addFirst(listed("ports", "", 0));
        scene.during(late);
        scene.during(finding("vm1", "port 0501", "00"));

        assertThat(scene.judge().verdict()).isNotEqualTo(Verdict.UPHELD);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void noEventThatIsTakenAwayLeavesABreachUpheld(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 300; round++) {
            DeviceScene breached = DeviceScene.told();
            breached.during(finding("vm1", "port 0501", "00"));
            int index = breached.index(
                    Event.DevicesListed.class, list -> list.subject().equals("ports"));
            breached.events.set(index, listed("ports", "0-2f7,300-3f7,400-ffff", 12));
            for (int i = random.nextInt(5); i >= 0; i--) {
                breached.events.remove(random.nextInt(breached.events.size()));
            }

            assertThat(breached.judge().verdict())
                    .as("seed %d, round %d", seed, round)
                    .isNotIn(List.of(Verdict.UPHELD, Verdict.ERROR));
        }
    }

    private void replace(String bus, Event.DevicesListed with) {
        scene.replace(Event.DevicesListed.class, list -> list.subject().equals(bus), with);
    }

    private void isInconclusive(String reason) {
        Judgement judgement = scene.judge();
        assertThat(judgement.verdict()).as(judgement.reason()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.reason()).contains(reason);
    }
}
