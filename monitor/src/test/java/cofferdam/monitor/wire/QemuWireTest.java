package cofferdam.monitor.wire;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.Tool;
import cofferdam.monitor.live.RealTime;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** QEMU's hub, without any machine, at the other end of wires. */
@Timeout(60)
class QemuWireTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration BRIEFLY = Duration.ofMillis(200);
    private static final int ATTEMPTS = 100;

    @TempDir
    private Path folder;

    private final RealTime time = new RealTime();
    private Process qemu;

    @AfterEach
    void close() throws InterruptedException {
        if (qemu != null) {
            qemu.destroyForcibly().waitFor();
        }
        time.close();
    }

    @Test
    void whatOneStreamSendsTheHubGivesToTheOthers() throws IOException {
        List<StreamWire> wires = Stream.of("a", "b", "c").map(this::listen).toList();
        List<Inbox> inboxes = wires.stream().map(QemuWireTest::inboxOf).toList();
        start(Stream.of("a", "b", "c").flatMap(this::streamOnHub).toList());
        assertThat(time.await(() -> wires.stream().allMatch(StreamWire::isConnected), LIMIT))
                .isTrue();
        awaitHub(wires.get(0), inboxes.subList(1, 3));
        for (int length : new int[] {14, 42, 60, 1514, 1518}) {
            byte[] frame = Inbox.frame(length, length);
            wires.get(0).accept(frame, 0, frame.length);
            time.await(() -> !inboxes.get(1).frames.isEmpty(), LIMIT);
            time.await(() -> !inboxes.get(2).frames.isEmpty(), LIMIT);
            assertThat(inboxes.get(1).frames).containsExactly(frame);
            assertThat(inboxes.get(2).frames).containsExactly(frame);
            assertThat(inboxes.get(0).frames).as("not back").isEmpty();
            inboxes.forEach(inbox -> inbox.frames.clear());
        }
        wires.forEach(StreamWire::close);
    }

    @Test
    void theEndOfTheProcessIsTheEndOfTheLink() throws IOException {
        StreamWire wire = listen("a");
        Inbox inbox = inboxOf(wire);
        start(streamOnHub("a").toList());
        assertThat(time.await(wire::isConnected, LIMIT)).isTrue();
        qemu.destroyForcibly();
        assertThat(time.await(() -> inbox.link.contains("down"), LIMIT)).isTrue();
        wire.close();
    }

    @Test
    void datagramsAndStreamsShareTheHub() throws IOException {
        int port = freePort();
        int qemuPort = freePort();
        DatagramWire datagrams = DatagramWire.between(time, loopback(port), loopback(qemuPort));
        Inbox inbox = inboxOf(datagrams);
        StreamWire stream = listen("a");
        Inbox other = inboxOf(stream);
        start(Stream.concat(
                        streamOnHub("a"),
                        Stream.of(
                                "-netdev",
                                ("dgram,id=d,local.type=inet,local.host=127.0.0.1,local.port=%d,"
                                                + "remote.type=inet,remote.host=127.0.0.1,remote.port=%d")
                                        .formatted(qemuPort, port),
                                "-netdev",
                                "hubport,id=hd,hubid=0,netdev=d"))
                .toList());
        assertThat(time.await(stream::isConnected, LIMIT)).isTrue();
        awaitHub(stream, List.of(inbox));
        byte[] frame = Inbox.frame(1514, 1);
        stream.accept(frame, 0, frame.length);
        assertThat(time.await(() -> !inbox.frames.isEmpty(), LIMIT)).isTrue();
        assertThat(inbox.frames).containsExactly(frame);
        datagrams.accept(frame, 0, frame.length);
        assertThat(time.await(() -> !other.frames.isEmpty(), LIMIT)).isTrue();
        assertThat(other.frames).containsExactly(frame);
        datagrams.close();
        stream.close();
    }

    /** QEMU loses frames until it has noticed by itself that its sockets are connected. */
    private void awaitHub(FrameWire from, List<Inbox> others) {
        byte[] frame = Inbox.frame(60, 9);
        for (int i = 0; i < ATTEMPTS; i++) {
            from.accept(frame, 0, frame.length);
            if (time.await(() -> others.stream().noneMatch(o -> o.frames.isEmpty()), BRIEFLY)) {
                break;
            }
        }
        // What was sent last may still be on its way to some.
        time.await(() -> false, BRIEFLY);
        others.forEach(inbox -> inbox.frames.clear());
    }

    private Stream<String> streamOnHub(String name) {
        return Stream.of(
                "-netdev",
                "stream,id=%s,server=off,addr.type=unix,addr.path=%s"
                        .formatted(name, folder.resolve(name)),
                "-netdev",
                "hubport,id=h%s,hubid=0,netdev=%s".formatted(name, name));
    }

    private void start(List<String> netdevs) throws IOException {
        String program = Tool.named("qemu-system-x86_64").program().toString();
        List<String> command = Stream.concat(
                        Stream.of(program, "-M", "none", "-nodefaults", "-display", "none"),
                        netdevs.stream())
                .toList();
        qemu = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("qemu.log").toFile())
                .start();
    }

    private StreamWire listen(String name) {
        try {
            return StreamWire.listen(time, folder.resolve(name));
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static Inbox inboxOf(FrameWire wire) {
        Inbox inbox = new Inbox();
        wire.attach(inbox);
        return inbox;
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static int freePort() throws IOException {
        try (DatagramChannel probe = DatagramChannel.open().bind(loopback(0))) {
            return ((InetSocketAddress) probe.getLocalAddress()).getPort();
        }
    }
}
