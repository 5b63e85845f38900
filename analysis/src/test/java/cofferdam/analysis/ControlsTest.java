package cofferdam.analysis;

import static cofferdam.analysis.Scene.HOST;
import static cofferdam.analysis.Scene.SOURCE;
import static cofferdam.analysis.Scene.STRANGER;
import static cofferdam.analysis.Scene.VM1;
import static cofferdam.analysis.Scene.VM2;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.evidence.Frames;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.evidence.FlowOutcome;
import cofferdam.monitor.evidence.RunOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;

/** Without its positive controls nothing is upheld. */
class ControlsTest {

    private static final String CAPTURE = "promiscuous-capture";
    /** A frame under the address of a subject. */
    private static final byte[] STOLEN = Frames.arp(1, VM1.mac(), VM2.address(), VM2);

    private final Scene scene = Scene.started();
    private final Watched watched = new Watched(scene);

    @Test
    void aSilentNetworkIsInconclusive() {
        scene.attack(CAPTURE, VM2).listen(VM2, true);
        watched.afterAll();

        watched.inconclusive(
                "no exchange between vm1 and source completed during promiscuous-capture");
    }

    @Test
    void anObserverWithADeadInterfaceIsInconclusive() {
        scene.deaf.add(VM2);
        watched.wholeRun();

        watched.inconclusive("vm2 was not shown to receive before the exchange of vm1 and source");
    }

    @Test
    void anObserverThatDiedDuringTheAttackIsInconclusive() {
        watched.upToExchange();
        scene.deaf.add(VM2);
        scene.exchange(SOURCE, VM1);
        watched.afterExchange();

        watched.inconclusive("vm2 was not shown to receive after the exchange of vm1 and source");
    }

    @Test
    void anObserverThatCameToLifeLaterIsInconclusive() {
        scene.deaf.add(VM2);
        watched.upToExchange();
        scene.exchange(SOURCE, VM1);
        scene.deaf.clear();
        watched.afterExchange();

        watched.inconclusive("vm2 was not shown to receive before the exchange of vm1 and source");
    }

    @Test
    void anAttackThatNeverActedIsInconclusive() {
        watched.controlsBefore();
        scene.meet(SOURCE, VM1).attack(CAPTURE, VM2).exchange(SOURCE, VM1);
        watched.afterExchange();

        watched.inconclusive(
                "promiscuous-capture of vm2 was not at work when vm1 and source talked");
    }

    @Test
    void anAttackThatActedTooLateIsInconclusive() {
        watched.controlsBefore();
        scene.meet(SOURCE, VM1).attack(CAPTURE, VM2).exchange(SOURCE, VM1).listen(VM2, true);
        watched.afterExchange();

        watched.inconclusive(
                "promiscuous-capture of vm2 was not at work when vm1 and source talked");
    }

    @Test
    void anAttackThatStoppedListeningIsInconclusive() {
        watched.controlsBefore();
        scene.meet(SOURCE, VM1).attack(CAPTURE, VM2).listen(VM2, true).listen(VM2, false);
        scene.exchange(SOURCE, VM1);
        watched.afterExchange();

        watched.inconclusive(
                "promiscuous-capture of vm2 was not at work when vm1 and source talked");
    }

    @Test
    void anotherAttackThatSwitchedListeningOffBeforeTheExchangeIsInconclusive() {
        captureAfterStealing();
        scene.stop("port-stealing", VM2).listen(VM2, false).exchange(SOURCE, VM1);
        watched.afterExchange();

        watched.inconclusive(
                "promiscuous-capture of vm2 was not at work when vm1 and source talked");
    }

    @Test
    void anotherAttackThatSwitchedListeningOffDuringTheExchangeIsInconclusive() {
        captureAfterStealing();
        scene.exchange(SOURCE, VM1, () -> scene.stop("port-stealing", VM2).listen(VM2, false));
        watched.afterExchange();

        watched.inconclusive(
                "promiscuous-capture of vm2 was not at work when vm1 and source talked");
    }

    @Test
    void listeningThatEndsAfterTheExchangeWasAtWork() {
        captureAfterStealing();
        scene.exchange(SOURCE, VM1).stop("port-stealing", VM2).listen(VM2, false);
        watched.afterExchange();

        assertThat(watched.traffic().verdict()).isEqualTo(Verdict.UPHELD);
    }

    /** A capture that begins after the only exchange for which port stealing was at work. */
    private void captureAfterStealing() {
        watched.controlsBefore();
        scene.meet(SOURCE, VM1)
                .attack("port-stealing", VM2)
                .listen(VM2, true)
                .send(VM2, STOLEN)
                .exchange(SOURCE, VM1);
        watched.listening();
    }

    @Test
    void anObserverWhoseCableWasCutDuringTheExchangeIsInconclusive() {
        watched.upToExchange();
        scene.exchange(SOURCE, VM1, () -> scene.cable(VM2, false)).cable(VM2, true);
        watched.afterExchange();

        watched.inconclusive("the cable of vm2 was cut or changed during promiscuous-capture");
    }

    @Test
    void anObserverWhoseCableWasConnectedOnlyAfterTheAttackBeganIsInconclusive() {
        watched.controlsBefore();
        scene.meet(SOURCE, VM1).cable(VM2, false);
        watched.listening();
        scene.cable(VM2, true).exchange(SOURCE, VM2).exchange(SOURCE, VM1);
        watched.afterExchange();

        watched.inconclusive("the cable of vm2 was cut or changed during promiscuous-capture");
    }

