package cofferdam.monitor.packet;

import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.address.MacAddress;

import java.util.Arrays;
import java.util.Optional;

/**
 * An IPv6 packet (RFC 8200) without extension headers: a header of 40 bytes, then the payload.
 * Traffic class and flow label are sent as zero and not looked at.
 *
 * @param hopLimit 8 bits
 * @param nextHeader 8 bits: {@link #ICMP} or {@link #UDP}, or whatever a sender says
 * @param payload what follows the header; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole; a copy a frame would cost
public record Ipv6Packet(
        Ipv6Address source, Ipv6Address target, int hopLimit, int nextHeader, byte[] payload) {

    /** ICMPv6 (RFC 4443). */
    public static final int ICMP = 58;

    public static final int UDP = 17;

    /** Bytes of the header. */
    public static final int HEADER_BYTES = 40;

    /** The most payload that one untagged Ethernet frame carries, in bytes. */
    public static final int MAXIMUM_PAYLOAD_BYTES =
            Ethernet.MAXIMUM_BYTES - Ethernet.HEADER_BYTES - HEADER_BYTES;

    private static final int VERSION = 6;
    private static final int VERSION_SHIFT = 4;

    /**
     * Reads the packet in a whole Ethernet frame, leaving out its padding; empty if it holds none
     * that is well formed: another version, or more payload than the frame has. What the next header
     * is, is not looked at.
     */
    public static Optional<Ipv6Packet> inFrame(byte[] frame) {
        int at = Ethernet.HEADER_BYTES;
        if (Ethernet.etherType(frame) != Ethernet.IPV6
                || frame.length < at + HEADER_BYTES
                || Bytes.u8(frame, at) >>> VERSION_SHIFT != VERSION) {
            return Optional.empty();
        }
        int start = at + HEADER_BYTES;
        int end = start + Bytes.u16(frame, at + 4);
        if (end > frame.length) {
            return Optional.empty();
        }
        return Optional.of(new Ipv6Packet(
                Ipv6Address.read(frame, at + 8),
                Ipv6Address.read(frame, at + 24),
                Bytes.u8(frame, at + 7),
                Bytes.u8(frame, at + 6),
                Arrays.copyOfRange(frame, start, end)));
    }

    /** A frame that carries this packet; not padded. */
    public byte[] toFrame(MacAddress destination, MacAddress sourceHardware) {
        byte[] bytes = new byte[HEADER_BYTES + payload.length];
        bytes[0] = (byte) (VERSION << VERSION_SHIFT);
        Bytes.put16(bytes, 4, payload.length);
        bytes[6] = (byte) nextHeader;
        bytes[7] = (byte) hopLimit;
        source.write(bytes, 8);
        target.write(bytes, 24);
        System.arraycopy(payload, 0, bytes, HEADER_BYTES, payload.length);
        return Ethernet.frame(destination, sourceHardware, Ethernet.IPV6, bytes);
    }
}
