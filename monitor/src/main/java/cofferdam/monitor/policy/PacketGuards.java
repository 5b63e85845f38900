package cofferdam.monitor.policy;

import java.time.Duration;

/**
 * What the fabric looks for in the packets that come from a guest's port, beside ARP.
 *
 * @param ipSourceGuard which source addresses IP packets may have
 * @param ndInspection whether messages of Neighbor Discovery (RFC 4861) may speak only for the
 *     port's own addresses
 * @param raGuard whether router advertisements and redirects are dropped (RFC 6105)
 * @param dhcpGuard whether messages of DHCP servers are dropped, of version 4 and 6
 * @param protocols which EtherTypes pass
 * @param tagged what becomes of frames with a VLAN tag
 * @param filterDelay how long the filters of a port are not yet in force after its link came up, up
 *     to {@link #MAXIMUM_FILTER_DELAY}
 */
public record PacketGuards(
        IpSourceGuard ipSourceGuard,
        boolean ndInspection,
        boolean raGuard,
        boolean dhcpGuard,
        Protocols protocols,
        Tagged tagged,
        Duration filterDelay) {

    public static final Duration MAXIMUM_FILTER_DELAY = Duration.ofSeconds(60);

    /** No guard. */
    public static final PacketGuards NONE = new PacketGuards(
            IpSourceGuard.OFF,
            /* ndInspection= */ false,
            /* raGuard= */ false,
            /* dhcpGuard= */ false,
            Protocols.ANY,
            Tagged.INSPECT,
            Duration.ZERO);

    /** Which EtherTypes pass. */
    public enum Protocols {
        ANY,
        /** IPv4, IPv6 and ARP. */
        IP_AND_ARP,
        /** IPv4 and ARP. */
        IPV4_AND_ARP
    }

    /** What becomes of frames with a tag of IEEE Std 802.1Q or 802.1ad. */
    public enum Tagged {
        /** They pass; filters that look for a protocol do not see what is behind a tag. */
        PASS,
        /** Filters that look for a protocol look for it behind all tags. */
        INSPECT,
        /** They are dropped. */
        DROP
    }
}
