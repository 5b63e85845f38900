package cofferdam.monitor.emulated;

import cofferdam.monitor.Cable;
import cofferdam.monitor.Capability;
import cofferdam.monitor.Endpoint;
import cofferdam.monitor.ImageStore;
import cofferdam.monitor.Machine;
import cofferdam.monitor.NetworkInterfaces;
import cofferdam.monitor.Offer;
import cofferdam.monitor.RawNic;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.net.Link;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A machine of the emulated host.
 *
 * @param disk what it has of a disk
 * @param store the host's files; absent from machines that are not the host's operating system
 */
record EmulatedMachine(
        Inhabitant inhabitant,
        List<RawNic> interfaces,
        List<Link> links,
        Endpoint endpoint,
        MachineDisk disk,
        @Nullable ImageStore store)
        implements Machine {

    EmulatedMachine {
        interfaces = List.copyOf(interfaces);
        links = List.copyOf(links);
    }

    @Override
    public String name() {
        return inhabitant.name();
    }

    @Override
    public MacAddress mac() {
        return inhabitant.mac();
    }

    @Override
    public Ipv4Address address() {
        return inhabitant.address();
    }

    @Override
    public <C extends Capability> Offer<C> offer(Class<C> capability) {
        if (capability == NetworkInterfaces.class) {
            return available(capability, (NetworkInterfaces) () -> interfaces);
        }
        if (capability == Cable.class) {
            return available(capability, (Cable)
                    connected -> links.forEach(link -> link.connect(connected)));
        }
        if (capability == Endpoint.class) {
            return available(capability, endpoint);
        }
        if (capability == ImageStore.class) {
            return store != null
                    ? available(capability, store)
                    : new Offer.Missing<>(
                            "machine '%s' does not reach the host's storage".formatted(name()));
        }
        return disk.offer(capability);
    }

    private static <C extends Capability> Offer<C> available(Class<C> kind, Capability capability) {
        return new Offer.Available<>(kind.cast(capability));
    }
}
