package cofferdam.analysis;

import static cofferdam.analysis.Scene.HOST;
import static cofferdam.analysis.Scene.SOURCE;
import static cofferdam.analysis.Scene.VM1;
import static cofferdam.analysis.Scene.VM2;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.evidence.Frames;
import cofferdam.analysis.evidence.Machine;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Direction;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.RunOutcome;

import org.junit.jupiter.api.Test;

import java.util.List;

class NetworkSeparationTest {

    private static final String ATTACK = "vlan-hopping";
    private static final Machine EVERYBODY =
            new Machine("everybody", SOURCE.address(), MacAddress.BROADCAST);
    private static final byte[] PACKET = Frames.udp(VM2, EVERYBODY, 501, "across");
    private static final byte[] TAGGED = Frames.tagged(PACKET, 20);

    private final Scene scene = Scene.started();

    @Test
    void taggedFramesThatAreDroppedAreUpheld() {
        apart();
        hopped();
        scene.drop(VM2, "vlan", 1);

        assertThat(judged().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void taggedFramesThatStayInTheirOwnNetworkAreUpheld() {
        apart();
        hopped();
        scene.receive(HOST, TAGGED);

        assertThat(judged().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void taggedFramesThatVanishAreInconclusive() {
        apart();
        hopped();

        inconclusive("1 tagged frames of vm2 were received nowhere, and filters dropped 0");
    }

    @Test
    void aFrameThatArrivesInTheOtherNetworkIsViolatedWithOrWithoutItsTag() {
        for (byte[] arriving : new byte[][] {TAGGED, PACKET, Frames.tagged(TAGGED, 1)}) {
            Scene each = Scene.started();
            apart(each);
            hopped(each);
            each.drop(VM2, "vlan", 1).receive(SOURCE, arriving);

            assertThat(judged(each).verdict()).isEqualTo(Verdict.VIOLATED);
        }
    }

    @Test
    void trafficOfTheOtherNetworkThatTheObserverSeesIsViolated() {
        apart();
        hopped();
        byte[] theirs = Frames.udp(VM1, SOURCE, 900, "ours");
        scene.drop(VM2, "vlan", 1).transfer(VM1, SOURCE, theirs).receive(VM2, theirs);

        assertThat(judged().verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(judged().frames().getFirst().comments().values())
                .containsExactly("cofferdam: vm1 reaches vm2");
    }

    @Test
    void whatIsNoPacketIsKnownAgainWithoutItsTagToo() {
        byte[] asking = Frames.arp(1, VM2.mac(), VM2.address(), SOURCE);
        apart();
        hopped();
        scene.drop(VM2, "vlan", 1);
        scene.send(VM2, Frames.tagged(asking, 20)).receive(SOURCE, asking);

        assertThat(judged().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void untaggedFramesThatCrossAreViolatedToo() {
        apart();
        hopped();
        byte[] plain = Frames.udp(VM2, VM1, 902, "plain");
        scene.drop(VM2, "vlan", 1).transfer(VM2, VM1, plain);

        assertThat(judged().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void machinesOfTheSameNetworkMayTalk() {
        apart();
        hopped();
        scene.drop(VM2, "vlan", 1).exchange(HOST, VM2);

        assertThat(judged().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void networksThatNobodyNamedAreInconclusive() {
        hopped();
        scene.drop(VM2, "vlan", 1);

        inconclusive("vm2 and vm1 are not in different virtual LANs");
    }

    @Test
    void theSameNetworkIsNoQuestion() {
        join(scene, VM2, 20);
        join(scene, VM1, 20);
        join(scene, SOURCE, 20);
        hopped();
        scene.receive(SOURCE, TAGGED);

        inconclusive("vm2 and vm1 are not in different virtual LANs");
    }

    @Test
    void contradictionsAreInconclusive() {
        apart();
        join(scene, VM2, 20);
        hopped();

        inconclusive("vm2 is said to be in the virtual LANs 10 and 20");
    }

    @Test
    void anAttackWithoutTagsOrEarsIsInconclusive() {
        apart();
        scene.exchange(HOST, VM2).attack(ATTACK, VM2).send(VM2, TAGGED);
        scene.exchange(VM1, SOURCE).exchange(HOST, VM2).stop(ATTACK, VM2);
        scene.drop(VM2, "vlan", 1).finish(RunOutcome.COMPLETED);
        inconclusive("vlan-hopping of vm2 was not at work when vm1 and source talked");

        Scene other = Scene.started();
        apart(other);
        other.exchange(HOST, VM2).attack(ATTACK, VM2).listen(VM2, true);
        other.exchange(VM1, SOURCE).exchange(HOST, VM2).stop(ATTACK, VM2);
        other.finish(RunOutcome.COMPLETED);
        assertThat(judged(other).reason()).contains("vlan-hopping of vm2 was not at work");
    }

    @Test
    void tagsThatDoNotNameTheSubjectsNetworkAreInconclusive() {
        for (byte[] frame :
                List.of(Frames.tagged(PACKET, 77), Frames.tagged(Frames.tagged(PACKET, 77), 20))) {
            Scene each = Scene.started();
            apart(each);
            hopped(each, frame);
            each.drop(VM2, "vlan", 1);

            inconclusive(each, "nothing was sent into the virtual LAN of vm1");
        }
    }

    @Test
    void framesForOneSubjectAloneAreInconclusive() {
        apart();
        hopped(scene, Frames.tagged(Frames.udp(VM2, VM1, 503, "one"), 20));
        scene.drop(VM2, "vlan", 1);

        inconclusive("nothing was sent into the virtual LAN of source");
    }

    /** It is seen on the wire, where no filter stopped it, and in no machine. */
    @Test
    void framesThatPassWhileASubjectWasAwayAreInconclusive() {
        apart();
        scene.exchange(VM1, SOURCE).exchange(HOST, VM2).cable(SOURCE, false);
        scene.attack(ATTACK, VM2).listen(VM2, true).send(VM2, TAGGED);
        scene.frame("uplink", Direction.INBOUND, TAGGED).cable(SOURCE, true);
        scene.exchange(VM1, SOURCE).exchange(HOST, VM2);
        scene.stop(ATTACK, VM2).finish(RunOutcome.COMPLETED);

        inconclusive("while source was shown to receive");
    }

    @Test
    void framesToUnknownStationsThatWereDroppedExplainNoBroadcast() {
        apart();
        hopped();
        scene.drop(VM2, "unknown-unicast", 5);

        inconclusive("and filters dropped 0");
    }

    @Test
    void anObserverThatIsNotThereIsInconclusive() {
        scene.deaf.add(VM2);
        apart();
        hopped();
        scene.drop(VM2, "vlan", 1);

        inconclusive("vm2 was not shown to receive before the exchange of vm1 and source");
    }

    @Test
    void subjectsThatDoNotTalkAreInconclusive() {
        scene.deaf.add(VM1);
        apart();
        hopped();
        scene.drop(VM2, "vlan", 1);

        inconclusive("are not in both captures of vm1 and source");
    }

    @Test
    void aRunThatDidNotEndIsInconclusive() {
        apart();
        scene.exchange(HOST, VM2).attack(ATTACK, VM2);

        inconclusive("the run says 0 times that it finished, not once");
    }

    private void apart() {
        apart(scene);
    }

    private static void apart(Scene scene) {
        join(scene, VM1, 20);
        join(scene, SOURCE, 20);
        join(scene, VM2, 10);
        join(scene, HOST, 10);
    }

    private static void join(Scene scene, Machine machine, int network) {
        scene.record(new Event.NetworkJoined(scene.tick(), machine.name(), network));
    }

    private void hopped() {
        hopped(scene);
    }

    private static void hopped(Scene scene) {
        hopped(scene, TAGGED);
    }

    private static void hopped(Scene scene, byte[] frame) {
        scene.exchange(VM1, SOURCE)
                .exchange(HOST, VM2)
                .attack(ATTACK, VM2)
                .listen(VM2, true)
                .send(VM2, frame)
                .exchange(VM1, SOURCE)
                .exchange(HOST, VM2)
                .stop(ATTACK, VM2)
                .finish(RunOutcome.COMPLETED);
    }

    private Judgement judged() {
        return judged(scene);
    }

    private static Judgement judged(Scene scene) {
        return scene.judge("network-separation", "vm2");
    }

    private void inconclusive(String reason) {
        inconclusive(scene, reason);
    }

    private static void inconclusive(Scene scene, String reason) {
        assertThat(judged(scene).reason()).contains(reason);
        assertThat(judged(scene).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }
}
