package cofferdam.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Who signs what {@code run} writes. */
class SigningTest {

    @TempDir
    Path folder;

    @Test
    void aBundleIsSignedWithTheKeyOfTheConfigurationFolder() throws Exception {
        Path configuration = folder.resolve("configuration");
        assertThat(run(configuration)).isEmpty();
        assertThat(configuration.resolve("cofferdam/signing-key.pem")).exists();
        assertThat(Program.run(
                                "verify",
                                folder.resolve("out").toString(),
                                "--key",
                                configuration
                                        .resolve("cofferdam/signing-key.pub.pem")
                                        .toString())
                        .exitCode())
                .isZero();
    }

    @Test
    void whereNoKeyCanBeKeptTheBundleIsNotSignedAndTheUserIsTold() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(run(file)).startsWith("cofferdam: the bundle is not signed: no key can be made");
        assertThat(folder.resolve("out/manifest.sig")).doesNotExist();
        assertThat(Program.run("verify", folder.resolve("out").toString(), "--unsigned")
                        .exitCode())
                .isZero();
    }

    private String run(Path configuration) throws Exception {
        ProcessBuilder program = Program.process(
                folder, List.of(), "run", "host-capture", "--policy", "hardened", "--out", "out");
        program.environment().put("XDG_CONFIG_HOME", configuration.toString());
        Process process =
                program.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        String told = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(told).isZero();
        return told;
    }

    @Test
    void aNamedKeyThatIsNoneStopsTheRunBeforeItBegins() {
        Program.Finished finished = Program.run(
                "run",
                "host-capture",
                "--key",
                folder.resolve("nowhere").toString(),
                "--out",
                folder.resolve("out").toString());
        assertThat(finished.exitCode()).isEqualTo(2);
        assertThat(finished.err()).startsWith("cofferdam: --key: key file");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void opensslFindsTheSignatureGenuine() throws Exception {
        DebianTool openssl = DebianTool.find("openssl");
        Path out = folder.resolve("out");
        run(folder.resolve("configuration"));
        String signature = JsonMapper.shared()
                .readTree(Files.readAllBytes(out.resolve("manifest.sig")))
                .path("signature")
                .stringValue();
        Path raw = Files.write(folder.resolve("raw.sig"), Base64.getDecoder().decode(signature));
        assertThat(openssl.run(List.of(
                        "pkeyutl",
                        "-verify",
                        "-pubin",
                        "-inkey",
                        folder.resolve("configuration/cofferdam/signing-key.pub.pem")
                                .toString(),
                        "-rawin",
                        "-in",
                        out.resolve("manifest.json").toString(),
                        "-sigfile",
                        raw.toString())))
                .contains("Signature Verified Successfully");
    }

    @Test
    void theConfigurationFolderIsWhereTheSpecificationHasIt() {
        assertThat(ConfigurationFolder.base(Map.of("XDG_CONFIG_HOME", "/etc/x"), "/home/me"))
                .isEqualTo(Path.of("/etc/x"));
        assertThat(ConfigurationFolder.base(Map.of("XDG_CONFIG_HOME", "relative"), "/home/me"))
                .isEqualTo(Path.of("/home/me/.config"));
        assertThat(ConfigurationFolder.base(Map.of(), "/home/me"))
                .isEqualTo(Path.of("/home/me/.config"));
        assertThat(Objects.requireNonNull(ConfigurationFolder.own().getFileName())
                        .toString())
                .isEqualTo("cofferdam");
    }
}
