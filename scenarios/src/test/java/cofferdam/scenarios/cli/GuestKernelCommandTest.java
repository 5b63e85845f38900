package cofferdam.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

class GuestKernelCommandTest {

    private static final String VERSION = "6.1.0-9-cloud-amd64";

    @TempDir
    Path folder;

    @Test
    void unpacksAPackageThatTheUserHas() throws Exception {
        Program.Finished finished = unpack(deb());
        assertThat(finished.exitCode()).as(finished.err()).isZero();
        assertThat(finished.out())
                .contains("kernel   " + VERSION)
                .contains(
                        "image    " + kernels().resolve(VERSION).resolve("boot/vmlinuz-" + VERSION))
                .contains(
                        "modules  " + kernels().resolve(VERSION).resolve("lib/modules/" + VERSION));
        assertThat(left()).containsExactly(VERSION);
    }

    @Test
    void aPackageWithoutAKernelIsBadInputAndLeavesNothing() throws Exception {
        Path deb = new KernelDeb(folder.resolve("empty"))
                .modules(VERSION)
                .build(folder.resolve("e.deb"));
        Program.Finished finished = unpack(deb);
        assertThat(finished.exitCode()).isEqualTo(2);
        assertThat(finished.err()).contains("e.deb").contains("it has 0 kernels");
        assertThat(left()).isEmpty();
    }

    @Test
    void aKernelWithoutModulesIsBadInputAndLeavesNothing() throws Exception {
        Path deb = new KernelDeb(folder.resolve("bare"))
                .kernel(VERSION)
                .build(folder.resolve("b.deb"));
        Program.Finished finished = unpack(deb);
        assertThat(finished.exitCode()).isEqualTo(2);
        assertThat(finished.err()).contains("has no modules");
        assertThat(left()).isEmpty();
    }

    @Test
    void aFileThatIsNoPackageIsBadInputAndLeavesNothing() throws Exception {
        DebianTool.find("dpkg-deb");
        Path text = Files.writeString(folder.resolve("text.deb"), "text");
        Program.Finished finished = unpack(text);
        assertThat(finished.exitCode()).isEqualTo(2);
        assertThat(finished.err()).contains("text.deb");
        assertThat(left()).isEmpty();
        assertThat(unpack(folder.resolve("missing.deb")).exitCode()).isEqualTo(2);
    }

    @Test
    void aPackageThatIsCutOffLeavesNothing() throws Exception {
        Path deb = deb();
        byte[] whole = Files.readAllBytes(deb);
        Files.write(deb, java.util.Arrays.copyOf(whole, whole.length - 2000));
        Program.Finished finished = unpack(deb);
        assertThat(finished.exitCode()).isEqualTo(2);
        assertThat(left()).isEmpty();
    }

    @Test
    void theNewestKernelOfAMetaPackageIsDownloadedOnce() throws Exception {
        Path deb = deb();
        fake("apt-cache", """
                echo "$2"; echo "  Depends: kmod"; echo "  Depends: linux-image-%s"
                """.formatted(VERSION));
        fake("apt-get", "echo \"$@\" >> '%s'; cp '%s' ./kernel.deb".formatted(log(), deb));

        Program.Finished first = runWithFakes("/usr/bin");
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out()).contains("kernel   " + VERSION);
        assertThat(first.err()).contains("downloading linux-image-" + VERSION);
        assertThat(runWithFakes("/usr/bin").out()).isEqualTo(first.out());

        assertThat(log()).hasContent("download linux-image-" + VERSION);
    }

    @Test
    void whatAptComplainsAboutIsPassedOn() throws Exception {
        fake("apt-cache", "echo 'E: No packages found' >&2; exit 100");
        Program.Finished unknown = runWithFakes("/usr/bin");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("E: No packages found").contains("apt-get update");

        fake("apt-cache", "echo '  Depends: linux-image-6.1.0'");
        fake("apt-get", "echo 'E: Failed to fetch' >&2; exit 100");
        Program.Finished offline = runWithFakes("/usr/bin");
        assertThat(offline.exitCode()).isEqualTo(2);
        assertThat(offline.err()).contains("could not be downloaded: E: Failed to fetch");
        assertThat(left()).isEmpty();
    }

    @Test
    void aPackageThatIsNoKernelIsBadInput() throws Exception {
        fake("apt-cache", "echo '  Depends: libc6'");
        assertThat(runWithFakes("/usr/bin").err()).contains("is no kernel and depends on none");
    }

    @Test
    void withoutAptTheUserIsToldOfTheOtherWay() throws Exception {
        Program.Finished finished = runWithFakes("/nonexistent");
        assertThat(finished.exitCode()).isEqualTo(2);
        assertThat(finished.err()).contains("apt-cache does not run").contains("--deb FILE");
    }

    @Test
    void aNameThatIsAnOptionOfAptIsRefused() {
        Program.Finished finished = Program.run(
                "guest-kernel", "--package=-oDebug::x=1", "--folder", kernels().toString());
        assertThat(finished.exitCode()).isEqualTo(2);
        assertThat(finished.err()).contains("is no name of a package");
    }

    private Path deb() throws IOException, InterruptedException {
        return new KernelDeb(folder.resolve("package"))
                .kernel(VERSION)
                .modules(VERSION)
                .build(folder.resolve("sample.deb"));
    }

    private Program.Finished unpack(Path deb) {
        return Program.run(
                "guest-kernel", "--deb", deb.toString(), "--folder", kernels().toString());
    }

    private Path log() {
        return folder.resolve("log");
    }

    private void fake(String name, String script) throws IOException {
        Path file = Files.createDirectories(folder.resolve("bin")).resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /** In a process of its own, which finds the fakes before anything else. */
    private Program.Finished runWithFakes(String path) throws IOException, InterruptedException {
        Path err = folder.resolve("err");
        ProcessBuilder builder = Program.process(
                        folder, List.of(), "guest-kernel", "--folder", kernels().toString())
                .redirectError(err.toFile());
        builder.environment().put("PATH", folder.resolve("bin") + ":" + path);
        Process process = builder.start();
        String out = new String(
                process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return new Program.Finished(process.waitFor(), out, Files.readString(err));
    }

    private Path kernels() {
        return folder.resolve("kernels");
    }

    private List<String> left() throws IOException {
        if (!Files.exists(kernels())) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(kernels())) {
            return all.map(file -> file.getFileName().toString()).toList();
        }
    }
}
