package cofferdam.monitor.guest;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.packet.ArpPacket;
import cofferdam.monitor.packet.ArpPacket.Operation;
import cofferdam.monitor.packet.Ipv4Packet;

/**
 * What a machine does with ARP packets (RFC 826), with the rules of Linux ({@code net/ipv4/arp.c})
 * and its defaults: {@code arp_accept} 0, {@code arp_ignore} 0, no proxy.
 */
final class ArpProtocol {

    private static final String REPLY = "ARP reply";
    private static final String REQUEST = "ARP request";

    private final GuestIdentity identity;
    private final Link link;
    private final NeighbourCache<Ipv4Address, Ipv4Packet> cache;

    ArpProtocol(GuestIdentity identity, Link link, NeighbourCache<Ipv4Address, Ipv4Packet> cache) {
        this.identity = identity;
        this.link = link;
        this.cache = cache;
    }

    /**
     * Takes a packet from the wire.
     *
     * @param unicast whether its frame was addressed to this machine alone
     */
    void receive(ArpPacket packet, boolean unicast) {
        Ipv4Address sender = packet.senderProtocol();
        boolean request = packet.operation() == Operation.REQUEST;
        boolean asksForUs = request && packet.targetProtocol().equals(identity.address());
        if (sender.equals(Ipv4Address.ANY)) {
            // A probe for a duplicate address (RFC 5227) is answered, and teaches nothing.
            if (asksForUs) {
                answer(packet);
            }
            return;
        }
        if (asksForUs && identity.mayHearFrom(sender)) {
            learnAndAnswer(packet);
            return;
        }
        cache.find(sender).ifPresent(neighbour -> update(neighbour, packet, unicast && !request));
    }

    /**
     * Who asks for us will hear from us, so its address is worth keeping; the lock time does not
     * count.
     */
    private void learnAndAnswer(ArpPacket request) {
        cache.findOrCreate(request.senderProtocol()).ifPresent(neighbour -> {
            neighbour.update(request.senderHardware(), NeighbourState.STALE, true, REQUEST);
            answer(request);
        });
    }

    /** To the sender hardware address that the request names, whoever sent the frame. */
    private void answer(ArpPacket request) {
        ArpPacket reply = ArpPacket.reply(
                link.address(),
                identity.address(),
                request.senderHardware(),
                request.senderProtocol());
        link.send(reply.toFrame(request.senderHardware(), link.address()));
    }

    /** Only a reply to this machine alone proves that the neighbour can be reached. */
    private static void update(
            Neighbour<Ipv4Address, Ipv4Packet> neighbour, ArpPacket packet, boolean answersUs) {
        neighbour.update(
                packet.senderHardware(),
                answersUs ? NeighbourState.REACHABLE : NeighbourState.STALE,
                !neighbour.locked() || gratuitous(packet),
                packet.operation() == Operation.REQUEST ? REQUEST : REPLY);
    }

    /**
     * A machine that announces its own address; a reply must name its hardware address twice as
     * well.
     */
    private static boolean gratuitous(ArpPacket packet) {
        return packet.senderProtocol().equals(packet.targetProtocol())
                && (packet.operation() == Operation.REQUEST
                        || packet.senderHardware().equals(packet.targetHardware()));
    }
}
