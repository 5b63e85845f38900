package cofferdam.monitor.guest;

import cofferdam.monitor.NetworkSetup;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a machine's network stack does besides ARP and IPv4.
 *
 * @param ipv6 whether it speaks IPv6
 * @param router whether it is the router, which is also what lies behind it: {@link
 *     NetworkSetup#REMOTE_IPV6} and, where there are leases, {@link NetworkSetup#REMOTE_IPV4}
 * @param leases what its DHCP server gives to whom; empty where it runs none
 * @param probesByTcp whether its users probe other machines' echo service by TCP and not by UDP, as
 *     where those are real ones that have no other
 */
public record NetworkRole(
        boolean ipv6,
        boolean router,
        SortedMap<MacAddress, Ipv4Address> leases,
        boolean probesByTcp) {

    /** ARP and IPv4 alone. */
    public static final NetworkRole PLAIN = new NetworkRole(false, false, new TreeMap<>(), false);

    /** ARP and IPv4 alone, among real machines. */
    public static final NetworkRole AMONG_REAL =
            new NetworkRole(false, false, new TreeMap<>(), true);

    public NetworkRole {
        leases = Collections.unmodifiableSortedMap(new TreeMap<>(leases));
    }

    /** An ordinary machine. */
    public static NetworkRole host(NetworkSetup setup) {
        return new NetworkRole(setup.ipv6(), false, new TreeMap<>(), false);
    }

    /**
     * The router and DHCP server, as far as the setup asks for them.
     *
     * @param addresses what each machine is configured with
     */
    public static NetworkRole router(NetworkSetup setup, Map<MacAddress, Ipv4Address> addresses) {
        return new NetworkRole(
                setup.ipv6(),
                setup.ipv6() || setup.dhcp(),
                setup.dhcp() ? new TreeMap<>(addresses) : new TreeMap<>(),
                false);
    }
}
