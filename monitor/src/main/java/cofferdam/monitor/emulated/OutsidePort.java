package cofferdam.monitor.emulated;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A port of a live host for a machine that is not emulated.
 *
 * @param name lower-case letters, digits and hyphens; also the name of its capture
 * @param place where it is
 * @param mac the address that the machine's interface was configured with, as far as the policy knows
 * @param address the machine's address, which ARP inspection and its like then trust; without one
 *     they trust none
 */
public record OutsidePort(String name, Place place, MacAddress mac, Optional<Ipv4Address> address) {

    /** The most ports of a live host. */
    public static final int MAXIMUM_PORTS = 16;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    /** Where a port is. */
    public enum Place {
        /** On the guests' fabric; the policy's filters work on it as on a guest's port. */
        GUEST,
        /** On the physical switch outside, beside Source; no filter works on it. */
        OUTSIDE
    }

    public OutsidePort {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "port '%s' is not of lower-case letters, digits and hyphens".formatted(name));
        }
        if (mac.isGroup() || mac.value() == 0) {
            throw new IllegalArgumentException(
                    "port '%s' cannot have the address %s".formatted(name, mac));
        }
    }
}
