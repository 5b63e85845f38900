package cofferdam.monitor.guest;

import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.Icmpv6;
import cofferdam.monitor.packet.Icmpv6.NeighbourAdvertisement;
import cofferdam.monitor.packet.Icmpv6.NeighbourSolicitation;
import cofferdam.monitor.packet.Ipv6Packet;

import java.util.Optional;

/**
 * What a machine does with solicitations and advertisements of neighbours (RFC 4861 section 7.2),
 * with the rules of Linux ({@code net/ipv6/ndisc.c}) and its defaults: no proxy, and what was not
 * asked for teaches nothing new.
 */
final class NeighbourDiscovery {

    private final Ipv6Addresses addresses;
    private final NeighbourCache<Ipv6Address, Ipv6Packet> cache;
    private final Ipv6Routes routes;
    private final Ipv6Sender sender;
    private final Link link;
    private final boolean router;

    /** @param router whether the machine itself is a router, and says so */
    NeighbourDiscovery(
            Ipv6Addresses addresses,
            NeighbourCache<Ipv6Address, Ipv6Packet> cache,
            Ipv6Routes routes,
            Ipv6Sender sender,
            Link link,
            boolean router) {
        this.addresses = addresses;
        this.cache = cache;
        this.routes = routes;
        this.sender = sender;
        this.link = link;
        this.router = router;
    }

    /** A neighbour asks where an address is, or whether anybody has it. */
    void receive(NeighbourSolicitation asked, Ipv6Packet packet, MacAddress from) {
        boolean probe = packet.source().equals(Ipv6Address.ANY);
        if (addresses.isTentative(asked.target())) {
            if (probe) {
                addresses.duplicate(asked.target());
            }
            return;
        }
        if (!addresses.owns(asked.target()) || addresses.owns(packet.source())) {
            return;
        }
        if (probe) {
            answer(asked.target(), Ipv6Address.ALL_NODES, false, true);
            return;
        }
        boolean toGroup = packet.target().isMulticast();
        asked.sourceHardware()
                .ifPresent(hardware ->
                        learn(packet.source(), hardware, "neighbour solicitation from " + from));
        answer(asked.target(), packet.source(), true, toGroup);
    }

    /** Who asks will hear from us, so where it says that it is, is worth keeping. */
    void learn(Ipv6Address neighbour, MacAddress hardware, String cause) {
        cache.findOrCreate(neighbour)
                .ifPresent(entry -> entry.update(hardware, NeighbourState.STALE, true, cause));
    }

    /** An answer to one who asked this machine alone leaves out what that one knows. */
    private void answer(Ipv6Address target, Ipv6Address to, boolean solicited, boolean complete) {
        Icmpv6 answer = new NeighbourAdvertisement(
                router,
                solicited,
                complete,
                target,
                complete ? Optional.of(link.address()) : Optional.empty());
        sender.send(answer, target, to, Icmpv6.NEIGHBOUR_DISCOVERY_HOP_LIMIT);
    }

    /** A neighbour says where an address is. */
    void receive(NeighbourAdvertisement told, MacAddress from) {
        if (addresses.contains(told.target())) {
            if (addresses.isTentative(told.target())) {
                addresses.duplicate(told.target());
            }
            return;
        }
        cache.find(told.target())
                .filter(entry -> entry.state() != NeighbourState.FAILED)
                .ifPresent(entry -> update(entry, told, "neighbour advertisement from " + from));
    }

    private void update(
            Neighbour<Ipv6Address, Ipv6Packet> entry, NeighbourAdvertisement told, String cause) {
        boolean valid = entry.state().valid();
        if (!valid && told.targetHardware().isEmpty()) {
            return;
        }
        MacAddress proposed = told.targetHardware().orElse(entry.hardware());
        NeighbourState to = told.solicited() ? NeighbourState.REACHABLE : NeighbourState.STALE;
        boolean refused = valid && !told.override() && !proposed.equals(entry.hardware());
        if (told.override()) {
            entry.update(proposed, to, true, cause);
        } else {
            entry.updateWeakly(proposed, to, cause);
        }
        if (!refused && !told.router()) {
            routes.lost(told.target(), cause);
        }
    }
}
