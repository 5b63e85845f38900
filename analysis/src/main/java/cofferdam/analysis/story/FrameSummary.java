package cofferdam.analysis.story;

import org.pcap4j.packet.ArpPacket;
import org.pcap4j.packet.ArpPacket.ArpHeader;
import org.pcap4j.packet.Dot1qVlanTagPacket;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IcmpV4CommonPacket;
import org.pcap4j.packet.IcmpV6CommonPacket;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.IpV6Packet;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.TcpPacket;
import org.pcap4j.packet.TcpPacket.TcpHeader;
import org.pcap4j.packet.UdpPacket;
import org.pcap4j.packet.namednumber.ArpOperation;

import java.util.ArrayList;
import java.util.List;

/** What a frame says, in a few words. */
public final class FrameSummary {

    /** No more bytes are parsed; they hold every header that is told of. */
    private static final int PARSED_BYTES = 256;

    private static final int ETHERNET_BYTES = 14;

    /** More headers than this, one within another, are not gone through. */
    private static final int MAXIMUM_LAYERS = 12;

    private FrameSummary() {}

    /** One line about a frame, with its addresses, its protocol and its length. */
    public static String of(byte[] frame) {
        if (frame.length < ETHERNET_BYTES) {
            return "%d bytes, too short for Ethernet".formatted(frame.length);
        }
        try {
            return layers(
                    EthernetPacket.newPacket(frame, 0, Math.min(frame.length, PARSED_BYTES)),
                    frame.length);
        } catch (IllegalRawDataException | IllegalArgumentException e) {
            return "%d bytes that cannot be parsed".formatted(frame.length);
        }
    }

    private static String layers(EthernetPacket ethernet, int length) {
        List<String> words = new ArrayList<>();
        Packet packet = ethernet.getPayload();
        for (int layer = 0; packet != null && layer < MAXIMUM_LAYERS; layer++) {
            String told = tell(packet);
            if (!told.isEmpty()) {
                words.add(told);
            }
            packet = packet.getPayload();
        }
        if (words.isEmpty()) {
            words.add("Ethernet type 0x%04x"
                    .formatted(ethernet.getHeader().getType().value() & 0xffff));
        }
        words.add("%d bytes".formatted(length));
        return String.join(", ", words);
    }

    private static String tell(Packet packet) {
        return switch (packet) {
            case Dot1qVlanTagPacket tag -> "VLAN %d".formatted(tag.getHeader().getVidAsInt());
            case ArpPacket arp -> arp(arp.getHeader());
            case IpV4Packet ip ->
                "%s to %s"
                        .formatted(
                                ip.getHeader().getSrcAddr().getHostAddress(),
                                ip.getHeader().getDstAddr().getHostAddress());
            case IpV6Packet ip ->
                "%s to %s"
                        .formatted(
                                ip.getHeader().getSrcAddr().getHostAddress(),
                                ip.getHeader().getDstAddr().getHostAddress());
            case UdpPacket udp ->
                "UDP %d to %d"
                        .formatted(
                                udp.getHeader().getSrcPort().valueAsInt(),
                                udp.getHeader().getDstPort().valueAsInt());
            case TcpPacket tcp -> tcp(tcp.getHeader());
            case IcmpV4CommonPacket icmp -> "ICMP " + icmp.getHeader().getType().name();
            case IcmpV6CommonPacket icmp ->
                "ICMPv6 " + icmp.getHeader().getType().name();
            default -> "";
        };
    }

    private static String arp(ArpHeader arp) {
        String sender = arp.getSrcProtocolAddr().getHostAddress();
        if (arp.getOperation().equals(ArpOperation.REPLY)) {
            return "ARP reply: %s is at %s".formatted(sender, arp.getSrcHardwareAddr());
        }
        return "ARP request: who has %s? tell %s"
                .formatted(arp.getDstProtocolAddr().getHostAddress(), sender);
    }

    private static String tcp(TcpHeader tcp) {
        List<String> flags = new ArrayList<>();
        if (tcp.getSyn()) {
            flags.add("SYN");
        }
        if (tcp.getFin()) {
            flags.add("FIN");
        }
        if (tcp.getRst()) {
            flags.add("RST");
        }
        if (tcp.getPsh()) {
            flags.add("PSH");
        }
        if (tcp.getAck()) {
            flags.add("ACK");
        }
        return "TCP %d to %d %s"
                .formatted(
                        tcp.getSrcPort().valueAsInt(),
                        tcp.getDstPort().valueAsInt(),
                        String.join(" ", flags))
                .stripTrailing();
    }
}
