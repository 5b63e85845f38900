package cofferdam.monitor.net;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/** Which IPv4 address belongs to a guest's port. */
interface PortAddresses {

    /** Whether the address, which is not 0.0.0.0, is the port's. */
    boolean owns(FabricPort port, Ipv4Address address);

    /** The port lost its link. */
    default void linkDown(FabricPort port) {}

    /** The ones that belong to the hardware address that the port's machine was configured with. */
    static PortAddresses configured(Map<Ipv4Address, MacAddress> bindings) {
        Map<Ipv4Address, MacAddress> copy = Map.copyOf(bindings);
        return (port, address) -> {
            MacAddress bound = copy.get(address);
            return bound != null && bound.value() == port.configuredAddress();
        };
    }

    /**
     * The first that is heard on the port after its link came up, if it can be a machine's at all;
     * whatever it is, the port has no other until it loses its link.
     */
    static PortAddresses firstHeard() {
        return new PortAddresses() {
            private final @Nullable Ipv4Address[] heard = new Ipv4Address[Segment.MAXIMUM_PORTS];

            @Override
            public boolean owns(FabricPort port, Ipv4Address address) {
                Ipv4Address first = heard[port.number()];
                if (first == null && isMachines(address)) {
                    heard[port.number()] = address;
                    return true;
                }
                return address.equals(first);
            }

            @Override
            public void linkDown(FabricPort port) {
                heard[port.number()] = null;
            }
        };
    }

    /** Neither of this network alone, nor of the machine alone, nor a group's (RFC 1122, 3.2.1.3). */
    private static boolean isMachines(Ipv4Address address) {
        int first = address.value() >>> 24;
        return first != 0 && first != 127 && first < 224;
    }
}
