package cofferdam.monitor.guest;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.packet.IcmpEcho;
import cofferdam.monitor.packet.Ipv4Packet;

import java.util.random.RandomGenerator;

/** ICMP echo (RFC 792): answers requests, and hands replies to whoever waits for them. */
final class IcmpService {

    private static final int IDENTIFIERS = 0x10000;

    private final Ipv4Sender ipv4;
    private final EchoSessions<Ipv4Address> sessions;

    IcmpService(Ipv4Sender ipv4, RandomGenerator random) {
        this.ipv4 = ipv4;
        sessions = new EchoSessions<>(random, 0, IDENTIFIERS);
    }

    void receive(Ipv4Packet packet) {
        IcmpEcho.read(packet.payload()).ifPresent(echo -> receive(packet, echo));
    }

    private void receive(Ipv4Packet packet, IcmpEcho echo) {
        if (echo.reply()) {
            sessions.answered(echo.identifier(), packet.source(), echo.sequence(), echo.data());
            return;
        }
        IcmpEcho reply = new IcmpEcho(true, echo.identifier(), echo.sequence(), echo.data());
        ipv4.sendFrom(
                /* source= */ packet.target(),
                /* target= */ packet.source(),
                Ipv4Packet.ICMP,
                reply.toBytes());
    }

    /**
     * Requests with an identifier of their own.
     *
     * @throws IllegalStateException if {@link EchoSessions#MAXIMUM_SESSIONS} are open
     */
    EchoExchange.Transport open(Ipv4Address peer, EchoExchange.Listener listener) {
        int identifier = sessions.open(peer, listener);
        return new EchoExchange.Transport() {
            @Override
            public void send(int sequence, byte[] data) {
                IcmpEcho request = new IcmpEcho(false, identifier, sequence, data);
                ipv4.send(peer, Ipv4Packet.ICMP, request.toBytes());
            }

            @Override
            public void close() {
                sessions.close(identifier);
            }
        };
    }
}
