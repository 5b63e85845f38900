package cofferdam.monitor;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.Ipv6Address;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the machines of a host speak besides ARP and IPv4, and which virtual LANs they are in.
 *
 * @param ipv6 whether they speak IPv6: Source is a router that advertises {@link #IPV6_PREFIX}, and
 *     every machine has a link-local and, once it has heard the router, a global address
 * @param dhcp whether Source is also a DHCP server, which gives every machine the address that it
 *     was configured with, and itself as the router
 * @param networks the virtual LAN of each machine, from {@link #FIRST_NETWORK} to {@link
 *     #LAST_NETWORK}; empty where there are none and all are on one segment
 */
public record NetworkSetup(boolean ipv6, boolean dhcp, SortedMap<String, Integer> networks) {

    /** IPv4 and ARP on one segment, with configured addresses. */
    public static final NetworkSetup PLAIN = new NetworkSetup(false, false, new TreeMap<>());

    /** The identifiers that IEEE Std 802.1Q leaves for use. */
    public static final int FIRST_NETWORK = 1;

    public static final int LAST_NETWORK = 4094;

    /** The prefix of the link, from the documentation range of RFC 3849: {@code 2001:db8:0:1::/64}. */
    public static final long IPV6_PREFIX = 0x2001_0db8_0000_0001L;

    /** What Source also answers as, behind its own router (RFC 5737). */
    public static final Ipv4Address REMOTE_IPV4 = Ipv4Address.parse("192.0.2.1");

    /** What Source also answers as, behind its own router: {@code 2001:db8:ffff::1}. */
    public static final Ipv6Address REMOTE_IPV6 = new Ipv6Address(0x2001_0db8_ffff_0000L, 1);

    public NetworkSetup {
        networks = Collections.unmodifiableSortedMap(new TreeMap<>(networks));
    }
}
