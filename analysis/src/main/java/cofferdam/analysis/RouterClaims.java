package cofferdam.analysis;

import cofferdam.analysis.evidence.DhcpContent;
import cofferdam.analysis.evidence.DiscoveryContent;
import cofferdam.analysis.evidence.Drops;
import cofferdam.analysis.evidence.Ipv4Content;
import cofferdam.analysis.evidence.Ipv6Content;
import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.SeenFrame;

import java.util.List;

/**
 * What says who the router is: router advertisements (RFC 4861) and what DHCP servers say (RFC 2131).
 * Only the router itself may.
 */
final class RouterClaims implements Claims {

    /** The machine that is the router of the link, and its DHCP server. */
    static final String ROUTER = "source";

    /** Of other machines than the router these messages say nothing. */
    @Override
    public boolean isFalse(SeenFrame frame, Machine about) {
        return about.name().equals(ROUTER) && isClaim(frame) && !frame.from(about.mac());
    }

    /** No machine that attacks is the router. */
    @Override
    public boolean isForeign(SeenFrame frame, Machine sender) {
        return isClaim(frame);
    }

    /** Whether it is such a message. */
    static boolean isClaim(SeenFrame frame) {
        return switch (frame.content()) {
            case Ipv6Content packet ->
                packet.discovery()
                        .filter(message ->
                                message.kind() == DiscoveryContent.Kind.ROUTER_ADVERTISEMENT)
                        .isPresent();
            case Ipv4Content packet -> packet.dhcp().filter(DhcpContent::reply).isPresent();
            default -> false;
        };
    }

    @Override
    public List<Drops.Filter> filters() {
        return List.of(
                Drops.ROUTERS,
                Drops.LEASES,
                Drops.IP,
                Drops.PROTOCOLS,
                Drops.TAGS);
    }
}
