package cofferdam.attacks.staging;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.ArpPacket;
import cofferdam.monitor.packet.ArpPacket.Operation;
import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.packet.IcmpEcho;
import cofferdam.monitor.packet.Ipv4Packet;
import cofferdam.monitor.packet.UdpDatagram;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A machine that answers ARP requests and echoes. Like most systems it takes an ARP reply only for
 * an entry that it has or is waiting for.
 */
public final class Station {

    public final Ipv4Address address;
    public final MacAddress mac;
    public final List<byte[]> received = new ArrayList<>();
    private final Consumer<byte[]> wire;
    private final Map<Ipv4Address, MacAddress> neighbours = new LinkedHashMap<>();
    private final Map<Ipv4Address, Ipv4Packet> waiting = new LinkedHashMap<>();

    Station(Ipv4Address address, MacAddress mac, Consumer<byte[]> wire) {
        this.address = address;
        this.mac = mac;
        this.wire = wire;
    }

    public Map<Ipv4Address, MacAddress> neighbours() {
        return neighbours;
    }

    /** Sends a datagram with this text, looking the addressee up if need be. */
    public void say(Ipv4Address to, String text) {
        byte[] data = text.getBytes(StandardCharsets.US_ASCII);
        send(new Ipv4Packet(
                address,
                to,
                1,
                64,
                Ipv4Packet.UDP,
                new UdpDatagram(5000, 5000, data).toBytes(address, to)));
    }

    /** Forgets the addressee's address and asks everybody for it. */
    public void lookUp(Ipv4Address other) {
        neighbours.remove(other);
        say(other, "hello");
    }

    /** The texts of the datagrams that were received under these addresses. */
    public List<String> heard() {
        return received.stream()
                .flatMap(frame -> Ipv4Packet.inFrame(frame).stream())
                .filter(packet -> packet.target().equals(address))
                .flatMap(packet -> UdpDatagram.inPacket(packet).stream())
                .map(datagram -> new String(datagram.data(), StandardCharsets.US_ASCII))
                .toList();
    }

    void receive(byte[] frame) {
        MacAddress destination = Ethernet.destination(frame);
        if (!destination.equals(mac) && !destination.equals(MacAddress.BROADCAST)) {
            return;
        }
        received.add(frame);
        ArpPacket.inFrame(frame).ifPresent(this::arp);
        Ipv4Packet.inFrame(frame)
                .filter(packet -> packet.target().equals(address))
                .ifPresent(this::echo);
    }

    private void arp(ArpPacket packet) {
        boolean known = neighbours.containsKey(packet.senderProtocol())
                || waiting.containsKey(packet.senderProtocol());
        if (known) {
            neighbours.put(packet.senderProtocol(), packet.senderHardware());
        }
        Ipv4Packet ready = waiting.remove(packet.senderProtocol());
        if (ready != null) {
            send(ready);
        }
        if (packet.operation() == Operation.REQUEST && packet.targetProtocol().equals(address)) {
            wire.accept(
                    ArpPacket.reply(mac, address, packet.senderHardware(), packet.senderProtocol())
                            .toFrame(packet.senderHardware(), mac));
        }
    }

    private void echo(Ipv4Packet packet) {
        if (packet.protocol() != Ipv4Packet.ICMP) {
            return;
        }
        IcmpEcho.read(packet.payload()).filter(echo -> !echo.reply()).ifPresent(echo -> {
            byte[] answer =
                    new IcmpEcho(true, echo.identifier(), echo.sequence(), echo.data()).toBytes();
            send(new Ipv4Packet(address, packet.source(), 2, 64, Ipv4Packet.ICMP, answer));
        });
    }

    private void send(Ipv4Packet packet) {
        MacAddress to = neighbours.get(packet.target());
        if (to == null) {
            waiting.put(packet.target(), packet);
            wire.accept(ArpPacket.request(mac, address, packet.target())
                    .toFrame(MacAddress.BROADCAST, mac));
            return;
        }
        wire.accept(packet.toFrame(to, mac));
    }
}
