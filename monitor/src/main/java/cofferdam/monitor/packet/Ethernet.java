package cofferdam.monitor.packet;

import cofferdam.monitor.address.MacAddress;

/**
 * Ethernet II framing (IEEE Std 802.3, clause 3): destination 6 bytes, source 6 bytes, EtherType 2
 * bytes, payload. A frame here has no preamble and no frame check sequence, as captures have none.
 */
public final class Ethernet {

    /** Bytes before the payload. */
    public static final int HEADER_BYTES = 14;

    /**
     * The shortest frame on a physical wire, without the frame check sequence; shorter ones are
     * padded with zeros.
     */
    public static final int MINIMUM_WIRE_BYTES = 60;

    /** The longest frame without a VLAN tag, without the frame check sequence. */
    public static final int MAXIMUM_BYTES = 1514;

    /** EtherType of IPv4. */
    public static final int IPV4 = 0x0800;

    /** EtherType of ARP. */
    public static final int ARP = 0x0806;

    /** EtherType of IPv6. */
    public static final int IPV6 = 0x86dd;

    private Ethernet() {}

    /** A frame with {@code payload} copied behind its header. */
    public static byte[] frame(
            MacAddress destination, MacAddress source, int etherType, byte[] payload) {
        byte[] frame = new byte[HEADER_BYTES + payload.length];
        destination.write(frame, 0);
        source.write(frame, MacAddress.BYTES);
        Bytes.put16(frame, 12, etherType);
        System.arraycopy(payload, 0, frame, HEADER_BYTES, payload.length);
        return frame;
    }

    /**
     * A copy of {@code frame} with other addresses, as a forwarder on the same segment makes it.
     */
    public static byte[] readdressed(byte[] frame, MacAddress destination, MacAddress source) {
        byte[] copy = frame.clone();
        destination.write(copy, 0);
        source.write(copy, MacAddress.BYTES);
        return copy;
    }

    /** The destination address of a frame of at least {@link #HEADER_BYTES}. */
    public static MacAddress destination(byte[] frame) {
        return MacAddress.read(frame, 0);
    }

    /** The source address of a frame of at least {@link #HEADER_BYTES}. */
    public static MacAddress source(byte[] frame) {
        return MacAddress.read(frame, MacAddress.BYTES);
    }

    /** The EtherType of a frame, or -1 if the frame is shorter than a header. */
    public static int etherType(byte[] frame) {
        return frame.length < HEADER_BYTES ? -1 : Bytes.u16(frame, 12);
    }
}
