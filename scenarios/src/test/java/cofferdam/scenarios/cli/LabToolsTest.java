package cofferdam.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Real programs in a network namespace, against emulated machines. One lab a test, so that few
 * processes are started.
 */
class LabToolsTest {

    private static final String ATTACKER = NetworkNamespace.MAC;
    private static final String VM1 = "02:00:00:00:01:01";
    private static final String VM2 = "02:00:00:00:01:02";

    private static final String INSPECTED = """
            policy: inspected
            summary: A switch that inspects ARP
            monitor:
              type: II
            network:
              mode: switched
              arp-inspection: {drop: before-learning, validate-source: true, sender: binding}
            """;

    @TempDir
    Path folder;

    @Test
    void onASwitchRealToolsSeeASwitchAndPoisonAndRestore() throws Exception {
        try (NetworkNamespace namespace = NetworkNamespace.open();
                LabProcess lab = LabProcess.start(
                        namespace, folder, "--policy", "linux-bridge", "--promiscuous", "vm2")) {
            curlFetchesAPage(namespace);
            tellsTheLinkType(namespace, "You are plugged into a SWITCH");
            findsThePromiscuousGuestAlone(namespace);
            ettercapPoisonsAndRestores(namespace, lab);
            arpspoofPoisonsAndRestores(namespace, lab);
            assertThat(lab.end()).isZero();
        }
    }

    @Test
    void onASharedMediumRealToolsSeeAHubAndEverybodysFrames() throws Exception {
        try (NetworkNamespace namespace = NetworkNamespace.open();
                LabProcess lab = LabProcess.start(namespace, folder, "--policy", "qemu-hub")) {
            tellsTheLinkType(namespace, "You are plugged into a HUB");
            try (RealTool tshark = RealTool.start(
                    namespace,
                    folder,
                    "tshark",
                    "-l",
                    "-i",
                    "vb",
                    "-f",
                    "icmp",
                    "-T",
                    "fields",
                    "-e",
                    "ip.src",
                    "-e",
                    "ip.dst",
                    "-e",
                    "icmp.type")) {
                within(30).until(() -> tshark.said().contains("Capture started"));
                assertThat(lab.ask("ping vm1 vm2")).first().asString().contains("3 answered");
                within(20)
                        .untilAsserted(() -> assertThat(tshark.said())
                                .contains("10.0.0.11\t10.0.0.12\t8", "10.0.0.12\t10.0.0.11\t0"));
            }
            assertThat(lab.end()).isZero();
        }
    }

    @Test
    void whereArpIsInspectedRealPoisoningFailsAndTheDropsAreCounted() throws Exception {
        Files.writeString(folder.resolve("inspected.yaml"), INSPECTED);
        try (NetworkNamespace namespace = NetworkNamespace.open();
                LabProcess lab =
                        LabProcess.start(namespace, folder, "--policy", "inspected.yaml")) {
            lab.ask("ping vm1 vm2");
            curlFetchesAPage(namespace);
            assertThat(lab.ask("counters")).noneMatch(line -> line.contains("arp-inspection"));
            try (RealTool ettercap = poisoner(namespace)) {
                within(40)
                        .until(() -> lab.ask("counters").stream()
                                .anyMatch(line ->
                                        line.matches("port1 +dropped +\\d{2,} +arp-inspection")));
                assertThat(lab.arp("vm1", "10.0.0.12")).isEqualTo(VM2);
                assertThat(lab.arp("vm2", "10.0.0.11")).isEqualTo(VM1);
                ettercap.type("q");
                assertThat(ettercap.ends(30)).isTrue();
            }
            assertThat(lab.ask("events 1000"))
                    .as("nobody ever believed it")
                    .noneMatch(line -> line.contains("neighbour-changed")
                            && line.contains(ATTACKER)
                            && !line.contains(NetworkNamespace.ADDRESS + "\""));
            assertThat(lab.end()).isZero();
        }
    }

