package cofferdam.monitor.guest;

import cofferdam.monitor.Timeline;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.packet.Icmpv6;
import cofferdam.monitor.packet.Ipv6Packet;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sends IPv6 packets (RFC 8200) from the machine's addresses; what is for the machine itself stays in
 * it, and what there is no address or no route for is lost.
 */
final class Ipv6Sender {

    /** Of everything but neighbour discovery. */
    static final int HOP_LIMIT = 64;

    private final Link link;
    private final Ipv6Addresses addresses;
    private final Ipv6Routes routes;
    private final NeighbourCache<Ipv6Address, Ipv6Packet> neighbours;
    private final Timeline timeline;
    private final Consumer<Ipv6Packet> loopback;

    Ipv6Sender(
            Link link,
            Ipv6Addresses addresses,
            Ipv6Routes routes,
            NeighbourCache<Ipv6Address, Ipv6Packet> neighbours,
            Timeline timeline,
            Consumer<Ipv6Packet> loopback) {
        this.link = link;
        this.addresses = addresses;
        this.routes = routes;
        this.neighbours = neighbours;
        this.timeline = timeline;
        this.loopback = loopback;
    }

    /** What a packet to this address would be sent from; empty if the machine has no address for it. */
    Optional<Ipv6Address> sourceFor(Ipv6Address target) {
        return addresses.sourceFor(target);
    }

    /** What keeps a packet from being sent to this address; empty if nothing does. */
    String obstacle(Ipv6Address target) {
        if (sourceFor(target).isEmpty()) {
            return "no address";
        }
        return addresses.owns(target) || routes.next(target).isPresent() ? "" : "no route";
    }

    /** Sends an ICMPv6 message from one of the machine's addresses. */
    void send(Icmpv6 message, Ipv6Address source, Ipv6Address target, int hopLimit) {
        send(message.toPacket(source, target, hopLimit));
    }

    void send(Ipv6Packet packet) {
        Ipv6Address target = packet.target();
        if (addresses.owns(target)) {
            timeline.after(Duration.ZERO, () -> loopback.accept(packet));
            return;
        }
        if (target.isMulticast()) {
            link.send(packet.toFrame(target.multicastMac(), link.address()));
            return;
        }
        routes.next(target).ifPresent(next -> neighbours.send(next, packet));
    }
}
