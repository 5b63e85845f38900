package cofferdam.analysis;

import static cofferdam.analysis.Scene.HOST;
import static cofferdam.analysis.Scene.SOURCE;
import static cofferdam.analysis.Scene.VM1;
import static cofferdam.analysis.Scene.VM2;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.evidence.Frames;
import cofferdam.analysis.evidence.Machine;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Direction;
import cofferdam.monitor.evidence.RunOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAuthenticityTest {

    /** Another's protocol address at one's own hardware address. */
    private static final Machine POSING = new Machine("vm2", VM1.address(), VM2.mac());

    private static final Machine NAMELESS = new Machine("vm2", Ipv4Address.ANY, VM2.mac());

    private static final byte[] FORGED = Frames.udp(POSING, SOURCE, 77, "forged");

    private final Scene scene = Scene.started();

    @Test
    void forgedPacketsThatAreDroppedAreUpheld() {
        attacked(FORGED);
        scene.drop(VM2, "ip-source-guard", 1);

        assertThat(judged().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void forgedPacketsThatVanishWithoutADropAreInconclusive() {
        attacked(FORGED);

        inconclusive("1 frames of vm2 under other addresses were received nowhere,"
                + " and filters dropped 0");
    }

    @Test
    void everyForgedPacketMustHaveBeenDropped() {
        scene.exchange(SOURCE, VM2).send(VM2, Frames.udp(POSING, SOURCE, 78, "another"));
        attacked(FORGED);
        scene.drop(VM2, "ip-source-guard", 1);

        inconclusive("2 frames of vm2 under other addresses were received nowhere,"
                + " and filters dropped 1");
    }

    @ParameterizedTest
    @CsvSource({
        "vm1, ip-source-guard",
        "vm2, forged-transmits",
        "vm2, arp-inspection",
        "vm2, port-isolation",
        "vm2, tagged",
        "vm2, rate-limit"
    })
    void dropsOfFiltersThatCannotHaveSeenItExplainNothing(String at, String filter) {
        attacked(FORGED);
        scene.drop(at.equals("vm1") ? VM1 : VM2, filter, 9);

        inconclusive("and filters dropped 0");
    }

    @Test
    void aForgedPacketThatArrivesIsViolatedEvenInAnotherFrame() {
        attacked(FORGED);
        scene.drop(VM2, "ip-source-guard", 1);
        scene.receive(SOURCE, Frames.forwarded(FORGED, SOURCE.mac(), VM1.mac()));

        Judgement judgement = judged();

        assertThat(judgement.verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(judgement.frames().getFirst().comments().values())
                .containsExactly("cofferdam: vm2 as vm1 seen by source");
    }

    @Test
    void aTagThatIsTakenAwayOnTheWayHidesNothing() {
        attacked(Frames.tagged(FORGED, 0));
        scene.drop(VM2, "tagged", 1).receive(SOURCE, FORGED);

        assertThat(judged().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void behindTagsItIsNoLessForged(int tags) {
        byte[] frame = FORGED;
        for (int tag = 0; tag < tags; tag++) {
            frame = Frames.tagged(frame, 5 * tag);
        }
        attacked(frame);
        inconclusive("and filters dropped 0");

        scene.drop(VM2, "tagged", 1);
        assertThat(judged().verdict()).isEqualTo(Verdict.UPHELD);

        scene.receive(SOURCE, frame);
        assertThat(judged().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void aPacketFromNobodyIsForged() {
        byte[] frame = Frames.udp(NAMELESS, SOURCE, 77, "covert");
        attacked(frame);
        scene.receive(SOURCE, frame);

        assertThat(judged().verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(judged().frames().getFirst().comments().values())
                .containsExactly("cofferdam: vm2 as 0.0.0.0 seen by source");
    }

    @Test
    void theQuestionOfADhcpClientIsHonest() {
        byte[] frame = Frames.dhcp(NAMELESS, VM2, false, "350101ff");
        attacked(FORGED);
        scene.drop(VM2, "ip-source-guard", 1).send(VM2, frame).receive(SOURCE, frame);

        assertThat(judged().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void theAnswerOfAServerIsNotTheQuestionOfAClient() {
        byte[] frame = Frames.dhcp(NAMELESS, VM1, true, "350102ff");
        attacked(frame);
        scene.receive(SOURCE, frame);

        assertThat(judged().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void whatOnlyHasTheClientsPortsIsNoQuestion() {
        byte[] frame = Frames.udp(NAMELESS, SOURCE, 77, "covert");
        Frames.ports(frame, 68, 67);
        attacked(frame);
        scene.receive(SOURCE, frame);

        assertThat(judged().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void anotherMachinesIpv6AddressIsForged() {
        long prefix = 0x2001_0db8_0000_0001L;
        Machine posing = new Machine("vm2", VM2.address(), VM1.mac());
        byte[] frame = Frames.udp6(posing, SOURCE, prefix, "forged");
        VM2.mac().write(frame, MacAddress.BYTES);
        attacked(frame);
        scene.drop(VM2, "ip-source-guard", 1);
        assertThat(judged().verdict()).isEqualTo(Verdict.UPHELD);

        scene.receive(SOURCE, frame);
        assertThat(judged().verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(judged().frames().getFirst().comments().values())
                .containsExactly("cofferdam: vm2 as vm1 seen by source");
    }

    @Test
    void onesOwnIpv6AddressesAreHonest() {
        byte[] frame = Frames.udp6(VM2, SOURCE, 0x2001_0db8_0000_0001L, "honest");
        attacked(FORGED);
        scene.drop(VM2, "ip-source-guard", 1).send(VM2, frame).receive(SOURCE, frame);

        assertThat(judged().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void aForgedPacketOnTheUplinkHasGotPastThePort() {
        for (Direction direction : Direction.values()) {
            Scene each = Scene.started().attack("ip-spoofing", VM2).send(VM2, FORGED);
            each.frame("uplink", direction, FORGED);

            assertThat(each.judge("ip-authenticity", "").verdict()).isEqualTo(Verdict.VIOLATED);
        }
    }

    @Test
    void whatTheTrueOwnerSentIsNoForgery() {
        attacked(FORGED);
        byte[] honest = Frames.udp(VM1, SOURCE, 77, "forged");
        scene.drop(VM2, "ip-source-guard", 1).send(VM1, honest).receive(SOURCE, honest);
        assertThat(judged().verdict()).isEqualTo(Verdict.UPHELD);

        scene.receive(SOURCE, FORGED);
        assertThat(judged().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void anAdversaryThatForgedNothingOfTheSubjectsIsInconclusive() {
        attacked(Frames.udp(VM2, SOURCE, 77, "honest"));
        inconclusive("vm2 sent no packet under an address of vm1 and source, or under none");

        Machine stranger = new Machine("vm2", Ipv4Address.parse("10.9.9.9"), VM2.mac());
        attacked(Frames.udp(stranger, SOURCE, 78, "stranger"));
        inconclusive("vm2 sent no packet under an address of vm1 and source, or under none");
    }

    @Test
    void anAdversaryWhoseHonestFramesDoNotArriveIsInconclusive() {
        scene.deaf.add(SOURCE);
        attacked(FORGED);
        scene.drop(VM2, "ip-source-guard", 1);

        inconclusive("no honest frame of vm2 is seen to arrive before its forged ones");
    }

    @Test
    void anAdversaryThatWentDeadIsInconclusive() {
        scene.exchange(SOURCE, VM2).attack("ip-spoofing", VM2).send(VM2, FORGED);
        scene.stop("ip-spoofing", VM2).finish(RunOutcome.COMPLETED);
        scene.drop(VM2, "ip-source-guard", 1);

        inconclusive("no honest frame of vm2 is seen to arrive after its forged ones");
    }

    @Test
    void forgedPacketsThatWentIntoACutCableAreInconclusive() {
        scene.exchange(SOURCE, VM2).attack("ip-spoofing", VM2);
        scene.cable(VM2, false).send(VM2, FORGED).cable(VM2, true);
        scene.stop("ip-spoofing", VM2).exchange(SOURCE, VM2).finish(RunOutcome.COMPLETED);
        scene.drop(VM2, "ip-source-guard", 1);

        inconclusive("vm2 sent no packet under an address of vm1 and source, or under none");
    }

    /** Such as a filter of IPv6 alone drops under the same key. */
    @Test
    void dropsOfOtherPacketsOfTheAdversaryExplainNothing() {
        scene.send(VM2, Frames.udp(VM2, HOST, 80, "honest, and lost"));
        attacked(FORGED);
        scene.drop(VM2, "ip-source-guard", 1);
        inconclusive("and filters dropped 0");

        scene.drop(VM2, "ip-source-guard", 1);
        assertThat(judged().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void aMissingCaptureElsewhereIsInconclusive() {
        attacked(FORGED);
        scene.drop(VM2, "ip-source-guard", 1).replace("captures/vm1.pcapng", null);

        inconclusive("there is no capture of 'vm1'");
    }

    @Test
    void aRunWithoutAttackOrEndIsInconclusive() {
        scene.exchange(SOURCE, VM2);
        inconclusive("no attack was started");

        scene.attack("ip-spoofing", VM2).send(VM2, FORGED).stop("ip-spoofing", VM2);
        inconclusive("the run says 0 times that it finished, not once");
    }

    private void attacked(byte[] act) {
        scene.exchange(SOURCE, VM2)
                .attack("ip-spoofing", VM2)
                .send(VM2, act)
                .stop("ip-spoofing", VM2)
                .exchange(SOURCE, VM2);
        if (!finished) {
            finished = true;
            scene.finish(RunOutcome.COMPLETED);
        }
    }

    private boolean finished;

    private Judgement judged() {
        return scene.judge("ip-authenticity", "");
    }

    private void inconclusive(String reason) {
        assertThat(judged().reason()).contains(reason);
        assertThat(judged().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }
}
