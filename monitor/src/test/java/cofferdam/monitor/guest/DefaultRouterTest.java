package cofferdam.monitor.guest;

import static cofferdam.monitor.guest.DiscoveryBench.OTHER;
import static cofferdam.monitor.guest.DiscoveryBench.OTHER_MAC;
import static cofferdam.monitor.guest.DiscoveryBench.OUR_MAC;
import static cofferdam.monitor.guest.DiscoveryBench.PEER;
import static cofferdam.monitor.guest.DiscoveryBench.PEER_MAC;
import static cofferdam.monitor.guest.DiscoveryBench.ROUTER;
import static cofferdam.monitor.guest.DiscoveryBench.ROUTER_MAC;
import static cofferdam.monitor.guest.DiscoveryBench.US;
import static cofferdam.monitor.guest.DiscoveryBench.advertisement;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.NetworkSetup;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.packet.Icmpv6;
import cofferdam.monitor.packet.Icmpv6.NeighbourAdvertisement;
import cofferdam.monitor.packet.Icmpv6.PrefixInformation;
import cofferdam.monitor.packet.Icmpv6.RouterAdvertisement;
import cofferdam.monitor.packet.Icmpv6.RouterPreference;
import cofferdam.monitor.packet.Icmpv6.RouterSolicitation;
import cofferdam.monitor.packet.Ipv6Packet;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;

/** Which router a machine takes (RFC 4861 section 6.3, RFC 4191). */
class DefaultRouterTest {

    private static final Ipv6Address REMOTE = NetworkSetup.REMOTE_IPV6;

    private final DiscoveryBench bench = DiscoveryBench.configured();

    private void router(RouterPreference preference, int lifetime) {
        bench.hear(advertisement(preference, lifetime, OTHER_MAC), OTHER, OTHER_MAC);
    }

    @Test
    void theFirstRouterIsTaken() {
        assertThat(bench.routers())
                .containsExactly(ROUTER + " router advertisement from " + ROUTER_MAC);
        assertThat(bench.destinationTo(REMOTE)).contains(ROUTER_MAC);
        router(RouterPreference.MEDIUM, 1800);
        assertThat(bench.destinationTo(REMOTE)).contains(ROUTER_MAC);
        assertThat(bench.routers()).hasSize(1);
    }

    @Test
    void aHigherPreferenceWins() {
        router(RouterPreference.HIGH, 1800);

        assertThat(bench.destinationTo(REMOTE)).contains(OTHER_MAC);
        assertThat(bench.routers())
                .last()
                .isEqualTo(OTHER + " router advertisement from " + OTHER_MAC);
    }

    @Test
    void aLowerPreferenceDoesNot() {
        router(RouterPreference.LOW, 1800);

        assertThat(bench.destinationTo(REMOTE)).contains(ROUTER_MAC);
    }

    @Test
    void aLifetimeOfZeroTakesARouterAway() {
        bench.hear(advertisement(RouterPreference.MEDIUM, 0, ROUTER_MAC), ROUTER, OTHER_MAC);

        assertThat(bench.routers()).last().isEqualTo(" router advertisement from " + OTHER_MAC);
        assertThat(bench.destinationTo(REMOTE)).isEmpty();
    }

    @Test
    void aLifetimeThatEndsTakesARouterAway() {
        router(RouterPreference.HIGH, 20);
        bench.time.pass(Duration.ofSeconds(21));

        assertThat(bench.routers()).last().isEqualTo(ROUTER + " its lifetime ended");
        assertThat(bench.destinationTo(REMOTE)).contains(ROUTER_MAC);
    }

    @Test
    void aRouterThatDoesNotAnswerIsLeftForAnother() {
        router(RouterPreference.LOW, 1800);
        bench.destinationTo(REMOTE);
        bench.time.pass(Duration.ofSeconds(9));

        assertThat(bench.routers()).last().isEqualTo(OTHER + " the router does not answer");
        assertThat(bench.destinationTo(REMOTE)).contains(OTHER_MAC);
    }

    @Test
    void aRouterThatSaysItIsNoneIsNone() {
        bench.hear(
                new NeighbourAdvertisement(false, false, true, ROUTER, Optional.of(ROUTER_MAC)),
                ROUTER,
                OTHER_MAC);

        assertThat(bench.routers()).last().isEqualTo(" neighbour advertisement from " + OTHER_MAC);
    }

    @Test
    void theRoutersOwnAddressCanBeTakenFromIt() {
        bench.hear(advertisement(RouterPreference.MEDIUM, 1800, OTHER_MAC), ROUTER, OTHER_MAC);

        assertThat(bench.destinationTo(REMOTE)).contains(OTHER_MAC);
        assertThat(bench.routers()).hasSize(1);
        assertThat(bench.neighbours())
                .last()
                .isEqualTo(ROUTER + " " + OTHER_MAC + " router advertisement from " + OTHER_MAC);
    }

