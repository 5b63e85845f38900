package cofferdam.monitor.guest;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.guest.tcp.VirtualTime;
import cofferdam.monitor.packet.ArpPacket;
import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.packet.IcmpEcho;
import cofferdam.monitor.packet.Ipv4Packet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** One real machine, and a test that writes every frame it hears. */
final class ArpBench {

    static final MacAddress OUR_MAC = MacAddress.parse("02:00:00:00:00:01");
    static final MacAddress PEER_MAC = MacAddress.parse("02:00:00:00:00:02");
    static final MacAddress OTHER_MAC = MacAddress.parse("02:00:00:00:00:99");
    static final Ipv4Address US = Ipv4Address.parse("10.0.0.1");
    static final Ipv4Address PEER = Ipv4Address.parse("10.0.0.2");
    static final Ipv4Address THIRD = Ipv4Address.parse("10.0.0.3");

    final VirtualTime time = new VirtualTime();
    final List<Event> events = new ArrayList<>();
    final GuestNetwork machine;
    private final List<byte[]> sent = new ArrayList<>();
    private int sequence;

    ArpBench() {
        machine = new GuestNetwork(
                new GuestIdentity("vm1", OUR_MAC, US),
                time,
                new SplittableRandom(1),
                sent::add,
                events::add);
    }

    /** The peer answers a request of the machine, so that the machine has an entry for it. */
    void learnPeer() {
        makeItSend();
        reply(PEER_MAC, OUR_MAC);
        take();
    }

    /** Makes the machine send an IPv4 packet to the peer, by asking for an echo. */
    void makeItSend() {
        IcmpEcho request = new IcmpEcho(false, 1, sequence++ & 0xffff, new byte[8]);
        Ipv4Packet packet = new Ipv4Packet(PEER, US, 1, 64, Ipv4Packet.ICMP, request.toBytes());
        machine.receive(packet.toFrame(OUR_MAC, PEER_MAC));
    }

    /** A reply that says where the peer is. */
    void reply(MacAddress claimed, MacAddress destination) {
        ArpPacket reply = ArpPacket.reply(claimed, PEER, OUR_MAC, US);
        machine.receive(reply.toFrame(destination, claimed));
    }

    /** A request in the peer's name. */
    void request(MacAddress claimed, Ipv4Address target) {
        ArpPacket request = ArpPacket.request(claimed, PEER, target);
        machine.receive(request.toFrame(MacAddress.BROADCAST, claimed));
    }

    /** The frames that the machine has sent since the last call. */
    List<byte[]> take() {
        List<byte[]> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    /** Where the machine sends a packet for the peer now; empty if it has to ask first. */
    Optional<MacAddress> destinationOfPacket() {
        take();
        makeItSend();
        return take().stream()
                .filter(frame -> Ethernet.etherType(frame) == Ethernet.IPV4)
                .map(Ethernet::destination)
                .findFirst();
    }

    List<String> changes() {
        return events.stream()
                .filter(Event.NeighbourChanged.class::isInstance)
                .map(Event.NeighbourChanged.class::cast)
                .map(event -> "%s %s %s".formatted(event.subject(), event.outcome(), event.cause()))
                .toList();
    }
}
