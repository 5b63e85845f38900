package cofferdam.monitor.net;

import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.Ethernet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads the header of a frame in place, without allocating: destination 6 bytes, source 6 bytes,
 * then any number of VLAN tags of 4 bytes (IEEE Std 802.1Q, clause 9), then the EtherType.
 * Addresses are the low 48 bits of a {@code long}, first byte on the wire highest.
 */
final class FrameHeader {

    /**
     * The bit of an address that says multicast or broadcast (IEEE Std 802-2014, section 8.2.2).
     */
    static final long GROUP_BIT = 1L << 40;

    /** The longest frame with one VLAN tag, without the frame check sequence. */
    static final int MAXIMUM_TAGGED_BYTES = 1518;

    static final int TAG_BYTES = 4;

    /** Where the first EtherType lies. */
    static final int TYPE_OFFSET = 12;

    static final int IPV6_TYPE = 0x86dd;

    /** The EtherType of a tag of IEEE Std 802.1Q. */
    static final int CUSTOMER_TAG = 0x8100;

    private static final int SERVICE_TAG = 0x88a8;
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    private FrameHeader() {}

    /** The destination address; two bytes behind it are read too, which every whole header has. */
    static long destination(byte[] buffer, int offset) {
        return (long) LONG.get(buffer, offset) >>> 16;
    }

    /** The source address; the EtherType behind it is read too, which every whole header has. */
    static long source(byte[] buffer, int offset) {
        return (long) LONG.get(buffer, offset + MacAddress.BYTES) >>> 16;
    }

    /** Whether the address is multicast or broadcast. */
    static boolean isGroup(long address) {
        return (address & GROUP_BIT) != 0;
    }

    /** Whether the address can be that of a station: neither a group's nor zero. */
    static boolean isStation(long address) {
        return address != 0 && !isGroup(address);
    }

    /** The unsigned 16-bit number at {@code offset}. */
    static int u16(byte[] buffer, int offset) {
        return (short) SHORT.get(buffer, offset) & 0xffff;
    }

    /**
     * Where, counted from the frame's start, the EtherType behind all VLAN tags lies; may be beyond
     * the frame's end.
     */
    static int typeOffset(byte[] buffer, int offset, int length) {
        int at = TYPE_OFFSET;
        while (at + 2 <= length && isTag(u16(buffer, offset + at))) {
            at += TAG_BYTES;
        }
        return at;
    }

    /** Whether a cable carries the frame: it has a whole header and is no giant. */
    static boolean isCarried(byte[] buffer, int offset, int length) {
        if (length < Ethernet.HEADER_BYTES) {
            return false;
        }
        return length <= (isTagged(buffer, offset) ? MAXIMUM_TAGGED_BYTES : Ethernet.MAXIMUM_BYTES);
    }

    /** Whether a frame with a whole header has a tag. */
    static boolean isTagged(byte[] buffer, int offset) {
        return isTag(u16(buffer, offset + TYPE_OFFSET));
    }

    /** Whether the EtherType is that of a tag. */
    static boolean isTag(int type) {
        return type == CUSTOMER_TAG || type == SERVICE_TAG;
    }
}
