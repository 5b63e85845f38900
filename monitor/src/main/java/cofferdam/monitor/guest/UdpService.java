package cofferdam.monitor.guest;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.guest.load.Datagrams;
import cofferdam.monitor.packet.Ipv4Packet;
import cofferdam.monitor.packet.UdpDatagram;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** UDP (RFC 768): services on ports of their own, and sockets of clients. */
final class UdpService implements Datagrams {

    static final int ECHO_PORT = 7;

    /** The most sockets of clients at once. */
    static final int MAXIMUM_SOCKETS = 1024;

    /** The range of a client's own ports, that of Linux. */
    private static final int FIRST_EPHEMERAL_PORT = 32_768;

    private static final int EPHEMERAL_PORTS = 28_232;

    private final Ipv4Sender ipv4;
    private final RandomGenerator random;
    private final Map<Integer, Handler> services = new LinkedHashMap<>();
    private final Map<Integer, ClientSocket> sockets = new LinkedHashMap<>();

    /** With the echo service (RFC 862). */
    UdpService(Ipv4Sender ipv4, RandomGenerator random) {
        this.ipv4 = ipv4;
        this.random = random;
        listen(ECHO_PORT, (data, reply) -> reply.accept(data));
    }

    @Override
    public void listen(int port, Handler handler) {
        services.put(port, handler);
    }

    void receive(Ipv4Packet packet) {
        UdpDatagram.inPacket(packet).ifPresent(datagram -> receive(packet, datagram));
    }

    private void receive(Ipv4Packet packet, UdpDatagram datagram) {
        Handler service = services.get(datagram.targetPort());
        if (service != null) {
            serve(service, packet, datagram);
            return;
        }
        ClientSocket socket = sockets.get(datagram.targetPort());
        if (socket != null
                && socket.peer.equals(packet.source())
                && socket.peerPort == datagram.sourcePort()) {
            socket.receiver.accept(datagram.data());
        }
    }

    /** Two services would answer each other for ever, so what comes from one is dropped. */
    private void serve(Handler service, Ipv4Packet packet, UdpDatagram datagram) {
        int port = datagram.sourcePort();
        if (port == 0 || services.containsKey(port)) {
            return;
        }
        service.received(
                datagram.data(),
                data -> send(
                        /* source= */ packet.target(),
                        /* target= */ packet.source(),
                        new UdpDatagram(datagram.targetPort(), port, data)));
    }

    private void send(Ipv4Address source, Ipv4Address target, UdpDatagram datagram) {
        ipv4.sendFrom(source, target, Ipv4Packet.UDP, datagram.toBytes(source, target));
    }

    /**
     * Datagrams to a peer's echo service from a port of their own.
     *
     * @throws IllegalStateException if {@link #MAXIMUM_SOCKETS} are open
     */
    EchoExchange.Transport open(Ipv4Address peer, EchoExchange.Listener listener) {
        Socket socket =
                open(peer, ECHO_PORT, data -> listener.answered(FlowText.numberIn(data), data));
        return new EchoExchange.Transport() {
            @Override
            public void send(int sequence, byte[] data) {
                socket.send(data);
            }

            @Override
            public void close() {
                socket.close();
            }
        };
    }

    @Override
    public Socket open(Ipv4Address peer, int peerPort, Consumer<byte[]> receiver) {
        if (sockets.size() >= MAXIMUM_SOCKETS) {
            throw new IllegalStateException("%s has %d datagram sockets open, the limit"
                    .formatted(ipv4.own(), MAXIMUM_SOCKETS));
        }
        int number = random.nextInt(EPHEMERAL_PORTS);
        while (sockets.containsKey(FIRST_EPHEMERAL_PORT + number)) {
            number = (number + 1) % EPHEMERAL_PORTS;
        }
        ClientSocket socket =
                new ClientSocket(FIRST_EPHEMERAL_PORT + number, peer, peerPort, receiver);
        sockets.put(socket.port, socket);
        return socket;
    }

    private final class ClientSocket implements Socket {
        private final int port;
        private final Ipv4Address peer;
        private final int peerPort;
        private final Consumer<byte[]> receiver;

        ClientSocket(int port, Ipv4Address peer, int peerPort, Consumer<byte[]> receiver) {
            this.port = port;
            this.peer = peer;
            this.peerPort = peerPort;
            this.receiver = receiver;
        }

        @Override
        public void send(byte[] data) {
            UdpService.this.send(ipv4.own(), peer, new UdpDatagram(port, peerPort, data));
        }

        @Override
        public void close() {
            sockets.remove(port);
        }
    }
}
