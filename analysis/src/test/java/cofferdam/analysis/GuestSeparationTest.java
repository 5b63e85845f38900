package cofferdam.analysis;

import static cofferdam.analysis.Scene.SOURCE;
import static cofferdam.analysis.Scene.VM1;
import static cofferdam.analysis.Scene.VM2;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.evidence.Frames;
import cofferdam.analysis.evidence.Machine;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Direction;
import cofferdam.monitor.evidence.RunOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class GuestSeparationTest {

    private static final String ATTACK = "guest-contact";
    private static final Machine EVERYBODY =
            new Machine("everybody", SOURCE.address(), MacAddress.BROADCAST);
    private static final byte[] AIMED = Frames.udp(VM2, VM1, 501, "aimed");
    private static final byte[] SCATTERED = Frames.udp(VM2, EVERYBODY, 502, "scattered");

    private final Scene scene = Scene.started();

    @Test
    void contactThatIsDroppedAtTheSubjectsPortIsUpheld() {
        tried(AIMED, SCATTERED);
        scene.drop(VM1, "port-isolation", 2);

        assertThat(judged().verdict()).isEqualTo(Verdict.UPHELD);
        assertThat(judged().reason()).isEqualTo("no frame passed between vm2 and vm1");
    }

    @Test
    void whatArrivesElsewhereNeedsNoDrop() {
        scene.receive(SOURCE, SCATTERED);
        tried(AIMED, SCATTERED);
        scene.drop(VM1, "port-isolation", 1);

        assertThat(judged().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void contactThatVanishesIsInconclusive() {
        tried(AIMED, SCATTERED);
        scene.drop(VM1, "port-isolation", 1);

        inconclusive("2 frames of vm2 were received nowhere, and filters dropped 1");
    }

    @ParameterizedTest
    @CsvSource({"vm2, port-isolation", "vm1, rate-limit", "vm2, rate-limit", "vm2, arp-inspection"})
    void dropsOfOthersExplainNothing(String at, String filter) {
        tried(AIMED, SCATTERED);
        scene.drop(at.equals("vm1") ? VM1 : VM2, filter, 9);

        inconclusive("filters dropped 0");
    }

    @Test
    void oneFrameThatArrivesIsViolated() {
        tried(AIMED, SCATTERED);
        scene.drop(VM1, "port-isolation", 2).receive(VM1, SCATTERED);

        assertThat(judged().verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(judged().frames().getFirst().comments().values())
                .containsExactly("cofferdam: vm2 reaches vm1");
    }

    @Test
    void whatComesByWayOfTheRouterIsViolated() {
        byte[] reflected = Frames.forwarded(AIMED, SOURCE.mac(), VM2.mac());
        tried(AIMED, SCATTERED);
        scene.send(VM2, reflected)
                .receive(SOURCE, reflected)
                .receive(VM1, Frames.forwarded(reflected, VM1.mac(), SOURCE.mac()));

        assertThat(judged().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void theOtherDirectionCountsToo() {
        byte[] asking = Frames.arp(1, VM1.mac(), VM1.address(), EVERYBODY);
        tried(AIMED, SCATTERED);
        scene.drop(VM1, "port-isolation", 2).send(VM1, asking).receive(VM2, asking);

        assertThat(judged().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void bothKindsOfFramesMustHaveBeenTried() {
        tried(AIMED, Frames.udp(VM2, VM1, 503, "aimed again"));
        scene.drop(VM1, "port-isolation", 2);
        inconclusive("guest-contact of vm2 was not at work when vm1 and source talked");

        Scene other = Scene.started();
        tried(other, SCATTERED, SCATTERED);
        other.drop(VM1, "port-isolation", 2);
        assertThat(judged(other).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aSubjectThatReceivesNothingAtAllIsInconclusive() {
        scene.deaf.add(VM1);
        tried(AIMED, SCATTERED);
        scene.drop(VM1, "port-isolation", 2);

        inconclusive("are not in both captures of vm1 and source in both directions");
    }

    /** Others receive all of it, as on a link that keeps nobody from anybody. */
    @Test
    void contactWhileTheSubjectWasAwayIsInconclusive() {
        scene.exchange(SOURCE, VM2).exchange(SOURCE, VM1).cable(VM1, false).attack(ATTACK, VM2);
        for (byte[] frame : List.of(AIMED, SCATTERED)) {
            scene.send(VM2, frame).frame("uplink", Direction.INBOUND, frame);
        }
        scene.cable(VM1, true)
                .exchange(VM1, SOURCE)
                .exchange(SOURCE, VM2)
                .stop(ATTACK, VM2)
                .finish(RunOutcome.COMPLETED);

        inconclusive("while vm1 was shown to receive");
    }

    @Test
    void aSubjectThatIsNotShownBeforeOrAfterTheContactIsInconclusive() {
        Scene late = Scene.started().exchange(SOURCE, VM2).attack(ATTACK, VM2);
        late.send(VM2, AIMED).send(VM2, SCATTERED).exchange(VM1, SOURCE);
        Scene early = Scene.started().exchange(SOURCE, VM2).attack(ATTACK, VM2);
        early.exchange(VM1, SOURCE).send(VM2, AIMED).send(VM2, SCATTERED);
        for (Scene each : List.of(late, early)) {
            each.exchange(SOURCE, VM2).stop(ATTACK, VM2).drop(VM1, "port-isolation", 2);
            each.finish(RunOutcome.COMPLETED);

            assertThat(judged(each).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        }
    }

    @Test
    void anObserverThatIsNotThereIsInconclusive() {
        scene.deaf.add(VM2);
        tried(AIMED, SCATTERED);
        scene.drop(VM1, "port-isolation", 2);

        inconclusive("vm2 was not shown to receive before the exchange of vm1 and source");
    }

    @Test
    void aMissingCaptureIsInconclusive() {
        tried(AIMED, SCATTERED);
        scene.drop(VM1, "port-isolation", 2).replace("captures/vm1.pcapng", null);

        inconclusive("there is no capture of 'vm1'");
    }

    @Test
    void aRunThatDidNotEndIsInconclusive() {
        scene.exchange(SOURCE, VM2).attack(ATTACK, VM2).exchange(VM1, SOURCE);

        inconclusive("the run says 0 times that it finished, not once");
    }

    @Test
    void aSubjectThatTalkedWithNobodyIsInconclusive() {
        scene.exchange(SOURCE, VM2).attack(ATTACK, VM2).stop(ATTACK, VM2);
        scene.finish(RunOutcome.COMPLETED);

        inconclusive("vm1 talked with nobody but vm2");
    }

    private void tried(byte[] first, byte[] second) {
        tried(scene, first, second);
    }

    private static void tried(Scene scene, byte[] first, byte[] second) {
        scene.exchange(SOURCE, VM2)
                .exchange(SOURCE, VM1)
                .attack(ATTACK, VM2)
                .send(VM2, first)
                .send(VM2, second)
                .exchange(VM1, SOURCE)
                .exchange(SOURCE, VM2)
                .stop(ATTACK, VM2)
                .finish(RunOutcome.COMPLETED);
    }

    private Judgement judged() {
        return judged(scene);
    }

    private static Judgement judged(Scene scene) {
        return scene.judge("guest-separation", List.of("vm1"), "vm2");
    }

    private void inconclusive(String reason) {
        assertThat(judged().reason()).contains(reason);
        assertThat(judged().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }
}
