package cofferdam.monitor.emulated;

import cofferdam.monitor.HostSetup;
import cofferdam.monitor.Machine;
import cofferdam.monitor.RawNic;
import cofferdam.monitor.RunningTime;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.computer.Computer;
import cofferdam.monitor.computer.Room;
import cofferdam.monitor.evidence.Direction;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.VantageCapture;
import cofferdam.monitor.guest.GuestIdentity;
import cofferdam.monitor.guest.GuestNetwork;
import cofferdam.monitor.guest.NetworkRole;
import cofferdam.monitor.host.HostSystem;
import cofferdam.monitor.net.Bridge;
import cofferdam.monitor.net.DropCounter;
import cofferdam.monitor.net.Fabrics;
import cofferdam.monitor.net.FrameSink;
import cofferdam.monitor.net.GuestPort;
import cofferdam.monitor.net.Link;
import cofferdam.monitor.net.Nic;
import cofferdam.monitor.net.WireTap;
import cofferdam.monitor.policy.Guests;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The network of the thesis's Figure 17, wired as the policy's monitor type says. With a monitor,
 * the guests are attached to the policy's fabric, whose uplink leads through one shared physical
 * interface to a plain physical switch; Source and the host's own interface are on that switch too.
 * Without one, every machine is on the policy's fabric itself.
 */
final class NetworkAssembly {

    static final String FABRIC = "fabric";

    static final String SWITCH = "switch";

    private final HostSetup setup;
    private final RunningTime time;
    private final Storage storage;
    private final Room room;
    private final @Nullable HostSystem console;
    private final SplittableRandom random;
    private final DropCounter dropped;
    private final List<Machine> machines = new ArrayList<>();
    private final List<MachineStart> starts = new ArrayList<>();
    private final Map<String, GuestNetwork> networks = new LinkedHashMap<>();
    private final List<OutsidePort> outsidePorts;
    private final Map<String, OutsideEnd> ends = new LinkedHashMap<>();
    private final Map<String, Bridge> bridges = new LinkedHashMap<>();

    NetworkAssembly(
            HostSetup setup,
            RunningTime time,
            Storage storage,
            Room room,
            @Nullable HostSystem console,
            List<OutsidePort> outsidePorts) {
        this.outsidePorts = List.copyOf(outsidePorts);
        this.room = room;
        this.console = console;
        this.setup = setup;
        this.time = time;
        this.storage = storage;
        random = new SplittableRandom(setup.seed());
        dropped = new DropCounter(time::now);
        switch (setup.policy().monitor().type()) {
            case PHYSICAL -> wireSeparateMachines();
            case TYPE_I, TYPE_II -> wireVirtualizationHost();
        }
    }

    List<Machine> machines() {
        return List.copyOf(machines);
    }

    /** Records what the policy's filters dropped; called once, at the end. */
    void recordDrops() {
        drops().forEach(setup.evidence()::record);
    }

    private void wireSeparateMachines() {
        List<Inhabitant> inhabitants = new ArrayList<>(List.of(Inhabitant.SOURCE));
        inhabitants.addAll(guests());
        Bridge fabric = policyFabric(inhabitants);
        machines.add(outsider(Inhabitant.SOURCE, fabric));
        guests().forEach(guest -> machines.add(physicalGuest(guest, fabric)));
        attachOutsidePorts(fabric, fabric);
    }

    private void wireVirtualizationHost() {
        Bridge outside = Fabrics.plainBridge(
                setup.network().networks(),
                setup.policy().network().vlan().nativeNetwork(),
                time::now);
        bridges.put(SWITCH, outside);
        List<Inhabitant> inhabitants = new ArrayList<>(List.of(Inhabitant.SOURCE, Inhabitant.HOST));
        inhabitants.addAll(guests());
        Bridge inside = policyFabric(inhabitants);
        machines.add(outsider(Inhabitant.SOURCE, outside));
        machines.add(host(inside, outside));
        guests().forEach(guest -> machines.add(virtualGuest(guest, inside)));
        attachOutsidePorts(inside, outside);
    }

    /** The two of every host first, then those that have memory beside them. */
    private List<Inhabitant> guests() {
        List<Inhabitant> guests = new ArrayList<>(List.of(Inhabitant.VM1, Inhabitant.VM2));
        Guests.NAMES.stream()
                .filter(name -> setup.memory().guests().get(name) != null)
                .map(Inhabitant::guest)
                .filter(guest -> !guests.contains(guest))
                .forEach(guests::add);
        return guests;
    }