    @Test
    void aCableThatWasCutOutsideTheControlsDoesNotMatter() {
        scene.cable(VM2, false).cable(VM2, true);
        watched.wholeRun();
        scene.cable(VM2, false);

        assertThat(watched.traffic().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void anAttackBySomeoneElseThanTheObserverIsInconclusive() {
        watched.controlsBefore();
        scene.meet(SOURCE, VM1)
                .exchange(SOURCE, HOST)
                .attack(CAPTURE, HOST)
                .listen(HOST, true)
                .exchange(SOURCE, VM1)
                .exchange(SOURCE, HOST)
                .exchange(SOURCE, VM2)
                .stop(CAPTURE, HOST)
                .finish(RunOutcome.COMPLETED);

        watched.inconclusive("host attacked by promiscuous-capture, but the observer is vm2");
    }

    @Test
    void anExchangeOutsideTheAttackIsInconclusive() {
        watched.controlsBefore();
        scene.meet(SOURCE, VM1)
                .exchange(SOURCE, VM1)
                .attack(CAPTURE, VM2)
                .listen(VM2, true)
                .exchange(SOURCE, VM2)
                .stop(CAPTURE, VM2)
                .exchange(SOURCE, VM1)
                .exchange(SOURCE, VM2)
                .finish(RunOutcome.COMPLETED);

        watched.inconclusive(
                "no exchange between vm1 and source completed during promiscuous-capture");
    }

    @Test
    void anExchangeThatFailedDoesNotCount() {
        watched.upToExchange();
        FlowId flow = scene.begin(SOURCE, VM1);
        scene.end(SOURCE, VM1, flow, FlowOutcome.FAILED);
        watched.afterExchange();

        watched.inconclusive(
                "no exchange between vm1 and source completed during promiscuous-capture");
    }

    @Test
    void anExchangeThatNoCaptureShowsIsInconclusive() {
        watched.upToExchange();
        FlowId flow = scene.begin(SOURCE, VM1);
        scene.end(SOURCE, VM1, flow, FlowOutcome.COMPLETED);
        watched.afterExchange();

        watched.inconclusive("are not in both captures of vm1 and source in both directions");
    }

    @Test
    void anExchangeWhoseAnswersWereNotReceivedIsInconclusive() {
        watched.upToExchange();
        scene.deaf.add(SOURCE);
        scene.exchange(SOURCE, VM1);
        scene.deaf.clear();
        watched.afterExchange();

        watched.inconclusive("are not in both captures of vm1 and source in both directions");
    }

    @Test
    void aRunWithoutAttackIsInconclusive() {
        scene.meet(SOURCE, VM1).exchange(SOURCE, VM2).exchange(SOURCE, VM1).exchange(SOURCE, VM2);
        scene.finish(RunOutcome.COMPLETED);

        watched.inconclusive("no attack was started");
    }

    @Test
    void anAttackThatDidNotStopIsInconclusive() {
        watched.upToExchange();
        scene.exchange(SOURCE, VM1).exchange(SOURCE, VM2).finish(RunOutcome.COMPLETED);

        watched.inconclusive("the attack promiscuous-capture did not stop");
    }

    @Test
    void anUnknownAttackIsInconclusive() {
        watched.runWith("teleportation");

        watched.inconclusive("what the attack 'teleportation' consists of is not known");
    }

    @Test
    void everyAttackOfTheRunMustHaveActed() {
        watched.upToExchange();
        scene.attack("arp-poisoning", VM2).exchange(SOURCE, VM1).stop("arp-poisoning", VM2);
        watched.afterExchange();

        watched.inconclusive("arp-poisoning of vm2 was not at work when vm1 and source talked");
    }

    @Test
    void aRunThatDidNotFinishIsInconclusive() {
        watched.upToExchange();
        scene.exchange(SOURCE, VM1).exchange(SOURCE, VM2).stop(CAPTURE, VM2);
        watched.inconclusive("the run says 0 times that it finished, not once");

        scene.finish(RunOutcome.TIMED_OUT);
        watched.inconclusive("the run did not complete: the detail");

        scene.finish(RunOutcome.COMPLETED);
        watched.inconclusive("the run says 2 times that it finished, not once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vm1", "vm2", "source"})
    void aCaptureThatIsMissingOrCutIsInconclusive(String vantage) {
        watched.wholeRun();
        String file = "captures/" + vantage + ".pcapng";
        byte[] whole = scene.files().get(file);

        scene.replace(file, null);
        watched.inconclusive("there is no capture of '%s'".formatted(vantage));
        scene.replace(file, Arrays.copyOf(whole, whole.length - 1));
        watched.inconclusive(file + ": offset ");
        scene.replace(file, Arrays.copyOf(whole, whole.length / 2));
        assertThat(watched.traffic().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aMissingOrMalformedEventLogIsInconclusive() {
        watched.wholeRun();

        scene.replace("events.jsonl", null);
        watched.inconclusive("there is no events.jsonl");
        scene.replace("events.jsonl", new byte[] {'{', '\n'});
        watched.inconclusive("events.jsonl: line 1: ");
    }

    @Test
    void aMachineThatStartedWithTwoAddressesIsInconclusive() {
        scene.record(new Event.MachineStarted(scene.tick(), VM1.name(), VM1.address(), STRANGER));
        watched.wholeRun();

        watched.inconclusive("machine 'vm1' started with contradictory addresses");
    }

    @Test
    void questionsThatMakeNoSenseAreInconclusive() {
        watched.wholeRun();

        assertThat(scene.judge("traffic-confidentiality", "vm1").reason())
                .isEqualTo("the observer vm1 is one of the subjects");
        assertThat(scene.judge("traffic-confidentiality", "vm9").reason())
                .isEqualTo("machine 'vm9' never started");
    }
}
