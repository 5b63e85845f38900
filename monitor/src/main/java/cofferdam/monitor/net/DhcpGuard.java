package cofferdam.monitor.net;

import cofferdam.monitor.packet.Ethernet;

import java.util.Map;

/**
 * Lets no message of a DHCP server pass: UDP from a server's port, or to a client's (RFC 2131,
 * section 4.1; RFC 8415, section 7.2). That keeps relays from guests' ports too. A packet of which
 * it cannot be told whether it is one does not pass; later fragments do, which nobody can put
 * together without the first.
 */
final class DhcpGuard {

    private static final int SERVER = 67;
    private static final int CLIENT = 68;
    private static final int SERVER_6 = 547;
    private static final int CLIENT_6 = 546;

    private DhcpGuard() {}

    /** The filter, which looks at IPv4 and IPv6. */
    static IngressFilter filter(Sight sight) {
        return new PacketFilter(
                "dhcp-guard",
                sight,
                Map.of(
                        Ethernet.IPV4, (ingress, buffer, at, end) -> passes4(buffer, at, end),
                        FrameHeader.IPV6_TYPE,
                                (ingress, buffer, at, end) -> passes6(buffer, at, end)));
    }

    private static boolean passes4(byte[] buffer, int at, int end) {
        if (!Ipv4Header.isWhole(buffer, at, end)) {
            return false;
        }
        return Ipv4Header.protocol(buffer, at) != Ipv4Header.UDP
                || Ipv4Header.isLaterFragment(buffer, at)
                || isNotServers(
                        buffer,
                        Ipv4Header.payload(buffer, at),
                        Ipv4Header.end(buffer, at),
                        SERVER,
                        CLIENT);
    }

    private static boolean passes6(byte[] buffer, int at, int end) {
        Ipv6Chain chain = Ipv6Chain.of(buffer, at, end);
        return switch (chain.state()) {
            case LATER_FRAGMENT -> true;
            case UNKNOWN -> false;
            case WHOLE, FIRST_FRAGMENT ->
                chain.protocol() != Ipv6Chain.UDP
                        || isNotServers(buffer, chain.at(), chain.end(), SERVER_6, CLIENT_6);
        };
    }

    private static boolean isNotServers(byte[] buffer, int at, int end, int server, int client) {
        return end - at >= 2 * Short.BYTES
                && FrameHeader.u16(buffer, at) != server
                && FrameHeader.u16(buffer, at + Short.BYTES) != client;
    }
}
