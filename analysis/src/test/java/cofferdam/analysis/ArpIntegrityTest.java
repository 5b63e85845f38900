package cofferdam.analysis;

import static cofferdam.analysis.Scene.SOURCE;
import static cofferdam.analysis.Scene.VM1;
import static cofferdam.analysis.Scene.VM2;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.evidence.Frames;
import cofferdam.monitor.evidence.RunOutcome;

import org.junit.jupiter.api.Test;

class ArpIntegrityTest {

    private static final byte[] FALSE_REPLY = Frames.arp(2, VM2.mac(), SOURCE.address(), VM1);

    private final Scene scene = Scene.started();

    @Test
    void aCacheThatStaysTrueIsUpheld() {
        scene.meet(SOURCE, VM1);
        attacked();

        assertThat(judged().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void aFalseEntryIsViolatedAndItsCauseIsShown() {
        scene.meet(SOURCE, VM1).attack("arp-poisoning", VM2).send(VM2, FALSE_REPLY);
        scene.receive(VM1, FALSE_REPLY).learn(VM1, SOURCE, VM2.mac());

        Judgement judgement = judged();

        assertThat(judgement.verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(judgement.evidence().getFirst().file()).isEqualTo("captures/vm1.pcapng");
        assertThat(judgement.evidence().getFirst().comments())
                .containsExactly(java.util.Map.entry(
                        3, "cofferdam: vm1 takes 02:00:00:00:00:02 for source"));
    }

    @Test
    void aFalseEntryForSomeoneElseIsNotAsked() {
        scene.meet(SOURCE, VM1).learn(VM1, VM2, SOURCE.mac()).learn(VM2, SOURCE, VM1.mac());
        attacked();

        assertThat(judged().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void aFalseEntryWithoutItsCauseIsInconclusive() {
        scene.meet(SOURCE, VM1).learn(VM1, SOURCE, VM2.mac()).receive(VM1, FALSE_REPLY);
        attacked();

        inconclusive("1 false entries are recorded, but no ARP message that made them is captured");
    }

    @Test
    void packetsThatGoAstrayWithoutAnEventAreInconclusive() {
        scene.meet(SOURCE, VM1);
        byte[] packet = scene.packet(VM1, SOURCE, "astray");
        scene.send(VM1, Frames.forwarded(packet, VM2.mac(), VM1.mac()));
        attacked();

        inconclusive("vm1 sent 1 packets for source to another hardware address");
    }

    @Test
    void subjectsThatNeverMetAreInconclusive() {
        attacked();

        inconclusive("vm1 never had the address of source");
    }

    @Test
    void oneSubjectThatNeverLearnedIsInconclusive() {
        scene.learn(VM1, SOURCE, SOURCE.mac());
        attacked();

        inconclusive("source never had the address of vm1");
    }

    @Test
    void anAttackThatDidNotActIsInconclusive() {
        scene.meet(SOURCE, VM1).attack("arp-poisoning", VM2).exchange(SOURCE, VM1);
        scene.stop("arp-poisoning", VM2).finish(RunOutcome.COMPLETED);

        inconclusive("arp-poisoning of vm2 did not act before the exchange");
    }

    @Test
    void aRunWithoutExchangeIsInconclusive() {
        scene.meet(SOURCE, VM1).attack("arp-poisoning", VM2).send(VM2, FALSE_REPLY);
        scene.stop("arp-poisoning", VM2).finish(RunOutcome.COMPLETED);

        inconclusive("no exchange between vm1 and source completed during arp-poisoning");
    }

    @Test
    void aRunThatDidNotFinishIsInconclusive() {
        scene.meet(SOURCE, VM1).attack("arp-poisoning", VM2).send(VM2, FALSE_REPLY);
        scene.exchange(SOURCE, VM1).stop("arp-poisoning", VM2);

        inconclusive("the run says 0 times that it finished, not once");
    }

    private void attacked() {
        scene.attack("arp-poisoning", VM2)
                .send(VM2, FALSE_REPLY)
                .exchange(SOURCE, VM1)
                .stop("arp-poisoning", VM2)
                .finish(RunOutcome.COMPLETED);
    }

    private Judgement judged() {
        return scene.judge("arp-integrity", "");
    }

    private void inconclusive(String reason) {
        assertThat(judged().reason()).contains(reason);
        assertThat(judged().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }
}
