package cofferdam.monitor.emulated;

import cofferdam.monitor.Host;
import cofferdam.monitor.HostSetup;
import cofferdam.monitor.RefusedSetupException;
import cofferdam.monitor.RunningTime;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.guest.GuestNetwork;
import cofferdam.monitor.net.FrameSink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An emulated host on a clock of the caller's, with ports for machines that are not emulated: real
 * guests, and programs that use a network interface. The machines have no disks and no memory.
 * Everything happens on the thread that waits.
 */
public final class LiveLab implements AutoCloseable {

    private final EmulatedHost host;
    private final NetworkAssembly network;

    private LiveLab(EmulatedHost host) {
        this.host = host;
        network = host.network();
    }

    /**
     * Starts the machines. Nothing passes the ports before {@link #connect}.
     *
     * @param time a clock that stands at the present
     * @throws RefusedSetupException if two ports, or a port and a machine, share a name or an
     *     address, or there are more than {@link OutsidePort#MAXIMUM_PORTS}
     */
    public static LiveLab start(HostSetup setup, RunningTime time, List<OutsidePort> ports)
            throws RefusedSetupException {
        if (ports.size() > OutsidePort.MAXIMUM_PORTS) {
            throw new RefusedSetupException(
                    "%d ports are more than %d".formatted(ports.size(), OutsidePort.MAXIMUM_PORTS));
        }
        Set<Object> taken = new HashSet<>();
        for (Inhabitant inhabitant :
                List.of(Inhabitant.SOURCE, Inhabitant.HOST, Inhabitant.VM1, Inhabitant.VM2)) {
            taken.addAll(List.of(inhabitant.name(), inhabitant.mac(), inhabitant.address()));
        }
        taken.addAll(List.of("uplink", Inhabitant.SHARED_NIC));
        for (OutsidePort port : ports) {
            take(taken, port, port.name());
            take(taken, port, port.mac());
            if (port.address().isPresent()) {
                take(taken, port, port.address().get());
            }
        }
        return new LiveLab(EmulatedMonitor.started(new EmulatedHost(setup, time, ports)));
    }

    private static void take(Set<Object> taken, OutsidePort port, Object identity)
            throws RefusedSetupException {
        if (!taken.add(identity)) {
            throw new RefusedSetupException(
                    "port '%s' has %s, which is taken".formatted(port.name(), identity));
        }
    }

    /** The machines and their clock. */
    public Host host() {
        return host;
    }

    /**
     * Plugs a cable into a port; what leaves by the port goes there from now on.
     *
     * @return takes what comes in by the cable
     * @throws IllegalArgumentException if there is no such port
     */
    public FrameSink connect(String port, FrameSink cable) {
        return end(port).connect(cable);
    }

    /**
     * Tells the host's fabric that the interface behind a port asks for promiscuous mode, or for its
     * end: what a guest's driver tells it, and a wire does not.
     *
     * @throws IllegalArgumentException if there is no such port
     */
    public void promiscuous(String port, boolean on) {
        end(port).promiscuous(on);
    }

    /**
     * Whether the interface behind a port was said to be in promiscuous mode.
     *
     * @throws IllegalArgumentException if there is no such port
     */
    public boolean isPromiscuous(String port) {
        return end(port).isPromiscuous();
    }

    private OutsideEnd end(String port) {
        OutsideEnd end = network.ends().get(port);
        if (end == null) {
            throw new IllegalArgumentException("no port '%s'".formatted(port));
        }
        return end;
    }

    /**
     * A machine's ARP cache as it is now, sorted by address.
     *
     * @throws IllegalArgumentException if there is no such machine
     */
    public List<ArpEntry> arpCache(String machine) {
        GuestNetwork stack = network.networks().get(machine);
        if (stack == null) {
            throw new IllegalArgumentException("no machine '%s'".formatted(machine));
        }
        return stack.neighbours().stream()
                .map(known ->
                        new ArpEntry(known.address(), known.hardware(), known.state(), known.age()))
                .toList();
    }

    /** The addresses that the fabric, and the switch outside if there is one, know now. */
    public List<MacEntry> macTable() {
        List<MacEntry> entries = new ArrayList<>();
        network.bridges()
                .forEach((name, bridge) -> bridge.learned()
                        .forEach(known -> entries.add(
                                new MacEntry(name, known.address(), known.port(), known.age()))));
        return List.copyOf(entries);
    }

    /** How many frames the policy's filters have dropped so far, by port and filter. */
    public List<Event.FramesDropped> drops() {
        return network.drops();
    }

    @Override
    public void close() {
        host.close();
    }

    /**
     * An entry of an ARP cache.
     *
     * @param mac empty where none is known
     * @param state in the words of RFC 4861 section 7.3.2
     * @param age how long ago the entry last changed
     */
    public record ArpEntry(
            Ipv4Address address, Optional<MacAddress> mac, String state, Duration age) {}

    /**
     * An entry of a switch's table.
     *
     * @param bridge {@code fabric}, or {@code switch} for the one outside
     * @param port the machine or uplink on whose port the address was heard last
     * @param age how long ago that was
     */
    public record MacEntry(String bridge, MacAddress mac, String port, Duration age) {}
}
