package cofferdam.monitor.packet;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.Ipv6Address;

import java.util.Arrays;
import java.util.Optional;

/**
 * A UDP datagram (RFC 768): ports, length, checksum, data.
 *
 * @param sourcePort 16 bits
 * @param targetPort 16 bits
 * @param data the payload; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole; a copy a frame would cost
public record UdpDatagram(int sourcePort, int targetPort, byte[] data) {

    /** Bytes before the data. */
    public static final int HEADER_BYTES = 8;

    /**
     * Reads the datagram in a packet; empty if lengths or checksum are wrong. A checksum of 0 means
     * none was sent.
     */
    public static Optional<UdpDatagram> inPacket(Ipv4Packet packet) {
        byte[] bytes = packet.payload();
        if (packet.protocol() != Ipv4Packet.UDP || bytes.length < HEADER_BYTES) {
            return Optional.empty();
        }
        int length = Bytes.u16(bytes, 4);
        if (length < HEADER_BYTES || length > bytes.length) {
            return Optional.empty();
        }
        boolean unchecked = Bytes.u16(bytes, 6) == 0;
        if (!unchecked
                && Checksum.ofSegment(
                                packet.source(), packet.target(), Ipv4Packet.UDP, bytes, 0, length)
                        != 0) {
            return Optional.empty();
        }
        return Optional.of(new UdpDatagram(
                Bytes.u16(bytes, 0),
                Bytes.u16(bytes, 2),
                Arrays.copyOfRange(bytes, HEADER_BYTES, length)));
    }

    /**
     * Reads the datagram in a packet; empty if length or checksum are wrong. Over IPv6 there must be
     * a checksum (RFC 8200 section 8.1).
     */
    public static Optional<UdpDatagram> inPacket(Ipv6Packet packet) {
        byte[] bytes = packet.payload();
        boolean sound = packet.nextHeader() == Ipv6Packet.UDP
                && bytes.length >= HEADER_BYTES
                && Bytes.u16(bytes, 4) == bytes.length
                && Bytes.u16(bytes, 6) != 0
                && Checksum.ofSegment(packet.source(), packet.target(), Ipv6Packet.UDP, bytes) == 0;
        return sound
                ? Optional.of(new UdpDatagram(
                        Bytes.u16(bytes, 0),
                        Bytes.u16(bytes, 2),
                        Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length)))
                : Optional.empty();
    }

    /** The target port of a packet's payload, without a look at the rest; -1 if it has none. */
    public static int targetPort(byte[] payload) {
        return payload.length < HEADER_BYTES ? -1 : Bytes.u16(payload, 2);
    }

    /** The datagram as an IPv6 payload, with the checksum that its addresses give. */
    public byte[] toBytes(Ipv6Address source, Ipv6Address target) {
        byte[] bytes = unchecked();
        int checksum = Checksum.ofSegment(source, target, Ipv6Packet.UDP, bytes);
        Bytes.put16(bytes, 6, checksum == 0 ? 0xffff : checksum);
        return bytes;
    }

    /** The datagram as an IPv4 payload, with the checksum that its addresses give. */
    public byte[] toBytes(Ipv4Address source, Ipv4Address target) {
        byte[] bytes = unchecked();
        int checksum = Checksum.ofSegment(source, target, Ipv4Packet.UDP, bytes, 0, bytes.length);
        // RFC 768: a computed zero is sent as all ones, since zero says that there is no checksum.
        Bytes.put16(bytes, 6, checksum == 0 ? 0xffff : checksum);
        return bytes;
    }

    private byte[] unchecked() {
        byte[] bytes = new byte[HEADER_BYTES + data.length];
        Bytes.put16(bytes, 0, sourcePort);
        Bytes.put16(bytes, 2, targetPort);
        Bytes.put16(bytes, 4, bytes.length);
        System.arraycopy(data, 0, bytes, HEADER_BYTES, data.length);
        return bytes;
    }
}
