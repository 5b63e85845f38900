package cofferdam.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class WiresharkProfileTest {

    @TempDir
    Path folder;

    @Test
    void tsharkColoursWhatProvesAViolationAndShowsItsComment() throws Exception {
        DebianTool.find("tshark");
        Program.run(
                "run",
                "arp-poisoning",
                "--policy",
                "esx-1.5.2",
                "--out",
                folder.resolve("out").toString());
        assertThat(install().exitCode()).isZero();
        String capture = "out/arp-poisoning/esx-1.5.2/emulated/seed-1/captures/source.pcapng";
        List<String> rules =
                tshark("--color", "-r", capture, "-T", "fields", "-e", "frame.coloring_rule.name");
        assertThat(rules).contains("Cofferdam proof", "Cofferdam address claimed twice");
        assertThat(tshark("-r", capture, "-Y", "frame.comment"))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("eth0", "cofferdam: source takes 02:00:00:00:01:02 for vm1"));
    }

    private List<String> tshark(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tshark", "-C", "cofferdam"));
        command.addAll(List.of(arguments));
        ProcessBuilder tshark = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("told").toFile());
        tshark.environment().put("XDG_CONFIG_HOME", folder.toString());
        Process process = tshark.start();
        List<String> lines = new String(
                        process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        String told = Files.readString(folder.resolve("told"));
        assertThat(process.waitFor()).as(told).isZero();
        assertThat(told).doesNotContain("cofferdam/", "colorfilters", "preferences", "buttons");
        return lines;
    }

    @Test
    void installingAgainReplacesOnlyWhatIsAsItWas() throws Exception {
        assertThat(install().exitCode()).isZero();
        assertThat(install().exitCode()).isZero();
        Path preferences = folder.resolve("wireshark/profiles/cofferdam/preferences");
        String before = Files.readString(preferences);
        Files.writeString(preferences, before + "gui.font_name: mine\n");
        assertThat(install().exitCode()).isEqualTo(2);
        assertThat(install().err()).contains("is not as Cofferdam installed it");
        assertThat(preferences).content().endsWith("mine\n");
        assertThat(install("--force").exitCode()).isZero();
        assertThat(preferences).hasContent(before);
    }

    @Test
    void aProfileOfSomebodyElseIsLeftAsItIs() throws Exception {
        Path profile = Files.createDirectories(folder.resolve("wireshark/profiles/cofferdam"));
        Path own = Files.writeString(profile.resolve("colorfilters"), "mine");
        assertThat(install().exitCode()).isEqualTo(2);
        assertThat(own).hasContent("mine");
        assertThat(profile.resolve("preferences")).doesNotExist();
    }

    @Test
    void anEmptyProfileIsFilled() throws Exception {
        Files.createDirectories(folder.resolve("wireshark/profiles/cofferdam"));
        assertThat(install().exitCode()).isZero();
    }

    @Test
    void aFolderThatCannotBeWrittenIsBadInput() throws Exception {
        Path file = Files.writeString(folder.resolve("wireshark"), "");
        assertThat(install().exitCode()).isEqualTo(2);
        assertThat(install().err()).contains("cannot be written");
        assertThat(file).hasContent("");
    }

    private Program.Finished install(String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "wireshark-profile", "--dir", folder.resolve("wireshark").toString()));
        arguments.addAll(List.of(options));
        return Program.run(arguments.toArray(String[]::new));
    }
}
