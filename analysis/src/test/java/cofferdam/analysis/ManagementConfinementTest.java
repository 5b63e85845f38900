package cofferdam.analysis;

import static cofferdam.analysis.MemoryScene.isInconclusive;
import static cofferdam.analysis.MemoryScene.isUpheld;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.evidence.Access;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.ImageAccess;
import cofferdam.monitor.evidence.MachineEnd;
import cofferdam.monitor.evidence.PowerState;
import cofferdam.monitor.evidence.RunOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.function.Predicate;

class ManagementConfinementTest {

    private static final String PROPERTY = "management-confinement";
    private static final String ATTACK = "management-takeover";
    private static final Predicate<Event> POWER_OFF =
            event -> event instanceof Event.ConsoleUsed used && used.action().equals("power-off");

    private final HostScene host = new HostScene();

    @Test
    void aConsoleThatRefusesAndAMachineThatLivesUphold() {
        wholeRun("");

        isUpheld(judge());
    }

    @Test
    void aMachineThatTheConsoleSwitchedOffIsABreach() {
        beginning("ask");
        host.used("vm1", "power-off", Access.ALLOWED).power("vm1", PowerState.OFF);
        host.scene.beating.remove("vm1");
        ending("");

        host.scene.isViolated(
                judge(),
                "host switched vm1 off from the console",
                POWER_OFF.or(event -> event instanceof Event.PowerChanged));
    }

    @Test
    void aMachineThatEndsWhenTheConsoleIsAskedIsABreach() {
        beginning("ask");
        host.used("vm1", "power-off", Access.ALLOWED);
        host.record(new Event.MachineEnded(host.scene.tick(), "vm1", MachineEnd.KILLED, ""));

        host.scene.isViolated(
                judge(),
                "host switched vm1 off",
                POWER_OFF.or(event -> event instanceof Event.MachineEnded));
    }

