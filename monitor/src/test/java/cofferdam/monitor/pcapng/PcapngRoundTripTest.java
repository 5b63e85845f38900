package cofferdam.monitor.pcapng;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.evidence.Direction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

class PcapngRoundTripTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void framesComeBackAsTheyWereWritten(long seed) throws PcapngException {
        List<CapturedFrame> frames = Captures.random(new SplittableRandom(seed), 2000, 1600);

        Capture read = PcapngReader.read(Captures.file(frames));

        assertThat(read.interfaces()).containsExactly(Captures.FIRST, Captures.SECOND);
        assertThat(Captures.texts(read.frames())).isEqualTo(Captures.texts(frames));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {6, 7})
    void aSmallBufferGivesTheSameBytes(long seed) {
        List<CapturedFrame> frames = Captures.random(new SplittableRandom(seed), 300, 5000);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PcapngWriter writer = new PcapngWriter(Channels.newChannel(out), 1)) {
            writer.addInterface(Captures.FIRST);
            writer.addInterface(Captures.SECOND);
            frames.forEach(frame -> Captures.put(writer, frame));
        }

        assertThat(out.toByteArray()).isEqualTo(Captures.file(frames));
    }

    @Test
    void partOfAnArrayIsWritten() throws PcapngException {
        byte[] bytes = {1, 2, 3, 4, 5, 6, 7};

        byte[] file = Captures.written(writer -> {
            writer.addInterface(Captures.FIRST);
            writer.frame(0, 5, Direction.INBOUND, bytes, 2, 3);
        });

        assertThat(PcapngReader.read(file).frames().getFirst().bytes()).containsExactly(3, 4, 5);
    }

    @Test
    void anInterfaceMayComeAfterFrames() throws PcapngException {
        byte[] file = Captures.written(writer -> {
            int first = writer.addInterface(Captures.FIRST);
            writer.frame(first, 1, Direction.INBOUND, new byte[60], 0, 60);
            int second = writer.addInterface(Captures.SECOND);
            writer.frame(second, 2, Direction.OUTBOUND, new byte[61], 0, 61);
        });

        assertThat(PcapngReader.read(file).frames())
                .extracting(CapturedFrame::interfaceNumber)
                .containsExactly(0, 1);
    }

    @Test
    void theLongestFrameFits() throws PcapngException {
        byte[] bytes = new byte[PcapngWriter.MAXIMUM_FRAME_BYTES];

        byte[] file = Captures.file(List.of(new CapturedFrame(1, 0, 0, Direction.INBOUND, bytes)));

        assertThat(PcapngReader.read(file).frames().getFirst().bytes()).isEqualTo(bytes);
    }

    @Test
    void namesComeBack() throws PcapngException {
        SortedMap<Ipv4Address, String> names = new TreeMap<>();
        names.put(Ipv4Address.parse("10.0.0.1"), "vm1");
        names.put(Ipv4Address.parse("10.0.0.2"), "a longer n\u00e4me");
        names.put(Ipv4Address.parse("10.0.0.3"), "");

        byte[] file = Captures.written(writer -> writer.names(names));

        assertThat(PcapngReader.names(file)).isEqualTo(names);
    }

    @Test
    void namesOfIpv6ComeBackBesideThoseOfIpv4() throws PcapngException {
        SortedMap<Ipv4Address, String> ipv4 = new TreeMap<>();
        ipv4.put(Ipv4Address.parse("10.0.0.1"), "vm1");
        SortedMap<Ipv6Address, String> ipv6 = new TreeMap<>();
        ipv6.put(Ipv6Address.parse("fe80::1"), "vm1");
        ipv6.put(Ipv6Address.parse("2001:db8::1"), "source");

        byte[] file = Captures.written(writer -> writer.names(ipv4, ipv6));

        assertThat(PcapngReader.names(file)).isEqualTo(ipv4);
        assertThat(PcapngReader.namesOfIpv6(file)).isEqualTo(ipv6);
    }

    @Test
    void aFrameBeyondTheLimitIsRefused() {
        byte[] bytes = new byte[PcapngWriter.MAXIMUM_FRAME_BYTES + 1];

        assertThatThrownBy(() -> Captures.file(
                        List.of(new CapturedFrame(1, 0, 0, Direction.INBOUND, bytes))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("frame 262145 is more than 262144");
    }

    @Test
    void anInterfaceThatWasNotAddedIsRefused() {
        assertThatThrownBy(() -> Captures.written(
                        writer -> writer.frame(0, 0, Direction.INBOUND, new byte[60], 0, 60)))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aTextLongerThanAnOptionIsRefused() {
        CaptureInterface added =
                new CaptureInterface("x".repeat(65_536), "", Captures.FIRST.address());

        assertThatThrownBy(() -> Captures.written(writer -> writer.addInterface(added)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("option 65536 is more than 65535");
    }

    @Test
    void aFailingChannelIsReported() {
        WritableByteChannel full = new WritableByteChannel() {
            @Override
            public int write(ByteBuffer source) throws IOException {
                throw new IOException("disk is full");
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };

        assertThatThrownBy(() -> new PcapngWriter(full).flush())
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseMessage("disk is full");
    }
}
