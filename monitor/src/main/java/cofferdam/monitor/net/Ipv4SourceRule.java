package cofferdam.monitor.net;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.policy.IpSourceGuard.Unspecified;

/** Lets IPv4 packets pass that come from the port's own address. Malformed ones do not pass. */
final class Ipv4SourceRule implements PacketRule {

    private static final int DHCP_SERVER = 67;
    private static final int DHCP_CLIENT = 68;

    private final PortAddresses addresses;
    private final Unspecified unspecified;

    /** @param unspecified what passes from 0.0.0.0 */
    Ipv4SourceRule(PortAddresses addresses, Unspecified unspecified) {
        this.addresses = addresses;
        this.unspecified = unspecified;
    }

    @Override
    public boolean passes(FabricPort ingress, byte[] buffer, int at, int end) {
        if (!Ipv4Header.isWhole(buffer, at, end)) {
            return false;
        }
        Ipv4Address source = Ipv4Header.source(buffer, at);
        return source.equals(Ipv4Address.ANY)
                ? passesUnspecified(buffer, at)
                : addresses.owns(ingress, source);
    }

    @Override
    public void linkDown(FabricPort port) {
        addresses.linkDown(port);
    }

    private boolean passesUnspecified(byte[] buffer, int at) {
        boolean datagram = Ipv4Header.protocol(buffer, at) == Ipv4Header.UDP;
        return switch (unspecified) {
            case NONE -> false;
            case DHCP -> datagram && isFromDhcpClient(buffer, at);
            case UDP -> datagram;
            case ANY -> true;
        };
    }

    private static boolean isFromDhcpClient(byte[] buffer, int at) {
        int payload = Ipv4Header.payload(buffer, at);
        return !Ipv4Header.isLaterFragment(buffer, at)
                && Ipv4Header.end(buffer, at) - payload >= 2 * Short.BYTES
                && FrameHeader.u16(buffer, payload) == DHCP_CLIENT
                && FrameHeader.u16(buffer, payload + Short.BYTES) == DHCP_SERVER;
    }
}
