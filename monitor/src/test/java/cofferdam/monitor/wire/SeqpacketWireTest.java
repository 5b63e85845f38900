package cofferdam.monitor.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.Tool;
import cofferdam.monitor.live.RealTime;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Perl is at the other end, with the system's own sockets. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class SeqpacketWireTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String CONNECT =
            "use Socket; socket(S, AF_UNIX, SOCK_SEQPACKET, 0) or die $!;"
                    + "connect(S, pack_sockaddr_un($ARGV[0])) or die $!;";

    @TempDir
    private Path folder;

    private final RealTime time = new RealTime();
    private final Inbox inbox = new Inbox();
    private final List<Process> peers = new ArrayList<>();
    private Path path;
    private SeqpacketWire wire;

    @BeforeEach
    void listen() throws IOException {
        path = folder.resolve("wire.sock");
        wire = SeqpacketWire.listen(time, path);
        wire.attach(inbox);
    }

    @AfterEach
    void close() {
        peers.forEach(Process::destroyForcibly);
        wire.close();
        time.close();
    }

    @Test
    void eachPacketIsAFrameInBothDirections() throws Exception {
        Process peer = perl("for my $n (14, 60, 1514, 1518) { send(S, 'x' x $n, 0) }"
                + "recv(S, my $f, 9999, 0); send(S, $f, 0); recv(S, $f, 9999, 0);");
        eventually(() -> inbox.frames.size() == 4);
        assertThat(inbox.frames)
                .extracting(frame -> frame.length)
                .containsExactly(14, 60, 1514, 1518);
        byte[] frame = Inbox.frame(1000, 3);
        wire.accept(frame, 0, frame.length);
        eventually(() -> inbox.frames.size() == 5);
        assertThat(inbox.frames.get(4)).isEqualTo(frame);
        assertThat(wire.counters()).isEqualTo(new WireCounters(5, 1, 0, 0, 0));
        wire.accept(frame, 0, frame.length);
        assertThat(peer.waitFor()).isZero();
    }

    @Test
    void packetsThatAreNoFramesAreCounted() throws Exception {
        perl("for my $n (1, 13, 1519, 65536, 100000, 14) { send(S, 'x' x $n, 0) or die $! }");
        eventually(() -> !inbox.frames.isEmpty());
        assertThat(inbox.frames).hasSize(1);
        assertThat(wire.counters()).isEqualTo(new WireCounters(1, 0, 0, 0, 5));
    }

    @Test
    void forAPeerThatNeverReadsFramesAreDroppedAndCounted() throws Exception {
        Process peer = perl("sleep 1000;");
        eventually(wire::isConnected);
        byte[] frame = Inbox.frame(1514, 1);
        for (int i = 0; i < 5000; i++) {
            wire.accept(frame, 0, frame.length);
        }
        assertThat(wire.counters().overrun()).isGreaterThan(2000);
        assertThat(wire.counters().overrun() + wire.counters().out()).isEqualTo(5000);
        peer.destroyForcibly().waitFor();
    }

    @Test
    void aPeerMayComeAndGo() throws Exception {
        for (int i = 1; i <= 5; i++) {
            int expected = i;
            perl("send(S, 'x' x 60, 0);");
            eventually(() -> inbox.frames.size() == expected && !wire.isConnected());
        }
        assertThat(inbox.link).hasSize(10).startsWith("up", "down");
        wire.accept(Inbox.frame(60, 1), 0, 60);
        assertThat(wire.counters().unattached()).isOne();
    }

    @Test
    void aReceiverThatWaitsGetsTheFramesBehindTheOneItIsGiven() throws Exception {
        wire.attach((buffer, offset, length) -> {
            inbox.accept(buffer, offset, length);
            if (inbox.frames.size() == 1) {
                assertThat(time.await(() -> inbox.frames.size() == 3, LIMIT)).isTrue();
                inbox.link.add("waited");
            }
        });
        perl("send(S, $_ x 60, 0) for (1, 2, 3);");
        eventually(() -> inbox.link.contains("waited"));
        assertThat(inbox.frames)
                .extracting(frame -> frame[0])
                .containsExactly((byte) '1', (byte) '2', (byte) '3');
    }

    @Test
    void theReceiverMayCloseTheWire() throws Exception {
        wire.attach((buffer, offset, length) -> {
            inbox.accept(buffer, offset, length);
            wire.close();
        });
        perl("send(S, 'x' x 60, 0) for (1, 2, 3);");
        eventually(() -> !inbox.frames.isEmpty());
        time.await(() -> false, Duration.ofMillis(10));
        assertThat(inbox.frames).hasSize(1);
    }

    @Test
    void closingStopsTheThreadsAndGivesBackTheDescriptors() throws Exception {
        perl("sleep 1000;");
        eventually(wire::isConnected);
        wire.close();
        assertThat(path).doesNotExist();
        assertThat(threads()).isEmpty();
        long before = descriptors();
        for (int i = 0; i < 50; i++) {
            SeqpacketWire.listen(time, path).close();
        }
        assertThat(descriptors()).isLessThanOrEqualTo(before + 5);
        assertThat(threads()).isEmpty();
    }

    @Test
    void aPathThatExistsOrIsTooLongIsRefusedByCallAndName() throws IOException {
        Path taken = Files.createFile(folder.resolve("taken"));
        assertThatThrownBy(() -> SeqpacketWire.listen(time, taken))
                .isInstanceOf(IOException.class)
                .hasMessage("bind for '%s' failed: Address already in use", taken);
        assertThat(taken).exists();
        assertThatThrownBy(() -> SeqpacketWire.listen(time, folder.resolve("x".repeat(120))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("more than 107");
    }

    private Process perl(String script) throws IOException {
        Path program = Tool.named("perl").program();
        Process peer = new ProcessBuilder(
                        program.toString(), "-e", CONNECT + script, path.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        peers.add(peer);
        return peer;
    }

    private void eventually(BooleanSupplier condition) {
        assertThat(time.await(condition, LIMIT)).isTrue();
    }

    private Stream<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("wire " + folder));
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}
