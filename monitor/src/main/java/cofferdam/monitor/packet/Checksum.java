package cofferdam.monitor.packet;

import cofferdam.monitor.address.Ipv4Address;

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
