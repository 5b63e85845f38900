package cofferdam.monitor.linux;

import cofferdam.monitor.Cable;
import cofferdam.monitor.Capability;
import cofferdam.monitor.Endpoint;
import cofferdam.monitor.Machine;
import cofferdam.monitor.NetworkInterfaces;
import cofferdam.monitor.Offer;
import cofferdam.monitor.RawNic;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.guest.GuestIdentity;
import cofferdam.monitor.net.Link;

import java.util.List;
import java.util.Optional;

/**
 * A machine that is no guest: its network stack is the testbed's own, on the fabric of the real guests.
 *
 * @param withoutInterfaces why nobody gets at its interfaces; empty where somebody does
 * @param host what the host's operating system has besides; empty on other machines
 */
record EmulatedResident(
        GuestIdentity identity,
        List<RawNic> interfaces,
        Link link,
        Optional<String> withoutInterfaces,
        Endpoint endpoint,
        Optional<Facility> host)
        implements Machine {

    EmulatedResident {
        interfaces = List.copyOf(interfaces);
    }

    @Override
    public String name() {
        return identity.name();
    }

    @Override
    public MacAddress mac() {
        return identity.mac();
    }

    @Override
    public Ipv4Address address() {
        return identity.address();
    }

    @Override
    public <C extends Capability> Offer<C> offer(Class<C> kind) {
        if (kind == NetworkInterfaces.class && withoutInterfaces.isPresent()) {
            return new Offer.Missing<>(withoutInterfaces.get());
        }
        if (kind == NetworkInterfaces.class) {
            NetworkInterfaces all = () -> interfaces;
            return new Offer.Available<>(kind.cast(all));
        }
        if (kind == Cable.class) {
            Cable cable = link::connect;
            return new Offer.Available<>(kind.cast(cable));
        }
        if (kind == Endpoint.class) {
            return new Offer.Available<>(kind.cast(endpoint));
        }
        return host.flatMap(side -> side.offer(kind))
                .orElseGet(() -> new Offer.Missing<>("machine '%s' has no capability %s"
                        .formatted(name(), kind.getSimpleName())));
    }
}
