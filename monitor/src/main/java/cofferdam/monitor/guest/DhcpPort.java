package cofferdam.monitor.guest;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.DhcpMessage;
import cofferdam.monitor.packet.Ipv4Packet;
import cofferdam.monitor.packet.UdpDatagram;

/**
 * Sends DHCP messages past the IPv4 stack, since who asks for an address has none, and who is
 * answered cannot be found by ARP yet (RFC 2131 section 4.1).
 */
record DhcpPort(Link link) {

    static final Ipv4Address BROADCAST = Ipv4Address.parse("255.255.255.255");

    private static final int TIME_TO_LIVE = 64;

    /** A client's message goes to everybody. */
    void ask(DhcpMessage message) {
        send(
                message,
                new Way(Ipv4Address.ANY, BROADCAST, MacAddress.BROADCAST),
                DhcpMessage.CLIENT_PORT,
                DhcpMessage.SERVER_PORT);
    }

    /** A server's goes to the client alone, unless the client cannot take that. */
    void answer(Ipv4Address server, DhcpMessage message, boolean toAll) {
        Way way = toAll
                ? new Way(server, BROADCAST, MacAddress.BROADCAST)
                : new Way(server, message.yourAddress(), message.clientHardware());
        send(message, way, DhcpMessage.SERVER_PORT, DhcpMessage.CLIENT_PORT);
    }

    private record Way(Ipv4Address source, Ipv4Address target, MacAddress destination) {}

    private void send(DhcpMessage message, Way way, int from, int to) {
        byte[] datagram =
                new UdpDatagram(from, to, message.toBytes()).toBytes(way.source(), way.target());
        Ipv4Packet packet = new Ipv4Packet(
                way.source(), way.target(), 0, TIME_TO_LIVE, Ipv4Packet.UDP, datagram);
        link.send(packet.toFrame(way.destination(), link.address()));
    }
}
