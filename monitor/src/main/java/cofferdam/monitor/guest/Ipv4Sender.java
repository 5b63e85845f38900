package cofferdam.monitor.guest;

import cofferdam.monitor.Timeline;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.packet.Ipv4Packet;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Puts payloads into IPv4 packets (RFC 791) and sends them; what is for the machine itself stays in
 * it.
 */
final class Ipv4Sender {

    private static final int TIME_TO_LIVE = 64;
    private static final int IDENTIFICATION_MASK = 0xffff;

    private final Ipv4Address own;
    private final Ipv4Routes routes;
    private final NeighbourCache<Ipv4Address, Ipv4Packet> cache;
    private final Timeline timeline;
    private final Consumer<Ipv4Packet> loopback;
    private int identification;

    Ipv4Sender(
            Ipv4Address own,
            Ipv4Routes routes,
            NeighbourCache<Ipv4Address, Ipv4Packet> cache,
            Timeline timeline,
            Consumer<Ipv4Packet> loopback,
            int firstIdentification) {
        this.own = own;
        this.routes = routes;
        this.cache = cache;
        this.timeline = timeline;
        this.loopback = loopback;
        this.identification = firstIdentification;
    }

    Ipv4Address own() {
        return own;
    }

    /** Sends a payload of at most {@link Ipv4Packet#MAXIMUM_PAYLOAD_BYTES}. */
    void send(Ipv4Address target, int protocol, byte[] payload) {
        sendFrom(own, target, protocol, payload);
    }

    /** Sends a payload under one of the machine's addresses: the one that was spoken to. */
    void sendFrom(Ipv4Address source, Ipv4Address target, int protocol, byte[] payload) {
        identification = (identification + 1) & IDENTIFICATION_MASK;
        Ipv4Packet packet =
                new Ipv4Packet(source, target, identification, TIME_TO_LIVE, protocol, payload);
        if (target.equals(own)) {
            timeline.after(Duration.ZERO, () -> loopback.accept(packet));
            return;
        }
        cache.send(routes.next(target), packet);
    }
}
