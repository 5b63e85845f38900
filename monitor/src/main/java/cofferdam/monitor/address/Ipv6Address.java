package cofferdam.monitor.address;

import java.util.ArrayList;
import java.util.List;

/**
 * An IPv6 address (RFC 4291), 16 bytes.
 *
 * @param high the first 8 bytes on the wire, first byte in the highest 8 bits
 * @param low the last 8 bytes
 */
public record Ipv6Address(long high, long low) implements Comparable<Ipv6Address> {

    /** Bytes of an address on the wire. */
    public static final int BYTES = 16;

    /** {@code ::}, the unspecified address. */
    public static final Ipv6Address ANY = new Ipv6Address(0, 0);

    /** {@code ff02::1}, all nodes on the link (RFC 4291 section 2.7.1). */
    public static final Ipv6Address ALL_NODES = new Ipv6Address(0xff02_0000_0000_0000L, 1);

    /** {@code ff02::2}, all routers on the link. */
    public static final Ipv6Address ALL_ROUTERS = new Ipv6Address(0xff02_0000_0000_0000L, 2);

    /** The prefix {@code fe80::/64} of link-local addresses. */
    public static final long LINK_LOCAL = 0xfe80_0000_0000_0000L;

    private static final int GROUPS = 8;
    private static final int GROUP_BITS = 16;
    private static final int GROUP_MASK = 0xffff;

    /**
     * The address in the prefix whose interface identifier is made of a hardware address: modified
     * EUI-64 (RFC 4291 appendix A).
     *
     * @param prefix the first 64 bits
     */
    public static Ipv6Address eui64(long prefix, MacAddress mac) {
        long value = mac.value();
        long upper = (value >>> 24) ^ 0x02_0000L;
        return new Ipv6Address(prefix, (upper << 40) | 0xff_fe00_0000L | (value & 0xff_ffffL));
    }

    /**
     * Reads the text of an address (RFC 4291 section 2.2), without an IPv4 address at its end.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static Ipv6Address parse(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return of(groups(text, text), List.of(), text);
        }
        List<Integer> left = groups(text.substring(0, gap), text);
        List<Integer> right = groups(text.substring(gap + 2), text);
        if (left.size() + right.size() >= GROUPS) {
            throw malformed(text);
        }
        return of(left, right, text);
    }

    private static Ipv6Address of(List<Integer> left, List<Integer> right, String text) {
        if (left.size() + right.size() > GROUPS
                || (right.isEmpty() && left.size() < GROUPS && !text.contains("::"))) {
            throw malformed(text);
        }
        long[] halves = new long[2];
        for (int i = 0; i < left.size(); i++) {
            place(halves, i, left.get(i));
        }
        for (int i = 0; i < right.size(); i++) {
            place(halves, GROUPS - right.size() + i, right.get(i));
        }
        return new Ipv6Address(halves[0], halves[1]);
    }

    private static void place(long[] halves, int index, int group) {
        int shift = Long.SIZE - GROUP_BITS * (index % (GROUPS / 2) + 1);
        halves[index / (GROUPS / 2)] |= (long) group << shift;
    }

    private static List<Integer> groups(String part, String text) {
        if (part.isEmpty()) {
            return List.of();
        }
        List<Integer> groups = new ArrayList<>();
        for (String group : part.split(":", -1)) {
            if (!group.matches("[0-9a-fA-F]{1,4}")) {
                throw malformed(text);
            }
            groups.add(Integer.parseInt(group, 16));
        }
        return groups;
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                "'%s' is not an IPv6 address such as fe80::1".formatted(text));
    }

    /** Reads the 16 bytes at {@code offset}. */
    public static Ipv6Address read(byte[] bytes, int offset) {
        return new Ipv6Address(eight(bytes, offset), eight(bytes, offset + Long.BYTES));
    }

    private static long eight(byte[] bytes, int offset) {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = (value << Byte.SIZE) | (bytes[offset + i] & 0xff);
        }
        return value;
    }

    /** Writes the 16 bytes at {@code offset}. */
    public void write(byte[] bytes, int offset) {
        for (int i = 0; i < Long.BYTES; i++) {
            int shift = Long.SIZE - Byte.SIZE * (i + 1);
            bytes[offset + i] = (byte) (high >>> shift);
            bytes[offset + Long.BYTES + i] = (byte) (low >>> shift);
        }
    }

    /** Whether the address is of a group of nodes, {@code ff00::/8}. */
    public boolean isMulticast() {
        return high >>> (Long.SIZE - Byte.SIZE) == 0xff;
    }

    /** Whether the address is meant for its link alone, {@code fe80::/64}. */
    public boolean isLinkLocal() {
        return high == LINK_LOCAL;
    }

    /** The group in which neighbours look for this address (RFC 4291 section 2.7.1). */
    public Ipv6Address solicitedNode() {
        return new Ipv6Address(ALL_NODES.high, 0x1_ff00_0000L | (low & 0xff_ffffL));
    }

    /** The hardware address of frames to this group (RFC 2464 section 7). */
    public MacAddress multicastMac() {
        return new MacAddress(0x3333_0000_0000L | (low & 0xffff_ffffL));
    }

    @Override
    public int compareTo(Ipv6Address other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** The canonical text (RFC 5952). */
    @Override
    public String toString() {
        int start = 0;
        int longest = 0;
        for (int from = 0; from < GROUPS; from++) {
            int zeros = zerosFrom(from);
            if (zeros > longest) {
                start = from;
                longest = zeros;
            }
        }
        if (longest < 2) {
            return joined(0, GROUPS);
        }
        return joined(0, start) + "::" + joined(start + longest, GROUPS);
    }

    private int zerosFrom(int from) {
        int count = 0;
        while (from + count < GROUPS && group(from + count) == 0) {
            count++;
        }
        return count;
    }

    private String joined(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(group(i)));
        }
        return text.toString();
    }

    private int group(int index) {
        long half = index < GROUPS / 2 ? high : low;
        int shift = Long.SIZE - GROUP_BITS * (index % (GROUPS / 2) + 1);
        return (int) (half >>> shift) & GROUP_MASK;
    }
}
