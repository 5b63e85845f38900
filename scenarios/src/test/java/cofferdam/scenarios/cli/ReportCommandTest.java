package cofferdam.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class ReportCommandTest {

    private static final Pattern LINK = Pattern.compile("href=\"(\\./[^\"]*)\"");

    @TempDir
    private static Path shared;

    private static Path bundle;

    @BeforeAll
    static void run() {
        bundle = shared.resolve("a bundle");
        Program.Finished finished = Program.run(
                "run",
                "promiscuous-capture",
                "mac-spoofing",
                "--policy",
                "virtual-server-1.0",
                "--policy",
                "hardened",
                "--quiet",
                "--out",
                bundle.toString());
        assertThat(finished.exitCode()).isEqualTo(1);
    }

    private static Program.Finished report(Path out, Path... bundles) {
        List<String> arguments = new java.util.ArrayList<>(List.of("report"));
        for (Path one : bundles) {
            arguments.add(one.toString());
        }
        arguments.addAll(List.of("--out", out.toString()));
        return Program.run(arguments.toArray(String[]::new));
    }

    @Test
    void writesAPageWhoseLinksLeadToFilesThatAreThere(@TempDir Path folder) throws IOException {
        Path page = Files.createDirectories(folder.resolve("some where")).resolve("r.html");

        Program.Finished finished = report(page, bundle);

        assertThat(finished.exitCode()).as(finished.err()).isZero();
        assertThat(finished.out().strip()).isEqualTo("report: " + page);
        Matcher link = LINK.matcher(Files.readString(page));
        int links = 0;
        while (link.find()) {
            links++;
            Path file = Path.of(page.toUri().resolve(link.group(1)));
            assertThat(file).exists();
        }
        assertThat(links).isGreaterThan(20);
    }

    @Test
    void theSameBundleGivesTheSameBytesAndStaysAsItWas(@TempDir Path folder) throws IOException {
        SortedMap<String, String> before = BundleFiles.of(bundle);
        report(folder.resolve("one.html"), bundle);
        report(folder.resolve("two.html"), bundle);

        assertThat(folder.resolve("one.html")).hasSameBinaryContentAs(folder.resolve("two.html"));
        assertThat(BundleFiles.of(bundle)).isEqualTo(before);
        assertThat(Files.readString(folder.resolve("one.html")))
                .doesNotContain(folder.toString())
                .doesNotContain(shared.toString());
    }

    @Test
    void severalBundlesAreOneReport(@TempDir Path folder) throws IOException {
        Path other = folder.resolve("other");
        Program.run(
                "run",
                "host-capture",
                "--policy",
                "virtual-server-1.0",
                "--quiet",
                "--out",
                other.toString());

        report(folder.resolve("r.html"), bundle, other);

        assertThat(Files.readString(folder.resolve("r.html")))
                .contains("5 runs of 3 scenarios under 2 policies")
                .contains("from a bundle, other");
    }

    @Test
    void aPageWithinABundleIsRefusedAndNothingIsWritten() throws IOException {
        SortedMap<String, String> before = BundleFiles.of(bundle);

        Program.Finished finished = report(bundle.resolve("report.html"), bundle);

        assertThat(finished.exitCode()).isEqualTo(2);
        assertThat(finished.err()).contains("whose files must stay as they are");
        assertThat(BundleFiles.of(bundle)).isEqualTo(before);
    }

    @Test
    void aPageWithinAnyOtherBundleIsRefusedToo(@TempDir Path folder) throws IOException {
        Path other = Files.createDirectories(folder.resolve("other/runs"));
        Files.copy(bundle.resolve("manifest.json"), folder.resolve("other/manifest.json"));

        Program.Finished finished = report(other.resolve("r.html"), bundle);

        assertThat(finished.exitCode()).isEqualTo(2);
        assertThat(finished.err()).contains("would lie in the bundle");
        assertThat(other).isEmptyDirectory();
    }

    @Test
    void aFolderIsNotReplacedByAPage(@TempDir Path folder) throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        Program.Finished finished = report(empty, bundle);

        assertThat(finished.exitCode()).isEqualTo(2);
        assertThat(finished.err()).contains("is a folder, not a file");
        assertThat(empty).isEmptyDirectory();
    }

    @Test
    void whatIsNoBundleIsBadInputAndAnOldPageStays(@TempDir Path folder) throws IOException {
        Path page = Files.writeString(folder.resolve("r.html"), "old");

        Program.Finished finished = report(page, bundle, folder);

        assertThat(finished.exitCode()).isEqualTo(2);
        assertThat(finished.err()).contains("is not a bundle");
        assertThat(page).hasContent("old");
    }

    @Test
    void aFolderThatIsNotThereIsBadInput(@TempDir Path folder) {
        Program.Finished finished = report(folder.resolve("none/r.html"), bundle);

        assertThat(finished.exitCode()).isEqualTo(2);
        assertThat(finished.err()).contains("cannot be written");
    }
}
