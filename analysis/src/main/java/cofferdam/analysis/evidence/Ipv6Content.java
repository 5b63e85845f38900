package cofferdam.analysis.evidence;

import cofferdam.monitor.address.Ipv6Address;

import java.util.Optional;
import java.util.Set;

/**
 * An IPv6 packet (RFC 8200) as the same packet is recognised at another place: by source, target,
 * next header and the bytes after the header. What forwarders change (hop limit) and the frame's
 * padding do not count.
 */
public final class Ipv6Content implements PacketContent {

    private static final int ICMP = 58;
    private static final int ECHO = 128;
    private static final int ECHO_REPLY = 129;
    private static final int FIRST_DISCOVERY = 133;

    /** The last type of neighbour discovery; routers say it of others, and nobody here does. */
    private static final int REDIRECT = 137;

    private final Header header;
    private final int hopLimit;
    private final PacketBytes bytes;

    /** @param bytes what follows the header */
    Ipv6Content(Header header, int hopLimit, PacketBytes bytes) {
        this.header = header;
        this.hopLimit = hopLimit;
        this.bytes = bytes;
    }

    /** The fields of the header that count. */
    record Header(Ipv6Address source, Ipv6Address target, int nextHeader) {}

    /** The address that it names as its sender. */
    public Ipv6Address source() {
        return header.source;
    }

    /** The address that it is for. */
    public Ipv6Address target() {
        return header.target;
    }

    /** What its header says that follows. */
    public int nextHeader() {
        return header.nextHeader;
    }

    /** How many routers it may still pass; neighbour discovery has 255 (RFC 4861 section 3.1). */
    public int hopLimit() {
        return hopLimit;
    }

    /**
     * Whether an address is one of the machine's: whatever the prefix, it ends as the machine's
     * hardware address has it (modified EUI-64, RFC 4291 appendix A).
     */
    public static boolean belongs(Ipv6Address address, Machine machine) {
        return !address.isMulticast()
                && address.equals(Ipv6Address.eui64(address.high(), machine.mac()));
    }

    @Override
    public boolean goes(Machine from, Machine to) {
        return belongs(header.source, from) && belongs(header.target, to);
    }

    @Override
    public boolean concerns(Machine from, Machine to) {
        return belongs(header.source, from) || belongs(header.target, to);
    }

    /** The message of neighbour discovery in it; empty if it carries none that is well formed. */
    public Optional<DiscoveryContent> discovery() {
        return isDiscovery() && bytes.u8(0) != REDIRECT
                ? DiscoveryContent.in(bytes)
                : Optional.empty();
    }

    @Override
    public boolean contains(byte[] text) {
        return bytes.contains(text);
    }

    @Override
    public boolean names(Set<String> flows) {
        return bytes.names(flows);
    }

    @Override
    public boolean isEcho() {
        return header.nextHeader == ICMP
                && bytes.length() > 0
                && (bytes.u8(0) == ECHO || bytes.u8(0) == ECHO_REPLY);
    }

    @Override
    public boolean isDiscovery() {
        return header.nextHeader == ICMP
                && bytes.length() > 0
                && bytes.u8(0) >= FIRST_DISCOVERY
                && bytes.u8(0) <= REDIRECT;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ipv6Content that
                && header.equals(that.header)
                && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * header.hashCode() + bytes.hashCode();
    }
}
