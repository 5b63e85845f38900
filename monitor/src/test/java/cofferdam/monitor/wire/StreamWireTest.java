package cofferdam.monitor.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.live.RealTime;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

@Timeout(60)
class StreamWireTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final RealTime time = new RealTime();
    private final Inbox inbox = new Inbox();
    private Path path;
    private StreamWire wire;

    @BeforeEach
    void listen() throws IOException {
        path = folder.resolve("wire.sock");
        wire = StreamWire.listen(time, path);
        wire.attach(inbox);
    }

    @AfterEach
    void close() {
        wire.close();
        time.close();
    }

    @Test
    void framesPassBothWaysInOrder() throws IOException {
        Inbox far = new Inbox();
        StreamWire client = StreamWire.connect(time, path);
        client.attach(far);
        eventually(wire::isConnected);
        for (int i = 0; i < 200; i++) {
            send(client, Inbox.frame(60 + i, i));
            send(wire, Inbox.frame(1514 - i, i));
        }
        eventually(() -> inbox.frames.size() == 200 && far.frames.size() == 200);
        for (int i = 0; i < 200; i++) {
            assertThat(inbox.frames.get(i)).isEqualTo(Inbox.frame(60 + i, i));
            assertThat(far.frames.get(i)).isEqualTo(Inbox.frame(1514 - i, i));
        }
        assertThat(wire.counters()).isEqualTo(new WireCounters(200, 200, 0, 0, 0));
        assertThat(client.counters()).isEqualTo(new WireCounters(200, 200, 0, 0, 0));
        client.close();
    }

    @Test
    void aFrameThatComesByteByByteIsOneFrame() throws IOException {
        try (SocketChannel peer = connect()) {
            for (byte next : FrameParserTest.framed(List.of(Inbox.frame(64, 7)))) {
                peer.write(ByteBuffer.wrap(new byte[] {next}));
                time.await(() -> false, Duration.ZERO);
            }
            eventually(() -> !inbox.frames.isEmpty());
            assertThat(inbox.frames).containsExactly(Inbox.frame(64, 7));
        }
    }

    @Test
    void aReceiverThatWaitsGetsTheFramesBehindTheOneItIsGiven() throws IOException {
        wire.attach((buffer, offset, length) -> {
            inbox.accept(buffer, offset, length);
            if (inbox.frames.size() == 1) {
                assertThat(time.await(() -> inbox.frames.size() == 3, LIMIT)).isTrue();
                inbox.link.add("waited");
            }
        });
        try (SocketChannel peer = connect()) {
            List<byte[]> frames =
                    List.of(Inbox.frame(60, 1), Inbox.frame(60, 2), Inbox.frame(60, 3));
            peer.write(ByteBuffer.wrap(FrameParserTest.framed(frames)));
            eventually(() -> inbox.link.contains("waited"));
            assertThat(inbox.frames).containsExactlyElementsOf(frames);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 13, 65_601, -1})
    void aHostileLengthEndsTheConnectionAndIsCounted(int length) throws IOException {
        try (SocketChannel peer = connect()) {
            peer.write(ByteBuffer.allocate(4).putInt(length).flip());
            eventually(() -> !wire.isConnected());
            assertThat(peer.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            assertThat(wire.counters().malformed()).isOne();
        }
        try (SocketChannel peer = connect()) {
            assertThat(peer.isConnected()).as("the next may come").isTrue();
        }
    }

    @Test
    void aFrameLongerThanAnyOnTheFabricIsDroppedAndTheNextComes() throws IOException {
        try (SocketChannel peer = connect()) {
            List<byte[]> frames = List.of(
                    Inbox.frame(1519, 1),
                    Inbox.frame(FrameParser.MAXIMUM_LENGTH, 2),
                    Inbox.frame(1518, 3));
            peer.configureBlocking(false);
            ByteBuffer bytes = ByteBuffer.wrap(FrameParserTest.framed(frames));
            while (bytes.hasRemaining()) {
                peer.write(bytes);
                time.await(() -> false, Duration.ZERO);
            }
            eventually(() -> !inbox.frames.isEmpty());
            assertThat(inbox.frames).containsExactly(Inbox.frame(1518, 3));
            assertThat(wire.counters()).isEqualTo(new WireCounters(1, 0, 0, 0, 2));
        }
    }

    @Test
    void aFrameOfAWrongLengthDoesNotLeave() throws IOException {
        try (SocketChannel peer = connect()) {
            send(wire, new byte[13]);
            send(wire, new byte[1519]);
            assertThat(peer.isOpen()).isTrue();
            assertThat(wire.counters()).isEqualTo(new WireCounters(0, 0, 0, 0, 2));
        }
    }

    @Test
    void forAPeerThatNeverReadsFramesAreDroppedAndCounted() throws IOException {
        try (SocketChannel peer = connect()) {
            byte[] frame = Inbox.frame(1514, 1);
            int given = 10_000;
            for (int i = 0; i < given; i++) {
                send(wire, frame);
            }
            WireCounters counters = wire.counters();
            assertThat(counters.overrun()).isGreaterThan(given / 2);
            assertThat(wire.isConnected()).isTrue();
            peer.write(ByteBuffer.wrap(FrameParserTest.framed(List.of(frame))));
            eventually(() -> !inbox.frames.isEmpty());
            assertThat(drained(peer)).isEqualTo(given - counters.overrun());
        }
    }

    /** Reads what the wire kept, and gives the number of whole frames. */
    private long drained(SocketChannel peer) throws IOException {
        peer.configureBlocking(false);
        FrameParser parser = new FrameParser();
        int idle = 0;
        long frames = 0;
        while (idle < 3) {
            idle = parser.read(peer) == 0 ? idle + 1 : 0;
            time.await(() -> false, Duration.ofMillis(idle * 10L));
            while (parser.next() != null) {
                frames++;
            }
        }
        return frames;
    }

    @Test
    void whatComesWhileNobodyIsThereIsLost() throws IOException {
        send(wire, Inbox.frame(60, 1));
        assertThat(wire.counters()).isEqualTo(new WireCounters(0, 0, 0, 1, 0));
        try (SocketChannel peer = connect()) {
            send(wire, Inbox.frame(60, 2));
            time.await(() -> wire.counters().out() == 1, LIMIT);
            ByteBuffer got = ByteBuffer.allocate(200);
            peer.read(got);
            assertThat(got.flip().remaining()).as("only the second").isEqualTo(64);
        }
    }

    @Test
    void aPeerMayComeAndGoAndEachBeginsAfresh() throws IOException {
        for (int i = 0; i < 30; i++) {
            try (SocketChannel peer = connect()) {
                byte[] whole = FrameParserTest.framed(List.of(Inbox.frame(60, i)));
                peer.write(ByteBuffer.wrap(whole));
                peer.write(ByteBuffer.wrap(whole, 0, 30));
                int expected = i + 1;
                eventually(() -> inbox.frames.size() == expected);
            }
            eventually(() -> !wire.isConnected());
        }
        assertThat(inbox.link).hasSize(60).startsWith("up", "down", "up").endsWith("down");
        assertThat(wire.counters()).isEqualTo(new WireCounters(30, 0, 0, 0, 0));
    }

    @Test
    void aSecondPeerWaitsUntilTheFirstLeaves() throws IOException {
        SocketChannel first = connect();
        try (SocketChannel second = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            second.write(ByteBuffer.wrap(FrameParserTest.framed(List.of(Inbox.frame(60, 2)))));
            time.await(() -> false, Duration.ofMillis(20));
            assertThat(inbox.frames).isEmpty();
            first.close();
            eventually(() -> !inbox.frames.isEmpty());
        }
    }

    @Test
    void closingEndsTheConnectionAndDeletesThePath() throws IOException {
        try (SocketChannel peer = connect()) {
            wire.close();
            wire.close();
            assertThat(peer.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            assertThat(path).doesNotExist();
        }
    }

    @Test
    void theReceiverMayCloseTheWire() throws IOException {
        wire.attach((buffer, offset, length) -> {
            inbox.accept(buffer, offset, length);
            wire.close();
        });
        try (SocketChannel peer = connect()) {
            List<byte[]> frames = List.of(Inbox.frame(60, 1), Inbox.frame(60, 2));
            peer.write(ByteBuffer.wrap(FrameParserTest.framed(frames)));
            eventually(() -> !inbox.frames.isEmpty());
            time.await(() -> false, Duration.ofMillis(10));
            assertThat(inbox.frames).hasSize(1);
        }
    }

    @Test
    void aPathThatExistsOrIsTooLongIsRefusedByName() throws IOException {
        Path taken = Files.createFile(folder.resolve("taken"));
        assertThatThrownBy(() -> StreamWire.listen(time, taken))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("taken");
        assertThat(taken).exists();
        assertThatThrownBy(() -> StreamWire.listen(time, folder.resolve("x".repeat(120))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("xxx");
        assertThatThrownBy(() -> StreamWire.connect(time, folder.resolve("nobody")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nobody");
    }

    private SocketChannel connect() throws IOException {
        SocketChannel peer = SocketChannel.open(UnixDomainSocketAddress.of(path));
        eventually(wire::isConnected);
        return peer;
    }

    private void eventually(BooleanSupplier condition) {
        assertThat(time.await(condition, LIMIT)).isTrue();
    }

    private static void send(StreamWire wire, byte[] frame) {
        wire.accept(frame, 0, frame.length);
    }
}
