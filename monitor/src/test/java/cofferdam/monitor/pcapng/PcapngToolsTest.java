package cofferdam.monitor.pcapng;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.Tool;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.evidence.Direction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Holds the files against Wireshark's own reader. */
class PcapngToolsTest {

    /** 2001-09-09T01:46:40.123456789Z. */
    private static final long TIME = 1_000_000_000_123_456_789L;

    @TempDir
    private Path folder;

    @Test
    void tsharkSeesInterfacesDirectionsAndNanoseconds() throws Exception {
        String fields = fields(
                Captures.file(List.of(
                        frame(0, TIME, Direction.INBOUND), frame(1, TIME + 1, Direction.OUTBOUND))),
                "frame.number",
                "frame.interface_name",
                "frame.interface_description",
                "frame.packet_flags_direction",
                "frame.time_epoch",
                "frame.len");

        assertThat(fields.lines())
                .containsExactly(
                        "1|eth0|first \u2014 of vm1|0x00000001|1000000000.123456789|61",
                        "2|eth1|second|0x00000002|1000000000.123456790|61");
    }

    @Test
    void tsharkSeesTheFramesBytes() throws Exception {
        List<CapturedFrame> frames = Captures.random(new SplittableRandom(11), 50, 300);

        String fields = fields(Captures.file(frames), "frame.len", "frame.time_epoch");

        assertThat(fields.lines())
                .containsExactlyElementsOf(frames.stream()
                        .map(frame -> "%d|%d.%09d"
                                .formatted(
                                        frame.bytes().length,
                                        frame.time() / 1_000_000_000,
                                        frame.time() % 1_000_000_000))
                        .toList());
    }

    @Test
    void tsharkSeesComments() throws Exception {
        SortedMap<Integer, String> comments = new TreeMap<>();
        comments.put(1, "cofferdam: source -> vm1 seen by vm2");
        comments.put(3, "\u00fcber");
        byte[] file = Captures.file(List.of(
                frame(0, TIME, Direction.INBOUND),
                frame(0, TIME, Direction.INBOUND),
                frame(1, TIME, Direction.OUTBOUND)));

        String fields = fields(
                PcapngComments.annotate(file, comments),
                "frame.comment",
                "frame.packet_flags_direction");

        assertThat(fields.lines())
                .containsExactly(
                        "cofferdam: source -> vm1 seen by vm2|0x00000001",
                        "|0x00000001",
                        "\u00fcber|0x00000002");
    }

    @Test
    void capinfosCountsNamesAndInterfaces() throws Exception {
        SortedMap<Ipv4Address, String> names = new TreeMap<>();
        names.put(Ipv4Address.parse("10.0.0.1"), "vm1");
        names.put(Ipv4Address.parse("10.0.0.3"), "source");
        Path file = write(Captures.written(writer -> {
            writer.names(names);
            writer.addInterface(Captures.FIRST);
            Captures.put(writer, frame(0, TIME, Direction.INBOUND));
        }));

        String report = Tool.named("capinfos").run(file.toString());

        assertThat(report)
                .contains("Number of resolved IPv4 addresses in file: 2")
                .contains("Capture application: Cofferdam")
                .contains("Number of interfaces in file: 1")
                .contains("Time precision = nanoseconds (9)")
                .containsPattern("File encapsulation: +Ethernet")
                .containsPattern("Number of packets: +1");
    }

    @Test
    void tsharkShowsNamesInPlaceOfAddresses() throws Exception {
        SortedMap<Ipv4Address, String> names = new TreeMap<>();
        names.put(Ipv4Address.parse("10.0.0.1"), "vm1");
        names.put(Ipv4Address.parse("10.0.0.3"), "source");
        byte[] ping = HexFormat.of()
                .parseHex("020000000003" + "020000000001" + "0800"
                        + "4500001c000100004001" + "66de" + "0a000001" + "0a000003"
                        + "0800f7fd00010001");
        Path file = write(Captures.written(writer -> {
            writer.names(names);
            writer.addInterface(Captures.FIRST);
            Captures.put(writer, new CapturedFrame(1, 0, TIME, Direction.OUTBOUND, ping));
        }));

        String hosts = Tool.named("tshark")
                .run(
                        "-N",
                        "n",
                        "-r",
                        file.toString(),
                        "-T",
                        "fields",
                        "-e",
                        "ip.src_host",
                        "-e",
                        "ip.dst_host");

        assertThat(hosts.strip()).isEqualTo("vm1\tsource");
    }

    private static CapturedFrame frame(int interfaceNumber, long time, Direction direction) {
        return new CapturedFrame(1, interfaceNumber, time, direction, new byte[61]);
    }

    private String fields(byte[] file, String... names) throws Exception {
        List<String> arguments = new java.util.ArrayList<>(
                List.of("-r", write(file).toString(), "-T", "fields", "-E", "separator=|"));
        for (String name : names) {
            arguments.addAll(List.of("-e", name));
        }
        return Tool.named("tshark").run(arguments.toArray(String[]::new));
    }

    private Path write(byte[] file) throws Exception {
        return Files.write(Files.createTempFile(folder, "test", ".pcapng"), file);
    }
}
