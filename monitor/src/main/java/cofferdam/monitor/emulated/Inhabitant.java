package cofferdam.monitor.emulated;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.guest.GuestIdentity;
import cofferdam.monitor.guest.Residents;

/**
 * Who lives on the network of the thesis's Figure 17.
 *
 * @param name the machine's name and its vantage's
 * @param mac the address that its first interface is configured with
 * @param address the address of its network stack
 */
record Inhabitant(String name, MacAddress mac, Ipv4Address address) {

    /** The physical computer outside. */
    static final Inhabitant SOURCE = of(Residents.SOURCE);

    /** The operating system of the virtualization host, on its own interface. */
    static final Inhabitant HOST = of(Residents.HOST);

    /** The target. */
    static final Inhabitant VM1 = guest("vm1");

    /** The eavesdropper. */
    static final Inhabitant VM2 = guest("vm2");

    /**
     * The address of the physical interface that the guests share; no machine's network stack has
     * it.
     */
    static final MacAddress SHARED_NIC = Residents.SHARED_NIC;

    /** Another guest. */
    static Inhabitant guest(String name) {
        return of(Residents.guest(name));
    }

    private static Inhabitant of(GuestIdentity identity) {
        return new Inhabitant(identity.name(), identity.mac(), identity.address());
    }
}
