package cofferdam.monitor.guest;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.policy.Guests;

/** Who lives on the network of the thesis's Figure 17, on every monitor. */
public final class Residents {

    /** The physical computer outside. */
    public static final GuestIdentity SOURCE = of("source", "02:00:00:00:00:01", "10.0.0.1");

    /** The operating system of the virtualization host, on its own interface. */
    public static final GuestIdentity HOST = of("host", "02:00:00:00:00:10", "10.0.0.10");

    /**
     * The address of the physical interface that the guests share; no machine's network stack has
     * it.
     */
    public static final MacAddress SHARED_NIC = MacAddress.parse("02:00:00:00:00:11");

    private static final int FIRST_GUEST = 10;

    private Residents() {}

    /**
     * A guest: {@code vm1} is the target, {@code vm2} the eavesdropper.
     *
     * @param name one of {@link Guests#NAMES}
     */
    public static GuestIdentity guest(String name) {
        int number = Guests.NAMES.indexOf(name) + 1;
        return of(
                name,
                "02:00:00:00:01:%02x".formatted(number),
                "10.0.0.%d".formatted(FIRST_GUEST + number));
    }

    private static GuestIdentity of(String name, String mac, String address) {
        return new GuestIdentity(name, MacAddress.parse(mac), Ipv4Address.parse(address));
    }
}
