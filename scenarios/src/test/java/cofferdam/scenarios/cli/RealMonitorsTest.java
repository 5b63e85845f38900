package cofferdam.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.Monitors;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The core suite on real guests, as a user runs it. */
class RealMonitorsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"uml", "qemu"})
    void theCoreSuiteGivesABundleThatVerifiesWithTheVerdictsThatItMust(String monitor)
            throws Exception {
        requireAvailable(monitor);
        Path bundle = folder.resolve("bundle");

        Program.Finished finished = Program.run(
                "run",
                "core",
                "--monitor",
                monitor,
                "--policy",
                "virtual-server-1.0",
                "--expect",
                expectation(monitor).toString(),
                "--details",
                "--out",
                bundle.toString());

        assertThat(finished.exitCode()).as(finished.out() + finished.err()).isZero();
        assertThat(finished.out())
                .contains("monitor %s is no security boundary".formatted(monitor));
        Program.Finished verified = Program.run("verify", bundle.toString());
        assertThat(verified.exitCode()).as(verified.out()).isZero();
        assertReport(bundle, monitor);
        assertCaptures(bundle);
    }

    private Path expectation(String monitor) throws IOException {
        String name = "core-on-%s.yaml".formatted(monitor);
        try (InputStream in =
                Objects.requireNonNull(RealMonitorsTest.class.getResourceAsStream(name), name)) {
            return Files.write(folder.resolve(name), in.readAllBytes());
        }
    }

    private void assertReport(Path bundle, String monitor) throws IOException {
        Path page = folder.resolve("report.html");
        Program.Finished reported =
                Program.run("report", bundle.toString(), "--out", page.toString());
        assertThat(reported.exitCode()).as(reported.err()).isZero();
        assertThat(Files.readString(page)).contains("</html>").contains(monitor);
    }

    private static void assertCaptures(Path bundle) throws Exception {
        DebianTool tshark = DebianTool.find("tshark");
        List<Path> captures;
        try (Stream<Path> files = Files.walk(bundle)) {
            captures = files.filter(file -> file.toString().endsWith(".pcapng")).toList();
        }
        assertThat(captures).hasSizeGreaterThan(12);
        for (Path capture : captures) {
            // A guest that listens may miss frames of others' conversations when it is slow, which
            // leaves the dissector of whole mail sessions at a loss; each frame by itself is right.
            assertThat(tshark.run(List.of(
                            "-r",
                            capture.toString(),
                            "--disable-protocol",
                            "pop",
                            "-Y",
                            "_ws.malformed")))
                    .as(capture.toString())
                    .isEmpty();
        }
    }

    private static void requireAvailable(String monitor) {
        Monitors.named(monitor).orElseThrow().unavailable().ifPresent(reason -> {
            assertThat(System.getenv("COFFERDAM_REQUIRE_TOOLS")).as(reason).isNull();
            Assumptions.abort(reason);
        });
    }
}
