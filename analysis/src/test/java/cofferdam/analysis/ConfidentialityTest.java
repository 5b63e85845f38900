package cofferdam.analysis;

import static cofferdam.analysis.Scene.HOST;
import static cofferdam.analysis.Scene.SOURCE;
import static cofferdam.analysis.Scene.STRANGER;
import static cofferdam.analysis.Scene.VM1;
import static cofferdam.analysis.Scene.VM2;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.evidence.Frames;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Direction;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.evidence.FlowOutcome;
import cofferdam.monitor.evidence.RunOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Arrays;

class ConfidentialityTest {

    private static final String CAPTURE = "promiscuous-capture";
    private static final String NOT_POISONED =
            "arp-poisoning of vm2 was not at work when vm1 and source talked";

    /** A frame under the address of a subject. */
    private static final byte[] STOLEN = Frames.arp(1, VM1.mac(), VM2.address(), VM2);

    private final Scene scene = Scene.started();

    @Test
    void aSwitchThatKeepsTheExchangeApartIsUpheld() {
        wholeRun();

        assertThat(traffic().verdict()).isEqualTo(Verdict.UPHELD);
        assertThat(traffic().evidence()).isEmpty();
    }

    @Test
    void aHubIsViolatedWithEveryFrameCounted() {
        scene.watchers.add(VM2);
        wholeRun();

        Judgement judgement = traffic();

        assertThat(judgement.verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(judgement.reason())
                .isEqualTo("vm2 received 8 frames of what vm1 and source said to each other");
        assertThat(judgement.evidence()).hasSize(1);
        assertThat(judgement.evidence().getFirst().file()).isEqualTo("captures/vm2.pcapng");
        assertThat(judgement.evidence().getFirst().frames()).hasSize(8);
        assertThat(judgement.evidence().getFirst().comments())
                .containsValue("cofferdam: source -> vm1 seen by vm2")
                .containsValue("cofferdam: vm1 -> source seen by vm2");
    }

    @Test
    void aSinglePacketInOneDirectionIsALeak() {
        upToExchange();
        scene.exchange(SOURCE, VM1);
        scene.receive(VM2, scene.exchanged.getLast());
        afterExchange();

        assertThat(traffic().verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(traffic().evidence().getFirst().comments().values())
                .containsExactly("cofferdam: vm1 -> source seen by vm2");
    }

    @Test
    void aLeakIsFoundWithoutAnyControl() {
        scene.meet(SOURCE, VM1);
        byte[] packet = scene.packet(SOURCE, VM1, "secret");
        scene.send(SOURCE, packet).receive(VM2, packet);

        assertThat(traffic().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void paddingTimeToLiveAndTagsDoNotHideALeak() {
        for (int variant = 0; variant < 4; variant++) {
            Scene each = Scene.started().meet(SOURCE, VM1);
            byte[] packet = each.packet(SOURCE, VM1, "x");
            byte[] seen = switch (variant) {
                case 0 -> Frames.padded(packet, 60);
                case 1 -> Frames.forwarded(packet, VM2.mac(), SOURCE.mac());
                case 2 -> Frames.tagged(packet, 5);
                default -> Frames.padded(Frames.tagged(packet, 5), 64);
            };
            each.send(SOURCE, packet).receive(VM2, seen);

            assertThat(each.judge("traffic-confidentiality", "vm2").verdict())
                    .as("variant %d", variant)
                    .isEqualTo(Verdict.VIOLATED);
        }
    }

    @Test
    void aPacketSentToTheAdversaryItselfIsALeakThoughNobodyWasHeard() {
        byte[] packet = scene.packet(SOURCE, VM1, "diverted");
        byte[] diverted = Frames.forwarded(packet, VM2.mac(), SOURCE.mac());
        scene.send(SOURCE, diverted).receive(VM2, diverted);

        assertThat(traffic().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void aFloodBeforeTheReceiverWasHeardIsExpected() {
        controlsBefore();
        listening();
        byte[] packet = scene.packet(SOURCE, VM1, "first");
        scene.send(SOURCE, packet).receive(VM1, packet).receive(VM2, packet);
        scene.exchange(SOURCE, VM1);
        afterExchange();

        assertThat(traffic().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void aFloodThatWasInFlightWhenTheReceiverSpokeIsExpected() {
        controlsBefore();
        listening();
        byte[] packet = scene.packet(SOURCE, VM1, "first");
        scene.send(SOURCE, packet);
        scene.send(VM1, Frames.arp(1, VM1.mac(), VM1.address(), SOURCE));
        scene.receive(VM2, packet);
        scene.exchange(SOURCE, VM1);
        afterExchange();

        assertThat(traffic().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void aFloodAfterTheReceiverWasHeardIsALeak() {
        controlsBefore();
        listening();
        scene.send(VM1, Frames.arp(1, VM1.mac(), VM1.address(), SOURCE));
        byte[] packet = scene.packet(SOURCE, VM1, "second");
        scene.send(SOURCE, packet).receive(VM2, packet);
        scene.exchange(SOURCE, VM1);
        afterExchange();

        assertThat(traffic().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void aReceiverHeardOnlyThroughSomeoneElsesForgeryIsNotHeard() {
        controlsBefore();
        listening();
        scene.send(VM2, Frames.arp(1, VM1.mac(), VM1.address(), SOURCE));
        byte[] packet = scene.packet(SOURCE, VM1, "first");
        scene.send(SOURCE, packet).receive(VM2, packet);
        scene.exchange(SOURCE, VM1);
        afterExchange();

        assertThat(traffic().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void aReceiverThatSpokeOnlyWithItsCableCutIsNotHeard() {
        controlsBefore();
        listening();
        scene.cable(VM1, false)
                .send(VM1, Frames.arp(1, VM1.mac(), VM1.address(), SOURCE))
                .cable(VM1, true);
        byte[] packet = scene.packet(SOURCE, VM1, "first");
        scene.send(SOURCE, packet).receive(VM1, packet).receive(VM2, packet);
        scene.exchange(SOURCE, VM1);
        afterExchange();

        assertThat(traffic().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void aSwitchForgetsAfterItsAgeingTime() {
        assertThat(afterSilence(Duration.ofSeconds(299)).verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(afterSilence(Duration.ofSeconds(301)).verdict()).isNotEqualTo(Verdict.VIOLATED);
    }

    @Test
    void thePolicysAgeingTimeDecidesWhatIsAFlood() {
        Duration silence = Duration.ofSeconds(20);

        assertThat(afterSilence(silence, Duration.ofSeconds(21)).verdict())
                .isEqualTo(Verdict.VIOLATED);
        assertThat(afterSilence(silence, Duration.ofSeconds(19)).verdict())
                .isNotEqualTo(Verdict.VIOLATED);
    }

    private static Judgement afterSilence(Duration silence) {
        return afterSilence(silence, Duration.ofMinutes(5));
    }

    private static Judgement afterSilence(Duration silence, Duration ageing) {
        Scene scene = Scene.started().meet(SOURCE, VM1).pass(silence);
        scene.ageing = ageing;
        byte[] packet = scene.packet(SOURCE, VM1, "after a while");
        scene.send(SOURCE, packet).receive(VM2, packet);
        return scene.judge("traffic-confidentiality", "vm2");
    }

    @Test
    void whatTheObserverForgedItselfIsNoLeak() {
        upToExchange();
        scene.exchange(SOURCE, VM1);
        scene.send(VM2, scene.exchanged.getFirst());
        byte[] relayed = Frames.forwarded(scene.exchanged.getFirst(), VM1.mac(), VM2.mac());
        scene.send(VM2, relayed).receive(VM2, relayed);
        afterExchange();

        assertThat(traffic().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void aFrameUnderTheObserversAddressThatItDidNotSendIsALeak() {
        upToExchange();
        scene.exchange(SOURCE, VM1);
        scene.receive(VM2, Frames.forwarded(scene.exchanged.getFirst(), VM1.mac(), VM2.mac()));
        afterExchange();

        assertThat(traffic().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void packetsThatNobodySentAreNotUpheld() {
        upToExchange();
        scene.exchange(SOURCE, VM1);
        scene.receive(VM2, scene.packet(SOURCE, VM1, "from nowhere"));
        afterExchange();

        inconclusive("vm2 received 1 packets of vm1 and source that their captures do not have");
    }

    @Test
    void theHostMustNotEvenSeeAFlood() {
        byte[] packet = scene.packet(SOURCE, VM1, "first");
        scene.send(SOURCE, packet).receive(HOST, packet);

        assertThat(scene.judge("host-traffic-confidentiality", "host").verdict())
                .isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void whatLeavesByTheHostsSharedInterfaceIsSeenByTheHost() {
        byte[] packet = scene.packet(VM1, SOURCE, "out");
        scene.send(VM1, packet).shared(Direction.OUTBOUND, packet).receive(SOURCE, packet);

        assertThat(scene.judge("host-traffic-confidentiality", "host").verdict())
                .isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void aGuestCannotAnswerForTheHost() {
        scene.exchange(SOURCE, VM1).finish(RunOutcome.COMPLETED);

        Judgement judgement = scene.judge("host-traffic-confidentiality", "vm2");

        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.reason()).isEqualTo("the observer is vm2, not the host");
    }

    @Test
    void aHostThatSeesNothingIsUpheld() {
        scene.meet(SOURCE, VM1)
                .exchange(SOURCE, HOST)
                .attack("host-capture", HOST)
                .listen(HOST, true)
                .exchange(SOURCE, VM1)
                .exchange(SOURCE, HOST)
                .stop("host-capture", HOST)
                .finish(RunOutcome.COMPLETED);

        assertThat(scene.judge("host-traffic-confidentiality", "host").verdict())
                .isEqualTo(Verdict.UPHELD);
    }

    @Test
    void aSilentNetworkIsInconclusive() {
        scene.attack(CAPTURE, VM2).listen(VM2, true);
        afterAll();

        inconclusive("no exchange between vm1 and source completed during promiscuous-capture");
    }

    @Test
    void anObserverWithADeadInterfaceIsInconclusive() {
        scene.deaf.add(VM2);
        wholeRun();

        inconclusive("vm2 was not shown to receive before the exchange of vm1 and source");
    }

    @Test
    void anObserverThatDiedDuringTheAttackIsInconclusive() {
        upToExchange();
        scene.deaf.add(VM2);
        scene.exchange(SOURCE, VM1);
        afterExchange();

        inconclusive("vm2 was not shown to receive after the exchange of vm1 and source");
    }

    @Test
    void anObserverThatCameToLifeLaterIsInconclusive() {
        scene.deaf.add(VM2);
        upToExchange();
        scene.exchange(SOURCE, VM1);
        scene.deaf.clear();
        afterExchange();

        inconclusive("vm2 was not shown to receive before the exchange of vm1 and source");
    }

    @Test
    void anAttackThatNeverActedIsInconclusive() {
        controlsBefore();
        scene.meet(SOURCE, VM1).attack(CAPTURE, VM2).exchange(SOURCE, VM1);
        afterExchange();

        inconclusive("promiscuous-capture of vm2 was not at work when vm1 and source talked");
    }

    @Test
    void anAttackThatActedTooLateIsInconclusive() {
        controlsBefore();
        scene.meet(SOURCE, VM1).attack(CAPTURE, VM2).exchange(SOURCE, VM1).listen(VM2, true);
        afterExchange();

        inconclusive("promiscuous-capture of vm2 was not at work when vm1 and source talked");
    }

    @Test
    void anAttackThatStoppedListeningIsInconclusive() {
        controlsBefore();
        scene.meet(SOURCE, VM1).attack(CAPTURE, VM2).listen(VM2, true).listen(VM2, false);
        scene.exchange(SOURCE, VM1);
        afterExchange();

        inconclusive("promiscuous-capture of vm2 was not at work when vm1 and source talked");
    }

    @Test
    void anotherAttackThatSwitchedListeningOffBeforeTheExchangeIsInconclusive() {
        captureAfterStealing();
        scene.stop("port-stealing", VM2).listen(VM2, false).exchange(SOURCE, VM1);
        afterExchange();

        inconclusive("promiscuous-capture of vm2 was not at work when vm1 and source talked");
    }

    @Test
    void anotherAttackThatSwitchedListeningOffDuringTheExchangeIsInconclusive() {
        captureAfterStealing();
        scene.exchange(SOURCE, VM1, () -> scene.stop("port-stealing", VM2).listen(VM2, false));
        afterExchange();

        inconclusive("promiscuous-capture of vm2 was not at work when vm1 and source talked");
    }

    @Test
    void listeningThatEndsAfterTheExchangeWasAtWork() {
        captureAfterStealing();
        scene.exchange(SOURCE, VM1).stop("port-stealing", VM2).listen(VM2, false);
        afterExchange();

        assertThat(traffic().verdict()).isEqualTo(Verdict.UPHELD);
    }

    /** A capture that begins after the only exchange for which port stealing was at work. */
    private void captureAfterStealing() {
        controlsBefore();
        scene.meet(SOURCE, VM1)
                .attack("port-stealing", VM2)
                .listen(VM2, true)
                .send(VM2, STOLEN)
                .exchange(SOURCE, VM1);
        listening();
    }

    @Test
    void anObserverWhoseCableWasCutDuringTheExchangeIsInconclusive() {
        upToExchange();
        scene.exchange(SOURCE, VM1, () -> scene.cable(VM2, false)).cable(VM2, true);
        afterExchange();

        inconclusive("the cable of vm2 was cut or changed during promiscuous-capture");
    }

    @Test
    void anObserverWhoseCableWasConnectedOnlyAfterTheAttackBeganIsInconclusive() {
        controlsBefore();
        scene.meet(SOURCE, VM1).cable(VM2, false);
        listening();
        scene.cable(VM2, true).exchange(SOURCE, VM2).exchange(SOURCE, VM1);
        afterExchange();

        inconclusive("the cable of vm2 was cut or changed during promiscuous-capture");
    }

    @Test
    void aCableThatWasCutOutsideTheControlsDoesNotMatter() {
        scene.cable(VM2, false).cable(VM2, true);
        wholeRun();
        scene.cable(VM2, false);

        assertThat(traffic().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void anAttackBySomeoneElseThanTheObserverIsInconclusive() {
        controlsBefore();
        scene.meet(SOURCE, VM1)
                .exchange(SOURCE, HOST)
                .attack(CAPTURE, HOST)
                .listen(HOST, true)
                .exchange(SOURCE, VM1)
                .exchange(SOURCE, HOST)
                .exchange(SOURCE, VM2)
                .stop(CAPTURE, HOST)
                .finish(RunOutcome.COMPLETED);

        inconclusive("host attacked by promiscuous-capture, but the observer is vm2");
    }

    @Test
    void anExchangeOutsideTheAttackIsInconclusive() {
        controlsBefore();
        scene.meet(SOURCE, VM1)
                .exchange(SOURCE, VM1)
                .attack(CAPTURE, VM2)
                .listen(VM2, true)
                .exchange(SOURCE, VM2)
                .stop(CAPTURE, VM2)
                .exchange(SOURCE, VM1)
                .exchange(SOURCE, VM2)
                .finish(RunOutcome.COMPLETED);

        inconclusive("no exchange between vm1 and source completed during promiscuous-capture");
    }

    @Test
    void anExchangeThatFailedDoesNotCount() {
        upToExchange();
        FlowId flow = scene.begin(SOURCE, VM1);
        scene.end(SOURCE, VM1, flow, FlowOutcome.FAILED);
        afterExchange();

        inconclusive("no exchange between vm1 and source completed during promiscuous-capture");
    }

    @Test
    void anExchangeThatNoCaptureShowsIsInconclusive() {
        upToExchange();
        FlowId flow = scene.begin(SOURCE, VM1);
        scene.end(SOURCE, VM1, flow, FlowOutcome.COMPLETED);
        afterExchange();

        inconclusive("are not in both captures of vm1 and source in both directions");
    }

    @Test
    void anExchangeWhoseAnswersWereNotReceivedIsInconclusive() {
        upToExchange();
        scene.deaf.add(SOURCE);
        scene.exchange(SOURCE, VM1);
        scene.deaf.clear();
        afterExchange();

        inconclusive("are not in both captures of vm1 and source in both directions");
    }

    @Test
    void aRunWithoutAttackIsInconclusive() {
        scene.meet(SOURCE, VM1).exchange(SOURCE, VM2).exchange(SOURCE, VM1).exchange(SOURCE, VM2);
        scene.finish(RunOutcome.COMPLETED);

        inconclusive("no attack was started");
    }

    @Test
    void anAttackThatDidNotStopIsInconclusive() {
        upToExchange();
        scene.exchange(SOURCE, VM1).exchange(SOURCE, VM2).finish(RunOutcome.COMPLETED);

        inconclusive("the attack promiscuous-capture did not stop");
    }

    @Test
    void anUnknownAttackIsInconclusive() {
        runWith("teleportation");

        inconclusive("what the attack 'teleportation' consists of is not known");
    }

    @Test
    void everyAttackOfTheRunMustHaveActed() {
        upToExchange();
        scene.attack("arp-poisoning", VM2).exchange(SOURCE, VM1).stop("arp-poisoning", VM2);
        afterExchange();

        inconclusive("arp-poisoning of vm2 was not at work when vm1 and source talked");
    }

    @Test
    void aRunThatDidNotFinishIsInconclusive() {
        upToExchange();
        scene.exchange(SOURCE, VM1).exchange(SOURCE, VM2).stop(CAPTURE, VM2);
        inconclusive("the run says 0 times that it finished, not once");

        scene.finish(RunOutcome.TIMED_OUT);
        inconclusive("the run did not complete: the detail");

        scene.finish(RunOutcome.COMPLETED);
        inconclusive("the run says 2 times that it finished, not once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vm1", "vm2", "source"})
    void aCaptureThatIsMissingOrCutIsInconclusive(String vantage) {
        wholeRun();
        String file = "captures/" + vantage + ".pcapng";
        byte[] whole = scene.files().get(file);

        scene.replace(file, null);
        inconclusive("there is no capture of '%s'".formatted(vantage));
        scene.replace(file, Arrays.copyOf(whole, whole.length - 1));
        inconclusive(file + ": offset ");
        scene.replace(file, Arrays.copyOf(whole, whole.length / 2));
        assertThat(traffic().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aMissingOrMalformedEventLogIsInconclusive() {
        wholeRun();

        scene.replace("events.jsonl", null);
        inconclusive("there is no events.jsonl");
        scene.replace("events.jsonl", new byte[] {'{', '\n'});
        inconclusive("events.jsonl: line 1: ");
    }

    @Test
    void aMachineThatStartedWithTwoAddressesIsInconclusive() {
        scene.record(new Event.MachineStarted(scene.tick(), VM1.name(), VM1.address(), STRANGER));
        wholeRun();

        inconclusive("machine 'vm1' started with contradictory addresses");
    }

    @Test
    void questionsThatMakeNoSenseAreInconclusive() {
        wholeRun();

        assertThat(scene.judge("traffic-confidentiality", "vm1").reason())
                .isEqualTo("the observer vm1 is one of the subjects");
        assertThat(scene.judge("traffic-confidentiality", "vm9").reason())
                .isEqualTo("machine 'vm9' never started");
    }

    @Test
    void liesThatArriveArePoisoning() {
        poisoned(() -> scene.lie(VM2, VM1, SOURCE)
                .receive(VM1, Scene.falseReply(VM2, SOURCE, VM1))
                .receive(SOURCE, Scene.falseReply(VM2, VM1, SOURCE)));

        assertThat(traffic().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void liesThatAFilterDroppedArePoisoning() {
        poisoned(() -> scene.lie(VM2, VM1, SOURCE).drop(VM2, "arp-inspection", 2));

        assertThat(traffic().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void liesThatIsolationKeptFromTheVictimsArePoisoning() {
        poisoned(() -> scene.lie(VM2, VM1, SOURCE)
                .drop(VM1, "port-isolation", 1)
                .drop(SOURCE, "port-isolation", 1));

        assertThat(traffic().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void liesThatWereLostAreNoPoisoning() {
        poisoned(() -> scene.lie(VM2, VM1, SOURCE));

        inconclusive(NOT_POISONED);
    }

    @Test
    void fewerDropsThanLiesAreNoPoisoning() {
        poisoned(() ->
                scene.lie(VM2, VM1, SOURCE).lie(VM2, VM1, SOURCE).drop(VM2, "arp-inspection", 1));

        inconclusive(NOT_POISONED);
    }

    @Test
    void oneDropDoesNotAccountForLiesToBoth() {
        poisoned(() -> scene.lie(VM2, VM1, SOURCE).drop(VM2, "arp-inspection", 1));

        inconclusive(NOT_POISONED);
    }

    @Test
    void liesThatArriveOnlyAfterTheExchangeAreNoPoisoning() {
        poisoned(() -> scene.lie(VM2, VM1, SOURCE));
        scene.receive(VM1, Scene.falseReply(VM2, SOURCE, VM1))
                .receive(SOURCE, Scene.falseReply(VM2, VM1, SOURCE));

        inconclusive(NOT_POISONED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"port-isolation", "mac-changes", "unknown-unicast", "forged-transmits"})
    void dropsThatAreNotOfTheAdversarysFramesAreNoPoisoning(String filter) {
        poisoned(() -> scene.lie(VM2, VM1, SOURCE).drop(VM2, filter, 2));

        inconclusive(NOT_POISONED);
    }

    @Test
    void poisoningOfOtherVictimsThanTheSubjectsIsNone() {
        poisoned(() ->
                scene.lie(VM2, VM1, HOST).lie(VM2, HOST, SOURCE).drop(VM2, "arp-inspection", 4));

        inconclusive(NOT_POISONED);
    }

    @Test
    void poisoningOfOnlyOneSubjectIsNone() {
        byte[] lie = Scene.falseReply(VM2, SOURCE, VM1);
        poisoned(() -> scene.send(VM2, lie).receive(VM1, lie).drop(VM2, "arp-inspection", 1));

        inconclusive(NOT_POISONED);
    }

    @Test
    void trueRepliesAreNoPoisoning() {
        poisoned(() -> scene.send(VM2, Frames.arp(2, VM2.mac(), VM2.address(), VM1))
                .send(VM2, Frames.arp(2, VM2.mac(), VM2.address(), SOURCE))
                .drop(VM2, "arp-inspection", 2));

        inconclusive(NOT_POISONED);
    }

    @Test
    void falseRequestsAreNoPoisoning() {
        poisoned(() -> scene.send(VM2, Frames.arp(1, VM2.mac(), SOURCE.address(), VM1))
                .send(VM2, Frames.arp(1, VM2.mac(), VM1.address(), SOURCE))
                .drop(VM2, "arp-inspection", 2));

        inconclusive(NOT_POISONED);
    }

    @Test
    void poisoningAfterTheExchangeIsTooLate() {
        poisoned(() -> {});
        scene.lie(VM2, VM1, SOURCE).drop(VM2, "arp-inspection", 2);

        inconclusive(NOT_POISONED);
    }

    @Test
    void poisoningThatWasNotRenewedHasWornOff() {
        poisoned(() -> scene.lie(VM2, VM1, SOURCE)
                .drop(VM2, "arp-inspection", 2)
                .pass(Duration.ofSeconds(61)));

        inconclusive(NOT_POISONED);
    }

    private void poisoned(Runnable act) {
        acted("arp-poisoning", act);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mac-spoofing", "port-stealing"})
    void spoofingActsUnderAVictimsAddress(String attack) {
        acted(attack, () -> scene.listen(VM2, true).send(VM2, STOLEN));

        assertThat(traffic().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mac-spoofing", "port-stealing"})
    void framesUnderNobodysAddressAreNoSpoofing(String attack) {
        byte[] strange = Frames.arp(1, STRANGER, VM2.address(), VM2);
        acted(attack, () -> scene.listen(VM2, true).send(VM2, strange));

        inconclusive(attack + " of vm2 was not at work when vm1 and source talked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mac-spoofing", "port-stealing"})
    void aTheftThatTheOwnerHasUndoneIsNoSpoofing(String attack) {
        acted(
                attack,
                () -> scene.listen(VM2, true).send(VM2, STOLEN).pass(Duration.ofMillis(1001)));

        inconclusive(attack + " of vm2 was not at work when vm1 and source talked");
    }

    @Test
    void portStealingThatDoesNotListenProvesNothing() {
        acted("port-stealing", () -> scene.send(VM2, STOLEN));

        inconclusive("port-stealing of vm2 was not at work when vm1 and source talked");
    }

    /** A run with one attack, which does its act and then lets the subjects talk. */
    private void acted(String attack, Runnable act) {
        controlsBefore();
        scene.meet(SOURCE, VM1).attack(attack, VM2);
        act.run();
        scene.exchange(SOURCE, VM1).exchange(SOURCE, VM2);
        scene.stop(attack, VM2).finish(RunOutcome.COMPLETED);
    }

    @Test
    void aFloodThatDoesNotFillTheTableProvesNothing() {
        flooded(1023);
        inconclusive("mac-flooding of vm2 showed the switch 1023 made-up stations before the"
                + " exchange; 1024 are needed to fill it");
    }

    @Test
    void aFloodThatFillsTheTableIsOne() {
        flooded(1024);
        assertThat(traffic().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void anAttacksOwnWordsDoNotMakeAFloodOfAFewFrames() {
        scene.record(new Event.AttackReported(
                scene.tick(), "vm2", "mac-flooding", "sent frames of 20 made-up stations"));
        flooded(20);
        inconclusive("mac-flooding of vm2 showed the switch 20 made-up stations before the"
                + " exchange; 1024 are needed to fill it");
    }

    @Test
    void aFloodThatTheSwitchHasForgottenProvesNothing() {
        floodedAndWaited(1024, Duration.ofMinutes(6));
        inconclusive("mac-flooding of vm2 showed the switch 0 made-up stations before the"
                + " exchange; 1024 are needed to fill it");
    }

    @Test
    void thePolicysAgeingTimeDecidesWhatTheSwitchHasForgotten() {
        scene.ageing = Duration.ofMinutes(7);
        floodedAndWaited(1024, Duration.ofMinutes(6));

        assertThat(traffic().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void aFloodThatDoesNotListenProvesNothing() {
        acted("mac-flooding", () -> flood(1024));

        inconclusive("mac-flooding of vm2 was not at work when vm1 and source talked");
    }

    private void flooded(int stations) {
        floodedAndWaited(stations, Duration.ZERO);
    }

    private void floodedAndWaited(int stations, Duration time) {
        acted("mac-flooding", () -> {
            scene.listen(VM2, true);
            flood(stations);
            scene.pass(time);
        });
    }

    private void flood(int stations) {
        for (int i = 0; i < stations; i++) {
            MacAddress station = new MacAddress(0x0600_0000_0000L + i);
            scene.send(VM2, Frames.arp(1, station, VM2.address(), VM1));
            scene.send(VM2, Frames.arp(1, VM1.mac(), VM2.address(), VM1));
        }
    }

    @Test
    void evidenceIsCappedButCounted() {
        scene.meet(SOURCE, VM1);
        for (int i = 0; i < 130; i++) {
            byte[] packet = scene.packet(SOURCE, VM1, "leak");
            scene.send(SOURCE, packet).receive(VM2, packet);
        }

        assertThat(traffic().reason()).startsWith("vm2 received 130 frames");
        assertThat(traffic().evidence().getFirst().frames())
                .hasSize(Judgement.MAXIMUM_FRAMES)
                .isSorted();
    }

    private void wholeRun() {
        runWith(CAPTURE);
    }

    private void runWith(String attack) {
        controlsBefore();
        scene.meet(SOURCE, VM1)
                .attack(attack, VM2)
                .listen(VM2, true)
                .exchange(SOURCE, VM1)
                .exchange(VM1, SOURCE)
                .exchange(SOURCE, VM2)
                .stop(attack, VM2)
                .finish(RunOutcome.COMPLETED);
    }

    private void controlsBefore() {
        scene.meet(VM2, SOURCE).exchange(SOURCE, VM2);
    }

    private void upToExchange() {
        controlsBefore();
        scene.meet(SOURCE, VM1);
        listening();
    }

    private void listening() {
        scene.attack(CAPTURE, VM2).listen(VM2, true);
    }

    private void afterExchange() {
        scene.exchange(SOURCE, VM2);
        afterAll();
    }

    private void afterAll() {
        scene.stop(CAPTURE, VM2).finish(RunOutcome.COMPLETED);
    }

    private Judgement traffic() {
        return scene.judge("traffic-confidentiality", "vm2");
    }

    private void inconclusive(String reason) {
        Judgement judgement = traffic();
        assertThat(judgement.reason()).contains(reason);
        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.evidence()).isEmpty();
    }
}
