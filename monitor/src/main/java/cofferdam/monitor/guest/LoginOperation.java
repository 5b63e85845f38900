package cofferdam.monitor.guest;

import cofferdam.monitor.Endpoint.Operation;
import cofferdam.monitor.Timeline;
import cofferdam.monitor.Timeline.Timer;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.guest.tcp.TcpConnection;
import cofferdam.monitor.guest.tcp.TcpHandler;
import cofferdam.monitor.guest.tcp.TcpSockets;

import java.time.Duration;

/** One visit to another machine's mailbox, from the first packet to the orderly close. */
final class LoginOperation implements Operation {

    /** How long it may take in all. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Timeline timeline;
    private final Flow flow;
    private Timer patience = () -> {};

    LoginOperation(Timeline timeline, Flow flow) {
        this.timeline = timeline;
        this.flow = flow;
    }

    void start(TcpSockets sockets, Ipv4Address server, String serverName) {
        flow.start();
        sockets.connect(server, PopSession.PORT, connection -> attach(connection, serverName));
    }

    private TcpHandler attach(TcpConnection connection, String serverName) {
        PopClient client = new PopClient(connection, serverName, flow.id(), this::finish);
        patience = timeline.after(
                PATIENCE, () -> client.abort("no end within %d s".formatted(PATIENCE.toSeconds())));
        return client;
    }

    @Override
    public boolean done() {
        return flow.finished();
    }

    private void finish(int sent, int answered, String problem) {
        patience.cancel();
        flow.finish(sent, answered, problem);
    }
}
