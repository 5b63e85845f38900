package cofferdam.monitor.emulated;

import cofferdam.monitor.Cable;
import cofferdam.monitor.Capability;
import cofferdam.monitor.Endpoint;
import cofferdam.monitor.Machine;
import cofferdam.monitor.NetworkInterfaces;
import cofferdam.monitor.Offer;
import cofferdam.monitor.RawNic;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.net.Link;

import java.util.List;

/** A machine of the emulated host. It has every capability there is. */
record EmulatedMachine(
        Inhabitant inhabitant, List<RawNic> interfaces, List<Link> links, Endpoint endpoint)
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
        return new Offer.Missing<>(
                "machine '%s' has no capability %s".formatted(name(), capability.getSimpleName()));
    }

    private static <C extends Capability> Offer<C> available(Class<C> kind, Capability capability) {
        return new Offer.Available<>(kind.cast(capability));
    }
}
