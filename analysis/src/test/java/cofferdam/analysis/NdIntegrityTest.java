package cofferdam.analysis;

import static cofferdam.analysis.Scene.SOURCE;
import static cofferdam.analysis.Scene.VM1;
import static cofferdam.analysis.Scene.VM2;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.evidence.Frames;
import cofferdam.analysis.evidence.Machine;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.evidence.FlowOutcome;
import cofferdam.monitor.evidence.RunOutcome;
import cofferdam.monitor.policy.IpSourceGuard;
import cofferdam.monitor.policy.PacketGuards;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

class NdIntegrityTest {

    private static final String ATTACK = "nd-spoofing";
    private static final byte[] LIE = Discovery.advertisement(VM2, VM1, SOURCE, VM2.mac());

    private final Scene scene = Scene.started();

    @Test
    void liesThatAFilterDropsAreUpheld() {
        wholeRun();
        scene.drop(VM2, "nd-inspection", 1);

        assertThat(judged().verdict()).isEqualTo(Verdict.UPHELD);
        assertThat(judged().reason()).isEqualTo("vm1 and source kept each other's true addresses");
    }

    @Test
    void aFalseEntryIsViolatedAndPointsAtItsAdvertisement() {
        scene.receive(VM1, LIE);
        learn(VM1, SOURCE, VM2.mac());

        assertThat(judged().verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(judged().reason())
                .isEqualTo("messages of neighbour discovery made 1 false entries in the caches of"
                        + " vm1 and source");
        assertThat(judged().frames().getFirst().comments().values())
                .containsExactly("cofferdam: vm1 takes 02:00:00:00:00:02 for source");
    }

    @Test
    void aFalseEntryWithoutItsCauseIsInconclusive() {
        wholeRun();
        scene.drop(VM2, "nd-inspection", 1);
        learn(VM1, SOURCE, VM2.mac());

        inconclusive("1 false entries are recorded, but no message that made them is captured");
    }

    @Test
    void anEntryAboutAThirdMachineIsNotTheQuestion() {
        wholeRun();
        scene.drop(VM2, "nd-inspection", 1);
        learn(VM1, Scene.HOST, VM2.mac());

        assertThat(judged().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void liesThatVanishAreInconclusive() {
        wholeRun();

        inconclusive("nd-spoofing of vm2 was not at work when vm1 and source talked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"arp-inspection", "ra-guard", "rate-limit", "port-isolation"})
    void filtersThatDoNotLookAtNeighboursExplainNothing(String filter) {
        wholeRun();
        scene.drop(VM2, filter, 9);

        inconclusive("nd-spoofing of vm2 was not at work");
    }

    @Test
    void withoutAnyLieTheAttackDidNothing() {
        controls();
        scene.attack(ATTACK, VM2);
        talkOverIpv6();
        scene.exchange(SOURCE, VM2).stop(ATTACK, VM2).finish(RunOutcome.COMPLETED);

        inconclusive("nd-spoofing of vm2 was not at work");
    }

    @Test
    void anotherAttackIsNoAttackOnNeighbourDiscovery() {
        controls();
        scene.attack("arp-poisoning", VM2).stop("arp-poisoning", VM2);
        scene.finish(RunOutcome.COMPLETED);

        inconclusive("nobody attacked by nd-spoofing");
    }

    @Test
    void talkOverIpv4DoesNotUseTheCache() {
        controls();
        scene.attack(ATTACK, VM2).send(VM2, LIE).exchange(VM1, SOURCE);
        scene.exchange(SOURCE, VM2).stop(ATTACK, VM2).finish(RunOutcome.COMPLETED);
        scene.drop(VM2, "nd-inspection", 1);

        inconclusive("nd-spoofing of vm2 was not at work when vm1 and source talked");
    }

    @Test
    void entriesThatWereNeverMadeAreInconclusive() {
        scene.exchange(SOURCE, VM2).attack(ATTACK, VM2).send(VM2, LIE);
        talkOverIpv6();
        scene.exchange(SOURCE, VM2).stop(ATTACK, VM2).finish(RunOutcome.COMPLETED);
        scene.drop(VM2, "nd-inspection", 1);

        inconclusive("vm1 never had the address of source");
    }

    @Test
    void packetsToAnotherHardwareAddressBelieTheEvents() {
        wholeRun();
        byte[] astray = Frames.udp6(VM1, SOURCE, Discovery.PREFIX, "astray");
        VM2.mac().write(astray, 0);
        scene.drop(VM2, "nd-inspection", 1).send(VM1, astray);

        inconclusive("vm1 sent 1 packets for source to another hardware address");
    }

    @Test
    void anAdversaryThatIsNotThereIsInconclusive() {
        scene.deaf.add(VM2);
        wholeRun();
        scene.drop(VM2, "nd-inspection", 1);

        inconclusive("vm2 was not shown to receive before the exchange of vm1 and source");
    }

    @Test
    void aRunThatDidNotEndIsInconclusive() {
        controls();
        scene.attack(ATTACK, VM2).send(VM2, LIE).stop(ATTACK, VM2);

        inconclusive("the run says 0 times that it finished, not once");
    }

    @Test
    void whereNoIpv6OfGuestsPassesThereIsNoSuchBoundary() {
        attackedOnly();
        scene.guards = guards(PacketGuards.Protocols.IPV4_AND_ARP, IpSourceGuard.Ipv6.OFF);
        assertThat(judged().verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
        assertThat(judged().reason()).isEqualTo("the policy lets no IPv6 of guests pass");

        scene.guards = guards(PacketGuards.Protocols.ANY, IpSourceGuard.Ipv6.DROP);
        assertThat(judged().verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
        assertThat(scene.judge("connectivity", "").verdict()).isEqualTo(Verdict.VIOLATED);

        scene.guards = guards(PacketGuards.Protocols.IP_AND_ARP, IpSourceGuard.Ipv6.CONFIGURED);
        assertThat(judged().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aPolicyThatDoesNotDoWhatItSaysIsNoExcuse() {
        attackedOnly();
        scene.guards = guards(PacketGuards.Protocols.IPV4_AND_ARP, IpSourceGuard.Ipv6.OFF);
        scene.receive(VM1, LIE);
        assertThat(judged().verdict()).isEqualTo(Verdict.INCONCLUSIVE);

        learn(VM1, SOURCE, VM2.mac());
        assertThat(judged().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void anotherAttackBesideItIsABoundaryAllTheSame() {
        scene.attack("arp-spoofing", VM2);
        attackedOnly();
        scene.guards = guards(PacketGuards.Protocols.IPV4_AND_ARP, IpSourceGuard.Ipv6.OFF);

        assertThat(judged().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    private static PacketGuards guards(
            PacketGuards.Protocols protocols, IpSourceGuard.Ipv6 sources) {
        return new PacketGuards(
                new IpSourceGuard(
                        IpSourceGuard.Ipv4.OFF, IpSourceGuard.Unspecified.NONE, sources),
                false,
                false,
                false,
                protocols,
                PacketGuards.Tagged.INSPECT,
                Duration.ZERO);
    }

    /** The victims cannot talk over IPv6. */
    private void attackedOnly() {
        scene.exchange(SOURCE, VM2).attack(ATTACK, VM2).send(VM2, LIE);
        FlowId flow = scene.begin(VM1, SOURCE);
        scene.end(VM1, SOURCE, flow, FlowOutcome.FAILED);
        scene.stop(ATTACK, VM2).finish(RunOutcome.COMPLETED);
    }

    private void wholeRun() {
        controls();
        scene.attack(ATTACK, VM2).send(VM2, LIE);
        talkOverIpv6();
        scene.exchange(SOURCE, VM2).stop(ATTACK, VM2).finish(RunOutcome.COMPLETED);
    }

    private void controls() {
        scene.exchange(SOURCE, VM2);
        learn(VM1, SOURCE, SOURCE.mac());
        learn(SOURCE, VM1, VM1.mac());
    }

    private void learn(Machine who, Machine whose, MacAddress mac) {
        scene.record(new Event.Ipv6NeighbourChanged(
                scene.tick(), who.name(), Discovery.global(whose), mac, "advertisement"));
    }

    private void talkOverIpv6() {
        FlowId flow = scene.begin(VM1, SOURCE);
        String text = "cofferdam flow=%s seq=1".formatted(flow);
        scene.transfer(VM1, SOURCE, Frames.udp6(VM1, SOURCE, Discovery.PREFIX, text));
        scene.transfer(SOURCE, VM1, Frames.udp6(SOURCE, VM1, Discovery.PREFIX, text));
        scene.end(VM1, SOURCE, flow, FlowOutcome.COMPLETED);
    }

    private Judgement judged() {
        return scene.judge("nd-integrity", "");
    }

    private void inconclusive(String reason) {
        assertThat(judged().reason()).contains(reason);
        assertThat(judged().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }
}
