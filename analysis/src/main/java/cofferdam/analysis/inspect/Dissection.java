package cofferdam.analysis.inspect;

import cofferdam.monitor.address.Ipv6Address;

import org.pcap4j.packet.ArpPacket;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IcmpV4CommonPacket;
import org.pcap4j.packet.IcmpV6CommonPacket;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.IpV6Packet;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.TcpPacket;
import org.pcap4j.packet.UdpPacket;

import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A frame as far as it tells who speaks to whom.
 *
 * @param layers the packets one within another, outermost first
 * @param protocol the innermost that is known
 */
record Dissection(List<Packet> layers, Party from, Party to, String protocol) {

    /** No more bytes are parsed; they hold every header that is told of. */
    private static final int PARSED_BYTES = 256;

    private static final int ETHERNET_BYTES = 14;
    private static final int MAXIMUM_LAYERS = 12;

    /** The frame in parts; empty if it is no Ethernet frame. */
    static Optional<Dissection> of(byte[] frame) {
        if (frame.length < ETHERNET_BYTES) {
            return Optional.empty();
        }
        try {
            int parsed = Math.min(frame.length, PARSED_BYTES);
            return Optional.of(of(EthernetPacket.newPacket(frame, 0, parsed)));
        } catch (IllegalRawDataException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static Dissection of(EthernetPacket ethernet) {
        List<Packet> layers = new ArrayList<>();
        Ends ends = new Ends(ethernet);
        Packet packet = ethernet.getPayload();
        while (packet != null && layers.size() < MAXIMUM_LAYERS) {
            layers.add(packet);
            ends.take(packet);
            packet = packet.getPayload();
        }
        return new Dissection(layers, ends.from(), ends.to(), ends.protocol);
    }

    /** The innermost packet of a kind. */
    <P extends Packet> Optional<P> layer(Class<P> kind) {
        return layers.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    /** What is known of both ends so far. */
    private static final class Ends {

        private final EthernetPacket ethernet;
        private String source = "";
        private String target = "";
        private int sourcePort = Party.NO_PORT;
        private int targetPort = Party.NO_PORT;
        private String protocol;

        Ends(EthernetPacket ethernet) {
            this.ethernet = ethernet;
            protocol =
                    "Ethernet 0x%04x".formatted(ethernet.getHeader().getType().value() & 0xffff);
        }

        void take(Packet packet) {
            switch (packet) {
                case ArpPacket arp -> {
                    protocol = "ARP";
                    source = arp.getHeader().getSrcProtocolAddr().getHostAddress();
                    target = arp.getHeader().getDstProtocolAddr().getHostAddress();
                }
                case IpV4Packet ip -> {
                    protocol = "IPv4 %d".formatted(ip.getHeader().getProtocol().value() & 0xff);
                    source = ip.getHeader().getSrcAddr().getHostAddress();
                    target = ip.getHeader().getDstAddr().getHostAddress();
                }
                case IpV6Packet ip -> {
                    protocol =
                            "IPv6 %d".formatted(ip.getHeader().getNextHeader().value() & 0xff);
                    source = text(ip.getHeader().getSrcAddr());
                    target = text(ip.getHeader().getDstAddr());
                }
                case UdpPacket udp -> {
                    protocol = "UDP";
                    sourcePort = udp.getHeader().getSrcPort().valueAsInt();
                    targetPort = udp.getHeader().getDstPort().valueAsInt();
                }
                case TcpPacket tcp -> {
                    protocol = "TCP";
                    sourcePort = tcp.getHeader().getSrcPort().valueAsInt();
                    targetPort = tcp.getHeader().getDstPort().valueAsInt();
                }
                case IcmpV4CommonPacket icmp -> protocol = "ICMP";
                case IcmpV6CommonPacket icmp -> protocol = "ICMPv6";
                default -> {
                    // A tag, or what is within the last header that counts.
                }
            }
        }

        /** Shortened, as people write it; Java would not. */
        private static String text(Inet6Address address) {
            return Ipv6Address.read(address.getAddress(), 0).toString();
        }

        Party from() {
            return new Party(ethernet.getHeader().getSrcAddr().toString(), source, sourcePort);
        }

        Party to() {
            return new Party(ethernet.getHeader().getDstAddr().toString(), target, targetPort);
        }
    }
}
