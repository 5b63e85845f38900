package cofferdam.monitor.guest;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;

/**
 * Who a machine is on the network.
 *
 * @param name the machine's name in scenarios and evidence
 * @param mac the address that its network interface has at first
 * @param address the address of its network stack
 */
public record GuestIdentity(String name, MacAddress mac, Ipv4Address address) {

    private static final int LOOPBACK_NETWORK = 127;
    private static final int FIRST_MULTICAST_NETWORK = 224;

    /** Whether a packet from the wire may bear this source address (RFC 1812 section 5.3.7). */
    boolean mayHearFrom(Ipv4Address source) {
        int network = source.value() >>> 24;
        return !source.equals(address)
                && network != 0
                && network != LOOPBACK_NETWORK
                && network < FIRST_MULTICAST_NETWORK;
    }
}
