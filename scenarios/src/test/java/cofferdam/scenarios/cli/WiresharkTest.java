package cofferdam.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What Wireshark's own programs say about the captures of a whole run. */
class WiresharkTest {

    private static final String WRONG = String.join(
            " || ",
            "_ws.malformed",
            "ip.checksum.status == \"Bad\"",
            "tcp.checksum.status == \"Bad\"",
            "udp.checksum.status == \"Bad\"",
            "icmp.checksum.status == \"Bad\"",
            "frame.len < 14",
            "_ws.expert.severity >= \"Error\"");

    @TempDir
    static Path out;

    @BeforeAll
    static void runEverything() {
        Program.Finished finished = Program.run(
                "run",
                "network",
                "--policy",
                "physical",
                "--policy",
                "esx-1.5.2",
                "--policy",
                "virtual-server-1.0",
                "--policy",
                "hardened",
                "--out",
                out.resolve("bundle").toString());
        assertThat(finished.exitCode()).as(finished.err()).isEqualTo(1);
    }

    @Test
    void noFrameIsMalformedAndNoChecksumIsBad() throws Exception {
        DebianTool tshark = DebianTool.find("tshark");
        List<Path> captures = captures();
        assertThat(captures).hasSizeGreaterThan(80);
        for (Path capture : captures) {
            String wrong = tshark.run(List.of(
                    "-r",
                    capture.toString(),
                    "-o",
                    "ip.check_checksum:TRUE",
                    "-o",
                    "tcp.check_checksum:TRUE",
                    "-o",
                    "udp.check_checksum:TRUE",
                    "-Y",
                    WRONG));
            assertThat(wrong).as(capture.toString()).isEmpty();
        }
    }

    @Test
    void theFilterForWrongFramesFindsAWrongFrame() throws Exception {
        DebianTool tshark = DebianTool.find("tshark");
        Path capture = capture("promiscuous-capture", "physical", "source");
        byte[] bytes = Files.readAllBytes(capture);
        int password = indexOf(bytes, "PASS ");
        bytes[password] ^= 1;
        Path broken = Files.write(out.resolve("broken.pcapng"), bytes);
        assertThat(tshark.run(List.of(
                        "-r", broken.toString(), "-o", "tcp.check_checksum:TRUE", "-Y", WRONG)))
                .isNotEmpty();
    }

    @Test
    void followingTheTcpStreamShowsTheLogin() throws Exception {
        String stream = DebianTool.find("tshark")
                .run(List.of(
                        "-q",
                        "-r",
                        capture("promiscuous-capture", "virtual-server-1.0", "vm2")
                                .toString(),
                        "-z",
                        "follow,tcp,ascii,0"));
        assertThat(stream).contains("USER ").contains("PASS ").contains("+OK").contains("QUIT");
    }

    @Test
    void addressesHaveTheNamesOfMachines() throws Exception {
        String names = DebianTool.find("tshark")
                .run(List.of(
                        "-N",
                        "n",
                        "-r",
                        capture("promiscuous-capture", "virtual-server-1.0", "vm2")
                                .toString(),
                        "-T",
                        "fields",
                        "-e",
                        "ip.src_host"));
        assertThat(names.lines().distinct()).contains("vm1", "vm2", "source");
    }

    @Test
    void addressesOfIpv6HaveTheNamesOfMachinesToo() throws Exception {
        DebianTool tshark = DebianTool.find("tshark");
        Path scenario = Files.writeString(out.resolve("v6.yaml"), """
                scenario: v6
                summary: VM 1 asks Source over IPv6
                ipv6: true
                properties: [{property: connectivity, subject: [vm1, source]}]
                steps: [{ping: {from: vm1, to: source, over: ipv6}}]
                """);
        Path bundle = out.resolve("v6");
        Program.run("run", scenario.toString(), "--policy", "hardened", "--out", bundle.toString());
        String names = tshark.run(List.of(
                "-N",
                "n",
                "-r",
                bundle.resolve("v6/hardened/emulated/seed-1/captures/source.pcapng")
                        .toString(),
                "-T",
                "fields",
                "-e",
                "ipv6.src_host"));
        assertThat(names.lines().distinct()).contains("vm1", "source");
    }

    @Test
    void theStreamIsRecognisedAsMail() throws Exception {
        String requests = DebianTool.find("tshark")
                .run(List.of(
                        "-r",
                        capture("promiscuous-capture", "physical", "source").toString(),
                        "-Y",
                        "pop.request.command",
                        "-T",
                        "fields",
                        "-e",
                        "pop.request.command"));
        assertThat(requests.lines()).contains("USER", "PASS", "RETR", "QUIT");
    }

    @Test
    void capinfosShowsTheInterfacesByName() throws Exception {
        String information = DebianTool.find("capinfos")
                .run(List.of(
                        capture("host-capture", "virtual-server-1.0", "host").toString()));
        assertThat(information)
                .contains("Name = eth0")
                .contains("Description = the host's own")
                .contains("Name = eth1")
                .contains("Description = shared with the guests")
                .contains("Time precision = nanoseconds (9)");
    }

    @Test
    void arpPoisoningIsNoticedByWireshark() throws Exception {
        String warnings = duplicates(capture("arp-poisoning", "esx-1.5.2", "vm1"));
        assertThat(warnings.lines()).isNotEmpty();
    }

    @Test
    void withoutPoisoningWiresharkNoticesNoDuplicateAddress() throws Exception {
        assertThat(duplicates(capture("promiscuous-capture", "esx-1.5.2", "vm1")))
                .isEmpty();
    }

    private static String duplicates(Path capture) throws IOException, InterruptedException {
        return DebianTool.find("tshark")
                .run(List.of("-r", capture.toString(), "-Y", "arp.duplicate-address-detected"));
    }

    @Test
    void framesThatProveAViolationCarryAComment() throws Exception {
        String comments = DebianTool.find("tshark")
                .run(List.of(
                        "-r",
                        capture("promiscuous-capture", "virtual-server-1.0", "vm2")
                                .toString(),
                        "-Y",
                        "frame.comment contains \"cofferdam\"",
                        "-T",
                        "fields",
                        "-e",
                        "frame.comment"));
        assertThat(comments.lines())
                .contains(
                        "cofferdam: source -> vm1 seen by vm2",
                        "cofferdam: vm1 -> source seen by vm2");
    }

    @Test
    void addressesAreShownByName() throws Exception {
        String names = DebianTool.find("tshark")
                .run(List.of(
                        "-N",
                        "n",
                        "-r",
                        capture("promiscuous-capture", "physical", "source").toString(),
                        "-Y",
                        "tcp",
                        "-T",
                        "fields",
                        "-e",
                        "ip.dst_host"));
        assertThat(names.lines()).contains("vm1", "source");
    }

    private static Path capture(String scenario, String policy, String vantage) {
        return out.resolve("bundle/%s/%s/emulated/seed-1/captures/%s.pcapng"
                .formatted(scenario, policy, vantage));
    }

    private static List<Path> captures() throws IOException {
        try (Stream<Path> files = Files.walk(out.resolve("bundle"))) {
            return files.filter(file -> file.toString().endsWith(".pcapng"))
                    .sorted()
                    .toList();
        }
    }

    private static int indexOf(byte[] bytes, String text) {
        int index = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(text);
        assertThat(index).isPositive();
        return index;
    }
}
