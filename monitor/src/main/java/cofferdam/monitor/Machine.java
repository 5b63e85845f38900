package cofferdam.monitor;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;

/** A guest, a physical computer, or the host's own operating system. */
public interface Machine {

    /**
     * Its name in scenarios and evidence: {@code vm1}, {@code vm2}, {@code source}, {@code host}.
     */
    String name();

    /** The address that its first network interface was configured with. */
    MacAddress mac();

    /** The address of its network stack. */
    Ipv4Address address();

    /** The capability, or the reason why this machine has none of that kind. */
    <C extends Capability> Offer<C> offer(Class<C> capability);
}
