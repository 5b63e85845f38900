package cofferdam.analysis;

import static cofferdam.analysis.MemoryScene.isInconclusive;
import static cofferdam.analysis.MemoryScene.isUpheld;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.evidence.Access;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.MachineEnd;
import cofferdam.monitor.evidence.PowerState;
import cofferdam.monitor.evidence.RunOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class HostConfinementTest {

    private static final String PROPERTY = "host-confinement";
    private static final String ATTACK = "host-process-tampering";

    private final HostScene host = new HostScene();

    @Test
    void aHostThatListsOnlyWhatIsItsOwnUpholds() {
        wholeRun("");

        isUpheld(judge());
    }

    @Test
    void whatWasRemovedOfTheMachinesProcessIsABreach() {
        host.listed(9, "vmm-vm1", "vm1", "handle vm1.img", "thread vcpu-0");
        host.removed("vmm-vm1", Access.ALLOWED).removed("vmm-vm1", Access.REFUSED);

        host.scene.isViolated(
                judge(),
                "2 things of what runs vm1 in its reach, and removed 1 times",
                event -> event instanceof Event.HostProcessListed
                        || (event instanceof Event.HostResourceRemoved removal
                                && removal.outcome() == Access.ALLOWED));
    }

    @Test
    void whatIsListedOfTheMachineIsInReach() {
        wholeRun("");
        host.listed(9, "vmm-vm1", "vm1", "thread vcpu-0");

        host.scene.isViolated(
                judge(),
                "1 things of what runs vm1",
                event -> event instanceof Event.HostProcessListed listed && listed.process() == 9);
    }

    @Test
    void aProcessThatHasTheMachinesImageIsOneOfItWhateverItSaysItRuns() {
        host.attached("vm1").listed(9, "storage", "", "handle vm1.img");
        host.removed("storage", Access.ALLOWED);

        assertThat(judge().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void whatIsAnotherMachinesIsNoBreach() {
        host.attached("vm2");
        beginning("");
        host.listed(9, "vmm-vm2", "vm2", "handle vm2.img").removed("vmm-vm2", Access.ALLOWED);
        ending("");

        isUpheld(judge());
    }

    @Test
    void whatAnotherObserverListsIsNoBreachOfTheHosts() {
        wholeRun("");
        host.record(new Event.HostProcessListed(
                host.scene.tick(), "vm2", "vmm-vm1", 9, "vm1", List.of("thread a")));

        isUpheld(judge());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            start  | host did not start host-process-tampering against vm1
            list   | host listed no process that has anything
            stop   | the attack host-process-tampering did not stop
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
    void anAttackThatWasOverAtOnceShowsNoLifeMeanwhile() {
        beginning("");
        host.scene.stop(ATTACK, "host");
        host.scene.live(2).finish();

        isInconclusive(judge(), "vm1 was not alive before, during and after");
    }

    @Test
    void aMachineThatWasOffMeanwhileProvesNothing() {
        beginning("");
        host.scene.live(1);
        host.power("vm1", PowerState.OFF);
        ending("");

        assertThat(judge().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aMachineThatEndedMeanwhileProvesNothing() {
        beginning("");
        host.scene.record(new Event.MachineEnded(host.scene.tick(), "vm1", MachineEnd.KILLED, ""));
        host.scene.beating.remove("vm1");
        ending("");

        isInconclusive(judge(), "vm1 was not alive");
    }

    @Test
    void heartbeatsThatAreForgedProveNothing() {
        wholeRun("");
        host.scene.change(event -> event instanceof Event.Heartbeat beat && beat.number() == 4
                ? new Event.Heartbeat(beat.time(), beat.actor(), beat.subject(), 4, "ab".repeat(32))
                : event);

        isInconclusive(judge(), "heartbeat 4 of vm1 was computed wrongly");
    }

    @Test
    void aProcessOfTheMachineOfWhichNothingIsToldProvesNothing() {
        beginning("");
        host.listed(9, "vmm-vm1", "vm1");
        ending("");

        isInconclusive(judge(), "listed a process of vm1, but not what it has");
    }

    @Test
    void aRemovalFromWhatWasNeverListedProvesNothing() {
        beginning("");
        host.removed("vmm-vm1", Access.ALLOWED);
        ending("");

        isInconclusive(judge(), "removed something of 'vmm-vm1', which it did not list");
    }

    @Test
    void processesWithoutAnythingProveNothing() {
        beginning("list");
        host.listed(1, "init", "");
        ending("");

        isInconclusive(judge(), "listed no process that has anything");
    }

    @Test
    void processesThatWereListedOutsideOfTheAttackProveNothing() {
        host.listed(1, "init", "", "thread main");
        wholeRun("list");
        host.listed(1, "init", "", "thread main");

        isInconclusive(judge(), "listed no process that has anything");
    }

    @Test
    void anAttackOnAnotherMachineProvesNothing() {
        wholeRun("");

        isInconclusive(
                host.scene.judge(PROPERTY, "vm2", "host"),
                "host did not start host-process-tampering against vm2");
        isInconclusive(
                host.scene.judge(PROPERTY, "vm1", "vm2"),
                "vm2 did not start host-process-tampering against vm1");
    }

    @Test
    void aRunThatDidNotCompleteIsInconclusive() {
        beginning("");
        ending("finish");
        host.scene.finish(RunOutcome.FAILED);

        isInconclusive(judge(), "the run did not complete");
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
        host.scene.live(3);
        step("start", without, () -> host.scene.attack(ATTACK, "host", "vm1"));
        step("list", without, () -> {
            host.listed(1, "init", "", "thread main");
            host.listed(2, "shell", "", "thread main", "handle terminal");
        });
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