    private Bridge policyFabric(List<Inhabitant> inhabitants) {
        Map<Ipv4Address, MacAddress> bindings = new TreeMap<>();
        inhabitants.forEach(inhabitant -> bindings.put(inhabitant.address(), inhabitant.mac()));
        outsidePorts.forEach(
                port -> port.address().ifPresent(address -> bindings.put(address, port.mac())));
        Bridge fabric = Fabrics.guestBridge(
                setup.policy().network(), setup.network().networks(), bindings, time::now, dropped);
        bridges.put(FABRIC, fabric);
        return fabric;
    }

    private void attachOutsidePorts(Bridge inside, Bridge outside) {
        for (OutsidePort port : outsidePorts) {
            OutsideEnd end = new OutsideEnd(port, setup.evidence(), time::now);
            switch (port.place()) {
                case GUEST -> {
                    GuestPort attached = inside.attachGuest(port.name(), port.mac(), end.outward());
                    end.attach(attached, attached);
                }
                case OUTSIDE ->
                    end.attach(
                            outside.attachComputer(port.name(), end.outward()),
                            Nic.Control.PHYSICAL);
            }
            ends.put(port.name(), end);
        }
    }

    /** The ports for outsiders, by name. */
    Map<String, OutsideEnd> ends() {
        return Collections.unmodifiableMap(ends);
    }

    /** The network stacks of the machines, by name. */
    Map<String, GuestNetwork> networks() {
        return Collections.unmodifiableMap(networks);
    }

    /** What forwards frames: the policy's fabric, and the switch outside where there is one. */
    Map<String, Bridge> bridges() {
        return Collections.unmodifiableMap(bridges);
    }

    /** What the policy's filters have dropped so far. */
    List<Event.FramesDropped> drops() {
        return dropped.events(FABRIC);
    }

    /** A computer that no guest policy applies to. */
    private Machine outsider(Inhabitant inhabitant, Bridge fabric) {
        Link link = Link.outside(setup.wiring(), time, random.split());
        FrameSink port = fabric.attachComputer(inhabitant.name(), link.right());
        link.right().attach(port);
        Nic nic = nic(inhabitant, inhabitant.name() + ", physical", Nic.Control.PHYSICAL, link);
        return machine(inhabitant, List.of(nic), List.of(link), nic);
    }

    private Machine physicalGuest(Inhabitant inhabitant, Bridge fabric) {
        Link link = physicalLink();
        GuestPort port = fabric.attachGuest(inhabitant.name(), inhabitant.mac(), link.right());
        link.right().attach(port);
        Nic nic = nic(inhabitant, inhabitant.name() + ", physical", Nic.Control.PHYSICAL, link);
        return machine(inhabitant, List.of(nic), List.of(link), nic);
    }

    private Machine virtualGuest(Inhabitant inhabitant, Bridge fabric) {
        Link link = Link.virtual(setup.wiring(), time, random.split());
        GuestPort port = fabric.attachGuest(inhabitant.name(), inhabitant.mac(), link.right());
        link.right().attach(port);
        Nic nic = nic(inhabitant, inhabitant.name() + ", virtual", port, link);
        return machine(inhabitant, List.of(nic), List.of(link), nic);
    }

    /**
     * The host's operating system: an interface of its own, and perhaps the one that the guests
     * share.
     */
    private Machine host(Bridge inside, Bridge outside) {
        Link link = physicalLink();
        FrameSink port = outside.attachComputer(Inhabitant.HOST.name(), link.right());
        link.right().attach(port);
        Nic own = nic(Inhabitant.HOST, "the host's own", Nic.Control.PHYSICAL, link);
        List<RawNic> interfaces = new ArrayList<>(List.of(own));
        interfaces.addAll(uplink(inside, outside));
        return machine(Inhabitant.HOST, interfaces, List.of(link), own);
    }

