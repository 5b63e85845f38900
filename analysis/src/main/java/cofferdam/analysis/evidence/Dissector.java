package cofferdam.analysis.evidence;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.pcapng.CapturedFrame;

import org.pcap4j.packet.ArpPacket;
import org.pcap4j.packet.ArpPacket.ArpHeader;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.EthernetPacket.EthernetHeader;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.IpV4Packet.IpV4Header;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.namednumber.ArpOperation;

/** Turns frames into what judging asks of them. */
final class Dissector {

    private static final long NO_STATION = -1;
    private static final int BYTES_PER_WORD = 4;
    private static final int ETHERNET_BYTES = 14;

    /**
     * The most bytes that are parsed. They hold every header that counts; parsing all of a long
     * frame would let headers nested in headers without end exhaust the stack.
     */
    private static final int PARSED_BYTES = 256;

    private Dissector() {}

    static SeenFrame dissect(CapturedFrame frame) {
        byte[] bytes = frame.bytes();
        if (bytes.length < ETHERNET_BYTES) {
            return new SeenFrame(frame, NO_STATION, NO_STATION, Content.Other.OTHER);
        }
        try {
            EthernetPacket ethernet =
                    EthernetPacket.newPacket(bytes, 0, Math.min(bytes.length, PARSED_BYTES));
            EthernetHeader header = ethernet.getHeader();
            return new SeenFrame(
                    frame,
                    station(header.getDstAddr()).value(),
                    station(header.getSrcAddr()).value(),
                    content(ethernet, bytes));
        } catch (IllegalRawDataException e) {
            return new SeenFrame(frame, NO_STATION, NO_STATION, Content.Other.OTHER);
        }
    }

    /** Goes through VLAN tags and the like to the first packet that counts. */
    private static Content content(Packet outermost, byte[] frame) {
        int offset = 0;
        Packet packet = outermost;
        while (packet != null) {
            if (packet instanceof ArpPacket arp) {
                return arp(arp.getHeader());
            }
            if (packet instanceof IpV4Packet ipv4) {
                return ipv4(ipv4.getHeader(), frame, offset);
            }
            offset += packet.getHeader() == null ? 0 : packet.getHeader().length();
            packet = packet.getPayload();
        }
        return Content.Other.OTHER;
    }

    private static Content arp(ArpHeader header) {
        return new ArpContent(
                header.getOperation().equals(ArpOperation.REPLY),
                Ipv4Address.read(header.getSrcProtocolAddr().getAddress(), 0),
                station(header.getSrcHardwareAddr()));
    }

    private static Content ipv4(IpV4Header header, byte[] frame, int offset) {
        int start = offset + header.getIhlAsInt() * BYTES_PER_WORD;
        int length = header.getTotalLengthAsInt();
        int end = length == 0 ? frame.length : Math.min(frame.length, offset + length);
        if (end < start) {
            return Content.Other.OTHER;
        }
        Ipv4Content.Header counts = new Ipv4Content.Header(
                Ipv4Address.read(header.getSrcAddr().getAddress(), 0),
                Ipv4Address.read(header.getDstAddr().getAddress(), 0),
                header.getIdentificationAsInt(),
                header.getProtocol().value() & 0xff);
        return new Ipv4Content(counts, frame, start, end);
    }

    private static MacAddress station(org.pcap4j.util.MacAddress address) {
        return MacAddress.read(address.getAddress(), 0);
    }
}
