package cofferdam.monitor.qemu;

import cofferdam.monitor.live.RealTime;
import cofferdam.monitor.wire.StreamWire;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** This side's ends of what a guest's QEMU connects to. */
final class GuestLines implements AutoCloseable {

    private final RealTime time;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final StreamWire network;
    private final StreamWire relay;
    private final SocketLine kernel;
    private final SocketLine console;
    private final SocketLine control;

    /**
     * Listens for QEMU.
     *
     * @throws IOException if a socket cannot be made
     */
    GuestLines(RealTime time, GuestFiles files) throws IOException {
        this.time = time;
        try {
            network = wire(files.network());
            relay = wire(files.relay());
            kernel = line(files.kernel());
            console = line(files.console());
            control = line(files.control());
        } catch (IOException failed) {
            close();
            throw failed;
        }
    }

    StreamWire network() {
        return network;
    }

    StreamWire relay() {
        return relay;
    }

    SocketLine kernel() {
        return kernel;
    }

    SocketLine console() {
        return console;
    }

    SocketLine control() {
        return control;
    }

    private StreamWire wire(Path path) throws IOException {
        StreamWire wire = StreamWire.listen(time, path);
        opened.push(wire);
        return wire;
    }

    private SocketLine line(Path path) throws IOException {
        SocketLine line = SocketLine.listen(time, path);
        opened.push(line);
        return line;
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            closeOne(opened.pop());
        }
    }

    private static void closeOne(AutoCloseable end) {
        try {
            end.close();
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new IllegalStateException(failed.getMessage(), failed);
        }
    }
}
