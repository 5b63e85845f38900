package cofferdam.monitor.net;

import cofferdam.monitor.NetworkSetup;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.address.MacAddress;

/** The IPv6 addresses of a guest's port: those that its machine forms of its hardware address. */
final class OwnIpv6 {

    private OwnIpv6() {}

    /** Whether the address is the port's link-local or global one. */
    static boolean owns(FabricPort port, Ipv6Address address) {
        long prefix = address.high();
        boolean onLink = prefix == Ipv6Address.LINK_LOCAL || prefix == NetworkSetup.IPV6_PREFIX;
        return onLink
                && address.equals(
                        Ipv6Address.eui64(prefix, new MacAddress(port.configuredAddress())));
    }
}
