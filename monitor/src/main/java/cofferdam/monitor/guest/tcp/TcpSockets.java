package cofferdam.monitor.guest.tcp;

import cofferdam.monitor.Timeline;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.packet.TcpSegment;
import cofferdam.monitor.packet.TcpSegment.Flag;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** All connections of one machine, and the services that it listens for. */
public final class TcpSockets {

    /** The most connections, those that are only remembered included. */
    static final int MAXIMUM_CONNECTIONS = 512;

    /** The most connections whose handshake a client has begun and not ended. */
    static final int MAXIMUM_HALF_OPEN = 128;

    /** The range of a client's own ports, that of Linux. */
    private static final int FIRST_EPHEMERAL_PORT = 32_768;

    private static final int EPHEMERAL_PORTS = 28_232;

    private static final byte[] NOTHING = {};

    private final TcpNetwork network;
    private final Timeline timeline;
    private final RandomGenerator random;
    private final Map<Integer, TcpApplication> services = new LinkedHashMap<>();
    private final Map<ConnectionKey, TcpConnection> connections = new LinkedHashMap<>();

    public TcpSockets(TcpNetwork network, Timeline timeline, RandomGenerator random) {
        this.network = network;
        this.timeline = timeline;
        this.random = random;
    }

    /** Offers a service on a port. */
    public void listen(int port, TcpApplication application) {
        services.put(port, application);
    }

    /**
     * Opens a connection; whatever comes of it is told to the handler that the application
     * attaches.
     */
    public TcpConnection connect(Ipv4Address peer, int port, TcpApplication application) {
        ConnectionKey key = freeKey(peer, port);
        TcpConnection connection = create(key, application);
        if (!makeRoom()) {
            connection.refuse(TcpEnd.EXHAUSTED);
            return connection;
        }
        connections.put(key, connection);
        connection.open();
        return connection;
    }

    private ConnectionKey freeKey(Ipv4Address peer, int port) {
        int start = random.nextInt(EPHEMERAL_PORTS);
        ConnectionKey key = key(start, peer, port);
        // There are fewer connections than ports, so this ends.
        for (int i = 1; connections.containsKey(key); i++) {
            key = key(start + i, peer, port);
        }
        return key;
    }

    private static ConnectionKey key(int number, Ipv4Address peer, int port) {
        return new ConnectionKey(FIRST_EPHEMERAL_PORT + number % EPHEMERAL_PORTS, peer, port);
    }

    private TcpConnection create(ConnectionKey key, TcpApplication application) {
        return new TcpConnection(this, key, timeline, random.nextInt(), application);
    }

    private boolean makeRoom() {
        if (connections.size() < MAXIMUM_CONNECTIONS) {
            return true;
        }
        Optional<TcpConnection> oldest = connections.values().stream()
                .filter(connection -> connection.state() == TcpState.TIME_WAIT)
                .findFirst();
        oldest.ifPresent(connection -> connection.fail(TcpEnd.CLOSED));
        return oldest.isPresent();
    }

    /** Takes a segment that was addressed to this machine alone. */
    public void receive(Ipv4Address source, TcpSegment segment) {
        ConnectionKey key = new ConnectionKey(segment.targetPort(), source, segment.sourcePort());
        TcpConnection connection = connections.get(key);
        if (connection != null) {
            connection.receive(segment);
            return;
        }
        TcpApplication service = services.get(segment.targetPort());
        if (service == null || segment.has(Flag.RST) || segment.has(Flag.ACK)) {
            reset(source, segment);
            return;
        }
        if (segment.has(Flag.SYN) && roomForHalfOpen() && makeRoom()) {
            TcpConnection accepted = create(key, service);
            connections.put(key, accepted);
            accepted.open(segment);
        }
    }

    private boolean roomForHalfOpen() {
        long halfOpen = connections.values().stream()
                .filter(connection -> connection.state() == TcpState.SYN_RECEIVED)
                .count();
        return halfOpen < MAXIMUM_HALF_OPEN;
    }

    /**
     * No machine answers for the address: connections that wait for a first answer from there fail.
     */
    public void unreachable(Ipv4Address peer) {
        List<TcpConnection> waiting = connections.values().stream()
                .filter(connection -> connection.state() == TcpState.SYN_SENT)
                .filter(connection -> connection.peer().equals(peer))
                .toList();
        waiting.forEach(connection -> connection.fail(TcpEnd.UNREACHABLE));
    }

    /** How many connections there are, those that are only remembered included. */
    int size() {
        return connections.size();
    }

    void forget(TcpConnection connection) {
        connections.remove(connection.key(), connection);
    }

    void send(Ipv4Address peer, TcpSegment segment) {
        network.send(peer, segment);
    }

    void reachable(Ipv4Address peer) {
        network.reachable(peer);
    }

    /**
     * Answers a segment that belongs to no connection (RFC 9293 section 3.5.2), unless it is a
     * reset itself.
     */
    void reset(Ipv4Address peer, TcpSegment segment) {
        if (segment.has(Flag.RST)) {
            return;
        }
        int ours = segment.targetPort();
        int theirs = segment.sourcePort();
        boolean numbered = segment.has(Flag.ACK);
        network.send(
                peer,
                new TcpSegment(
                        ours,
                        theirs,
                        numbered ? segment.acknowledgment() : 0,
                        numbered ? 0 : segment.sequence() + segment.sequenceLength(),
                        numbered ? EnumSet.of(Flag.RST) : EnumSet.of(Flag.RST, Flag.ACK),
                        0,
                        0,
                        NOTHING));
    }
}
