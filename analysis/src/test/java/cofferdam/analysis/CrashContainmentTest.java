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

/** What must have become of the other machine. */
class CrashContainmentTest {

    private static final String TAMPERING = "host-process-tampering";

    private final MemoryScene scene = MemoryScene.started();

    @Test
    void aVictimThatDiedUpholds() {
        crash("vm1", "");

        isUpheld(judge());
        assertThat(judge().reason()).startsWith("vm1 was destroyed and silent for the last");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sabotage | nothing of vm1 was destroyed
            started  | no attack was started
            stopped  | did not stop
            beats    | vm1 did not beat before it was sabotaged
            finished | not once
            """)
    void withoutAControlItIsInconclusive(String control, String reason) {
        crash("vm1", "");
        scene.without(event -> switch (event) {
            case Event.SystemSabotaged sabotaged -> control.equals("sabotage");
            case Event.AttackStarted started -> control.equals("started");
            case Event.AttackStopped stopped -> control.equals("stopped");
            case Event.Heartbeat beat -> control.equals("beats") && beat.actor().equals("vm1");
            case Event.RunFinished finished -> control.equals("finished");
            default -> false;
        });

        isInconclusive(judge(), reason);
    }

    @Test
    void aSabotageThatFailedDestroyedNothing() {
        crash("vm1", "the machine is down");

        isInconclusive(judge(), "nothing of vm1 was destroyed");
    }

    @Test
    void theSabotageOfAnotherMachineDestroyedNothingHere() {
        scene.live(3).attack("guest-crash", "vm1");
        scene.record(new Event.SystemSabotaged(scene.tick(), "vm3", "hang", ""));
        scene.beating.remove("vm1");
        scene.live(8).stop("guest-crash", "vm1").live(2).finish();

        isInconclusive(judge(), "nothing of vm1 was destroyed");
    }

    @Test
    void aVictimThatLivedOnShowsNothing() {
        scene.live(3).attack("guest-crash", "vm1");
        scene.record(new Event.SystemSabotaged(scene.tick(), "vm1", "hang", ""));
        scene.live(8).stop("guest-crash", "vm1").live(2).finish();

        isInconclusive(judge(), "vm1 was silent for 0 ms");
    }

    @Test
    void aVictimThatBeatsWronglyIsNotSilent() {
        crash("vm1", "");
        int late = scene.events.indexOf(scene.events.stream()
                .filter(Event.AttackStopped.class::isInstance)
                .findFirst()
                .orElseThrow());
        scene.events.add(
                late,
                new Event.Heartbeat(
                        scene.events.get(late).time(), "vm1", "x", 77, "00".repeat(32)));

        isInconclusive(judge(), "vm1 was silent for 0 ms");
    }

    @Test
    void aVictimThatWasDeadAlreadyShowsNothing() {
        scene.live(3);
        scene.beating.remove("vm1");
        scene.live(4);
        crash("vm1", "");

        isInconclusive(judge(), "vm1 was silent already");
    }

    @Test
    void aVictimThatWasSwitchedOffDidNotCrash() {
        scene.live(3).attack("guest-crash", "vm1");
        scene.record(new Event.SystemSabotaged(scene.tick(), "vm1", "hang", ""));
        scene.record(new Event.PowerChanged(scene.tick(), "vm1", "vm1.img", PowerState.OFF, ""));
        scene.beating.remove("vm1");
        scene.live(8).stop("guest-crash", "vm1").live(2).finish();

        isInconclusive(judge(), "vm1 was switched off");
    }

    @Test
    void anAttackThatEndsTooSoonShowsNothing() {
        scene.live(3).attack("guest-crash", "vm1");
        scene.record(new Event.SystemSabotaged(scene.tick(), "vm1", "hang", ""));
        scene.beating.remove("vm1");
        scene.live(4).stop("guest-crash", "vm1").live(2).finish();

        isInconclusive(judge(), "5000 are needed");
    }

    @Test
    void theMachineThatCrashesIsNotItsOwnNeighbour() {
        crash("vm1", "");

        isInconclusive(
                scene.judge("crash-containment", "vm1"), "vm1 itself was attacked by guest-crash");
    }

    @Test
    void anAttackThatDestroysNothingIsInconclusive() {
        scene.live(3).attack("memory-exhaustion", "vm1").live(8);
        scene.stop("memory-exhaustion", "vm1").live(2).finish();

        isInconclusive(judge(), "whom the attack 'memory-exhaustion' destroys is not known");
    }

    @Test
    void aRunThatDidNotCompleteIsInconclusive() {
        crash("vm1", "");
        scene.without(Event.RunFinished.class::isInstance).finish(RunOutcome.FAILED);

        isInconclusive(judge(), "the run did not complete");
    }

    @Test
    void aVictimWhoseProcessWasRemovedOnTheHostUpholds() {
        tamper("vmm-vm1", "vm1", "vmm-vm1", Access.ALLOWED);

        isUpheld(judge());
    }

    @Test
    void aHostThatSeesNoVictimHasNoSuchBoundary() {
        tamper("init", "", "", Access.REFUSED);

        Judgement judgement = judge();
        assertThat(judgement.reason()).isEqualTo("no process of host runs vm1");
        assertThat(judgement.verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
    }

    @Test
    void aHostThatNeverLookedShowsNothing() {
        tamper("", "", "", Access.REFUSED);

        isInconclusive(judge(), "host never listed the processes");
    }

    @Test
    void aHostThatLookedWhileTheVictimWasDownShowsNothing() {
        scene.beating.remove("vm1");
        tamper("init", "", "", Access.REFUSED);

        isInconclusive(judge(), "vm1 did not beat");
    }

    @Test
    void aVictimThatDiedThoughNobodySawItShowsNothing() {
        scene.live(3).attack(TAMPERING, "host", "vm1");
        list("init", "");
        scene.record(new Event.MachineEnded(scene.tick(), "vm1", MachineEnd.KILLED, ""));
        scene.beating.remove("vm1");
        scene.live(8).stop(TAMPERING, "host").live(2).finish();

        isInconclusive(judge(), "vm1 did not beat after");
    }

    @Test
    void processesThatAnotherMachineListedAreNotTheAttackers() {
        scene.live(3).attack(TAMPERING, "host", "vm1");
        scene.record(new Event.HostProcessListed(scene.tick(), "vm2", "init", 1, "", List.of()));
        scene.live(8).stop(TAMPERING, "host").live(2).finish();

        isInconclusive(judge(), "host never listed the processes");
    }

    @Test
    void aRemovalThatWasRefusedDestroyedNothing() {
        tamper("vmm-vm1", "vm1", "vmm-vm1", Access.REFUSED);

        isInconclusive(judge(), "nothing of vm1 was destroyed");
    }

    @Test
    void theRemovalOfAnotherProcessDestroyedNothingOfTheVictim() {
        tamper("vmm-vm1", "vm1", "logger", Access.ALLOWED);

        isInconclusive(judge(), "nothing of vm1 was destroyed");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNeighbourThatWasTamperedWithItselfIsNoBreach(boolean dies) {
        scene.live(3).attack(TAMPERING, "host", "vm1");
        list("vmm-vm2", "vm2");
        remove("vmm-vm2", Access.ALLOWED);
        if (dies) {
            scene.beating.remove("vm2");
        }
        scene.live(8).stop(TAMPERING, "host").live(2).finish();

        isInconclusive(judge(), "vm2 itself was attacked");
    }

    @Test
    void everyVictimMustHaveDied() {
        scene.beating.add("vm3");
        scene.record(new Event.MachineStarted(
                scene.now(), "vm3", Scene.SOURCE.address(), Scene.SOURCE.mac()));
        scene.live(3).attack(TAMPERING, "host", "vm1", "vm3");
        list("vmm-vm1", "vm1");
        list("vmm-vm3", "vm3");
        remove("vmm-vm1", Access.ALLOWED);
        remove("vmm-vm3", Access.ALLOWED);
        scene.beating.remove("vm1");
        scene.live(8).stop(TAMPERING, "host").live(2).finish();

        isInconclusive(judge(), "vm3 was silent for");
    }

    private void crash(String victim, String outcome) {
        scene.live(3).attack("guest-crash", victim);
        scene.record(new Event.SystemSabotaged(scene.tick(), victim, "hang", outcome));
        scene.beating.remove(victim);
        scene.live(8).stop("guest-crash", victim).live(2).finish();
    }

    /** One process is listed and one is removed, unless they have no name. */
    private void tamper(String listed, String machine, String removed, Access access) {
        scene.live(3).attack(TAMPERING, "host", "vm1");
        if (!listed.isEmpty()) {
            list(listed, machine);
        }
        if (!removed.isEmpty()) {
            remove(removed, access);
            scene.beating.remove("vm1");
        }
        scene.live(8).stop(TAMPERING, "host").live(2).finish();
    }

    private void list(String process, String machine) {
        scene.record(new Event.HostProcessListed(
                scene.tick(), "host", process, 7, machine, List.of("thread cpu")));
    }

    private void remove(String process, Access access) {
        scene.record(new Event.HostResourceRemoved(
                scene.tick(), "host", process, "thread cpu", access, ""));
    }

    private Judgement judge() {
        return scene.judge("crash-containment", "vm2");
    }
}
