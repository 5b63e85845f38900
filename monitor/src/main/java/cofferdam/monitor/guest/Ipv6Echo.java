package cofferdam.monitor.guest;

import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.packet.Icmpv6;
import cofferdam.monitor.packet.Icmpv6.Echo;
import cofferdam.monitor.packet.Ipv6Packet;
import cofferdam.monitor.packet.UdpDatagram;

import java.util.random.RandomGenerator;

/**
 * What is echoed over IPv6: ICMPv6 echo (RFC 4443 section 4) and the echo service over UDP (RFC
 * 862), each as the one who answers and as the one who asks.
 */
final class Ipv6Echo {

    private static final int IDENTIFIERS = 0x10000;

    /** The range of a client's own ports, that of Linux. */
    private static final int FIRST_EPHEMERAL_PORT = 32_768;

    private static final int EPHEMERAL_PORTS = 28_232;

    private final Ipv6Sender sender;
    private final EchoSessions<Ipv6Address> pings;
    private final EchoSessions<Ipv6Address> probes;

    Ipv6Echo(Ipv6Sender sender, RandomGenerator random) {
        this.sender = sender;
        pings = new EchoSessions<>(random, 0, IDENTIFIERS);
        probes = new EchoSessions<>(random, FIRST_EPHEMERAL_PORT, EPHEMERAL_PORTS);
    }

    /** What was asked of a group is answered under an address of the machine's own. */
    void receive(Echo echo, Ipv6Packet packet) {
        if (echo.reply()) {
            pings.answered(echo.identifier(), packet.source(), echo.sequence(), echo.data());
            return;
        }
        Ipv6Address own = packet.target().isMulticast()
                ? sender.sourceFor(packet.source()).orElse(Ipv6Address.ANY)
                : packet.target();
        if (!own.equals(Ipv6Address.ANY)) {
            sender.send(Icmpv6.answerTo(echo), own, packet.source(), Ipv6Sender.HOP_LIMIT);
        }
    }

    /** A datagram from another echo service is dropped, or the two would answer for ever. */
    void receive(UdpDatagram datagram, Ipv6Packet packet) {
        int port = datagram.sourcePort();
        if (datagram.targetPort() != UdpService.ECHO_PORT) {
            if (port == UdpService.ECHO_PORT) {
                probes.answered(
                        datagram.targetPort(),
                        packet.source(),
                        FlowText.numberIn(datagram.data()),
                        datagram.data());
            }
            return;
        }
        if (port != UdpService.ECHO_PORT && port != 0 && !packet.target().isMulticast()) {
            send(
                    /* source= */ packet.target(),
                    /* target= */ packet.source(),
                    new UdpDatagram(UdpService.ECHO_PORT, port, datagram.data()));
        }
    }

    private void send(Ipv6Address source, Ipv6Address target, UdpDatagram datagram) {
        sender.send(new Ipv6Packet(
                source,
                target,
                Ipv6Sender.HOP_LIMIT,
                Ipv6Packet.UDP,
                datagram.toBytes(source, target)));
    }

    /**
     * Echo requests with an identifier of their own.
     *
     * @throws IllegalStateException if {@link EchoSessions#MAXIMUM_SESSIONS} are open
     */
    EchoExchange.Transport ping(Ipv6Address peer, EchoExchange.Listener listener) {
        int identifier = pings.open(peer, listener);
        return new EchoExchange.Transport() {
            @Override
            public void send(int sequence, byte[] data) {
                Echo request = new Echo(false, identifier, sequence, data);
                sender.sourceFor(peer)
                        .ifPresent(own -> sender.send(request, own, peer, Ipv6Sender.HOP_LIMIT));
            }

            @Override
            public void close() {
                pings.close(identifier);
            }
        };
    }

    /**
     * Datagrams to a peer's echo service from a port of their own.
     *
     * @throws IllegalStateException if {@link EchoSessions#MAXIMUM_SESSIONS} are open
     */
    EchoExchange.Transport probe(Ipv6Address peer, EchoExchange.Listener listener) {
        int port = probes.open(peer, listener);
        return new EchoExchange.Transport() {
            @Override
            public void send(int sequence, byte[] data) {
                UdpDatagram datagram = new UdpDatagram(port, UdpService.ECHO_PORT, data);
                sender.sourceFor(peer).ifPresent(own -> Ipv6Echo.this.send(own, peer, datagram));
            }

            @Override
            public void close() {
                probes.close(port);
            }
        };
    }
}
