package cofferdam.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class BaselineCommandTest {

    private static final String LAB = """
            policy: lab
            summary: a lab where everybody may listen
            based-on: virtual-server-1.0
            accept:
              - {scenario: promiscuous-capture, property: traffic-confidentiality, reason: a lab has no secrets%s}
            """;

    @TempDir
    Path folder;

    @Test
    void aBuildFailsOnANewViolationOnly() {
        Program.Finished first = run("promiscuous-capture", "--write-baseline", baseline());
        assertThat(first.exitCode()).as(first.out() + first.err()).isZero();
        assertThat(first.out())
                .contains("baseline: 1 known, 0 new, 0 no longer there")
                .contains(baseline() + ", 1 added, 0 removed, 1 in all");
        Program.Finished same = run("promiscuous-capture", "--baseline", baseline(), "--seed", "2");
        assertThat(same.exitCode()).isZero();
        assertThat(same.out()).contains("VIOLATED (known)", "1 known, 0 new");
        Program.Finished more =
                run("promiscuous-capture", "host-capture", "--baseline", baseline());
        assertThat(more.exitCode()).isEqualTo(1);
        assertThat(more.out()).contains("1 known, 1 new", "host-capture under virtual-server-1.0");
    }

    @Test
    void whatIsFixedIsToldUntilItIsRemoved() throws IOException {
        run("promiscuous-capture", "--write-baseline", baseline());
        String known = Files.readString(Path.of(baseline()));
        Files.writeString(Path.of(baseline()), known.replace("virtual-server-1.0", "hardened"));
        List<String> arguments =
                List.of("run", "promiscuous-capture", "--policy", "hardened", "--baseline");
        Program.Finished fixed = Program.run(with(arguments, baseline(), "--out", out()));
        assertThat(fixed.exitCode()).isZero();
        assertThat(fixed.out())
                .contains("no longer there: promiscuous-capture under hardened:"
                        + " traffic-confidentiality (vm1 <-> source, observer vm2) is upheld;"
                        + " remove it");
        Program.Finished mended = Program.run(
                with(arguments, baseline(), "--write-baseline", baseline(), "--out", out()));
        assertThat(mended.out()).contains("0 added, 1 removed, 0 in all");
        assertThat(Files.readString(Path.of(baseline()))).contains("violations: []");
    }

    @Test
    void writingABaselineAgainKeepsWhatSomebodyWroteIntoIt() throws IOException {
        run("promiscuous-capture", "--write-baseline", baseline());
        String accepted = Files.readString(Path.of(baseline()))
                + "  accepted: {reason: a lab, until: 2026-11-30}\n";
        Files.writeString(Path.of(baseline()), accepted);
        assertThat(run("promiscuous-capture", "--baseline", baseline(), "--today", "2026-11-30")
                        .exitCode())
                .isZero();
        Program.Finished over = run(
                "promiscuous-capture",
                "host-capture",
                "--write-baseline",
                baseline(),
                "--today",
                "2026-12-01");
        assertThat(over.exitCode()).isEqualTo(1);
        assertThat(over.out())
                .contains("accepted until 2026-11-30, which is over: a lab", "1 added, 0 removed");
        assertThat(Files.readString(Path.of(baseline())))
                .contains("reason: a lab", "until: 2026-11-30", "host-capture");
    }

    @Test
    void theSameViolationsGiveTheSameFile() throws IOException {
        run("promiscuous-capture", "host-capture", "--write-baseline", baseline());
        byte[] first = Files.readAllBytes(Path.of(baseline()));
        run("host-capture", "promiscuous-capture", "--write-baseline", baseline());
        assertThat(Files.readAllBytes(Path.of(baseline()))).isEqualTo(first);
    }

    @Test
    void anAcceptanceEndsOnItsDayAtTheCommandLineAndNotInTheBundle() throws IOException {
        Path policy = write("lab.yaml", LAB.formatted(", until: 2026-11-30"));
        Program.Finished before = lab(policy, "--today", "2026-11-30");
        assertThat(before.exitCode()).isZero();
        assertThat(before.out()).contains("accepted");
        var bundle = BundleFiles.of(folder.resolve("out"));
        Program.Finished after = lab(policy, "--today", "2026-12-01");
        assertThat(after.exitCode()).isEqualTo(1);
        assertThat(after.out())
                .contains("VIOLATED (was accepted)")
                .contains("accepted until 2026-11-30, which is over: a lab has no secrets");
        assertThat(BundleFiles.of(folder.resolve("out"))).isEqualTo(bundle);
        assertThat(Files.readString(folder.resolve("out/summary.json")))
                .contains("\"acceptedUntil\" : \"2026-11-30\"", "\"accepted\" : 1");
        assertThat(Files.readString(
                        folder.resolve("out/promiscuous-capture/lab/emulated/seed-1/policy.yaml")))
                .contains("until: 2026-11-30");
    }

    @Test
    void withoutADayTheClockDecides() throws IOException {
        assertThat(lab(write("old.yaml", LAB.formatted(", until: 2003-01-01"))).exitCode())
                .isEqualTo(1);
        assertThat(lab(write("new.yaml", LAB.formatted(", until: 9999-12-31"))).exitCode())
                .isZero();
    }

    @Test
    void ofSeveralAcceptancesTheOneThatHoldsLongestCounts() throws IOException {
        String both = LAB.formatted(", until: 2026-01-01")
                + "  - {scenario: '*', property: traffic-confidentiality, reason: all of it}\n";
        Program.Finished finished = lab(write("both.yaml", both), "--today", "2026-12-01");
        assertThat(finished.exitCode()).isZero();
        assertThat(finished.out()).contains("accepted").doesNotContain("was accepted");
    }

    @Test
    void everyFormatTellsTheSameOfALapsedAcceptance() throws IOException {
        Path policy = write("lab.yaml", LAB.formatted(", until: 2026-11-30"));
        for (String format : List.of("json", "junit", "sarif", "markdown")) {
            Program.Finished over = lab(policy, "--today", "2026-12-01", "--format", format);
            assertThat(over.exitCode()).as(format).isEqualTo(1);
            assertThat(over.out()).as(format).contains("2026-11-30", "a lab has no secrets");
            assertThat(over.err()).isEmpty();
        }
        JsonNode property = new JsonMapper()
                .readTree(
                        lab(policy, "--today", "2026-12-01", "--format", "json").out())
                .at("/runs/0/properties/0");
        assertThat(property.at("/lapsed/until").asString()).isEqualTo("2026-11-30");
        assertThat(property.at("/accepted").isMissingNode()).isTrue();
    }

    @Test
    void anExpectationDecidesBeforeTheBaselineDoes() throws IOException {
        Path expectation = write("mine.yaml", """
                expectations: mine
                summary: what should be
                rows:
                  - scenario: promiscuous-capture
                    property: traffic-confidentiality
                    verdicts: {virtual-server-1.0: upheld}
                    origin: implied
                    basis: a test
                """);
        String[] expected = {"promiscuous-capture", "--expect", expectation.toString()};
        assertThat(run(with(List.of(expected))).exitCode()).isEqualTo(1);
        run("promiscuous-capture", "--write-baseline", baseline());
        assertThat(run(with(List.of(expected), "--baseline", baseline())).exitCode())
                .isZero();
        Files.writeString(
                expectation, Files.readString(expectation).replace(": upheld}", ": violated}"));
        Path empty = write("empty.yaml", "baseline: 1\nviolations: []\n");
        assertThat(run(with(List.of(expected), "--baseline", empty.toString())).exitCode())
                .isZero();
    }

    @Test
    void jsonCountsWhatIsKnownNewAndGone() throws IOException {
        run("promiscuous-capture", "--write-baseline", baseline());
        Files.writeString(
                Path.of(baseline()), Files.readString(Path.of(baseline())).replace("vm2", "vm3"));
        JsonNode baseline = new JsonMapper()
                .readTree(run("promiscuous-capture", "--baseline", baseline(), "--format", "json")
                        .out())
                .at("/baseline");
        assertThat(baseline.at("/known").asInt()).isZero();
        assertThat(baseline.at("/new").asInt()).isEqualTo(1);
        assertThat(baseline.at("/gone/0/observer").asString()).isEqualTo("vm3");
        assertThat(baseline.at("/gone/0/now").asString()).isEqualTo("not asked");
    }

    @Test
    void badInputIsToldBeforeAnythingRuns() throws IOException {
        Path precious = write("precious.yaml", "precious: true\n");
        refused(run("promiscuous-capture", "--write-baseline", precious.toString()), "precious");
        assertThat(precious).hasContent("precious: true\n");
        refused(run("promiscuous-capture", "--baseline", precious.toString()), "precious");
        refused(run("promiscuous-capture", "--baseline", baseline()), "no such file");
        refused(
                run("promiscuous-capture", "--write-baseline", baseline() + "/x/y"),
                "writable folder");
        refused(run("promiscuous-capture", "--today", "tomorrow"), "--today", "tomorrow");
        refused(run("promiscuous-capture", "--today", "2026-02-30"), "--today", "2026-02-30");
    }

    @Test
    void theBundleHasJunitXmlThatKnowsNothingOfBaselines() throws IOException {
        run("promiscuous-capture");
        byte[] without = Files.readAllBytes(folder.resolve("out/junit.xml"));
        run("promiscuous-capture", "--write-baseline", baseline());
        run("promiscuous-capture", "--baseline", baseline());
        assertThat(folder.resolve("out/junit.xml")).hasBinaryContent(without);
        assertThat(new String(without, java.nio.charset.StandardCharsets.UTF_8))
                .contains("<failure message=\"violated: ")
                .doesNotContain("time=");
    }

    private void refused(Program.Finished finished, String... mentioned) {
        assertThat(finished.exitCode()).as(finished.out()).isEqualTo(2);
        assertThat(finished.err()).contains(mentioned);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private Program.Finished lab(Path policy, String... more) {
        List<String> first = List.of("run", "promiscuous-capture", "--policy", policy.toString());
        return Program.run(with(with(first, more), "--out", out()));
    }

    private Program.Finished run(String... arguments) {
        List<String> first = List.of("run", "--policy", "virtual-server-1.0", "--out", out());
        return Program.run(with(first, arguments));
    }

    private static String[] with(List<String> first, String... more) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static String[] with(String[] first, String... more) {
        return with(List.of(first), more);
    }

    private String out() {
        return folder.resolve("out").toString();
    }

    private String baseline() {
        return folder.resolve("baseline.yaml").toString();
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
