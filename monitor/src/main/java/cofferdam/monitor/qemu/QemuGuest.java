package cofferdam.monitor.qemu;

import cofferdam.monitor.linux.ConsoleLine;
import cofferdam.monitor.linux.GivenDevice;
import cofferdam.monitor.linux.RunningGuest;
import cofferdam.monitor.live.RealTime;
import cofferdam.monitor.net.FrameSink;
import cofferdam.monitor.process.ChildProcess;
import cofferdam.monitor.wire.FrameWire;
import cofferdam.monitor.wire.StreamWire;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A guest's QEMU, from its start to its end. */
final class QemuGuest implements RunningGuest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration COPY_PATIENCE = Duration.ofSeconds(60);

    private final RealTime time;
    private final ChildProcess child;
    private final GuestLines lines;
    private final GuestFiles files;
    private final QemuBoard board;
    private final Qmp control;
    private final LastWords kernelLog = new LastWords();
    private @Nullable String shutdown;
    private boolean tapped;

    /** @param board what the guest was given */
    QemuGuest(
            RealTime time,
            ChildProcess child,
            GuestLines lines,
            GuestFiles files,
            QemuBoard board) {
        this.time = time;
        this.child = child;
        this.lines = lines;
        this.files = files;
        this.board = board;
        control = new Qmp(time, lines.control(), this::happened);
        lines.kernel().listen(kernelLog::add);
    }

    /**
     * Waits until QEMU has built the machine.
     *
     * @throws IOException if it ends instead; the message is what it says
     */
    void awaitBuilt() throws IOException {
        time.await(() -> control.isReady() || child.ended().isPresent(), PATIENCE);
        if (control.isReady()) {
            return;
        }
        throw new IOException(child.ended()
                .map(reason -> "QEMU did not start: " + reason)
                .orElseGet(() -> "QEMU did not build the machine within %d s"
                        .formatted(PATIENCE.toSeconds())));
    }

    /** QEMU's own protocol. */
    Qmp control() {
        return control;
    }

    @Override
    public long process() {
        return child.pid();
    }

    /** QEMU says last by its protocol why it ends, so that everything of it has to be read first. */
    @Override
    public Optional<String> ended() {
        Optional<String> ended = child.ended();
        if (ended.isEmpty() || (lines.control().isConnected() && !control.isOver())) {
            return Optional.empty();
        }
        boolean regular = child.exitCode().orElse(-1) == 0;
        return regular && shutdown != null ? Optional.of(shutdown) : ended;
    }

    @Override
    public ConsoleLine console() {
        return lines.console();
    }

    @Override
    public String kernelLog() {
        return kernelLog.text();
    }

    @Override
    public FrameWire network() {
        return lines.network();
    }

    @Override
    public FrameWire relay() {
        return lines.relay();
    }

    /**
     * QEMU's object {@code filter-mirror} copies every frame that passes the netdev, in both
     * directions.
     */
    @Override
    public Tap tap(FrameSink copies) throws IOException {
        if (tapped) {
            throw new IOException("the interface is copied already");
        }
        StreamWire wire = StreamWire.listen(time, files.copies());
        wire.attach(copies);
        try {
            control.call("chardev-add", QmpArguments.chardev("copies", files.copies()), PATIENCE);
            control.call(
                    "object-add",
                    QmpArguments.mirror("mirror", QemuCommand.NETWORK, "copies"),
                    PATIENCE);
        } catch (IOException failed) {
            control.tell("chardev-remove", Map.of("id", "copies"));
            wire.close();
            throw failed;
        }
        tapped = true;
        return () -> untap(wire);
    }

    private void untap(StreamWire wire) {
        if (!tapped) {
            return;
        }
        tapped = false;
        try {
            if (!control.isOver()) {
                control.call("object-del", Map.of("id", "mirror"), PATIENCE);
                control.call("chardev-remove", Map.of("id", "copies"), PATIENCE);
            }
        } catch (IOException gone) {
            // A QEMU that has ended copies nothing, and one that does not answer is found out
            // elsewhere.
        } finally {
            wire.close();
        }
    }

    @Override
    public void powerOff() throws IOException {
        if (control.isOver()) {
            throw new IOException("QEMU has ended already");
        }
        control.tell("quit", Map.of());
    }

    @Override
    public Path physicalMemory() throws IOException {
        Files.deleteIfExists(files.memory());
        control.call(
                "pmemsave",
                Map.of(
                        "val",
                        0,
                        "size",
                        board.memory(),
                        "filename",
                        files.memory().toString()),
                COPY_PATIENCE);
        return files.memory();
    }

    @Override
    public List<GivenDevice> devices() throws IOException {
        return board.devices(control.call("query-pci", Map.of(), PATIENCE));
    }

    @Override
    public void close() {
        child.close();
        control.close();
        lines.close();
    }

    private void happened(Qmp.Event event) {
        if (event.name().equals("SHUTDOWN")) {
            shutdown = words(event.data());
        }
    }

    /** QEMU's ShutdownCause in words for people (qapi/run-state.json). */
    private static String words(JsonNode data) {
        String cause = Qmp.text(data.path("reason"));
        return switch (cause) {
            case "guest-shutdown" -> "the guest switched itself off";
            case "guest-reset" -> "the guest reset itself, as by a reboot or a triple fault";
            case "guest-panic" -> "the guest panicked";
            case "host-qmp-quit" -> "QEMU was told to quit by its protocol";
            case "host-signal" -> "QEMU was ended by a signal";
            default -> "QEMU ended the guest: " + cause;
        };
    }
}
