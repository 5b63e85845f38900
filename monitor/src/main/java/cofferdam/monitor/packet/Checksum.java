package cofferdam.monitor.packet;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.Ipv6Address;

/** The Internet checksum (RFC 1071). */
public final class Checksum {

    private Checksum() {}

    /** The 16-bit one's complement checksum of {@code length} bytes at {@code offset}. */
    public static int of(byte[] bytes, int offset, int length) {
        return fold(sum(bytes, offset, length));
    }

    /**
     * The checksum of a TCP or UDP segment with the IPv4 pseudo header (RFC 9293 section 3.1, RFC
     * 768) of its addresses, protocol number and length.
     */
    public static int ofSegment(
            Ipv4Address source,
            Ipv4Address target,
            int protocol,
            byte[] bytes,
            int offset,
            int length) {
        long pseudo = (long) (source.value() >>> 16)
                + (source.value() & 0xffff)
                + (target.value() >>> 16)
                + (target.value() & 0xffff)
                + protocol
                + length;
        return fold(pseudo + sum(bytes, offset, length));
    }

    /**
     * The checksum of a message of a protocol above IPv6 with the pseudo header (RFC 8200 section
     * 8.1) of its addresses, length and next header.
     */
    public static int ofSegment(
            Ipv6Address source, Ipv6Address target, int protocol, byte[] bytes) {
        long pseudo = words(source.high())
                + words(source.low())
                + words(target.high())
                + words(target.low())
                + protocol
                + bytes.length;
        return fold(pseudo + sum(bytes, 0, bytes.length));
    }

    private static long words(long value) {
        long sum = 0;
        for (int shift = 0; shift < Long.SIZE; shift += Short.SIZE) {
            sum += (value >>> shift) & 0xffff;
        }
        return sum;
    }

    private static long sum(byte[] bytes, int offset, int length) {
        long sum = 0;
        int end = offset + (length & ~1);
        for (int i = offset; i < end; i += 2) {
            sum += Bytes.u16(bytes, i);
        }
        return (length & 1) == 0 ? sum : sum + ((bytes[end] & 0xff) << 8);
    }

    private static int fold(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return (int) ~folded & 0xffff;
    }
}
