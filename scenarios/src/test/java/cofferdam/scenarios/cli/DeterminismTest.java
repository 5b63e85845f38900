package cofferdam.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.scenarios.signature.KeyFolder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

class DeterminismTest {

    @TempDir
    Path folder;

    @Test
    void theSameSeedGivesTheSameBytesTwiceInOneProcess() throws Exception {
        run("first", "1");
        run("second", "1");
        assertThat(BundleFiles.of(folder.resolve("second")))
                .hasSizeGreaterThan(100)
                .isEqualTo(BundleFiles.of(folder.resolve("first")));
    }

    @Test
    void anotherSeedGivesOtherBytes() throws Exception {
        run("first", "1");
        run("second", "2");
        String events = "promiscuous-capture/physical/emulated/seed-%d/captures/source.pcapng";
        assertThat(folder.resolve("first").resolve(events.formatted(1)))
                .isNotEmptyFile()
                .satisfies(first -> assertThat(Files.mismatch(
                                first, folder.resolve("second").resolve(events.formatted(2))))
                        .isNotNegative());
    }

    @Test
    void theSameSeedGivesTheSameBytesInAnotherProcessFolderLocaleAndTimeZone() throws Exception {
        run("here", "1");
        Path elsewhere = Files.createDirectories(folder.resolve("some/where else"));
        Program.Finished finished = Program.runInProcess(
                elsewhere,
                List.of(
                        "-Duser.timezone=Pacific/Auckland",
                        "-Duser.language=ar",
                        "-Duser.country=EG",
                        "-Duser.extensions=u-nu-arab",
                        "-Dfile.encoding=ISO-8859-1"),
                "run",
                "--seed",
                "1",
                "--out",
                "bundle");
        assertThat(finished.exitCode()).isZero();
        assertThat(BundleFiles.of(elsewhere.resolve("bundle")))
                .isEqualTo(BundleFiles.of(folder.resolve("here")));
    }

    @Test
    void theOrderOfTheArgumentsDoesNotChangeARun() throws Exception {
        Program.run(
                "run",
                "arp-poisoning",
                "host-capture",
                "--out",
                folder.resolve("a").toString());
        Program.run(
                "run",
                "host-capture",
                "arp-poisoning",
                "--out",
                folder.resolve("b").toString());
        assertThat(BundleFiles.of(folder.resolve("a/arp-poisoning")))
                .isNotEmpty()
                .isEqualTo(BundleFiles.of(folder.resolve("b/arp-poisoning")));
    }

    @Test
    void theKeyChangesNothingButTheSignature() throws Exception {
        for (String name : List.of("mine", "yours")) {
            KeyFolder keys = new KeyFolder(folder.resolve(name + "-key"));
            keys.key();
            Program.run(
                    "run",
                    "host-capture",
                    "--out",
                    folder.resolve(name).toString(),
                    "--key",
                    keys.file().toString());
        }
        SortedMap<String, String> mine = BundleFiles.of(folder.resolve("mine"));
        SortedMap<String, String> yours = BundleFiles.of(folder.resolve("yours"));
        assertThat(mine.remove("manifest.sig"))
                .isNotNull()
                .isNotEqualTo(yours.remove("manifest.sig"));
        assertThat(mine).hasSizeGreaterThan(5).isEqualTo(yours);
    }

    private void run(String out, String seed) {
        Program.Finished finished =
                Program.run("run", "--seed", seed, "--out", folder.resolve(out).toString());
        assertThat(finished.exitCode()).as(finished.err()).isZero();
    }
}
