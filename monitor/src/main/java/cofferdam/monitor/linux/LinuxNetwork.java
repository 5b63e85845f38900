package cofferdam.monitor.linux;

import cofferdam.monitor.Endpoint;
import cofferdam.monitor.HostSetup;
import cofferdam.monitor.Machine;
import cofferdam.monitor.RawNic;
import cofferdam.monitor.RunningTime;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Direction;
import cofferdam.monitor.evidence.VantageCapture;
import cofferdam.monitor.guest.GuestIdentity;
import cofferdam.monitor.guest.GuestNetwork;
import cofferdam.monitor.guest.NetworkRole;
import cofferdam.monitor.guest.Residents;
import cofferdam.monitor.net.Bridge;
import cofferdam.monitor.net.DropCounter;
import cofferdam.monitor.net.Fabrics;
import cofferdam.monitor.net.FrameSink;
import cofferdam.monitor.net.GuestPort;
import cofferdam.monitor.net.Link;
import cofferdam.monitor.net.Nic;
import cofferdam.monitor.net.WireTap;
import cofferdam.monitor.policy.NetworkPolicy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The network of the thesis's Figure 17 with real guests: they are attached to the policy's fabric, or
 * to the hypervisor's own shared medium, whose uplink leads to a plain switch with Source and the
 * host's own interface on it.
 */
final class LinuxNetwork {

    private final HostSetup setup;
    private final RunningTime time;
    private final SplittableRandom random;
    private final DropCounter dropped;
    private final Mailboxes mailboxes;
    private final List<GuestIdentity> residents;
    private final Bridge inside;
    private final Bridge outside;
    private final List<GuestNetwork> stacks = new ArrayList<>();

    /** @throws IOException if the hypervisor's shared medium does not start */
    LinuxNetwork(HostSetup setup, RunningTime time, Hypervisor hypervisor, List<LinuxGuest> guests)
            throws IOException {
        this.setup = setup;
        this.time = time;
        random = new SplittableRandom(setup.seed());
        dropped = new DropCounter(time::now);
        mailboxes = mailboxes(guests);
        residents = new ArrayList<>(List.of(Residents.SOURCE, Residents.HOST));
        guests.forEach(guest -> residents.add(guest.identity()));
        inside = inside(hypervisor);
        outside = Fabrics.plainSwitch(time::now);
    }

    private static Mailboxes mailboxes(List<LinuxGuest> guests) {
        Map<String, Mailboxes.Root> roots = new TreeMap<>();
        guests.forEach(guest -> roots.put(guest.name(), guest::shell));
        return new Mailboxes(roots);
    }

    /** The programs of an ordinary user of a guest. */
    Endpoint endpoint(LinuxGuest guest) {
        return new LinuxEndpoint(
                guest.name(), guest::shell, time, setup.evidence()::record, mailboxes);
    }

    private Bridge inside(Hypervisor hypervisor) throws IOException {
        NetworkPolicy policy = setup.policy().network();
        if (policy.mode() == NetworkPolicy.Mode.SHARED) {
            Optional<Bridge> medium = hypervisor.sharedMedium();
            if (medium.isPresent()) {
                return medium.get();
            }
        }
        Map<Ipv4Address, MacAddress> bindings = new TreeMap<>();
        residents.forEach(resident -> bindings.put(resident.address(), resident.mac()));
        return Fabrics.guestBridge(policy, new TreeMap<>(), bindings, time::now, dropped);
    }

    /** Records what the policy's filters dropped; called once, at the end. */
    void recordDrops() {
        dropped.events("fabric").forEach(setup.evidence()::record);
    }

    /** The physical computer outside. */
    Machine source() {
        Link link = Link.outside(setup.wiring(), time, random.split());
        return resident(
                Residents.SOURCE,
                "source, physical",
                link,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * The host's operating system, with an interface of its own and what it has of the guests'.
     *
     * @param tapped interfaces of guests, as the host has them
     * @param untappable why the host has none of them; what its own interface hears proves nothing then
     */
    Machine host(List<RawNic> tapped, Optional<String> untappable, Facility side) {
        Link link = Link.physical(setup.wiring(), time, random.split());
        return resident(
                Residents.HOST, "the host's own", link, tapped, untappable, Optional.of(side));
    }

    /** Joins the guests' fabric with the switch outside, and taps the wire between. */
    void joinOutside() {
        Link wire = Link.physical(setup.wiring(), time, random.split());
        VantageCapture capture = setup.evidence().capture("uplink");
        int number = capture.addInterface(
                "wire", "between the guests' fabric and the switch", Residents.SHARED_NIC);
        wire.right().attach(outside.attachTrunk("uplink", wire.right()));
        FrameSink port = inside.attachTrunk(
                "uplink", new WireTap(capture, number, Direction.OUTBOUND, time::now, wire.left()));
        wire.left().attach(new WireTap(capture, number, Direction.INBOUND, time::now, port));
    }

    /** Attaches a guest, by a cable that can be cut. */
    AttachedGuest attach(LinuxGuest guest) {
        Link link = Link.virtual(setup.wiring(), time, random.split());
        GuestPort port = inside.attachGuest(guest.name(), guest.identity().mac(), link.right());
        link.right().attach(port);
        link.left().attach(guest::toNetwork);
        GuestNic nic = new GuestNic(guest, port, othersThan(guest));
        guest.connect(nic.outward(link.left()), nic::relayed);
        return new AttachedGuest(guest, nic, link);
    }

    /** The hardware addresses of all other machines. */
    List<MacAddress> othersThan(LinuxGuest guest) {
        return residents.stream()
                .filter(resident -> !resident.equals(guest.identity()))
                .map(GuestIdentity::mac)
                .toList();
    }

    /** A guest with its interface and its cable. */
    record AttachedGuest(LinuxGuest guest, GuestNic nic, Link link) {}

    /** Lets the testbed's own network stacks begin. */
    void start() {
        stacks.forEach(GuestNetwork::start);
    }

    private Machine resident(
            GuestIdentity identity,
            String description,
            Link link,
            List<RawNic> more,
            Optional<String> withoutInterfaces,
            Optional<Facility> side) {
        FrameSink port = outside.attachComputer(identity.name(), link.right());
        link.right().attach(port);
        Nic nic = new Nic(
                new Nic.Identity(identity.name(), "eth0", description, identity.mac()),
                Nic.Control.PHYSICAL,
                setup.evidence(),
                time::now);
        nic.plug(link.left());
        link.left().attach(nic);
        GuestNetwork stack = new GuestNetwork(
                identity,
                NetworkRole.AMONG_REAL,
                time,
                random.split(),
                nic::send,
                setup.evidence()::record);
        nic.stack(stack::receive);
        stacks.add(stack);
        List<RawNic> interfaces = new ArrayList<>(List.of(nic));
        interfaces.addAll(more);
        return new EmulatedResident(
                identity,
                interfaces,
                link,
                withoutInterfaces,
                new MailReadyEndpoint(
                        identity.name(),
                        stack.endpoint(),
                        mailboxes,
                        time,
                        setup.evidence()::record),
                side);
    }
}
