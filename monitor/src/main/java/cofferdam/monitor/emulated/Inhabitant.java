package cofferdam.monitor.emulated;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.policy.Guests;

/**
 * Who lives on the network of the thesis's Figure 17.
 *
 * @param name the machine's name and its vantage's
 * @param mac the address that its first interface is configured with
 * @param address the address of its network stack
 */
record Inhabitant(String name, MacAddress mac, Ipv4Address address) {

    /** The physical computer outside. */
    static final Inhabitant SOURCE = of("source", "02:00:00:00:00:01", "10.0.0.1");

    /** The operating system of the virtualization host, on its own interface. */
    static final Inhabitant HOST = of("host", "02:00:00:00:00:10", "10.0.0.10");

    /** The target. */
    static final Inhabitant VM1 = of("vm1", "02:00:00:00:01:01", "10.0.0.11");

    /** The eavesdropper. */
    static final Inhabitant VM2 = of("vm2", "02:00:00:00:01:02", "10.0.0.12");

    /**
     * The address of the physical interface that the guests share; no machine's network stack has
     * it.
     */
    static final MacAddress SHARED_NIC = MacAddress.parse("02:00:00:00:00:11");

    private static final int FIRST_GUEST = 10;

    /** Another guest. */
    static Inhabitant guest(String name) {
        int number = Guests.NAMES.indexOf(name) + 1;
        return of(
                name,
                "02:00:00:00:01:%02x".formatted(number),
                "10.0.0.%d".formatted(FIRST_GUEST + number));
    }

    private static Inhabitant of(String name, String mac, String address) {
        return new Inhabitant(name, MacAddress.parse(mac), Ipv4Address.parse(address));
    }
}
