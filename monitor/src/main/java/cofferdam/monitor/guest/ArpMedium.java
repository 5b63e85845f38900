package cofferdam.monitor.guest;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.ArpPacket;
import cofferdam.monitor.packet.Ipv4Packet;

import java.util.Optional;

/** IPv4 over a link: neighbours are asked by ARP (RFC 826). */
record ArpMedium(Link link, Ipv4Address own)
        implements NeighbourCache.Medium<Ipv4Address, Ipv4Packet> {

    @Override
    public void solicit(Ipv4Address address, Optional<MacAddress> known) {
        ArpPacket request = ArpPacket.request(link.address(), own, address);
        link.send(request.toFrame(known.orElse(MacAddress.BROADCAST), link.address()));
    }

    @Override
    public void transmit(Ipv4Packet packet, MacAddress destination) {
        link.send(packet.toFrame(destination, link.address()));
    }
}
