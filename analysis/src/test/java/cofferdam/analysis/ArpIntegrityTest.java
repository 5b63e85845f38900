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

class ArpIntegrityTest {

    private static final byte[] FALSE_REPLY = Scene.falseReply(VM2, SOURCE, VM1);

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
        assertThat(judgement.frames().getFirst().comments())
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

        inconclusive("1 false entries are recorded, but no message that made them is captured");
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
        scene.meet(SOURCE, VM1);
        attacked("arp-poisoning", () -> {});

        inconclusive("arp-poisoning of vm2 was not at work when vm1 and source talked");
    }

    @Test
    void liesThatWereLostAreInconclusive() {
        scene.meet(SOURCE, VM1);
        attacked("arp-poisoning", () -> scene.lie(VM2, VM1, SOURCE));

        inconclusive("arp-poisoning of vm2 was not at work when vm1 and source talked");
    }

    @Test
    void poisoningOfOtherVictimsThanTheSubjectsIsInconclusive() {
        scene.meet(SOURCE, VM1);
        attacked("arp-poisoning", () -> scene.lie(VM2, VM1, HOST).drop(VM2, "arp-inspection", 2));

        inconclusive("arp-poisoning of vm2 was not at work when vm1 and source talked");
    }

    @Test
    void liesToldWithTheCableCutAreInconclusive() {
        scene.meet(SOURCE, VM1).exchange(SOURCE, VM2).cable(VM2, false);
        attacked("arp-poisoning", () -> scene.lie(VM2, VM1, SOURCE).cable(VM2, true));

        inconclusive("the cable of vm2 was cut or changed during arp-poisoning");
    }

    @Test
    void aLieThatOthersAloneReceivedIsInconclusive() {
        byte[] lie = Scene.falseReply(VM2, VM1, SOURCE);
        scene.meet(SOURCE, VM1);
        attacked(
                "arp-spoofing",
                () -> scene.cable(SOURCE, false)
                        .send(VM2, lie)
                        .frame("uplink", Direction.INBOUND, lie)
                        .cable(SOURCE, true));
        inconclusive("arp-spoofing of vm2 was not at work when vm1 and source talked");

        scene.drop(SOURCE, "port-isolation", 1);
        assertThat(judged().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void aRunWithoutAnArpAttackIsInconclusive() {
        scene.meet(SOURCE, VM1);
        attacked("promiscuous-capture", () -> scene.listen(VM2, true));

        inconclusive("nobody attacked by arp-poisoning or arp-spoofing");
    }

    @Test
    void aRunWithoutAnyAttackIsInconclusive() {
        scene.meet(SOURCE, VM1).exchange(SOURCE, VM1).finish(RunOutcome.COMPLETED);

        inconclusive("no attack was started");
    }

    @Test
    void truthThatSurvivesLiesThatArriveIsUpheld() {
        scene.meet(SOURCE, VM1);
        attacked(
                "arp-poisoning",
                () -> scene.lie(VM2, VM1, SOURCE)
                        .receive(VM1, FALSE_REPLY)
                        .receive(SOURCE, Scene.falseReply(VM2, VM1, SOURCE)));

        assertThat(judged().verdict()).isEqualTo(Verdict.UPHELD);
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
        attacked("arp-poisoning", () -> scene.lie(VM2, VM1, SOURCE).drop(VM2, "arp-inspection", 2));
    }

    /** An attack by one that receives before and after, which acts and lets the subjects talk. */
    private void attacked(String attack, Runnable act) {
        scene.exchange(SOURCE, VM2).attack(attack, VM2);
        act.run();
        scene.exchange(SOURCE, VM1).exchange(SOURCE, VM2);
        scene.stop(attack, VM2).finish(RunOutcome.COMPLETED);
    }

    private Judgement judged() {
        return scene.judge("arp-integrity", "");
    }

    private void inconclusive(String reason) {
        assertThat(judged().reason()).contains(reason);
        assertThat(judged().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }
}
