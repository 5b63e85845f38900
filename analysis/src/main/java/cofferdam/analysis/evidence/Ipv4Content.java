package cofferdam.analysis.evidence;

import cofferdam.monitor.address.Ipv4Address;

import java.util.Optional;
import java.util.Set;

/**
 * An IPv4 packet (RFC 791) as the same packet is recognised at another place: by source, target,
 * identification, protocol and the bytes after the header. What forwarders change (time to live,
 * header checksum) and the frame's padding do not count.
 */
public final class Ipv4Content implements PacketContent {

    private static final int ICMP = 1;
    private static final int ECHO_REPLY = 0;
    private static final int ECHO = 8;
    private static final int UDP = 17;

    private final Header header;
    private final PacketBytes bytes;

    /** @param bytes what follows the header */
    Ipv4Content(Header header, PacketBytes bytes) {
        this.header = header;
        this.bytes = bytes;
    }

    /** The fields of the header that count. */
    record Header(Ipv4Address source, Ipv4Address target, int identification, int protocol) {}

    /** The address that it names as its sender. */
    public Ipv4Address source() {
        return header.source;
    }

    /** The address that it is for. */
    public Ipv4Address target() {
        return header.target;
    }

    /** What its header says that follows. */
    public int protocol() {
        return header.protocol;
    }

    /** Whether it goes from one of these addresses to the other, in this direction. */
    public boolean goes(Ipv4Address from, Ipv4Address to) {
        return header.source.value() == from.value() && header.target.value() == to.value();
    }

    @Override
    public boolean goes(Machine from, Machine to) {
        return goes(from.address(), to.address());
    }

    /** A DHCP client has no address yet, but names its hardware address. */
    @Override
    public boolean concerns(Machine from, Machine to) {
        return header.source.equals(from.address())
                || header.target.equals(to.address())
                || dhcp().filter(message -> message.clientHardware()
                                .equals(message.reply() ? to.mac() : from.mac()))
                        .isPresent();
    }

    /** The DHCP message in it; empty if it carries none. */
    public Optional<DhcpContent> dhcp() {
        return header.protocol == UDP ? DhcpContent.in(bytes) : Optional.empty();
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
        return header.protocol == ICMP
                && bytes.length() > 0
                && (bytes.u8(0) == ECHO || bytes.u8(0) == ECHO_REPLY);
    }

    @Override
    public boolean isDiscovery() {
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ipv4Content that
                && header.equals(that.header)
                && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * header.hashCode() + bytes.hashCode();
    }
}