    @Test
    void advertisementsFromElsewhereAreIgnored() {
        RouterAdvertisement told = advertisement(RouterPreference.HIGH, 1800, OTHER_MAC);
        Ipv6Address all = Ipv6Address.ALL_NODES;
        Ipv6Packet routed = told.toPacket(OTHER, all, 254);
        Ipv6Packet global = told.toPacket(PEER, all, 255);
        bench.machine.receive(routed.toFrame(all.multicastMac(), OTHER_MAC));
        bench.machine.receive(global.toFrame(all.multicastMac(), OTHER_MAC));

        assertThat(bench.routers()).hasSize(1);
    }

    @Test
    void aPrefixThatIsNoLongerOnTheLinkIsBehindTheRouter() {
        bench.hear(
                DiscoveryBench.of(new PrefixInformation(
                        new Ipv6Address(NetworkSetup.IPV6_PREFIX, 0), 64, true, false, 0, 0)),
                OTHER,
                OTHER_MAC);

        assertThat(bench.destinationTo(PEER)).contains(ROUTER_MAC);
    }

    /** RFC 4862 section 5.5.3: nobody shortens an address's life to less than two hours. */
    @Test
    void anAddressIsNotTakenAwayByALifetimeOfZero() {
        bench.hear(
                DiscoveryBench.of(new PrefixInformation(
                        new Ipv6Address(NetworkSetup.IPV6_PREFIX, 0), 64, true, true, 0, 0)),
                OTHER,
                OTHER_MAC);
        bench.time.pass(Duration.ofMinutes(1));

        assertThat(bench.destinationTo(REMOTE)).contains(ROUTER_MAC);
    }

    @Test
    void manyPrefixesMakeOnlySoManyAddresses() {
        for (int i = 0; i < 100; i++) {
            Ipv6Address prefix = new Ipv6Address(0x2001_0db8_0bad_0000L + i, 0);
            bench.hear(
                    DiscoveryBench.of(new PrefixInformation(prefix, 64, true, true, 9000, 9000)),
                    OTHER,
                    OTHER_MAC);
        }
        bench.take();
        bench.time.pass(Duration.ofSeconds(3));

        assertThat(bench.takeMessages()).hasSize(Ipv6Addresses.MAXIMUM_ADDRESSES - 2);
        assertThat(bench.destinationTo(REMOTE)).contains(ROUTER_MAC);
    }

    @Test
    void theRouterSpeaksAtItsStartAtAnIntervalAndWhenAsked() {
        DiscoveryBench router = router();
        assertThat(router.takeMessages()).hasSize(1);
        router.time.pass(Duration.ofSeconds(35));
        assertThat(router.takeMessages())
                .hasSize(3)
                .containsOnly(new RouterAdvertisement(
                        64,
                        RouterPreference.MEDIUM,
                        1800,
                        Optional.of(OUR_MAC),
                        java.util.OptionalInt.of(1500),
                        java.util.List.of(RouterAdvertiser.prefix())));
        Ipv6Address host = Ipv6Address.eui64(Ipv6Address.LINK_LOCAL, PEER_MAC);
        router.hear(
                new RouterSolicitation(Optional.of(PEER_MAC)),
                host,
                PEER_MAC,
                Ipv6Address.ALL_ROUTERS);
        byte[] answer = router.take().getFirst();
        assertThat(Ethernet.destination(answer)).isEqualTo(PEER_MAC);
        assertThat(Ipv6Packet.inFrame(answer).orElseThrow().target()).isEqualTo(host);
    }

    @Test
    void theRouterTakesNoOther() {
        DiscoveryBench router = router();
        router.hear(advertisement(RouterPreference.HIGH, 1800, OTHER_MAC), OTHER, OTHER_MAC);

        assertThat(router.events).isEmpty();
    }

    @Test
    void theRouterAnswersForWhatLiesBehindIt() {
        DiscoveryBench router = router();
        router.take();
        router.hear(
                new Icmpv6.NeighbourSolicitation(US, Optional.of(PEER_MAC)),
                PEER,
                PEER_MAC,
                US.solicitedNode());
        router.take();
        Icmpv6 question = new Icmpv6.Echo(false, 1, 1, new byte[4]);
        router.machine.receive(question.toPacket(PEER, REMOTE, 64).toFrame(OUR_MAC, PEER_MAC));

        Ipv6Packet answer = Ipv6Packet.inFrame(router.take().getFirst()).orElseThrow();
        assertThat(answer.source()).isEqualTo(REMOTE);
        assertThat(answer.target()).isEqualTo(PEER);
    }

    private static DiscoveryBench router() {
        return new DiscoveryBench(NetworkRole.router(
                new NetworkSetup(true, false, new TreeMap<>()), new TreeMap<>()));
    }
}
