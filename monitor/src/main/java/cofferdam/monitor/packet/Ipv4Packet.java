package cofferdam.monitor.packet;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;

import java.util.Arrays;
import java.util.Optional;

/**
 * An IPv4 packet (RFC 791) without options, not fragmented: a header of 20 bytes with its checksum,
 * then the payload.
 *
 * @param identification 16 bits
 * @param timeToLive 8 bits
 * @param protocol 8 bits: {@link #ICMP}, {@link #TCP} or {@link #UDP}
 * @param payload what follows the header; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole; a copy a frame would cost
public record Ipv4Packet(
        Ipv4Address source,
        Ipv4Address target,
        int identification,
        int timeToLive,
        int protocol,
        byte[] payload) {

    public static final int ICMP = 1;
    public static final int TCP = 6;
    public static final int UDP = 17;

    /** Bytes of a header without options. */
    public static final int HEADER_BYTES = 20;

    /** The most payload that one untagged Ethernet frame carries, in bytes. */
    public static final int MAXIMUM_PAYLOAD_BYTES =
            Ethernet.MAXIMUM_BYTES - Ethernet.HEADER_BYTES - HEADER_BYTES;

    private static final int VERSION_AND_LENGTH = 0x45;
    private static final int DO_NOT_FRAGMENT = 0x4000;
    private static final int MORE_FRAGMENTS_OR_OFFSET = 0x3fff;

    /**
     * Reads the packet in a whole Ethernet frame, leaving out its padding; empty if it holds none
     * that is well formed: bad version, length or checksum, options, or a fragment.
     */
    public static Optional<Ipv4Packet> inFrame(byte[] frame) {
        int at = Ethernet.HEADER_BYTES;
        if (Ethernet.etherType(frame) != Ethernet.IPV4
                || frame.length < at + HEADER_BYTES
                || Bytes.u8(frame, at) != VERSION_AND_LENGTH) {
            return Optional.empty();
        }
        int total = Bytes.u16(frame, at + 2);
        boolean sound = total >= HEADER_BYTES
                && at + total <= frame.length
                && (Bytes.u16(frame, at + 6) & MORE_FRAGMENTS_OR_OFFSET) == 0
                && Checksum.of(frame, at, HEADER_BYTES) == 0;
        if (!sound) {
            return Optional.empty();
        }
        return Optional.of(new Ipv4Packet(
                Ipv4Address.read(frame, at + 12),
                Ipv4Address.read(frame, at + 16),
                Bytes.u16(frame, at + 4),
                Bytes.u8(frame, at + 8),
                Bytes.u8(frame, at + 9),
                Arrays.copyOfRange(frame, at + HEADER_BYTES, at + total)));
    }

    /** A frame that carries this packet; not padded. */
    public byte[] toFrame(MacAddress destination, MacAddress sourceHardware) {
        byte[] bytes = new byte[HEADER_BYTES + payload.length];
        bytes[0] = VERSION_AND_LENGTH;
        Bytes.put16(bytes, 2, bytes.length);
        Bytes.put16(bytes, 4, identification);
        Bytes.put16(bytes, 6, DO_NOT_FRAGMENT);
        bytes[8] = (byte) timeToLive;
        bytes[9] = (byte) protocol;
        source.write(bytes, 12);
        target.write(bytes, 16);
        Bytes.put16(bytes, 10, Checksum.of(bytes, 0, HEADER_BYTES));
        System.arraycopy(payload, 0, bytes, HEADER_BYTES, payload.length);
        return Ethernet.frame(destination, sourceHardware, Ethernet.IPV4, bytes);
    }
}
