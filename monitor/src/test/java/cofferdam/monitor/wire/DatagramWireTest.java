package cofferdam.monitor.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.live.RealTime;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;

@Timeout(60)
class DatagramWireTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final RealTime time = new RealTime();
    private final Inbox inbox = new Inbox();
    private DatagramChannel peer;
    private InetSocketAddress address;
    private DatagramWire wire;

    @BeforeEach
    void open() throws IOException {
        peer = DatagramChannel.open().bind(loopback(0));
        try (DatagramChannel probe = DatagramChannel.open().bind(loopback(0))) {
            address = (InetSocketAddress) probe.getLocalAddress();
        }
        wire = DatagramWire.between(time, address, (InetSocketAddress) peer.getLocalAddress());
        wire.attach(inbox);
    }

    @AfterEach
    void close() throws IOException {
        wire.close();
        peer.close();
        time.close();
    }

    @Test
    void aFrameIsADatagram() throws IOException {
        byte[] frame = Inbox.frame(1518, 1);
        wire.accept(frame, 0, frame.length);
        ByteBuffer got = ByteBuffer.allocate(2000);
        peer.receive(got);
        assertThat(got.flip()).isEqualTo(ByteBuffer.wrap(frame));
        peer.send(got, address);
        assertThat(time.await(() -> !inbox.frames.isEmpty(), LIMIT)).isTrue();
        assertThat(inbox.frames).containsExactly(frame);
    }

    @Test
    void datagramsOfAnybodyElseDoNotComeIn() throws IOException {
        try (DatagramChannel stranger = DatagramChannel.open().bind(loopback(0))) {
            stranger.send(ByteBuffer.wrap(Inbox.frame(60, 1)), address);
            peer.send(ByteBuffer.wrap(Inbox.frame(60, 2)), address);
            assertThat(time.await(() -> !inbox.frames.isEmpty(), LIMIT)).isTrue();
            assertThat(inbox.frames).containsExactly(Inbox.frame(60, 2));
        }
    }

    @Test
    void datagramsThatAreNoFramesAreCounted() throws IOException {
        peer.send(ByteBuffer.allocate(0), address);
        peer.send(ByteBuffer.allocate(13), address);
        peer.send(ByteBuffer.allocate(1519), address);
        peer.send(ByteBuffer.allocate(65_507), address);
        peer.send(ByteBuffer.wrap(Inbox.frame(14, 1)), address);
        assertThat(time.await(() -> !inbox.frames.isEmpty(), LIMIT)).isTrue();
        assertThat(wire.counters()).isEqualTo(new WireCounters(1, 0, 0, 0, 4));
    }

    @Test
    void whenNobodyListensFramesAreCountedAndTheWireLives() throws IOException {
        InetSocketAddress there = (InetSocketAddress) peer.getLocalAddress();
        peer.close();
        byte[] frame = Inbox.frame(60, 1);
        for (int i = 0; i < 10; i++) {
            wire.accept(frame, 0, frame.length);
            time.await(() -> false, Duration.ofMillis(1));
        }
        WireCounters counters = wire.counters();
        assertThat(counters.out() + counters.unattached()).isEqualTo(10);
        peer = DatagramChannel.open().bind(there);
        peer.send(ByteBuffer.wrap(frame), address);
        assertThat(time.await(() -> !inbox.frames.isEmpty(), LIMIT)).isTrue();
    }

    @Test
    void addressesOfOtherComputersAreRefused() {
        InetSocketAddress elsewhere = new InetSocketAddress("192.0.2.1", 7);
        assertThatThrownBy(() -> DatagramWire.between(time, loopback(0), elsewhere))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("192.0.2.1");
        assertThatThrownBy(() -> DatagramWire.between(time, new InetSocketAddress(0), loopback(7)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
