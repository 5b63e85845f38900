package cofferdam.monitor.guest;

import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.Icmpv6;
import cofferdam.monitor.packet.Icmpv6.NeighbourSolicitation;
import cofferdam.monitor.packet.Ipv6Packet;

import java.util.Optional;

/** IPv6 over a link (RFC 2464): neighbours are asked by solicitations (RFC 4861 section 7.2.2). */
record DiscoveryMedium(Link link, Ipv6Addresses addresses)
        implements NeighbourCache.Medium<Ipv6Address, Ipv6Packet> {

    @Override
    public void solicit(Ipv6Address address, Optional<MacAddress> known) {
        addresses.sourceFor(address).ifPresent(source -> ask(source, address, known));
    }

    private void ask(Ipv6Address source, Ipv6Address address, Optional<MacAddress> known) {
        Ipv6Address target = known.isPresent() ? address : address.solicitedNode();
        Icmpv6 question = new NeighbourSolicitation(address, Optional.of(link.address()));
        transmit(
                question.toPacket(source, target, Icmpv6.NEIGHBOUR_DISCOVERY_HOP_LIMIT),
                known.orElse(target.multicastMac()));
    }

    /** Asks whether anybody has an address that the machine would like to have. */
    void probe(Ipv6Address address) {
        Ipv6Address group = address.solicitedNode();
        Icmpv6 question = new NeighbourSolicitation(address, Optional.empty());
        transmit(
                question.toPacket(Ipv6Address.ANY, group, Icmpv6.NEIGHBOUR_DISCOVERY_HOP_LIMIT),
                group.multicastMac());
    }

    @Override
    public void transmit(Ipv6Packet packet, MacAddress destination) {
        link.send(packet.toFrame(destination, link.address()));
    }
}
