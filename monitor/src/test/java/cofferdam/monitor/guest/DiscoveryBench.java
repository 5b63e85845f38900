package cofferdam.monitor.guest;

import cofferdam.monitor.NetworkSetup;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.guest.tcp.VirtualTime;
import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.packet.Icmpv6;
import cofferdam.monitor.packet.Icmpv6.Echo;
import cofferdam.monitor.packet.Icmpv6.PrefixInformation;
import cofferdam.monitor.packet.Icmpv6.RouterAdvertisement;
import cofferdam.monitor.packet.Icmpv6.RouterPreference;
import cofferdam.monitor.packet.Ipv6Packet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** One real machine that speaks IPv6, and a test that writes every frame it hears. */
final class DiscoveryBench {

    static final MacAddress OUR_MAC = MacAddress.parse("02:00:00:00:01:01");
    static final MacAddress ROUTER_MAC = MacAddress.parse("02:00:00:00:00:01");
    static final MacAddress PEER_MAC = MacAddress.parse("02:00:00:00:00:02");
    static final MacAddress OTHER_MAC = MacAddress.parse("02:00:00:00:00:99");
    static final Ipv6Address US_LOCAL = Ipv6Address.eui64(Ipv6Address.LINK_LOCAL, OUR_MAC);
    static final Ipv6Address US = Ipv6Address.eui64(NetworkSetup.IPV6_PREFIX, OUR_MAC);
    static final Ipv6Address PEER = Ipv6Address.eui64(NetworkSetup.IPV6_PREFIX, PEER_MAC);
    static final Ipv6Address ROUTER = Ipv6Address.eui64(Ipv6Address.LINK_LOCAL, ROUTER_MAC);
    static final Ipv6Address OTHER = Ipv6Address.eui64(Ipv6Address.LINK_LOCAL, OTHER_MAC);
    static final Ipv6Address ALL = Ipv6Address.ALL_NODES;

    final VirtualTime time = new VirtualTime();
    final List<Event> events = new ArrayList<>();
    final GuestNetwork machine;
    private final List<byte[]> sent = new ArrayList<>();
    private int sequence;

    DiscoveryBench() {
        this(NetworkRole.host(new NetworkSetup(true, false, new TreeMap<>())));
    }

    DiscoveryBench(NetworkRole role) {
        machine = new GuestNetwork(
                new GuestIdentity("vm1", OUR_MAC, Ipv4Address.parse("10.0.0.11")),
                role,
                time,
                new SplittableRandom(1),
                sent::add,
                events::add);
        machine.start();
    }

    /** A bench whose machine has both its addresses, and the router. */
    static DiscoveryBench configured() {
        DiscoveryBench bench = new DiscoveryBench();
        bench.time.pass(Duration.ofSeconds(3));
        bench.hear(advertisement(RouterPreference.MEDIUM, 1800, ROUTER_MAC), ROUTER, ROUTER_MAC);
        bench.time.pass(Duration.ofSeconds(3));
        bench.take();
        return bench;
    }

    static RouterAdvertisement advertisement(
            RouterPreference preference, int lifetime, MacAddress mac) {
        return new RouterAdvertisement(
                64,
                preference,
                lifetime,
                Optional.of(mac),
                OptionalInt.empty(),
                List.of(RouterAdvertiser.prefix()));
    }

    static RouterAdvertisement of(PrefixInformation prefix) {
        return new RouterAdvertisement(
                64,
                RouterPreference.MEDIUM,
                1800,
                Optional.empty(),
                OptionalInt.empty(),
                List.of(prefix));
    }

    /** A message to all from that address and hardware. */
    void hear(Icmpv6 message, Ipv6Address from, MacAddress mac) {
        hear(message, from, mac, ALL);
    }

    void hear(Icmpv6 message, Ipv6Address from, MacAddress mac, Ipv6Address to) {
        MacAddress destination = to.isMulticast() ? to.multicastMac() : OUR_MAC;
        machine.receive(message.toPacket(from, to, 255).toFrame(destination, mac));
    }

    /** The frames that the machine has sent since the last call. */
    List<byte[]> take() {
        List<byte[]> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    List<Icmpv6> takeMessages() {
        return take().stream()
                .flatMap(frame -> Ipv6Packet.inFrame(frame).stream())
                .flatMap(packet -> Icmpv6.inPacket(packet).stream())
                .toList();
    }

    /** Where the machine sends an answer to that address now; empty if it has to ask or has no way. */
    Optional<MacAddress> destinationTo(Ipv6Address peer) {
        take();
        hear(new Echo(false, 1, sequence++ & 0xffff, new byte[8]), peer, OTHER_MAC, US);
        return take().stream()
                .filter(frame -> Ipv6Packet.inFrame(frame)
                        .flatMap(Icmpv6::inPacket)
                        .filter(Echo.class::isInstance)
                        .isPresent())
                .map(Ethernet::destination)
                .findFirst();
    }

    List<String> routers() {
        return events.stream()
                .filter(Event.RouterChanged.class::isInstance)
                .map(Event.RouterChanged.class::cast)
                .map(event -> "%s %s".formatted(event.outcome(), event.cause()))
                .toList();
    }

    List<String> neighbours() {
        return events.stream()
                .filter(Event.Ipv6NeighbourChanged.class::isInstance)
                .map(Event.Ipv6NeighbourChanged.class::cast)
                .map(event -> "%s %s %s".formatted(event.subject(), event.outcome(), event.cause()))
                .toList();
    }
}
