package cofferdam.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.scenarios.bundle.OldBundles;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class InspectCommandTest {

    private static final String RUN = "arp-poisoning/esx-1.5.2/emulated/seed-1";
    private static final Pattern COMMAND = Pattern.compile("wireshark -r (\\S+) -Y '([^']+)'");

    @TempDir
    private static Path shared;

    private static Path bundle;

    @BeforeAll
    static void runOnce() {
        bundle = shared.resolve("bundle");
        Program.run(
                "run",
                "arp-poisoning",
                "--policy",
                "esx-1.5.2",
                "--policy",
                "hardened",
                "--out",
                bundle.toString());
    }

    @Test
    void tellsOfEveryViolationTheFramesThatProveIt() {
        Program.Finished finished = inspect(bundle);
        assertThat(finished.exitCode()).isZero();
        assertThat(finished.out())
                .contains("arp-poisoning under esx-1.5.2: arp-integrity violated (vm1 <-> source)")
                .contains("ARP reply: 10.0.0.11 is at 02:00:00:00:01:02, 60 bytes  "
                        + "[cofferdam: source takes 02:00:00:00:01:02 for vm1]")
                .doesNotContain("hardened");
    }

    @Test
    void theCommandsShowInWiresharkExactlyTheFramesThatProveIt() throws Exception {
        DebianTool tshark = DebianTool.find("tshark");
        Matcher command = COMMAND.matcher(inspect(bundle).out());
        int commands = 0;
        while (command.find()) {
            String all = tshark.run(List.of(
                    "-r",
                    command.group(1),
                    "-Y",
                    command.group(2),
                    "-T",
                    "fields",
                    "-e",
                    "frame.comment"));
            assertThat(all.lines())
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).startsWith("cofferdam: "));
            assertThat(tshark.run(List.of("-r", command.group(1), "-Y", "frame.comment"))
                            .lines())
                    .hasSameSizeAs(all.lines().toList());
            commands++;
        }
        assertThat(commands).isEqualTo(3);
    }

    @Test
    void tellsOfARunWhoTalkedToWhomAndWhoClaimedWhichAddress() {
        Program.Finished finished = inspect(bundle, "--run", RUN + "/");
        assertThat(finished.exitCode()).isZero();
        assertThat(finished.out())
                .contains(RUN + "/captures/vm2.pcapng: ")
                .contains("10.0.0.11 (vm1) is at 02:00:00:00:01:02")
                .contains("CHANGED, was 02:00:00:00:01:01")
                .containsPattern("TCP +02:00:00:00:00:01 10.0.0.1 port \\d+ \\(source\\) +"
                        + "02:00:00:00:01:02 10.0.0.11 port 110 \\(vm1\\)");
    }

    @Test
    void wiresharkCountsTheSameFramesOfEveryConversation() throws Exception {
        DebianTool tshark = DebianTool.find("tshark");
        Path capture = bundle.resolve(RUN + "/captures/source.pcapng");
        JsonNode conversations = JsonMapper.shared()
                .readTree(inspect(capture, "--format", "json").out())
                .path("captures")
                .path(0)
                .path("conversations");
        assertThat(conversations.size()).isGreaterThan(5);
        int tcp = 0;
        for (JsonNode conversation : conversations) {
            if (!conversation.path("protocol").asString().equals("TCP")) {
                continue;
            }
            String filter = "tcp.port == %d && eth.addr == %s"
                    .formatted(
                            Math.max(
                                    conversation.path("one").path("port").asInt(),
                                    conversation.path("other").path("port").asInt()),
                            conversation.path("other").path("hardware").asString());
            long seen = tshark.run(List.of("-r", capture.toString(), "-Y", filter))
                    .lines()
                    .count();
            assertThat(seen)
                    .as(filter)
                    .isEqualTo(conversation.path("frames").asInt()
                            + conversation.path("framesBack").asInt());
            tcp++;
        }
        assertThat(tcp).isPositive();
    }

    @Test
    void readsForeignCapturesOfBothFormats() throws Exception {
        Path original = bundle.resolve(RUN + "/captures/source.pcapng");
        Path digits = Files.writeString(
                shared.resolve("digits"),
                DebianTool.find("tshark").run(List.of("-r", original.toString(), "-x")));
        JsonNode expected = JsonMapper.shared()
                .readTree(inspect(original, "--format", "json").out())
                .path("captures")
                .path(0);
        for (String format : List.of("pcapng", "pcap", "nsecpcap")) {
            Path copy = shared.resolve("copy." + format);
            DebianTool.find("text2pcap")
                    .run(List.of("-q", "-F", format, digits.toString(), copy.toString()));
            JsonNode found = JsonMapper.shared()
                    .readTree(inspect(copy, "--format", "json").out())
                    .path("captures")
                    .path(0);
            assertThat(found.path("frames")).isEqualTo(expected.path("frames"));
            assertThat(found.path("claims").size())
                    .isEqualTo(expected.path("claims").size());
            assertThat(found.path("conversations").size())
                    .isEqualTo(expected.path("conversations").size());
        }
    }

    @Test
    void aBundleWithoutViolationSaysSo() {
        Path upheld = shared.resolve("upheld");
        Program.run("run", "host-capture", "--policy", "hardened", "--out", upheld.toString());
        assertThat(inspect(upheld).out()).isEqualToIgnoringNewLines("nothing is violated");
    }

    @Test
    void oldBundlesCanBeInspected() {
        assertThat(inspect(OldBundles.version(1)).out())
                .contains("few-frames under virtual-server-1.0: traffic-confidentiality violated")
                .contains("-Y 'frame.number in {7..10}'");
    }

    @Test
    void whatCannotBeInspectedIsBadInput() throws Exception {
        assertThat(inspect(shared.resolve("nowhere")).exitCode()).isEqualTo(2);
        assertThat(inspect(Files.createDirectories(shared.resolve("empty"))).exitCode())
                .isEqualTo(2);
        Path text = Files.writeString(shared.resolve("text"), "no capture");
        assertThat(inspect(text).err()).contains("is no capture that can be read");
        assertThat(inspect(text, "--run", RUN).err()).contains("--run is of a bundle");
        assertThat(inspect(bundle, "--run", "../..").err())
                .contains("is not in the bundle; there are: arp-poisoning/esx-1.5.2");
    }

    @Test
    void aCommentFromOutsideDoesNotReachTheTerminalRaw() throws Exception {
        Path capture = shared.resolve("hostile.pcapng");
        byte[] bytes = Files.readAllBytes(bundle.resolve(RUN + "/captures/vm2.pcapng"));
        Files.write(capture, Bytes.replace(bytes, "cofferdam: source", "\u001b[2Jerdam: source"));
        assertThat(inspect(capture).out()).contains("\\u001b[2J").doesNotContain("\u001b");
    }

    private static Program.Finished inspect(Path subject, String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "inspect";
        arguments[1] = subject.toString();
        System.arraycopy(options, 0, arguments, 2, options.length);
        return Program.run(arguments);
    }
}
