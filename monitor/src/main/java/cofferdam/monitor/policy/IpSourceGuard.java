package cofferdam.monitor.policy;

/**
 * Which source addresses the IP packets from a guest's port may have (IP source guard).
 *
 * @param ipv4 the IPv4 sources
 * @param unspecified what may come from 0.0.0.0 all the same; without meaning where {@code ipv4} is
 *     {@link Ipv4#OFF}
 * @param ipv6 the IPv6 sources
 */
public record IpSourceGuard(Ipv4 ipv4, Unspecified unspecified, Ipv6 ipv6) {

    /** Every source. */
    public static final IpSourceGuard OFF = new IpSourceGuard(Ipv4.OFF, Unspecified.NONE, Ipv6.OFF);

    /** The IPv4 sources. */
    public enum Ipv4 {
        /** Every address. */
        OFF,
        /** The address that the machine was configured with. */
        CONFIGURED,
        /** Whichever address is heard first on the port after its link came up. */
        FIRST_PACKET
    }

    /** What may come from 0.0.0.0, which a machine has before it has any address. */
    public enum Unspecified {
        /** Nothing. */
        NONE,
        /** What a DHCP client sends: UDP from port 68 to port 67. */
        DHCP,
        /** Any UDP. */
        UDP,
        /** Everything. */
        ANY
    }

    /** The IPv6 sources. */
    public enum Ipv6 {
        /** Every address. */
        OFF,
        /**
         * The link-local and the global address that the machine forms of the address that its
         * interface was configured with, and of the unspecified address what it needs to get them.
         */
        CONFIGURED,
        /** None: IPv6 is dropped. */
        DROP
    }
}
