package cofferdam.analysis.evidence;

import cofferdam.analysis.evidence.SeenFrame.Tag;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.pcapng.CapturedFrame;

import org.pcap4j.packet.ArpPacket;
import org.pcap4j.packet.ArpPacket.ArpHeader;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.IpV4Packet.IpV4Header;
import org.pcap4j.packet.IpV6Packet;
import org.pcap4j.packet.IpV6Packet.IpV6Header;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.namednumber.ArpOperation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns frames into what judging asks of them. */
final class Dissector {

    private static final long NO_STATION = -1;
    private static final int BYTES_PER_WORD = 4;
    private static final int ETHERNET_BYTES = 14;
    private static final int IPV6_BYTES = 40;
    private static final int TYPE_AT = 12;
    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86dd;
    private static final int TAG_BYTES = 4;
    private static final int NETWORK_MASK = 0xfff;
    private static final int CUSTOMER_TAG = 0x8100;
    private static final int SERVICE_TAG = 0x88a8;

    /** Of providers before 802.1ad. */
    private static final int OLD_SERVICE_TAG = 0x9100;

    /**
     * The most bytes that are parsed. They hold every header that counts; parsing all of a long
     * frame would let headers nested in headers without end exhaust the stack.
     */
    private static final int PARSED_BYTES = 256;

    private Dissector() {}

    static SeenFrame dissect(CapturedFrame frame) {
        byte[] bytes = frame.bytes();
        if (bytes.length < ETHERNET_BYTES) {
            return new SeenFrame(frame, NO_STATION, NO_STATION, List.of(), Content.Other.OTHER);
        }
        List<Tag> tags = new ArrayList<>();
        byte[] plain = withoutTags(bytes, tags);
        return new SeenFrame(
                frame,
                MacAddress.valueAt(bytes, 0),
                MacAddress.valueAt(bytes, MacAddress.BYTES),
                tags,
                content(plain));
    }

    /**
     * The frame without its VLAN tags. They are taken off here, since pcap4j does not know those of
     * providers, and what is behind any number of tags must be found.
     */
    static byte[] withoutTags(byte[] frame, List<Tag> tags) {
        int at = TYPE_AT;
        while (at + TAG_BYTES + 2 <= frame.length && isTag(u16(frame, at))) {
            if (tags.size() < SeenFrame.MAXIMUM_TAGS) {
                tags.add(new Tag(u16(frame, at), u16(frame, at + 2) & NETWORK_MASK));
            }
            at += TAG_BYTES;
        }
        if (at == TYPE_AT) {
            return frame;
        }
        byte[] plain = Arrays.copyOf(frame, frame.length - at + TYPE_AT);
        System.arraycopy(frame, at, plain, TYPE_AT, frame.length - at);
        return plain;
    }

    private static boolean isTag(int type) {
        return type == CUSTOMER_TAG || type == SERVICE_TAG || type == OLD_SERVICE_TAG;
    }

    private static int u16(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }

    /**
     * Gives pcap4j no more than a header: what follows is none of its business, and it fails on some
     * of what can follow.
     */
    private static Content content(byte[] frame) {
        int after = frame.length - ETHERNET_BYTES;
        try {
            return switch (u16(frame, TYPE_AT)) {
                case IPV4 -> {
                    int words = after > 0 ? frame[ETHERNET_BYTES] & 0xf : 0;
                    int header = Math.min(after, words * BYTES_PER_WORD);
                    yield content(
                            IpV4Packet.newPacket(frame, ETHERNET_BYTES, header),
                            frame,
                            ETHERNET_BYTES);
                }
                case IPV6 ->
                    content(
                            IpV6Packet.newPacket(
                                    frame, ETHERNET_BYTES, Math.min(after, IPV6_BYTES)),
                            frame,
                            ETHERNET_BYTES);
                default ->
                    content(
                            EthernetPacket.newPacket(
                                    frame, 0, Math.min(frame.length, PARSED_BYTES)),
                            frame,
                            0);
            };
        } catch (IllegalRawDataException
                | ArrayIndexOutOfBoundsException
                | IllegalArgumentException e) {
            // The latter two are how pcap4j says it of some lengths and values.
            return Content.Other.OTHER;
        }
    }

    /** Goes through what may lie between to the first packet that counts. */
    private static Content content(Packet outermost, byte[] frame, int start) {
        int offset = start;
        Packet packet = outermost;
        while (packet != null) {
            if (packet instanceof ArpPacket arp) {
                return arp(arp.getHeader());
            }
            if (packet instanceof IpV4Packet ipv4) {
                return ipv4(ipv4.getHeader(), frame, offset);
            }
            if (packet instanceof IpV6Packet ipv6) {
                return ipv6(ipv6.getHeader(), frame, offset);
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
        return new Ipv4Content(counts, new PacketBytes(frame, start, end));
    }

    private static Content ipv6(IpV6Header header, byte[] frame, int offset) {
        int start = offset + IPV6_BYTES;
        int length = header.getPayloadLengthAsInt();
        int end = length == 0 ? frame.length : Math.min(frame.length, start + length);
        if (end < start) {
            return Content.Other.OTHER;
        }
        Ipv6Content.Header counts = new Ipv6Content.Header(
                Ipv6Address.read(header.getSrcAddr().getAddress(), 0),
                Ipv6Address.read(header.getDstAddr().getAddress(), 0),
                header.getNextHeader().value() & 0xff);
        return new Ipv6Content(
                counts, header.getHopLimitAsInt(), new PacketBytes(frame, start, end));
    }

    private static MacAddress station(org.pcap4j.util.MacAddress address) {
        return MacAddress.read(address.getAddress(), 0);
    }
}
