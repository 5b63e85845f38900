package cofferdam.monitor.guest;

import cofferdam.monitor.NetworkSetup;
import cofferdam.monitor.Timeline;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.packet.Icmpv6;
import cofferdam.monitor.packet.Icmpv6.PrefixInformation;
import cofferdam.monitor.packet.Icmpv6.RouterAdvertisement;
import cofferdam.monitor.packet.Icmpv6.RouterSolicitation;
import cofferdam.monitor.packet.Ipv6Packet;
import cofferdam.monitor.packet.UdpDatagram;

import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * IPv6 on a machine's interface: addresses that it makes of its hardware address (RFC 4862, RFC 4291
 * appendix A), neighbours and routers (RFC 4861), and echo. Extension headers are not understood:
 * what has one is dropped. A router's hop limit and link MTU are not taken over, and there are no
 * redirects, no errors and no fragments.
 */
final class Ipv6Stack {

    /** MAX_RTR_SOLICITATIONS of RFC 4861 section 10. */
    static final int SOLICITATIONS = 3;

    /** RTR_SOLICITATION_INTERVAL of RFC 4861 section 10. */
    static final Duration SOLICITATION_INTERVAL = Duration.ofSeconds(4);

    private static final long MAXIMUM_DELAY = 1_000_000_000L;
    private static final int AUTONOMOUS_BITS = 64;

    private final GuestIdentity identity;
    private final boolean router;
    private final Timeline timeline;
    private final RandomGenerator random;
    private final Consumer<Event> events;
    private final Link link;
    private final Ipv6Addresses addresses;
    private final NeighbourCache<Ipv6Address, Ipv6Packet> neighbours;
    private final Ipv6Routes routes;
    private final Ipv6Sender sender;
    private final NeighbourDiscovery discovery;
    private final RouterAdvertiser advertiser;
    private final Ipv6Echo echo;
    private final SortedSet<Ipv6Address> groups = new TreeSet<>();
    private boolean heardRouter;

    /** @param router whether this machine is the link's router, and what lies behind it */
    Ipv6Stack(
            GuestIdentity identity,
            boolean router,
            Timeline timeline,
            RandomGenerator random,
            Duration reachableTime,
            Link link,
            Consumer<Event> events) {
        this.identity = identity;
        this.router = router;
        this.timeline = timeline;
        this.random = random;
        this.events = events;
        this.link = link;
        addresses = new Ipv6Addresses(timeline, this::probe);
        neighbours = new NeighbourCache<>(
                new DiscoveryMedium(link, addresses), timeline, reachableTime, new CacheListener());
        routes = new Ipv6Routes(timeline, this::hasFailed, this::routerChanged);
        sender = new Ipv6Sender(link, addresses, routes, neighbours, timeline, this::dispatch);
        discovery = new NeighbourDiscovery(addresses, neighbours, routes, sender, link, router);
        advertiser = new RouterAdvertiser(timeline, sender, link);
        echo = new Ipv6Echo(sender, random);
        groups.add(Ipv6Address.ALL_NODES);
        groups.add(own(Ipv6Address.LINK_LOCAL).solicitedNode());
        if (router) {
            groups.add(Ipv6Address.ALL_ROUTERS);
        }
    }

    private void probe(Ipv6Address address) {
        new DiscoveryMedium(link, addresses).probe(address);
    }

    private boolean hasFailed(Ipv6Address address) {
        return neighbours
                .find(address)
                .filter(entry -> entry.state() == NeighbourState.FAILED)
                .isPresent();
    }

    private void routerChanged(Optional<Ipv6Address> now, String cause) {
        String address = now.map(Ipv6Address::toString).orElse("");
        events.accept(
                new Event.RouterChanged(timeline.now(), identity.name(), "ipv6", address, cause));
    }

    private Ipv6Address own(long prefix) {
        return Ipv6Address.eui64(prefix, identity.mac());
    }

    /**
     * Takes up work: a router has had its addresses before anybody else came; a host makes itself a
     * link-local one and then asks for a router.
     */
    void start() {
        if (!router) {
            addresses.add(
                    own(Ipv6Address.LINK_LOCAL),
                    Lifetime.ENDLESS,
                    delay(),
                    () -> solicitRouters(SOLICITATIONS));
            return;
        }
        addresses.addConfigured(own(Ipv6Address.LINK_LOCAL));
        addresses.addConfigured(own(NetworkSetup.IPV6_PREFIX));
        addresses.addConfigured(NetworkSetup.REMOTE_IPV6);
        routes.heard(RouterAdvertiser.prefix());
        advertiser.start();
    }

    private Duration delay() {
        return Duration.ofNanos(random.nextLong(MAXIMUM_DELAY));
    }

    private void solicitRouters(int left) {
        if (left == 0 || (heardRouter && left < SOLICITATIONS)) {
            return;
        }
        sender.send(
                new RouterSolicitation(Optional.of(link.address())),
                own(Ipv6Address.LINK_LOCAL),
                Ipv6Address.ALL_ROUTERS,
                Icmpv6.NEIGHBOUR_DISCOVERY_HOP_LIMIT);
        timeline.after(SOLICITATION_INTERVAL, () -> solicitRouters(left - 1));
    }

