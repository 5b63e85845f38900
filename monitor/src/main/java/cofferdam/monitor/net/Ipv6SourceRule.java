package cofferdam.monitor.net;

import cofferdam.monitor.address.Ipv6Address;

/**
 * Lets IPv6 packets pass that come from an address of the port, and from the unspecified address
 * what a machine sends to get one: duplicate address detection, router solicitation and the reports
 * of groups that go with them (RFC 4862, section 5.4; RFC 3810, section 5.2.13). Malformed packets
 * do not pass.
 */
final class Ipv6SourceRule implements PacketRule {

    private static final int SOURCE_OFFSET = 8;
    private static final int MULTICAST_REPORT = 131;
    private static final int MULTICAST_DONE = 132;
    private static final int ROUTER_SOLICITATION = 133;
    private static final int NEIGHBOUR_SOLICITATION = 135;
    private static final int MULTICAST_REPORT_2 = 143;

    @Override
    public boolean passes(FabricPort ingress, byte[] buffer, int at, int end) {
        if (!Ipv6Chain.isWhole(buffer, at, end)) {
            return false;
        }
        Ipv6Address source = Ipv6Address.read(buffer, at + SOURCE_OFFSET);
        return source.equals(Ipv6Address.ANY)
                ? asksForAddress(buffer, Ipv6Chain.of(buffer, at, end))
                : OwnIpv6.owns(ingress, source);
    }

    private static boolean asksForAddress(byte[] buffer, Ipv6Chain chain) {
        if (chain.state() != Ipv6Chain.State.WHOLE
                || chain.protocol() != Ipv6Chain.ICMPV6
                || chain.bytes() == 0) {
            return false;
        }
        return switch (buffer[chain.at()] & 0xff) {
            case MULTICAST_REPORT,
                    MULTICAST_DONE,
                    ROUTER_SOLICITATION,
                    NEIGHBOUR_SOLICITATION,
                    MULTICAST_REPORT_2 -> true;
            default -> false;
        };
    }
}
