package cofferdam.monitor.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import cofferdam.monitor.Tool;
import cofferdam.monitor.live.RealTime;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kernel's network stack, in namespaces of an ordinary user, at the other end of wires. */
@Timeout(120)
class PacketWireTest {

    private static List<String> seen;

    @BeforeAll
    static void run() throws IOException, InterruptedException {
        String unshare = Tool.named("unshare").program().toString();
        Tool.named("ip");
        Tool.named("bash");
        requireNamespaces(unshare);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process trial = new ProcessBuilder(
                        unshare,
                        "-Urn",
                        "--kill-child",
                        "sh",
                        "-c",
                        // Java looks for IPv6 when it starts.
                        "ip link set lo up && exec \"$@\"",
                        "sh",
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classPath(),
                        PacketWireTrial.class.getName())
                .redirectErrorStream(true)
                .start();
        try {
            trial.getOutputStream().close();
            byte[] output = trial.getInputStream().readAllBytes();
            assertThat(trial.waitFor(10, TimeUnit.SECONDS)).isTrue();
            seen = new String(output, StandardCharsets.UTF_8).lines().toList();
        } finally {
            trial.destroyForcibly();
        }
    }

    private static void requireNamespaces(String unshare) throws IOException, InterruptedException {
        int ended = new ProcessBuilder(unshare, "-Urn", "ip", "link", "add", "type", "veth")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (ended != 0 && System.getenv("COFFERDAM_REQUIRE_TOOLS") != null) {
            fail("user namespaces are not allowed here, and COFFERDAM_REQUIRE_TOOLS asks for them");
        }
        if (ended != 0) {
            abort("user namespaces are not allowed here");
        }
    }

    @Test
    void tcpBetweenTwoKernelsPassesThoughTheySendUncutSegments() {
        assertThat(seen).contains("tcp4: whole", "passed: true", "malformed: 0");
    }

    @Test
    void tcpOverIpv6Passes() {
        assertThat(seen).contains("tcp6: whole");
    }

    @Test
    void checksumsThatWereLeftToHardwareAreRight() {
        assertThat(seen).contains("udp: hello");
    }

    @Test
    void framesForAnybodyComeInWithTheirTag() {
        assertThat(seen).contains("stranger's: true", "tagged: true");
    }

    @Test
    void framesThatAWireSentDoNotComeBack() {
        assertThat(seen).contains("own: false");
    }

    @Test
    void anInterfaceThatWasDownWorksAgain() {
        assertThat(seen).contains("down: 1", "up again: true");
    }

    @Test
    void whatIsNoEthernetInterfaceIsRefusedByName() {
        assertThat(seen)
                .contains(
                        "refused: if_nametoindex for 'nowhere' failed: No such device",
                        "refused: interface 'lo' is of hardware type 772, not Ethernet (1)");
    }

    @Test
    void closedWiresLeaveNoThreads() {
        assertThat(seen).contains("threads: 0");
    }

    @Test
    void theKernelAnswersOverATap() {
        if (seen.contains("tap: none")) {
            abort("/dev/net/tun may not be opened here");
        }
        assertThat(seen).contains("tap: true");
    }

    private static String classPath() {
        return Stream.of(RealTime.class, PacketWireTrial.class)
                .map(PacketWireTest::root)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The folder that the class was read from, be it on the module path or patched into one. */
    private static String root(Class<?> type) {
        String name = type.getName().replace('.', '/') + ".class";
        URL url = type.getClassLoader().getResource(name);
        assertThat(url).as(name).isNotNull();
        try {
            String file = Path.of(url.toURI()).toString();
            return file.substring(0, file.length() - name.length());
        } catch (URISyntaxException wrong) {
            throw new AssertionError(wrong);
        }
    }
}