    private void curlFetchesAPage(NetworkNamespace namespace) throws Exception {
        try (RealTool curl = RealTool.start(
                namespace, folder, "curl", "-sS", "-i", "--max-time", "20", "http://10.0.0.11/")) {
            assertThat(curl.ends(30)).isTrue();
            assertThat(curl.said())
                    .startsWith("HTTP/1.1 200 OK")
                    .contains("<title>vm1</title>", "10.0.0.11");
        }
    }

    private void tellsTheLinkType(NetworkNamespace namespace, String expected) throws Exception {
        try (RealTool ettercap = RealTool.start(
                namespace,
                folder,
                "ettercap",
                "-T",
                "-q",
                "-i",
                "vb",
                "-P",
                "link_type",
                "/10.0.0.1//",
                "/10.0.0.11,12//")) {
            within(40).untilAsserted(() -> assertThat(ettercap.said()).contains("You are plugged"));
            assertThat(ettercap.said()).contains(expected);
            ettercap.type("q");
            assertThat(ettercap.ends(20)).isTrue();
        }
    }

    private void findsThePromiscuousGuestAlone(NetworkNamespace namespace) throws Exception {
        try (RealTool ettercap = RealTool.start(
                namespace, folder, "ettercap", "-T", "-q", "-i", "vb", "-P", "search_promisc")) {
            within(60)
                    .untilAsserted(() -> assertThat(ettercap.said())
                            .containsPattern("Most probably sniffing NICs:\\s+- NONE"));
            assertThat(ettercap.said())
                    .contains("4 hosts added")
                    .containsPattern("Less probably sniffing NICs:\\s+- 10\\.0\\.0\\.12\\s+Most");
            ettercap.type("q");
            assertThat(ettercap.ends(20)).isTrue();
        }
    }

    private RealTool poisoner(NetworkNamespace namespace) throws IOException {
        return RealTool.start(
                namespace,
                folder,
                "ettercap",
                "-T",
                "-q",
                "-i",
                "vb",
                "-M",
                "arp:remote",
                "/10.0.0.11//",
                "/10.0.0.12//");
    }

    private void ettercapPoisonsAndRestores(NetworkNamespace namespace, LabProcess lab)
            throws Exception {
        lab.ask("ping vm1 vm2");
        assertThat(lab.arp("vm1", "10.0.0.12")).isEqualTo(VM2);
        try (RealTool ettercap = poisoner(namespace)) {
            within(40)
                    .until(() -> lab.arp("vm1", "10.0.0.12").equals(ATTACKER)
                            && lab.arp("vm2", "10.0.0.11").equals(ATTACKER));
            assertThat(lab.ask("ping vm1 vm2"))
                    .as("what goes through the attacker arrives")
                    .first()
                    .asString()
                    .contains("3 answered");
            ettercap.type("q");
            within(40)
                    .until(() -> lab.arp("vm1", "10.0.0.12").equals(VM2)
                            && lab.arp("vm2", "10.0.0.11").equals(VM1));
            assertThat(ettercap.ends(20)).isTrue();
        }
    }

    private void arpspoofPoisonsAndRestores(NetworkNamespace namespace, LabProcess lab)
            throws Exception {
        lab.ask("ping vm1 source");
        String source = lab.arp("vm1", "10.0.0.1");
        assertThat(source).isEqualTo("02:00:00:00:00:01");
        try (RealTool arpspoof = RealTool.start(
                namespace, folder, "arpspoof", "-i", "vb", "-t", "10.0.0.11", "10.0.0.1")) {
            within(30).until(() -> lab.arp("vm1", "10.0.0.1").equals(ATTACKER));
            arpspoof.interrupt();
            within(30).until(() -> lab.arp("vm1", "10.0.0.1").equals(source));
            assertThat(arpspoof.ends(30)).isTrue();
        }
    }

    private static ConditionFactory within(int seconds) {
        return await().atMost(Duration.ofSeconds(seconds)).pollInterval(Duration.ofMillis(100));
    }
}
