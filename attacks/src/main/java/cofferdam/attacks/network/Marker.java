package cofferdam.attacks.network;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.Ipv4Packet;
import cofferdam.monitor.packet.Ipv6Packet;
import cofferdam.monitor.packet.UdpDatagram;

import java.nio.charset.StandardCharsets;

/**
 * Frames with a datagram to the discard service (RFC 863, UDP port 9), which does nothing to whoever
 * takes it; its text says what it is.
 */
final class Marker {

    /** Everybody on the link. */
    static final Ipv4Address EVERYBODY = new Ipv4Address(0xffff_ffff);

    private static final int DISCARD_PORT = 9;
    private static final int TIME_TO_LIVE = 64;

    private Marker() {}

    /** What stands in the Ethernet header. */
    record Hardware(MacAddress from, MacAddress to) {}

    /** What stands in the IPv4 header. */
    record Protocol(Ipv4Address from, Ipv4Address to) {}

    /** What stands in the IPv6 header. */
    record Protocol6(Ipv6Address from, Ipv6Address to) {}

    /** @param number tells the packets of one campaign apart; its low 16 bits count */
    static byte[] frame(Hardware hardware, Protocol protocol, int number, String text) {
        byte[] data = text.getBytes(StandardCharsets.US_ASCII);
        byte[] payload = new UdpDatagram(DISCARD_PORT, DISCARD_PORT, data)
                .toBytes(protocol.from(), protocol.to());
        return new Ipv4Packet(
                        protocol.from(),
                        protocol.to(),
                        number & 0xffff,
                        TIME_TO_LIVE,
                        Ipv4Packet.UDP,
                        payload)
                .toFrame(hardware.to(), hardware.from());
    }

    static byte[] frame(Hardware hardware, Protocol6 protocol, String text) {
        byte[] data = text.getBytes(StandardCharsets.US_ASCII);
        byte[] payload = new UdpDatagram(DISCARD_PORT, DISCARD_PORT, data)
                .toBytes(protocol.from(), protocol.to());
        return new Ipv6Packet(protocol.from(), protocol.to(), TIME_TO_LIVE, Ipv6Packet.UDP, payload)
                .toFrame(hardware.to(), hardware.from());
    }
}
