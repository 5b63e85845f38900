package cofferdam.monitor.net;

/**
 * Lets no router advertisement and no redirect pass (RFC 6105), behind whatever extension headers.
 * As RFC 7113 says, a packet of which it cannot be told whether it is one does not pass either, nor
 * does a first fragment that ends before its ICMPv6 type; later fragments pass, which nobody can
 * put together without the first. Unlike there, neither the source nor the hop limit excuses.
 */
final class RouterGuard implements PacketRule {

    private static final int ROUTER_ADVERTISEMENT = 134;
    private static final int REDIRECT = 137;

    @Override
    public boolean passes(FabricPort ingress, byte[] buffer, int at, int end) {
        Ipv6Chain chain = Ipv6Chain.of(buffer, at, end);
        return switch (chain.state()) {
            case LATER_FRAGMENT -> true;
            case UNKNOWN -> false;
            case WHOLE, FIRST_FRAGMENT -> isNoRouters(buffer, chain);
        };
    }

    private static boolean isNoRouters(byte[] buffer, Ipv6Chain chain) {
        if (chain.protocol() != Ipv6Chain.ICMPV6) {
            return true;
        }
        if (chain.bytes() == 0) {
            return false;
        }
        int type = buffer[chain.at()] & 0xff;
        return type != ROUTER_ADVERTISEMENT && type != REDIRECT;
    }
}
