package cofferdam.monitor.guest;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.packet.IcmpEcho;
import cofferdam.monitor.packet.Ipv4Packet;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** ICMP echo (RFC 792): answers requests, and hands replies to whoever waits for them. */
final class IcmpService {

    /** The most programs that wait for replies at once. */
    static final int MAXIMUM_SESSIONS = 1024;

    private static final int IDENTIFIERS = 0x10000;

    private final Ipv4Sender ipv4;
    private final RandomGenerator random;
    private final Map<Integer, Session> sessions = new LinkedHashMap<>();

    IcmpService(Ipv4Sender ipv4, RandomGenerator random) {
        this.ipv4 = ipv4;
        this.random = random;
    }

    void receive(Ipv4Packet packet) {
        IcmpEcho.read(packet.payload()).ifPresent(echo -> receive(packet.source(), echo));
    }

    private void receive(Ipv4Address source, IcmpEcho echo) {
        if (!echo.reply()) {
            IcmpEcho reply = new IcmpEcho(true, echo.identifier(), echo.sequence(), echo.data());
            ipv4.send(source, Ipv4Packet.ICMP, reply.toBytes());
            return;
        }
        Session session = sessions.get(echo.identifier());
        if (session != null && session.peer.equals(source)) {
            session.listener.answered(echo.sequence(), echo.data());
        }
    }

    /**
     * Requests with an identifier of their own.
     *
     * @throws IllegalStateException if {@link #MAXIMUM_SESSIONS} are open
     */
    EchoExchange.Transport open(Ipv4Address peer, EchoExchange.Listener listener) {
        if (sessions.size() >= MAXIMUM_SESSIONS) {
            throw new IllegalStateException("%s has %d echo sessions open, the limit"
                    .formatted(ipv4.own(), MAXIMUM_SESSIONS));
        }
        int identifier = random.nextInt(IDENTIFIERS);
        while (sessions.containsKey(identifier)) {
            identifier = (identifier + 1) % IDENTIFIERS;
        }
        Session session = new Session(identifier, peer, listener);
        sessions.put(identifier, session);
        return session;
    }

    private final class Session implements EchoExchange.Transport {
        private final int identifier;
        private final Ipv4Address peer;
        private final EchoExchange.Listener listener;

        Session(int identifier, Ipv4Address peer, EchoExchange.Listener listener) {
            this.identifier = identifier;
            this.peer = peer;
            this.listener = listener;
        }

        @Override
        public void send(int sequence, byte[] data) {
            IcmpEcho request = new IcmpEcho(false, identifier, sequence, data);
            ipv4.send(peer, Ipv4Packet.ICMP, request.toBytes());
        }

        @Override
        public void close() {
            sessions.remove(identifier);
        }
    }
}