    /**
     * Joins the guests' fabric with the switch outside through the shared physical interface, and
     * taps the wire between.
     *
     * @return that interface, if the host's operating system has it as its own
     */
    private List<RawNic> uplink(Bridge inside, Bridge outside) {
        Link wire = physicalLink();
        wire.right().attach(outside.attachTrunk("uplink", wire.right()));
        VantageCapture capture = setup.evidence().capture("uplink");
        int number = capture.addInterface(
                "wire",
                "between the guests' shared interface and the switch",
                Inhabitant.SHARED_NIC);
        FrameSink outbound =
                new WireTap(capture, number, Direction.OUTBOUND, time::now, wire.left());
        if (!setup.policy().monitor().consoleSeesNic()) {
            FrameSink port = inside.attachTrunk("uplink", outbound);
            wire.left().attach(new WireTap(capture, number, Direction.INBOUND, time::now, port));
            return List.of();
        }
        Nic shared = Nic.shared(
                new Nic.Identity(
                        Inhabitant.HOST.name(),
                        "eth1",
                        "shared with the guests",
                        Inhabitant.SHARED_NIC),
                setup.evidence(),
                time::now);
        FrameSink port = inside.attachTrunk(
                "uplink",
                (buffer, offset, length) ->
                        shared.send(Arrays.copyOfRange(buffer, offset, offset + length)));
        shared.plug(outbound);
        shared.stack(frame -> port.accept(frame, 0, frame.length));
        wire.left().attach(new WireTap(capture, number, Direction.INBOUND, time::now, shared));
        return List.of(shared);
    }

    /** The computer of a machine that has memory. */
    private @Nullable Computer computer(Inhabitant inhabitant, GuestIo io) {
        Long size = setup.memory().guests().get(inhabitant.name());
        return size == null
                ? null
                : room.add(inhabitant.name(), size, inhabitant.mac(), io, io::transferred);
    }

    /** What starts each machine, in the machines' order. */
    List<MachineStart> starts() {
        return List.copyOf(starts);
    }

    private Link physicalLink() {
        return Link.physical(setup.wiring(), time, random.split());
    }

    private Nic nic(Inhabitant inhabitant, String description, Nic.Control control, Link link) {
        Nic nic = new Nic(
                new Nic.Identity(inhabitant.name(), "eth0", description, inhabitant.mac()),
                control,
                setup.evidence(),
                time::now);
        nic.plug(link.left());
        link.left().attach(nic);
        return nic;
    }

    private Machine machine(
            Inhabitant inhabitant, List<RawNic> interfaces, List<Link> links, Nic nic) {
        DiskBay bay = storage.bay(inhabitant.name());
        GuestIo io = new GuestIo(bay, storage.queue());
        Computer computer = computer(inhabitant, io);
        GuestNetwork network = new GuestNetwork(
                new GuestIdentity(inhabitant.name(), inhabitant.mac(), inhabitant.address()),
                role(inhabitant),
                time,
                random.split(),
                computer == null
                        ? nic::send
                        : frame -> computer.transmit(frame).ifPresent(nic::send),
                setup.evidence()::record);
        nic.stack(new OperatingSystem(network, computer));
        nic.join(network.groups());
        networks.put(inhabitant.name(), network);
        io.network(network);
        if (computer != null) {
            network.pageHandler(computer::serve);
        }
        MachineStart start = new MachineStart(bay, computer, links, console, storage.log());
        starts.add(start);
        if (console != null && computer != null) {
            console.add(new GuestOnHost(start, computer));
        }
        return new EmulatedMachine(
                inhabitant,
                interfaces,
                links,
                network.endpoint(),
                network.loadClient(),
                new MachineDisk(bay, setup.policy().disk().format(), storage.log()),
                start,
                computer == null ? null : room.capabilities(computer),
                inhabitant.equals(Inhabitant.HOST) ? console : null,
                inhabitant.equals(Inhabitant.HOST) ? storage.ofHost(inhabitant.name()) : null);
    }

    /** Source is the router and the DHCP server of all who are on its network. */
    private NetworkRole role(Inhabitant inhabitant) {
        if (!inhabitant.equals(Inhabitant.SOURCE)) {
            return NetworkRole.host(setup.network());
        }
        Map<MacAddress, Ipv4Address> leases = new TreeMap<>();
        leases.put(Inhabitant.HOST.mac(), Inhabitant.HOST.address());
        guests().forEach(guest -> leases.put(guest.mac(), guest.address()));
        return NetworkRole.router(setup.network(), leases);
    }

    /** Lets every machine's network stack begin with what it does by itself. */
    void startStacks() {
        networks.values().forEach(GuestNetwork::start);
    }

    /** A machine's own network stack behind its interface. */
    private record OperatingSystem(
            GuestNetwork network, @Nullable Computer computer) implements Nic.Stack {
        @Override
        public void receive(byte[] frame) {
            if (computer == null) {
                network.receive(frame);
                return;
            }
            computer.receive(frame).ifPresent(network::receive);
        }

        @Override
        public void addressChanged(MacAddress address) {
            network.hardwareAddress(address);
        }
    }
}
