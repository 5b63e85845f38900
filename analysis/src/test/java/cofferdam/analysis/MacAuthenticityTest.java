package cofferdam.analysis;

import static cofferdam.analysis.Scene.SOURCE;
import static cofferdam.analysis.Scene.STRANGER;
import static cofferdam.analysis.Scene.VM1;
import static cofferdam.analysis.Scene.VM2;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.evidence.Frames;
import cofferdam.monitor.evidence.Direction;
import cofferdam.monitor.evidence.RunOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacAuthenticityTest {

    private static final byte[] FORGED = Frames.arp(1, VM1.mac(), VM2.address(), SOURCE);

    private final Scene scene = Scene.started();

    @Test
    void forgedFramesThatAreDroppedAreUpheld() {
        attacked(FORGED);
        dropped();

        assertThat(judged().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void forgedFramesThatVanishWithoutADropAreInconclusive() {
        attacked(FORGED);

        inconclusive("1 frames of vm2 under other addresses were received nowhere,"
                + " and filters dropped 0");
    }

    @Test
    void everyForgedFrameMustHaveBeenDropped() {
        scene.exchange(SOURCE, VM2).send(VM2, FORGED);
        attacked(FORGED);
        dropped();

        inconclusive("2 frames of vm2 under other addresses were received nowhere,"
                + " and filters dropped 1");
    }

    @Test
    void dropsAtAnotherPortDoNotExplainWhereForgedFramesWent() {
        attacked(FORGED);
        scene.drop(VM1, "forged-transmits", 1);

        inconclusive("and filters dropped 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"port-isolation", "mac-changes", "unknown-unicast"})
    void filtersThatDoNotLookAtTheSenderDoNotProtectIt(String filter) {
        attacked(FORGED);
        scene.drop(VM2, filter, 1);

        inconclusive("and filters dropped 0");
    }

    @Test
    void whatArpInspectionDropsIsNotADatagram() {
        attacked(Frames.forwarded(
                Frames.udp(VM2, SOURCE, 77, "forged"), SOURCE.mac(), VM1.mac()));
        scene.drop(VM2, "arp-inspection", 1);

        inconclusive("and filters dropped 0");
    }

    @Test
    void aForgedFrameThatArrivesIsViolated() {
        attacked(FORGED);
        scene.receive(SOURCE, FORGED);

        Judgement judgement = judged();

        assertThat(judgement.verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(judgement.evidence().getFirst().file()).isEqualTo("captures/source.pcapng");
        assertThat(judgement.frames().getFirst().comments().values())
                .containsExactly("cofferdam: vm2 as vm1 seen by source");
    }

    @Test
    void paddingDoesNotHideAForgedFrame() {
        attacked(FORGED);
        scene.receive(SOURCE, Frames.padded(FORGED, 60));

        assertThat(judged().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void aForgedFrameOnTheUplinkHasGotPastThePort() {
        for (Direction direction : Direction.values()) {
            Scene each = Scene.started().attack("mac-spoofing", VM2).send(VM2, FORGED);
            each.frame("uplink", direction, FORGED);

            assertThat(each.judge("mac-authenticity", "").verdict()).isEqualTo(Verdict.VIOLATED);
        }
    }

    @Test
    void whatLeavesByTheHostsSharedInterfaceIsNotTheHostsOwn() {
        attacked(FORGED);
        scene.shared(Direction.OUTBOUND, FORGED).receive(SOURCE, FORGED);

        assertThat(judged().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void aFrameUnderNobodysAddressThatArrivesIsViolated() {
        byte[] made = Frames.arp(1, STRANGER, VM2.address(), SOURCE);
        scene.attack("mac-flooding", VM2).send(VM2, made).receive(VM1, made);

        assertThat(judged().verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(judged().frames().getFirst().comments().values())
                .containsExactly("cofferdam: vm2 as another station seen by vm1");
    }

    @Test
    void whatTheTrueOwnerSentIsNoForgery() {
        attacked(FORGED);
        dropped();
        scene.send(VM1, FORGED).receive(SOURCE, FORGED);
        assertThat(judged().verdict()).isEqualTo(Verdict.UPHELD);

        scene.receive(SOURCE, FORGED);
        assertThat(judged().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void whatArrivedBeforeItWasForgedIsNoForgery() {
        scene.receive(SOURCE, FORGED);
        attacked(FORGED);
        dropped();

        assertThat(judged().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void anAdversaryThatForgedNothingIsInconclusive() {
        attacked(Frames.arp(1, STRANGER, VM2.address(), SOURCE));

        inconclusive("vm2 sent no frame under an address of vm1 and source");
    }

    /** A filter of protocol addresses is not one of hardware addresses. */
    @Test
    void framesThatLieAboutTheirProtocolAddressTooProveNothing() {
        attacked(Frames.udp(VM1, SOURCE, 77, "forged"));
        scene.drop(VM2, "ip-source-guard", 1);
        inconclusive("no frame under an address of vm1 and source that is honest otherwise");

        Scene other = Scene.started();
        byte[] plain = Frames.forwarded(
                Frames.udp(VM2, SOURCE, 78, "own"), SOURCE.mac(), VM1.mac());
        other.exchange(SOURCE, VM2).attack("mac-spoofing", VM2).send(VM2, plain);
        other.stop("mac-spoofing", VM2).exchange(SOURCE, VM2).finish(RunOutcome.COMPLETED);
        other.drop(VM2, "ip-source-guard", 1);
        assertThat(other.judge("mac-authenticity", "").reason())
                .contains("1 frames of vm2 under other addresses", "filters dropped 0");
    }

    @Test
    void anAdversaryWhoseHonestFramesDoNotArriveIsInconclusive() {
        scene.deaf.add(SOURCE);
        attacked(FORGED);
        dropped();

        inconclusive("no honest frame of vm2 is seen to arrive before its forged ones");
    }

    @Test
    void anAdversaryThatWentDeadIsInconclusive() {
        scene.exchange(SOURCE, VM2).attack("mac-spoofing", VM2).send(VM2, FORGED);
        scene.stop("mac-spoofing", VM2).finish(RunOutcome.COMPLETED);
        dropped();

        inconclusive("no honest frame of vm2 is seen to arrive after its forged ones");
    }

    @Test
    void aMissingCaptureElsewhereIsInconclusive() {
        attacked(FORGED);
        scene.replace("captures/vm1.pcapng", null);

        inconclusive("there is no capture of 'vm1'");
    }

    @Test
    void aRunWithoutAttackOrEndIsInconclusive() {
        scene.exchange(SOURCE, VM2);
        inconclusive("no attack was started");

        scene.attack("mac-spoofing", VM2).send(VM2, FORGED).stop("mac-spoofing", VM2);
        inconclusive("the run says 0 times that it finished, not once");
    }

    private void attacked(byte[] act) {
        scene.exchange(SOURCE, VM2)
                .attack("mac-spoofing", VM2)
                .send(VM2, act)
                .stop("mac-spoofing", VM2)
                .exchange(SOURCE, VM2)
                .finish(RunOutcome.COMPLETED);
    }

    private void dropped() {
        scene.drop(VM2, "forged-transmits", 1);
    }

    private Judgement judged() {
        return scene.judge("mac-authenticity", "");
    }

    private void inconclusive(String reason) {
        assertThat(judged().reason()).contains(reason);
        assertThat(judged().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }
}
