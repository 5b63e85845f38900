package cofferdam.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The launcher in a checkout of its own, with a Maven and JDKs that only write down that they were
 * called.
 */
class LauncherTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static final String FAKE_MAVEN = """
            #!/bin/sh
            echo "mvn $*" >> "$CALLS"
            mkdir -p scenarios/target/dist/lib
            : > scenarios/target/dist/cofferdam.jar
            """;

    private static final String FAKE_JAVA = """
            #!/bin/sh
            for argument; do
              case $argument in -XX:AOTCacheOutput=*) : > "${argument#*=}"; exit 1 ;; esac
            done
            echo "java of %s: $*"
            """;

    @TempDir
    Path checkout;

    private Path jdk25;

    @BeforeEach
    void layOut() throws IOException {
        Files.copy(ROOT.resolve("cofferdam"), checkout.resolve("cofferdam"));
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        for (String module : List.of("monitor", "attacks", "analysis", "scenarios")) {
            Files.createDirectories(checkout.resolve(module + "/src/main"));
            Files.writeString(checkout.resolve(module + "/pom.xml"), "<project/>");
        }
        jdk25 = jdk("25.0.3");
        Files.createDirectories(checkout.resolve("bin"));
        executable(checkout.resolve("bin/mvn"), FAKE_MAVEN);
    }

    private Path jdk(String version) throws IOException {
        Path home = Files.createDirectories(checkout.resolve("jdk-" + version));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"%s\"\n".formatted(version));
        Files.createDirectories(home.resolve("bin"));
        executable(home.resolve("bin/java"), FAKE_JAVA.formatted(version));
        return home;
    }

    private static void executable(Path file, String content) throws IOException {
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void theFirstStartBuildsAndTheSecondDoesNotTouchMaven() throws Exception {
        assertThat(start(jdk25).out()).contains("java of 25.0.3").endsWith("run --seed 3\n");
        assertThat(mavenCalls()).isEqualTo(1);
        assertThat(start(jdk25).exitCode()).isZero();
        assertThat(mavenCalls()).isEqualTo(1);
    }

    @Test
    void aChangedSourceIsBuiltAgain() throws Exception {
        start(jdk25);
        touch("monitor/src/main/New.java");
        start(jdk25);
        assertThat(mavenCalls()).isEqualTo(2);
    }

    @Test
    void aRemovedSourceIsBuiltAgain() throws Exception {
        touch("monitor/src/main/Old.java");
        start(jdk25);
        Files.delete(checkout.resolve("monitor/src/main/Old.java"));
        Files.setLastModifiedTime(checkout.resolve("monitor/src/main"), later());
        start(jdk25);
        assertThat(mavenCalls()).isEqualTo(2);
    }

    @Test
    void aMissingBuildIsNotMadeWhenThatIsForbidden() throws Exception {
        Program.Finished finished =
                start(Map.of("JAVA_HOME", jdk25.toString(), "COFFERDAM_NO_BUILD", "1"));
        assertThat(finished.exitCode()).isEqualTo(3);
        assertThat(mavenCalls()).isZero();
    }

    @Test
    void aJavaHomeThatIsTooOldIsPassedOver() throws Exception {
        Program.Finished finished = start(Map.of(
                "JAVA_HOME", jdk("17.0.1").toString(), "JAVA_HOME_25_X64", jdk25.toString()));
        assertThat(finished.out()).contains("java of 25.0.3");
    }

    @Test
    void theAheadOfTimeCacheIsUsedAndMadeOnceABuild() throws Exception {
        assertThat(start(jdk25).err()).contains("preparing a faster start");
        Program.Finished second = start(jdk25);
        assertThat(second.err()).isEmpty();
        assertThat(second.out()).contains("-XX:AOTCache=");
    }

    @Test
    void itStartsThroughASymbolicLinkFromElsewhere() throws Exception {
        Path link = Files.createSymbolicLink(
                checkout.resolve("bin/cofferdam-link"), checkout.resolve("cofferdam"));
        Program.Finished finished = run(link, Path.of("/"), Map.of("JAVA_HOME", jdk25.toString()));
        assertThat(finished.out()).contains("java of 25.0.3");
    }

    @Test
    void itStartsFromAFolderWithASpaceInItsName() throws Exception {
        Path spaced = Files.createDirectories(checkout.resolve("with space"));
        for (String name : List.of(
                "cofferdam", "pom.xml", "monitor", "attacks", "analysis", "scenarios", "bin")) {
            Files.move(checkout.resolve(name), spaced.resolve(name));
        }
        checkout = spaced;
        Program.Finished finished = start(jdk25);
        assertThat(finished.exitCode()).as(finished.err()).isZero();
        assertThat(start(jdk25).out()).contains("with space/scenarios/target/dist/cofferdam.aot");
    }

    @Test
    void anAuditStartsWithVectorsAndBothCompilersAndWithoutTheCache() throws Exception {
        start(jdk25);
        Program.Finished finished = run(
                checkout.resolve("cofferdam"),
                checkout,
                Map.of("JAVA_HOME", jdk25.toString()),
                "audit",
                "a disk.img");
        assertThat(finished.out())
                .contains("--add-modules jdk.incubator.vector")
                .doesNotContain("TieredStopAtLevel")
                .doesNotContain("AOTCache")
                .endsWith("audit a disk.img\n");
        assertThat(finished.err()).isEmpty();
    }

    @Test
    void anAuditShowsWhatJavaSaysAboutTheUsersOptions() throws Exception {
        executable(
                jdk25.resolve("bin/java"), "#!/bin/sh\necho unrecognised >&2\necho \"java $*\"\n");
        Map<String, String> environment =
                Map.of("JAVA_HOME", jdk25.toString(), "COFFERDAM_JAVA_OPTS", "-Xmx1");
        Program.Finished finished =
                run(checkout.resolve("cofferdam"), checkout, environment, "audit", "disk.img");
        assertThat(finished.err()).contains("unrecognised");
        assertThat(finished.out()).startsWith("java -Xmx1 ");
    }

    @Test
    void theScriptsPassShellcheck() throws Exception {
        DebianTool.find("shellcheck")
                .run(List.of(
                        ROOT.resolve("cofferdam").toString(),
                        ROOT.resolve(".ci/run").toString()));
    }

    private Program.Finished start(Path javaHome) throws Exception {
        return start(Map.of("JAVA_HOME", javaHome.toString()));
    }

    private Program.Finished start(Map<String, String> environment) throws Exception {
        return run(checkout.resolve("cofferdam"), checkout, environment);
    }

    private Program.Finished run(Path script, Path folder, Map<String, String> environment)
            throws Exception {
        return run(script, folder, environment, "run", "--seed", "3");
    }

    private Program.Finished run(
            Path script, Path folder, Map<String, String> environment, String... arguments)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", checkout.resolve("bin") + ":/usr/bin:/bin");
        builder.environment().put("CALLS", calls().toString());
        builder.environment().putAll(environment);
        Path errors = checkout.resolve("errors");
        Process process = builder.redirectError(errors.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Program.Finished(process.waitFor(), out, Files.readString(errors));
    }

    private void touch(String file) throws IOException {
        Path touched = Files.writeString(checkout.resolve(file), "");
        Files.setLastModifiedTime(touched, later());
    }

    private static FileTime later() {
        return FileTime.from(Instant.now().plusSeconds(60));
    }

    private long mavenCalls() throws IOException {
        return Files.exists(calls()) ? Files.readAllLines(calls()).size() : 0;
    }

    private Path calls() {
        return checkout.resolve("calls");
    }
}
