package cofferdam.monitor.guest;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.packet.Ipv4Packet;
import cofferdam.monitor.packet.UdpDatagram;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** UDP (RFC 768) with the echo service (RFC 862) and its clients. */
final class UdpService {

    static final int ECHO_PORT = 7;

    /** The most sockets of clients at once. */
    static final int MAXIMUM_SOCKETS = 1024;

    /** The range of a client's own ports, that of Linux. */
    private static final int FIRST_EPHEMERAL_PORT = 32_768;

    private static final int EPHEMERAL_PORTS = 28_232;

    private final Ipv4Sender ipv4;
    private final RandomGenerator random;
    private final Map<Integer, Socket> sockets = new LinkedHashMap<>();

    UdpService(Ipv4Sender ipv4, RandomGenerator random) {
        this.ipv4 = ipv4;
        this.random = random;
    }

    void receive(Ipv4Packet packet) {
        UdpDatagram.inPacket(packet).ifPresent(datagram -> receive(packet.source(), datagram));
    }

    private void receive(Ipv4Address source, UdpDatagram datagram) {
        if (datagram.targetPort() == ECHO_PORT) {
            echo(source, datagram);
            return;
        }
        Socket socket = sockets.get(datagram.targetPort());
        if (socket != null && socket.peer.equals(source) && datagram.sourcePort() == ECHO_PORT) {
            int sequence = FlowText.numberIn(datagram.data());
            socket.listener.answered(sequence, datagram.data());
        }
    }

    /** Two echo services would answer each other for ever, so what comes from one is dropped. */
    private void echo(Ipv4Address source, UdpDatagram datagram) {
        if (datagram.sourcePort() == ECHO_PORT || datagram.sourcePort() == 0) {
            return;
        }
        send(source, new UdpDatagram(ECHO_PORT, datagram.sourcePort(), datagram.data()));
    }

    private void send(Ipv4Address target, UdpDatagram datagram) {
        ipv4.send(target, Ipv4Packet.UDP, datagram.toBytes(ipv4.own(), target));
    }

    /**
     * Datagrams to a peer's echo service from a port of their own.
     *
     * @throws IllegalStateException if {@link #MAXIMUM_SOCKETS} are open
     */
    EchoExchange.Transport open(Ipv4Address peer, EchoExchange.Listener listener) {
        if (sockets.size() >= MAXIMUM_SOCKETS) {
            throw new IllegalStateException("%s has %d datagram sockets open, the limit"
                    .formatted(ipv4.own(), MAXIMUM_SOCKETS));
        }
        int number = random.nextInt(EPHEMERAL_PORTS);
        while (sockets.containsKey(FIRST_EPHEMERAL_PORT + number)) {
            number = (number + 1) % EPHEMERAL_PORTS;
        }
        Socket socket = new Socket(FIRST_EPHEMERAL_PORT + number, peer, listener);
        sockets.put(socket.port, socket);
        return socket;
    }

    private final class Socket implements EchoExchange.Transport {
        private final int port;
        private final Ipv4Address peer;
        private final EchoExchange.Listener listener;

        Socket(int port, Ipv4Address peer, EchoExchange.Listener listener) {
            this.port = port;
            this.peer = peer;
            this.listener = listener;
        }

        @Override
        public void send(int sequence, byte[] data) {
            UdpService.this.send(peer, new UdpDatagram(port, ECHO_PORT, data));
        }

        @Override
        public void close() {
            sockets.remove(port);
        }
    }
}
