package cofferdam.monitor.qemu;

import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.live.RealTime;
import cofferdam.monitor.net.Bridge;
import cofferdam.monitor.net.FrameSink;
import cofferdam.monitor.net.GuestPort;
import cofferdam.monitor.net.LearnedAddress;
import cofferdam.monitor.process.ChildProcess;
import cofferdam.monitor.process.Limits;
import cofferdam.monitor.process.ProgramStart;
import cofferdam.monitor.process.Supervisor;
import cofferdam.monitor.process.WorkFolder;
import cofferdam.monitor.wire.StreamWire;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * QEMU's hub as a shared medium: a QEMU without a machine ({@code -M none}), whose hub gets a port for
 * everybody who is attached. Frames pass through QEMU itself, which gives each to every port but the
 * one that it came by. It knows no filters.
 */
final class QemuHub implements Bridge, AutoCloseable {

    /** The most ports, as of the testbed's own fabrics. */
    static final int MAXIMUM_PORTS = 64;

    private static final String NAME = "hub";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Limits LIMITS = new Limits(
            Duration.ofMinutes(30),
            Duration.ofMinutes(30),
            /* addressSpace= */ 1L << 30,
            /* fileSize= */ 1L << 20,
            /* output= */ 1L << 20);

    private final RealTime time;
    private final WorkFolder folder;
    private final ChildProcess child;
    private final SocketLine line;
    private final Qmp control;
    private final Set<String> connected = new HashSet<>();
    private final List<StreamWire> wires = new ArrayList<>();
    private boolean closed;

    private QemuHub(RealTime time, WorkFolder folder, ChildProcess child, SocketLine line) {
        this.time = time;
        this.folder = folder;
        this.child = child;
        this.line = line;
        control = new Qmp(time, line, this::happened);
    }

    /**
     * Starts the process.
     *
     * @throws IOException if it does not start; the message is what it says
     */
    static QemuHub start(Path program, WorkFolder folder, RealTime time) throws IOException {
        Path socket = folder.file("hub.control");
        SocketLine line = SocketLine.listen(time, socket);
        List<String> command = new ArrayList<>(List.of(program.toString(), "-machine", "none"));
        command.addAll(QemuCommand.BARE);
        command.addAll(QemuCommand.SANDBOX);
        command.addAll(List.of("-accel", "tcg,tb-size=1"));
        command.addAll(QemuCommand.control(socket));
        QemuHub hub;
        try {
            ProgramStart start = new ProgramStart(NAME, command, Map.of(), LIMITS);
            hub = new QemuHub(time, folder, Supervisor.start(start, folder, time::post), line);
        } catch (IOException failed) {
            line.close();
            throw failed;
        }
        hub.awaitReady();
        return hub;
    }

    private void awaitReady() throws IOException {
        time.await(() -> control.isReady() || child.ended().isPresent(), PATIENCE);
        if (!control.isReady()) {
            String reason = child.ended().orElse("it took no commands");
            close();
            throw new IOException("QEMU's hub did not start: " + reason);
        }
    }

    /** The process that the frames pass through. */
    long process() {
        return child.pid();
    }

    /** The guest's interface hears whatever passes the hub, whether it asks for it or not. */
    @Override
    public GuestPort attachGuest(String name, MacAddress configured, FrameSink cable) {
        FrameSink port = attach(cable);
        return new GuestPort() {
            @Override
            public void accept(byte[] buffer, int offset, int length) {
                port.accept(buffer, offset, length);
            }

            @Override
            public void addressChanged(MacAddress address) {
                PHYSICAL.addressChanged(address);
            }

            @Override
            public boolean promiscuous(boolean requested) {
                return PHYSICAL.promiscuous(requested);
            }
        };
    }

    @Override
    public FrameSink attachComputer(String name, FrameSink cable) {
        return attach(cable);
    }

    @Override
    public FrameSink attachTrunk(String name, FrameSink cable) {
        return attach(cable);
    }

    /** A hub learns nothing. */
    @Override
    public List<LearnedAddress> learned() {
        return List.of();
    }

    /** Adds a port, which is usable when this returns. */
    private FrameSink attach(FrameSink cable) {
        if (wires.size() >= MAXIMUM_PORTS) {
            throw new IllegalStateException(
                    "QEMU's hub has %d ports already".formatted(MAXIMUM_PORTS));
        }
        try {
            return connect(wires.size(), cable);
        } catch (IOException failed) {
            throw new IllegalStateException(
                    "QEMU's hub got no port: " + failed.getMessage(), failed);
        }
    }

    private FrameSink connect(int number, FrameSink cable) throws IOException {
        String behind = "behind" + number;
        Path socket = folder.file("hub.%d".formatted(number));
        StreamWire wire = StreamWire.listen(time, socket);
        wires.add(wire);
        wire.attach(cable);
        control.call("netdev_add", QmpArguments.stream(behind, socket), PATIENCE);
        control.call("netdev_add", QmpArguments.hubPort("port" + number, behind), PATIENCE);
        boolean usable =
                time.await(() -> wire.isConnected() && connected.contains(behind), PATIENCE);
        if (!usable) {
            throw new IOException("port %d was not connected within %d s"
                    .formatted(number, PATIENCE.toSeconds()));
        }
        return (buffer, offset, length) -> {
            requireAlive();
            wire.accept(buffer, offset, length);
        };
    }

    /** Silence on a hub that is gone must not be taken for guests that kept quiet. */
    private void requireAlive() {
        Optional<String> ended = child.ended();
        if (ended.isPresent() && !closed) {
            throw new IllegalStateException("QEMU's hub ended: " + ended.get());
        }
    }

    private void happened(Qmp.Event event) {
        if (event.name().equals("NETDEV_STREAM_CONNECTED")) {
            connected.add(Qmp.text(event.data().path("netdev-id")));
        }
    }

    @Override
    public void close() {
        closed = true;
        child.close();
        line.close();
        wires.forEach(StreamWire::close);
    }
}