    @Test
    void aMachineThatFallsSilentWhenTheConsoleIsAskedIsABreach() {
        beginning("ask");
        host.used("vm1", "power-off", Access.ALLOWED);
        host.scene.beating.remove("vm1");
        ending("");

        host.scene.isViolated(
                judge(),
                "host switched vm1 off",
                POWER_OFF.or(event -> event instanceof Event.Heartbeat beat
                        && beat.actor().equals("vm1")
                        && beat.number() == 3));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REFUSED")
    void anImageThatIsReachedAfterTheAttackBeganIsABreach(ImageAccess access) {
        beginning("image");
        host.image("vm1.img", access);

        host.scene.isViolated(
                judge(),
                "host reached the image of vm1 1 times",
                event -> event instanceof Event.ImageAccessed);
    }

    @Test
    void bothBreachesAreTold() {
        beginning("ask");
        host.used("vm1", "power-off", Access.ALLOWED).power("vm1", PowerState.OFF);
        host.image("vm1.img", ImageAccess.READ).image("vm1.img", ImageAccess.COPIED);

        assertThat(judge().reason())
                .isEqualTo("host switched vm1 off from the console, and reached its image 2 times");
    }

    @Test
    void anImageThatWasReadBeforeTheAttackIsNotItsDoing() {
        host.attached("vm1").image("vm1.img", ImageAccess.READ);
        wholeRun("attach");

        isUpheld(judge());
    }

    @Test
    void anotherMachinesImageIsNoBreach() {
        host.attached("vm2");
        beginning("");
        host.image("vm2.img", ImageAccess.READ);
        ending("");

        isUpheld(judge());
    }

    @Test
    void aMachineThatIsSwitchedOffLaterByOthersIsNoBreach() {
        beginning("ask");
        host.used("vm1", "power-off", Access.ALLOWED);
        ending("finish");
        host.power("vm1", PowerState.OFF);
        host.scene.finish();

        isInconclusive(judge(), "nothing shows what became of it");
    }

    @Test
    void aMachineThatWasOffBeforeIsNoBreach() {
        beginning("ask");
        host.used("vm1", "power-off", Access.ALLOWED);
        host.power("vm1", PowerState.STARTED).power("vm1", PowerState.OFF);
        host.scene.live(2).finish();

        isInconclusive(judge(), "nothing shows what became of it");
    }

    @Test
    void aConsoleThatSaysItSwitchesOffAMachineThatLivesOnProvesNothing() {
        beginning("");
        host.used("vm1", "power-off", Access.ALLOWED);
        ending("");

        isInconclusive(judge(), "nothing shows what became of it");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            attach | host did not try to reach the image of vm1
            start  | host did not start management-takeover against vm1
            list   | the console let host do nothing at all
            ask    | host did not ask the console to switch vm1 off
            image  | host did not try to reach the image of vm1
            stop   | the attack management-takeover did not stop
            finish | not once
            """)
    void withoutAControlItIsInconclusive(String missing, String reason) {
        wholeRun(missing);

        isInconclusive(judge(), reason);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aMachineThatDidNotLiveAllTheWhileProvesNothing(int silentIn) {
        if (silentIn == 0) {
            host.scene.beating.remove("vm1");
        }
        beginning("");
        if (silentIn == 1) {
            host.scene.beating.remove("vm1");
        }
        host.scene.live(4);
        host.scene.stop(ATTACK, "host");
        if (silentIn == 2) {
            host.scene.beating.remove("vm1");
        }
        host.scene.live(1).finish();

        isInconclusive(judge(), "vm1 was not alive before, during and after");
    }

    @Test
    void aConsoleThatRefusesEverythingProvesNothing() {
        beginning("list");
        host.used("all", "list", Access.REFUSED);
        ending("");

        isInconclusive(judge(), "the console let host do nothing at all");
    }

    @Test
    void askingForAnotherMachineProvesNothing() {
        beginning("ask");
        host.used("vm2", "power-off", Access.REFUSED);
        ending("");

        isInconclusive(judge(), "did not ask the console to switch vm1 off");
    }

    @Test
    void askingForAnotherImageProvesNothing() {
        host.attached("vm2");
        beginning("image");
        host.image("vm2.img", ImageAccess.REFUSED);
        ending("");

        isInconclusive(judge(), "did not try to reach the image of vm1");
    }

    @Test
    void whatWasAskedBeforeTheAttackProvesNothing() {
        host.used("vm1", "power-off", Access.REFUSED);
        wholeRun("ask");

        isInconclusive(judge(), "did not ask the console to switch vm1 off");
    }

    @Test
    void aRunThatDidNotCompleteIsInconclusive() {
        beginning("");
        ending("finish");
        host.scene.finish(RunOutcome.FAILED);

        isInconclusive(judge(), "the run did not complete");
    }

    @Test
    void anotherObserverProvesNothing() {
        wholeRun("");

        isInconclusive(
                host.scene.judge(PROPERTY, "vm1", "vm2"),
                "vm2 did not start management-takeover against vm1");
    }

    @Test
    void separateMachinesHaveNoSuchBoundary() {
        wholeRun("");
        host.scene.policy = "physical";

        assertThat(judge().verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
    }

    private void wholeRun(String without) {
        beginning(without);
        ending(without);
    }

    private void beginning(String without) {
        step("attach", without, () -> host.attached("vm1"));
        host.scene.live(3);
        step("start", without, () -> host.scene.attack(ATTACK, "host", "vm1"));
        step("list", without, () -> host.used("all", "list", Access.ALLOWED));
        step("ask", without, () -> host.used("vm1", "power-off", Access.REFUSED));
        step("image", without, () -> host.image("vm1.img", ImageAccess.REFUSED));
    }

    private void ending(String without) {
        host.scene.live(5);
        step("stop", without, () -> host.scene.stop(ATTACK, "host"));
        host.scene.live(2);
        step("finish", without, host.scene::finish);
    }

    private static void step(String name, String without, Runnable deed) {
        if (!name.equals(without)) {
            deed.run();
        }
    }

    private Judgement judge() {
        return host.scene.judge(PROPERTY, "vm1", "host");
    }
}
