package cofferdam.monitor.emulated;

import cofferdam.monitor.Cable;
import cofferdam.monitor.Capability;
import cofferdam.monitor.Endpoint;
import cofferdam.monitor.HostProcesses;
import cofferdam.monitor.ImageStore;
import cofferdam.monitor.LoadClient;
import cofferdam.monitor.Machine;
import cofferdam.monitor.ManagementConsole;
import cofferdam.monitor.NetworkInterfaces;
import cofferdam.monitor.Offer;
import cofferdam.monitor.Power;
import cofferdam.monitor.RawNic;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.computer.ComputerCapabilities;
import cofferdam.monitor.host.HostSystem;
import cofferdam.monitor.net.Link;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/**
 * A machine of the emulated host.
 *
 * @param disk what it has of a disk
 * @param computer what can be done with its memory; absent from machines without
 * @param console the host's operating system, on the machine that it is
 * @param store the host's files; absent from machines that are not the host's operating system
 */
record EmulatedMachine(
        Inhabitant inhabitant,
        List<RawNic> interfaces,
        List<Link> links,
        Endpoint endpoint,
        LoadClient load,
        MachineDisk disk,
        MachineStart start,
        @Nullable ComputerCapabilities computer,
        @Nullable HostSystem console,
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
        if (capability == LoadClient.class) {
            return available(capability, load);
        }
        if (capability == ImageStore.class) {
            return store != null
                    ? available(capability, store)
                    : new Offer.Missing<>(
                            "machine '%s' does not reach the host's storage".formatted(name()));
        }
        if (capability == Power.class && start.isPossible()) {
            return available(capability, new PowerSwitch(start, disk.log()));
        }
        if (console != null && capability == HostProcesses.class) {
            return available(capability, console.processes());
        }
        if (console != null && capability == ManagementConsole.class) {
            return available(capability, console.console());
        }
        if (computer != null) {
            Optional<Offer<C>> offer = computer.offer(capability);
            if (offer.isPresent()) {
                return offer.get();
            }
        }
        return disk.offer(capability);
    }

    private static <C extends Capability> Offer<C> available(Class<C> kind, Capability capability) {
        return new Offer.Available<>(kind.cast(capability));
    }
}
