package cofferdam.monitor.guest;

import cofferdam.monitor.Endpoint;
import cofferdam.monitor.LoadClient;
import cofferdam.monitor.NetworkSetup;
import cofferdam.monitor.Timeline;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.guest.http.HttpSession;
import cofferdam.monitor.guest.load.CharacterService;
import cofferdam.monitor.guest.load.FloodPrograms;
import cofferdam.monitor.guest.load.PageClient;
import cofferdam.monitor.guest.load.PageHandler;
import cofferdam.monitor.guest.load.PageService;
import cofferdam.monitor.guest.tcp.TcpNetwork;
import cofferdam.monitor.guest.tcp.TcpSockets;
import cofferdam.monitor.packet.ArpPacket;
import cofferdam.monitor.packet.DhcpMessage;
import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.packet.Ipv4Packet;
import cofferdam.monitor.packet.Ipv6Packet;
import cofferdam.monitor.packet.TcpSegment;
import cofferdam.monitor.packet.UdpDatagram;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * One machine's operating-system network stack, with the echo (UDP and TCP port 7), discard (UDP port 9),
 * character (UDP port 19), page (UDP port 8080), web (TCP port 80) and mail (TCP port 110) services running on it.
 * Everything happens in calls of {@link #receive}, in calls
 * of the {@link #endpoint} and in actions on the timeline, one at a time.
 */
public final class GuestNetwork {

    /**
     * {@code base_reachable_time} of Linux; a machine draws its own from half of it to one and a
     * half (RFC 4861 section 6.3.2).
     */
    static final Duration BASE_REACHABLE_TIME = Duration.ofSeconds(30);

    private static final int IDENTIFICATIONS = 0x10000;

    private final GuestIdentity identity;
    private final Timeline timeline;
    private final Consumer<Event> events;
    private final Link link;
    private final NetworkRole role;
    private final NeighbourCache<Ipv4Address, Ipv4Packet> cache;
    private final ArpProtocol arp;
    private final Ipv4Sender ipv4;
    private final IcmpService icmp;
    private final UdpService udp;
    private final TcpSockets tcp;
    private final Endpoint endpoint;
    private final PageService pages;
    private final LoadClient loadClient;
    private final FloodPrograms floods;
    private final DhcpClient dhcpClient;
    private final DhcpServer dhcpServer;
    private final Optional<Ipv6Stack> ipv6;

    /**
     * A stack of ARP and IPv4 alone, which has sent nothing yet.
     *
     * @param random where port numbers, sequence numbers and the like come from
     * @param output takes every frame that the stack sends, not padded; must not call {@link
     *     #receive} before it returns
     * @param events takes what the machine's own stack and programs record
     */
    public GuestNetwork(
            GuestIdentity identity,
            Timeline timeline,
            RandomGenerator random,
            Consumer<byte[]> output,
            Consumer<Event> events) {
        this(identity, NetworkRole.PLAIN, timeline, random, output, events);
    }

    /**
     * A stack that has sent nothing yet.
     *
     * @param role what it does besides ARP and IPv4
     * @param random where port numbers, sequence numbers and the like come from
     * @param output takes every frame that the stack sends, not padded; must not call {@link
     *     #receive} before it returns
     * @param events takes what the machine's own stack and programs record
     */
    public GuestNetwork(
            GuestIdentity identity,
            NetworkRole role,
            Timeline timeline,
            RandomGenerator random,
            Consumer<byte[]> output,
            Consumer<Event> events) {
        this.identity = identity;
        this.role = role;
        this.timeline = timeline;
        this.events = events;
        Ipv4Address own = identity.address();
        link = new Link(identity.mac(), output);
        Duration reachableTime = reachableTime(random);
        cache = new NeighbourCache<>(
                new ArpMedium(link, own), timeline, reachableTime, new CacheListener());
        arp = new ArpProtocol(identity, link, cache);
        int identification = random.nextInt(IDENTIFICATIONS);
        Ipv4Routes routes = new Ipv4Routes(own);
        ipv4 = new Ipv4Sender(own, routes, cache, timeline, this::dispatchLooped, identification);
        icmp = new IcmpService(ipv4, random);
        udp = new UdpService(ipv4, random);
        tcp = new TcpSockets(new Segments(), timeline, random);
        tcp.listen(
                PopSession.PORT,
                connection -> new PopSession(connection, identity.name(), timeline));
        tcp.listen(StreamEcho.PORT, StreamEcho::new);
        tcp.listen(
                HttpSession.PORT,
                connection -> new HttpSession(connection, page(identity), timeline));
        dhcpClient = new DhcpClient(identity, timeline, random, link, routes, events);
        dhcpServer = new DhcpServer(own, role.leases(), new DhcpPort(link));
        ipv6 = role.ipv6()
                ? Optional.of(new Ipv6Stack(
                        identity, role.router(), timeline, random, reachableTime, link, events))
                : Optional.empty();
        endpoint = new GuestEndpoint(
                identity.name(),
                timeline,
                events,
                routes,
                dhcpClient,
                icmp,
                role.probesByTcp()
                        ? (peer, listener) -> StreamProbe.open(tcp, peer, listener)
                        : udp::open,
                tcp,
                ipv6);
        pages = new PageService(udp);
        udp.listen(CharacterService.PORT, new CharacterService());
        udp.listen(FloodPrograms.DISCARD_PORT, (data, reply) -> {});
        loadClient = new PageClient(identity.name(), udp, timeline, events);
        floods = new FloodPrograms(udp, timeline);
    }

    private static String page(GuestIdentity identity) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head><meta charset="utf-8"><title>%1$s</title></head>
                <body><p>This is %1$s at %2$s, a machine of an emulated host of Cofferdam.</p></body>
                </html>
                """.formatted(identity.name(), identity.address());
    }

    private static Duration reachableTime(RandomGenerator random) {
        long base = BASE_REACHABLE_TIME.toNanos();
        return Duration.ofNanos(base / 2 + random.nextLong(base));
    }

    /**
     * Takes a frame that the network interface passed up. What is not for this machine is ignored,
     * frames for others that a promiscuous interface passes up included, as is anything malformed.
     */
    public void receive(byte[] frame) {
        if (frame.length < Ethernet.HEADER_BYTES || frame.length > Ethernet.MAXIMUM_BYTES) {
            return;
        }
        MacAddress destination = Ethernet.destination(frame);
        boolean unicast = !destination.isGroup();
        if (unicast && !destination.equals(link.address())) {
            return;
        }
        switch (Ethernet.etherType(frame)) {
            case Ethernet.ARP ->
                ArpPacket.inFrame(frame).ifPresent(packet -> arp.receive(packet, unicast));
            case Ethernet.IPV4 ->
                Ipv4Packet.inFrame(frame)
                        .ifPresent(packet -> receive(packet, unicast, Ethernet.source(frame)));
            case Ethernet.IPV6 ->
                ipv6.ifPresent(stack -> Ipv6Packet.inFrame(frame)
                        .ifPresent(packet -> stack.receive(packet, Ethernet.source(frame))));
            default -> {}
        }
    }

    private void receive(Ipv4Packet packet, boolean unicast, MacAddress from) {
        if (packet.protocol() == Ipv4Packet.UDP && receiveLease(packet, from)) {
            return;
        }
        boolean forUs = packet.target().equals(identity.address()) || isRemote(packet.target());
        boolean fromOthers = identity.mayHearFrom(packet.source()) && !isRemote(packet.source());
        if (forUs && fromOthers) {
            dispatch(packet, unicast);
        }
    }

    /** Whether it is what lies behind the router that this machine is. */
    private boolean isRemote(Ipv4Address address) {
        return !role.leases().isEmpty() && address.equals(NetworkSetup.REMOTE_IPV4);
    }

    /** DHCP has sockets of its own, which hear whatever the frame brought. */
    private boolean receiveLease(Ipv4Packet packet, MacAddress from) {
        int port = UdpDatagram.targetPort(packet.payload());
        boolean toClient = port == DhcpMessage.CLIENT_PORT;
        boolean toServer = port == DhcpMessage.SERVER_PORT
                && (packet.target().equals(DhcpPort.BROADCAST)
                        || packet.target().equals(identity.address()));
        if (toClient || toServer) {
            UdpDatagram.inPacket(packet)
                    .flatMap(datagram -> DhcpMessage.read(datagram.data()))
                    .ifPresent(message -> {
                        if (toClient) {
                            dhcpClient.receive(message, packet.source(), from);
                        } else {
                            dhcpServer.receive(message);
                        }
                    });
        }
        return toClient || toServer;
    }

    private void dispatchLooped(Ipv4Packet packet) {
        dispatch(packet, true);
    }

    /**
     * TCP knows no groups, so that a segment in a frame to many is dropped (RFC 9293 section
     * 3.9.2.3).
     */
    private void dispatch(Ipv4Packet packet, boolean unicast) {
        switch (packet.protocol()) {
            case Ipv4Packet.ICMP -> icmp.receive(packet);
            case Ipv4Packet.UDP -> udp.receive(packet);
            case Ipv4Packet.TCP -> {
                if (unicast && packet.target().equals(identity.address())) {
                    TcpSegment.inPacket(packet)
                            .ifPresent(segment -> tcp.receive(packet.source(), segment));
                }
            }
            default -> {}
        }
    }

    /** Begins with what the machine does by itself: nothing where it speaks no IPv6. */
    public void start() {
        ipv6.ifPresent(Ipv6Stack::start);
    }

    /** The hardware addresses of the groups that the machine's interface must pass up. */
    public SortedSet<MacAddress> groups() {
        return ipv6.map(Ipv6Stack::groups).orElseGet(TreeSet::new);
    }

    /** What is in the machine's ARP cache now, sorted. */
    public List<KnownNeighbour> neighbours() {
        List<KnownNeighbour> known = new ArrayList<>();
        long now = timeline.now();
        cache.forEach((address, entry) -> known.add(new KnownNeighbour(
                address,
                entry.state().valid() ? Optional.of(entry.hardware()) : Optional.empty(),
                entry.state().name(),
                Duration.ofNanos(now - entry.updated()))));
        known.sort(Comparator.comparing(KnownNeighbour::address));
        return known;
    }

    /** What an ordinary user of the machine does on the network. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** What asks other machines' page services. */
    public LoadClient loadClient() {
        return loadClient;
    }

    /** Who works off the requests of this machine's page service from now on. */
    public void pageHandler(PageHandler handler) {
        pages.handler(handler);
    }

    /**
     * Sends a datagram to the discard service (RFC 863) of another machine.
     *
     * @param bytes of its data, from {@link FloodPrograms#MINIMUM_BYTES} to {@link
     *     FloodPrograms#MAXIMUM_BYTES}
     * @return whether it left the machine: false while it is not known where the other is
     */
    public boolean sendDiscard(Ipv4Address target, int bytes) {
        floods.discard(target, bytes);
        return cache.find(target).filter(entry -> entry.state().valid()).isPresent();
    }

    /**
     * Asks the character generator (after RFC 864) of another machine for datagrams, unless too
     * many requests are open.
     *
     * @return whether it asked
     */
    public boolean askForTraffic(Ipv4Address target) {
        return floods.ask(target);
    }

    /**
     * The network interface has another address, as after {@code ip link set address}. The ARP
     * cache and that of IPv6 neighbours are emptied and nothing is announced, as Linux does with {@code arp_notify} 0.
     */
    public void hardwareAddress(MacAddress changed) {
        link.changeAddress(changed);
        cache.flush();
        ipv6.ifPresent(Ipv6Stack::flush);
    }

    private final class CacheListener implements NeighbourCache.Listener<Ipv4Address> {
        @Override
        public void changed(Ipv4Address address, MacAddress hardware, String cause) {
            events.accept(new Event.NeighbourChanged(
                    timeline.now(), identity.name(), address, hardware, cause));
        }

        @Override
        public void unreachable(Ipv4Address address) {
            tcp.unreachable(address);
        }
    }

    private final class Segments implements TcpNetwork {
        @Override
        public void send(Ipv4Address target, TcpSegment segment) {
            byte[] payload = segment.toBytes(identity.address(), target);
            ipv4.send(target, Ipv4Packet.TCP, payload);
        }

        @Override
        public void reachable(Ipv4Address peer) {
            cache.find(peer).ifPresent(Neighbour::confirm);
        }
    }
}
