package cofferdam.analysis;

import static cofferdam.analysis.Scene.SOURCE;
import static cofferdam.analysis.Scene.VM1;
import static cofferdam.analysis.Scene.VM2;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.evidence.Frames;
import cofferdam.analysis.evidence.Machine;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.evidence.FlowOutcome;
import cofferdam.monitor.evidence.RunOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;

class RouterIntegrityTest {

    private static final Ipv6Address WORLD = Ipv6Address.parse("2001:db8:ffff::1");
    private static final Machine WORLD_IPV4 =
            new Machine("source", Ipv4Address.parse("192.0.2.1"), SOURCE.mac());
    private static final byte[] ADVERTISEMENT = Discovery.router(VM2, VM1);
    private static final byte[] ANSWER = Frames.dhcp(VM2, VM1, true, "350105ff");

    private final Scene scene = Scene.started();

    @Test
    void advertisementsThatAFilterDropsAreUpheld() {
        advertised();
        scene.drop(VM2, "ra-guard", 1);

        assertThat(judged().verdict()).isEqualTo(Verdict.UPHELD);
        assertThat(judged().reason()).isEqualTo("vm1 took source alone for its router");
    }

    @Test
    void answersThatAFilterDropsAreUpheld() {
        answered();
        scene.drop(VM2, "dhcp-guard", 1);

        assertThat(judged().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void aFalseRouterIsViolatedAndPointsAtItsAdvertisement() {
        advertised();
        scene.receive(VM1, ADVERTISEMENT);
        router("ipv6", Discovery.local(VM2).toString());

        assertThat(judged().verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(judged().frames().getFirst().comments().values())
                .containsExactly("cofferdam: vm1 takes another for its router");
    }

    @Test
    void aLeaseFromAnotherServerIsViolated() {
        answered();
        scene.receive(VM1, ANSWER);
        lease(VM2.address(), VM2.address(), VM2.mac());

        assertThat(judged().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void aLeaseFromAnothersHardwareIsFalseWhateverItSays() {
        answered();
        scene.receive(VM1, ANSWER);
        lease(SOURCE.address(), SOURCE.address(), VM2.mac());

        assertThat(judged().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void aLeaseThatNamesAnotherRouterIsFalse() {
        answered();
        scene.receive(VM1, ANSWER);
        lease(SOURCE.address(), VM2.address(), SOURCE.mac());

        assertThat(judged().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void aFalseRouterWithoutItsCauseIsInconclusive() {
        advertised();
        scene.drop(VM2, "ra-guard", 1);
        router("ipv6", Discovery.local(VM2).toString());

        inconclusive("1 false routers are recorded, but no message that made them is captured");
    }

    @Test
    void anOfferAloneIsNotTheCauseOfALease() {
        answered();
        scene.drop(VM2, "dhcp-guard", 1);
        scene.receive(VM1, Frames.dhcp(VM2, VM1, true, "350102ff"));
        lease(VM2.address(), VM2.address(), VM2.mac());

        inconclusive("1 false routers are recorded");
    }

    @Test
    void losingTheRaceIsNoProtection() {
        answered();
        scene.receive(VM1, ANSWER);

        inconclusive("1 messages of vm2 that speak of a router reached vm1, which did not follow");
    }

    @Test
    void messagesThatVanishAreInconclusive() {
        advertised();

        inconclusive("rogue-router of vm2 was not at work when vm1 and source talked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nd-inspection", "arp-inspection", "rate-limit", "port-isolation"})
    void filtersThatDoNotLookAtRoutersExplainNothing(String filter) {
        advertised();
        scene.drop(VM2, filter, 9);

        inconclusive("rogue-router of vm2 was not at work");
    }

    @Test
    void aQuestionThatIsolationKeptFromTheRogueIsUpheld() {
        unheard();
        scene.drop(VM2, "port-isolation", 1);

        assertThat(judged().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void aRogueThatHeardTheQuestionAndSaidNothingIsInconclusive() {
        unheard();
        scene.drop(VM2, "port-isolation", 1);
        Scene heard = Scene.started();
        unheard(heard, List.of(VM2));
        heard.drop(VM2, "port-isolation", 1);

        assertThat(judged(heard).reason()).contains("rogue-dhcp of vm2 was not at work");
        assertThat(judged(heard).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aQuestionThatVanishedOnItsWayToTheRogueIsInconclusive() {
        unheard();

        inconclusive("rogue-dhcp of vm2 was not at work");
    }

    @Test
    void aLeaseThatWasNotTakenIsInconclusive() {
        scene.exchange(SOURCE, VM2).attack("rogue-dhcp", VM2).send(VM2, ANSWER);
        talk(world4());
        scene.exchange(SOURCE, VM2).stop("rogue-dhcp", VM2).finish(RunOutcome.COMPLETED);
        scene.drop(VM2, "dhcp-guard", 1);

        inconclusive("vm1 was given no router, or lost it, during rogue-dhcp");
    }

    @Test
    void aRouterThatIsGoneIsInconclusive() {
        scene.exchange(SOURCE, VM2);
        router("ipv6", Discovery.local(SOURCE).toString());
        router("ipv6", "");
        scene.attack("rogue-router", VM2).send(VM2, ADVERTISEMENT);
        talk(world6());
        scene.exchange(SOURCE, VM2).stop("rogue-router", VM2).finish(RunOutcome.COMPLETED);
        scene.drop(VM2, "ra-guard", 1);

        inconclusive("vm1 was given no router, or lost it, during rogue-router");
    }

    @Test
    void whoHadNothingToSayToTheWorldProvesNothing() {
        scene.exchange(SOURCE, VM2);
        router("ipv6", Discovery.local(SOURCE).toString());
        scene.attack("rogue-router", VM2).send(VM2, ADVERTISEMENT).exchange(VM1, SOURCE);
        scene.exchange(SOURCE, VM2).stop("rogue-router", VM2).finish(RunOutcome.COMPLETED);
        scene.drop(VM2, "ra-guard", 1);

        inconclusive("rogue-router of vm2 was not at work when vm1 and source talked");
    }

    @Test
    void packetsToAnotherThanTheRouterBelieTheEvents() {
        scene.exchange(SOURCE, VM2);
        router("ipv6", Discovery.local(SOURCE).toString());
        scene.attack("rogue-router", VM2).send(VM2, ADVERTISEMENT);
        talk(world6());
        talk(text -> Frames.ipv6(
                VM1.mac(), VM2.mac(), new Ipv6Address[] {Discovery.global(VM1), WORLD}, 17, text));
        scene.exchange(SOURCE, VM2).stop("rogue-router", VM2).finish(RunOutcome.COMPLETED);
        scene.drop(VM2, "ra-guard", 1);

        inconclusive("vm1 gave 1 packets for the world to another than the router");
    }

    @Test
    void theQuestionNeedsTheRouter() {
        Judgement other = scene.judge("router-integrity", List.of("vm1", "vm2"), "");

        assertThat(other.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(other.reason()).contains("not about a machine and its router 'source'");
    }

    @Test
    void anotherAttackAndAnUnfinishedRunAreInconclusive() {
        scene.attack("arp-poisoning", VM2).stop("arp-poisoning", VM2);
        inconclusive("nobody attacked by rogue-dhcp or rogue-router");

        scene.attack("rogue-router", VM2).stop("rogue-router", VM2);
        inconclusive("the run says 0 times that it finished, not once");
    }

    private void advertised() {
        scene.exchange(SOURCE, VM2);
        router("ipv6", Discovery.local(SOURCE).toString());
        scene.attack("rogue-router", VM2).send(VM2, ADVERTISEMENT);
        talk(world6());
        scene.exchange(SOURCE, VM2).stop("rogue-router", VM2).finish(RunOutcome.COMPLETED);
    }

    private void answered() {
        scene.exchange(SOURCE, VM2).attack("rogue-dhcp", VM2).send(VM2, ANSWER);
        lease(SOURCE.address(), SOURCE.address(), SOURCE.mac());
        router("ipv4", SOURCE.address().toString());
        talk(world4());
        scene.exchange(SOURCE, VM2).stop("rogue-dhcp", VM2).finish(RunOutcome.COMPLETED);
    }

    private void unheard() {
        unheard(scene, List.of());
    }

    private static void unheard(Scene scene, List<Machine> hearing) {
        byte[] question =
                Frames.dhcp(new Machine("vm1", Ipv4Address.ANY, VM1.mac()), VM1, false, "350101ff");
        scene.exchange(SOURCE, VM2).attack("rogue-dhcp", VM2).send(VM1, question);
        hearing.forEach(machine -> scene.receive(machine, question));
        scene.record(new Event.LeaseObtained(
                scene.tick(),
                "vm1",
                SOURCE.address(),
                VM1.address(),
                SOURCE.address(),
                SOURCE.mac()));
        talk(scene, world4());
        scene.exchange(SOURCE, VM2).stop("rogue-dhcp", VM2).finish(RunOutcome.COMPLETED);
    }

    /** A packet of VM 1's for the world. */
    @FunctionalInterface
    private interface Spoken {
        byte[] frame(byte[] text);
    }

    private static Spoken world6() {
        return text -> Frames.ipv6(
                VM1.mac(),
                SOURCE.mac(),
                new Ipv6Address[] {Discovery.global(VM1), WORLD},
                17,
                text);
    }

    private static Spoken world4() {
        return text ->
                Frames.udp(VM1, WORLD_IPV4, 900, new String(text, StandardCharsets.US_ASCII));
    }

    private void talk(Spoken question) {
        talk(scene, question);
    }

    /** A question to the world by the router, and an answer of the same text. */
    private static void talk(Scene scene, Spoken question) {
        FlowId flow = scene.begin(VM1, SOURCE);
        String text = "cofferdam flow=%s seq=1".formatted(flow);
        scene.transfer(VM1, SOURCE, question.frame(text.getBytes(StandardCharsets.US_ASCII)));
        scene.transfer(SOURCE, VM1, Frames.udp6(SOURCE, VM1, Discovery.PREFIX, text));
        scene.end(VM1, SOURCE, flow, FlowOutcome.COMPLETED);
    }

    private void router(String protocol, String router) {
        scene.record(new Event.RouterChanged(scene.tick(), "vm1", protocol, router, "a message"));
    }

    private void lease(Ipv4Address server, Ipv4Address router, MacAddress from) {
        scene.record(
                new Event.LeaseObtained(scene.tick(), "vm1", server, VM1.address(), router, from));
    }

    private Judgement judged() {
        return judged(scene);
    }

    private static Judgement judged(Scene scene) {
        return scene.judge("router-integrity", "");
    }

    private void inconclusive(String reason) {
        assertThat(judged().reason()).contains(reason);
        assertThat(judged().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }
}
