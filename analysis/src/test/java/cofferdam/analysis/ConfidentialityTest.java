package cofferdam.analysis;

import static cofferdam.analysis.Scene.HOST;
import static cofferdam.analysis.Scene.SOURCE;
import static cofferdam.analysis.Scene.VM1;
import static cofferdam.analysis.Scene.VM2;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.evidence.Frames;
import cofferdam.monitor.evidence.Direction;
import cofferdam.monitor.evidence.RunOutcome;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** What is a leak and what is not. */
class ConfidentialityTest {

    private final Scene scene = Scene.started();
    private final Watched watched = new Watched(scene);

    @Test
    void aSwitchThatKeepsTheExchangeApartIsUpheld() {
        watched.wholeRun();

        assertThat(watched.traffic().verdict()).isEqualTo(Verdict.UPHELD);
        assertThat(watched.traffic().evidence()).isEmpty();
    }

    @Test
    void aHubIsViolatedWithEveryFrameCounted() {
        scene.watchers.add(VM2);
        watched.wholeRun();

        Judgement judgement = watched.traffic();

        assertThat(judgement.verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(judgement.reason())
                .isEqualTo("vm2 received 8 frames of what vm1 and source said to each other");
        assertThat(judgement.evidence()).hasSize(1);
        assertThat(judgement.evidence().getFirst().file()).isEqualTo("captures/vm2.pcapng");
        assertThat(judgement.frames().getFirst().frames()).hasSize(8);
        assertThat(judgement.frames().getFirst().comments())
                .containsValue("cofferdam: source -> vm1 seen by vm2")
                .containsValue("cofferdam: vm1 -> source seen by vm2");
    }

    @Test
    void aSinglePacketInOneDirectionIsALeak() {
        watched.upToExchange();
        scene.exchange(SOURCE, VM1);
        scene.receive(VM2, scene.exchanged.getLast());
        watched.afterExchange();

        assertThat(watched.traffic().verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(watched.traffic().frames().getFirst().comments().values())
                .containsExactly("cofferdam: vm1 -> source seen by vm2");
    }

    @Test
    void aLeakIsFoundWithoutAnyControl() {
        scene.meet(SOURCE, VM1);
        byte[] packet = scene.packet(SOURCE, VM1, "secret");
        scene.send(SOURCE, packet).receive(VM2, packet);

        assertThat(watched.traffic().verdict()).isEqualTo(Verdict.VIOLATED);
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

        assertThat(watched.traffic().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void aFloodBeforeTheReceiverWasHeardIsExpected() {
        watched.controlsBefore();
        watched.listening();
        byte[] packet = scene.packet(SOURCE, VM1, "first");
        scene.send(SOURCE, packet).receive(VM1, packet).receive(VM2, packet);
        scene.exchange(SOURCE, VM1);
        watched.afterExchange();

        assertThat(watched.traffic().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void aFloodThatWasInFlightWhenTheReceiverSpokeIsExpected() {
        watched.controlsBefore();
        watched.listening();
        byte[] packet = scene.packet(SOURCE, VM1, "first");
        scene.send(SOURCE, packet);
        scene.send(VM1, Frames.arp(1, VM1.mac(), VM1.address(), SOURCE));
        scene.receive(VM2, packet);
        scene.exchange(SOURCE, VM1);
        watched.afterExchange();

        assertThat(watched.traffic().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void aFloodAfterTheReceiverWasHeardIsALeak() {
        watched.controlsBefore();
        watched.listening();
        scene.send(VM1, Frames.arp(1, VM1.mac(), VM1.address(), SOURCE));
        byte[] packet = scene.packet(SOURCE, VM1, "second");
        scene.send(SOURCE, packet).receive(VM2, packet);
        scene.exchange(SOURCE, VM1);
        watched.afterExchange();

        assertThat(watched.traffic().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void aReceiverHeardOnlyThroughSomeoneElsesForgeryIsNotHeard() {
        watched.controlsBefore();
        watched.listening();
        scene.send(VM2, Frames.arp(1, VM1.mac(), VM1.address(), SOURCE));
        byte[] packet = scene.packet(SOURCE, VM1, "first");
        scene.send(SOURCE, packet).receive(VM2, packet);
        scene.exchange(SOURCE, VM1);
        watched.afterExchange();

        assertThat(watched.traffic().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void aReceiverThatSpokeOnlyWithItsCableCutIsNotHeard() {
        watched.controlsBefore();
        watched.listening();
        scene.cable(VM1, false)
                .send(VM1, Frames.arp(1, VM1.mac(), VM1.address(), SOURCE))
                .cable(VM1, true);
        byte[] packet = scene.packet(SOURCE, VM1, "first");
        scene.send(SOURCE, packet).receive(VM1, packet).receive(VM2, packet);
        scene.exchange(SOURCE, VM1);
        watched.afterExchange();

        assertThat(watched.traffic().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void aSwitchMayForgetAPortWhoseLinkWentDown() {
        assertThat(afterLinkDown(false).verdict()).isNotEqualTo(Verdict.VIOLATED);
        assertThat(afterLinkDown(true).verdict()).isEqualTo(Verdict.VIOLATED);
    }

    /** @param spoken whether the receiver has made itself known again since */
    private static Judgement afterLinkDown(boolean spoken) {
        Scene scene = Scene.started().meet(SOURCE, VM1).cable(VM1, false).cable(VM1, true);
        if (spoken) {
            scene.send(VM1, Frames.arp(1, VM1.mac(), VM1.address(), SOURCE));
        }
        byte[] packet = scene.packet(SOURCE, VM1, "after the link was down");
        scene.send(SOURCE, packet).receive(VM2, packet);
        return scene.judge("traffic-confidentiality", "vm2");
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
        watched.upToExchange();
        scene.exchange(SOURCE, VM1);
        scene.send(VM2, scene.exchanged.getFirst());
        byte[] relayed = Frames.forwarded(scene.exchanged.getFirst(), VM1.mac(), VM2.mac());
        scene.send(VM2, relayed).receive(VM2, relayed);
        watched.afterExchange();

        assertThat(watched.traffic().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void aFrameUnderTheObserversAddressThatItDidNotSendIsALeak() {
        watched.upToExchange();
        scene.exchange(SOURCE, VM1);
        scene.receive(VM2, Frames.forwarded(scene.exchanged.getFirst(), VM1.mac(), VM2.mac()));
        watched.afterExchange();

        assertThat(watched.traffic().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void packetsThatNobodySentAreNotUpheld() {
        watched.upToExchange();
        scene.exchange(SOURCE, VM1);
        scene.receive(VM2, scene.packet(SOURCE, VM1, "from nowhere"));
        watched.afterExchange();

        watched.inconclusive(
                "vm2 received 1 packets of vm1 and source that their captures do not have");
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
    void evidenceIsCappedButCounted() {
        scene.meet(SOURCE, VM1);
        for (int i = 0; i < 130; i++) {
            byte[] packet = scene.packet(SOURCE, VM1, "leak");
            scene.send(SOURCE, packet).receive(VM2, packet);
        }

        assertThat(watched.traffic().reason()).startsWith("vm2 received 130 frames");
        assertThat(watched.traffic().frames().getFirst().frames())
                .hasSize(Judgement.MAXIMUM_FRAMES)
                .isSorted();
    }
}
