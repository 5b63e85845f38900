package cofferdam.monitor.linux;

import cofferdam.monitor.Cable;
import cofferdam.monitor.Capability;
import cofferdam.monitor.Endpoint;
import cofferdam.monitor.Machine;
import cofferdam.monitor.NetworkInterfaces;
import cofferdam.monitor.Offer;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;

import java.util.List;
import java.util.Optional;

/**
 * A real guest as scenarios and attacks have it.
 *
 * @param endpoint its user's programs
 * @param facilities what it can do besides sending and receiving, in the order in which they are asked
 */
record LinuxMachine(
        LinuxNetwork.AttachedGuest attached, Endpoint endpoint, List<Facility> facilities)
        implements Machine {

    LinuxMachine {
        facilities = List.copyOf(facilities);
    }

    @Override
    public String name() {
        return attached.guest().name();
    }

    @Override
    public MacAddress mac() {
        return attached.guest().identity().mac();
    }

    @Override
    public Ipv4Address address() {
        return attached.guest().identity().address();
    }

    @Override
    public <C extends Capability> Offer<C> offer(Class<C> kind) {
        if (kind == NetworkInterfaces.class) {
            NetworkInterfaces all = () -> List.of(attached.nic());
            return new Offer.Available<>(kind.cast(all));
        }
        if (kind == Cable.class) {
            Cable cable = attached.link()::connect;
            return new Offer.Available<>(kind.cast(cable));
        }
        if (kind == Endpoint.class) {
            return new Offer.Available<>(kind.cast(endpoint));
        }
        for (Facility facility : facilities) {
            Optional<Offer<C>> offer = facility.offer(kind);
            if (offer.isPresent()) {
                return offer.get();
            }
        }
        return new Offer.Missing<>(
                "guests of this monitor have no capability %s".formatted(kind.getSimpleName()));
    }
}