    /** The hardware addresses of the groups that the machine listens to. */
    SortedSet<MacAddress> groups() {
        SortedSet<MacAddress> hardware = new TreeSet<>();
        groups.forEach(group -> hardware.add(group.multicastMac()));
        return hardware;
    }

    /**
     * Takes a packet from the wire.
     *
     * @param from the hardware address that its frame names as the sender
     */
    void receive(Ipv6Packet packet, MacAddress from) {
        Ipv6Address source = packet.source();
        boolean possible = !source.isMulticast() && !addresses.owns(source) && !isLoopback(source);
        if (!possible) {
            return;
        }
        if (packet.nextHeader() == Ipv6Packet.ICMP) {
            Icmpv6.inPacket(packet).ifPresent(message -> receive(message, packet, from));
        } else if (isForUs(packet)) {
            dispatch(packet);
        }
    }

    private static boolean isLoopback(Ipv6Address address) {
        return address.high() == 0 && address.low() == 1;
    }

    private boolean isForUs(Ipv6Packet packet) {
        return !packet.source().equals(Ipv6Address.ANY)
                && (addresses.owns(packet.target()) || groups.contains(packet.target()));
    }

    private void receive(Icmpv6 message, Ipv6Packet packet, MacAddress from) {
        boolean known = addresses.contains(packet.target()) || groups.contains(packet.target());
        if (!known) {
            return;
        }
        switch (message) {
            case Icmpv6.Echo asked -> {
                if (isForUs(packet)) {
                    echo.receive(asked, packet);
                }
            }
            case Icmpv6.NeighbourSolicitation asked -> discovery.receive(asked, packet, from);
            case Icmpv6.NeighbourAdvertisement told -> discovery.receive(told, from);
            case RouterSolicitation asked -> receive(asked, packet, from);
            case RouterAdvertisement told -> receive(told, packet, from);
        }
    }

    /** What came from the wire or from the machine itself, and is for it. */
    private void dispatch(Ipv6Packet packet) {
        if (packet.nextHeader() == Ipv6Packet.UDP) {
            UdpDatagram.inPacket(packet).ifPresent(datagram -> echo.receive(datagram, packet));
            return;
        }
        Icmpv6.inPacket(packet)
                .filter(Icmpv6.Echo.class::isInstance)
                .map(Icmpv6.Echo.class::cast)
                .ifPresent(message -> echo.receive(message, packet));
    }

    private void receive(RouterSolicitation asked, Ipv6Packet packet, MacAddress from) {
        if (!router) {
            return;
        }
        asked.sourceHardware()
                .ifPresent(hardware -> discovery.learn(
                        packet.source(), hardware, "router solicitation from " + from));
        advertiser.answer(packet.source());
    }

    /** A router takes nothing from another. */
    private void receive(RouterAdvertisement told, Ipv6Packet packet, MacAddress from) {
        if (router) {
            return;
        }
        heardRouter = true;
        String cause = "router advertisement from " + from;
        told.sourceHardware()
                .ifPresent(hardware -> discovery.learn(packet.source(), hardware, cause));
        routes.heard(packet.source(), told.preference(), told.lifetime(), cause);
        for (PrefixInformation prefix : told.prefixes()) {
            learn(prefix, packet.target().isMulticast());
        }
    }

    /** Link-local prefixes are nothing that a router has to say (RFC 4861 section 6.3.4). */
    private void learn(PrefixInformation prefix, boolean toAll) {
        if (prefix.prefix().isLinkLocal()) {
            return;
        }
        if (prefix.onLink()) {
            routes.heard(prefix);
        }
        boolean usable = prefix.autonomous()
                && prefix.length() == AUTONOMOUS_BITS
                && !prefix.prefix().isMulticast()
                && prefix.preferred() <= prefix.valid();
        if (!usable) {
            return;
        }
        Ipv6Address address = own(prefix.prefix().high());
        Lifetime valid = Lifetime.of(prefix.valid(), timeline.now());
        if (addresses.contains(address)) {
            addresses.renew(address, valid);
        } else if (prefix.valid() > 0) {
            addresses.add(address, valid, toAll ? delay() : Duration.ZERO, () -> {});
        }
    }

    /** What keeps the machine from sending to this address; empty if nothing does. */
    String obstacle(Ipv6Address target) {
        return sender.obstacle(target);
    }

    Ipv6Echo echo() {
        return echo;
    }

    /** Forgets its neighbours; addresses outlive a change of the hardware's. */
    void flush() {
        neighbours.flush();
    }

    private final class CacheListener implements NeighbourCache.Listener<Ipv6Address> {
        @Override
        public void changed(Ipv6Address address, MacAddress hardware, String cause) {
            events.accept(new Event.Ipv6NeighbourChanged(
                    timeline.now(), identity.name(), address, hardware, cause));
        }

        @Override
        public void unreachable(Ipv6Address address) {
            if (routes.isRouter(address)) {
                routes.choose("the router does not answer");
            }
        }
    }
}
