package cofferdam.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

class RunCommandTest {

    private static final String CUT = """
            scenario: cut-cable
            summary: Source's cable is cut before anybody talks
            properties:
              - {property: traffic-confidentiality, subject: [vm1, source], observer: vm2}
              - {property: connectivity, subject: [vm1, source]}
            steps:
              - probe: {from: source, to: vm2, count: 2, interval: 10ms}
              - start: {attack: promiscuous-capture, by: vm2}
              - cable: {machine: source, connected: false}
              - login: {from: source, to: vm1}
              - cable: {machine: source, connected: true}
              - probe: {from: source, to: vm2, count: 2, interval: 10ms}
              - stop: promiscuous-capture
            """;

    @TempDir
    Path folder;

    @Test
    void withNothingElseEverythingComesOutAsTheThesisFound() {
        Program.Finished finished = run();
        assertThat(finished.exitCode()).isZero();
        assertThat(finished.err()).isEmpty();
        assertThat(finished.out()).contains("all as thesis-2003 expects");
    }

    @Test
    void theMatrixShowsTheThesisTable() {
        List<String> lines = run().out().lines().toList();
        assertThat(lines.getFirst().trim().split(" +"))
                .containsExactly("physical", "esx-1.5.2", "virtual-server-1.0");
        assertThat(row(lines, "promiscuous-capture", "traffic-confidentiality"))
                .containsExactly("upheld", "upheld", "VIOLATED");
        assertThat(row(lines, "host-capture", "host-traffic-confidentiality"))
                .containsExactly("-", "upheld", "VIOLATED");
        assertThat(row(lines, "arp-poisoning", "traffic-confidentiality"))
                .containsExactly("VIOLATED", "VIOLATED", "VIOLATED");
        assertThat(row(lines, "arp-poisoning", "arp-integrity"))
                .containsExactly("VIOLATED", "VIOLATED", "VIOLATED");
    }

    private static List<String> row(List<String> lines, String scenario, String property) {
        int from = lines.indexOf(scenario);
        return lines.subList(from, lines.size()).stream()
                .filter(line -> line.startsWith("  " + property + " "))
                .findFirst()
                .map(line ->
                        List.of(line.substring(2 + property.length()).trim().split(" +")))
                .orElseThrow();
    }

    @Test
    void hardenedUpholdsEveryProperty() {
        Program.Finished finished = run("network", "--policy", "hardened");
        assertThat(finished.out()).doesNotContain("VIOLATED").doesNotContain("inconclusive");
        assertThat(finished.exitCode()).isZero();
    }

    @Test
    void aViolationExitsWithOneWhenNothingIsExpected() {
        assertThat(run("promiscuous-capture", "--policy", "virtual-server-1.0").exitCode())
                .isEqualTo(1);
        assertThat(run("--expect", "none").exitCode()).isEqualTo(1);
    }

    @Test
    void anExpectationThatIsNotMetIsShown() throws IOException {
        Path expectation = write("mine.yaml", """
                expectations: mine
                summary: the opposite of what happens
                rows:
                  - scenario: promiscuous-capture
                    property: traffic-confidentiality
                    verdicts: {physical: violated}
                    origin: implied
                    basis: a test
                """);
        Program.Finished finished = run(
                "promiscuous-capture", "--policy", "physical", "--expect", expectation.toString());
        assertThat(finished.exitCode()).isEqualTo(1);
        assertThat(finished.out()).contains("upheld (expected violated)", "1 not as mine expects");
    }

    @Test
    void withoutThePositiveControlConfidentialityIsInconclusive() throws IOException {
        for (String policy : List.of("physical", "esx-1.5.2", "virtual-server-1.0", "hardened")) {
            JsonNode properties = json(write("cut.yaml", CUT).toString(), "--policy", policy)
                    .at("/runs/0/properties");
            assertThat(properties.at("/0/verdict").asString()).as(policy).isEqualTo("inconclusive");
            assertThat(properties.at("/1/verdict").asString()).as(policy).isEqualTo("violated");
        }
    }

    @Test
    void anAcceptedViolationIsShownAsAcceptedAndExitsWithZero() throws IOException {
        Path policy = write("lab.yaml", """
                policy: lab
                summary: a lab where everybody may listen
                based-on: virtual-server-1.0
                accept:
                  - {scenario: promiscuous-capture, property: traffic-confidentiality, reason: a lab has no secrets}
                """);
        Program.Finished finished = run("promiscuous-capture", "--policy", policy.toString());
        assertThat(finished.out()).contains("accepted");
        assertThat(finished.exitCode()).isZero();
        JsonNode document = json("promiscuous-capture", "--policy", policy.toString());
        assertThat(document.at("/summary/accepted").asInt()).isEqualTo(1);
        assertThat(document.at("/summary/violated").asInt()).isZero();
    }

    @Test
    void detailsTellWhatIsBehindEveryVerdict() {
        Program.Finished finished =
                run("promiscuous-capture", "--policy", "virtual-server-1.0", "--details");
        assertThat(finished.out())
                .contains(
                        "vm2 received",
                        "captures/vm2.pcapng frames",
                        "all 4 exchanges",
                        "wireshark -r ");
    }

    @Test
    void quietIsTheMatrixAndTheSummaryAlone() {
        Program.Finished finished = run("promiscuous-capture", "--policy", "physical", "--quiet");
        assertThat(finished.out().lines()).hasSize(6);
    }

    @Test
    void jsonIsOneDocumentWithWhatTheContractSays() {
        JsonNode document =
                json("arp-poisoning", "--policy", "esx-1.5.2", "--expect", "thesis-2003");
        assertThat(document.at("/tool/name").asString()).isEqualTo("cofferdam");
        assertThat(document.at("/tool/version").asString()).matches("[0-9]+\\.[0-9]+\\.[0-9]+.*");
        JsonNode run = document.at("/runs/0");
        assertThat(run.at("/scenario").asString()).isEqualTo("arp-poisoning");
        assertThat(run.at("/policy").asString()).isEqualTo("esx-1.5.2");
        assertThat(run.at("/monitor").asString()).isEqualTo("emulated");
        assertThat(run.at("/seed").asLong()).isEqualTo(1);
        assertThat(run.at("/millis").isNumber()).isTrue();
        assertThat(Path.of(run.at("/bundle").asString())).isDirectory();
        JsonNode property = run.at("/properties/0");
        assertThat(property.at("/property").asString()).isEqualTo("traffic-confidentiality");
        assertThat(property.at("/verdict").asString()).isEqualTo("violated");
        assertThat(property.at("/expected").asString()).isEqualTo("violated");
        assertThat(property.at("/subject").asString()).isEqualTo("vm1<->source");
        assertThat(property.at("/observer").asString()).isEqualTo("vm2");
        assertThat(property.at("/reason").asString()).isNotEmpty();
        assertThat(property.at("/evidence/0/file").asString()).isEqualTo("captures/vm2.pcapng");
        assertThat(property.at("/evidence/0/frames/0").isInt()).isTrue();
        assertThat(document.at("/summary/unexpected").asInt()).isZero();
        assertThat(document.at("/summary/notApplicable").isInt()).isTrue();
    }

    @Test
    void theBundleHoldsWhatTheDesignSays() throws IOException {
        run("promiscuous-capture", "--policy", "esx-1.5.2", "--seed", "42");
        Path run = folder.resolve("out/promiscuous-capture/esx-1.5.2/emulated/seed-42");
        try (Stream<Path> files = Files.walk(run)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> run.relativize(file).toString()))
                    .containsExactlyInAnyOrder(
                            "scenario.yaml",
                            "policy.yaml",
                            "events.jsonl",
                            "verdicts.json",
                            "captures/source.pcapng",
                            "captures/host.pcapng",
                            "captures/uplink.pcapng",
                            "captures/vm1.pcapng",
                            "captures/vm2.pcapng");
        }
        assertThat(folder.resolve("out/summary.json")).exists();
    }

    @Test
    void theResolvedFilesOfABundleRunAgainToTheSameEvidence() throws IOException {
        run("arp-poisoning", "--policy", "hardened");
        Path run = folder.resolve("out/arp-poisoning/hardened/emulated/seed-1");
        Path scenario =
                Files.copy(run.resolve("scenario.yaml"), folder.resolve("again-scenario.yaml"));
        Path policy = Files.copy(run.resolve("policy.yaml"), folder.resolve("again-policy.yaml"));
        var first = BundleFiles.of(run);
        run(scenario.toString(), "--policy", policy.toString());
        assertThat(BundleFiles.of(run)).isEqualTo(first);
    }

    @Test
    void anUnknownScenarioIsOneLineAndNothingIsWritten() {
        Program.Finished finished = run("promiscous-capture");
        refused(finished, "promiscous-capture", "promiscuous-capture");
        assertThat(finished.err().lines()).hasSize(1);
    }

    @Test
    void allProblemsOfAllFilesAreReportedAtOnceWithLineAndColumn() throws IOException {
        Path scenario = write("bad.yaml", """
                scenario: bad
                summary: several things are wrong
                colour: red
                properties:
                  - {property: privacy, subject: [vm1, source]}
                steps:
                  - wait: 3 fortnights
                  - ping: {from: vm1, to: vm1}
                """);
        Path policy = write("policy.yaml", """
                policy: p
                summary: s
                monitor: {type: III}
                network: {mac-table: {size: 0}}
                """);
        Program.Finished finished = run(scenario.toString(), "--policy", policy.toString());
        refused(
                finished,
                "bad.yaml:3:1",
                "colour",
                "bad.yaml:5:",
                "privacy",
                "bad.yaml:7:",
                "fortnights");
        refused(finished, "bad.yaml:8:", "policy.yaml:3:", "III", "policy.yaml:4:", "size");
    }

    @Test
    void aYamlBombIsRefused() throws IOException {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d, *a%d, *a%d]\n"
                    .formatted(i, i, i - 1, i - 1, i - 1, i - 1));
        }
        refused(run(write("bomb.yaml", bomb.toString()).toString()), "bomb.yaml");
    }

    @Test
    void aFileOfAGigabyteIsRefusedUnread() throws IOException {
        Path huge = folder.resolve("huge.yaml");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(1L << 30);
        }
        refused(run(huge.toString()), "huge.yaml", "1073741824");
        refused(run("core", "--policy", huge.toString()), "huge.yaml", "1073741824");
    }

    @Test
    void aFolderThatIsNoBundleIsLeftAlone() throws IOException {
        Path precious = Files.createDirectories(folder.resolve("out")).resolve("precious.txt");
        Files.writeString(precious, "precious");
        Program.Finished finished = run("core");
        assertThat(finished.exitCode()).isEqualTo(2);
        assertThat(finished.err()).contains("not a bundle");
        assertThat(precious).hasContent("precious");
    }

    @Test
    void anOutputUnderAFileIsRefused() throws IOException {
        Path file = write("file", "");
        Program.Finished finished =
                Program.run("run", "core", "--out", file.resolve("out").toString());
        assertThat(finished.exitCode()).isEqualTo(2);
        assertThat(finished.err().lines()).hasSize(1);
        assertThat(finished.err()).contains("not a writable folder");
    }

    @Test
    void badOptionsAreOneClearMessage() {
        refused(run("core", "--seed", "many"), "--seed", "many");
        refused(run("core", "--seed", "-1"), "--seed", "-1");
        refused(run("core", "--monitor", "vmware"), "vmware", "emulated");
        refused(run("core", "--policy", "esx-9"), "esx-9", "esx-1.5.2");
        refused(run("core", "--expect", "thesis-2004"), "thesis-2004", "thesis-2003");
        refused(run("core", "--format", "xml"), "--format", "xml");
        refused(run("core", "--colour"), "--colour");
    }

    @Test
    void noCommandIsBadUsage() {
        assertThat(Program.run().exitCode()).isEqualTo(2);
        assertThat(Program.run("fly").exitCode()).isEqualTo(2);
    }

    @Test
    void twoFilesOfOneNameAreRefused() throws IOException {
        Path other = write("other.yaml", CUT.replace("cut-cable", "promiscuous-capture"));
        refused(
                run("promiscuous-capture", other.toString()),
                "promiscuous-capture",
                "name of its own");
    }

    @Test
    void aScenarioCannotHaveTheNameOfABundlesOwnFile() throws IOException {
        Path scenario = write("own.yaml", CUT.replace("cut-cable", "manifest.json"));
        refused(run(scenario.toString()), "own.yaml:1:", "is a file of every bundle");
    }

    @Test
    void anExpectationSaysHowMuchItSaysNothingOf() {
        Program.Finished finished = run(
                "promiscuous-capture",
                "--policy",
                "physical",
                "--policy",
                "hardened",
                "--expect",
                "thesis-2003");
        assertThat(finished.out())
                .contains("all as thesis-2003 expects, which says nothing of 2 more");
        assertThat(run("core", "--policy", "hardened", "--expect", "thesis-2003")
                        .out())
                .contains("thesis-2003 expects nothing of them");
    }

    @Test
    void outputThatIsLostIsNotASuccess() {
        PrintWriter full = new PrintWriter(new Writer() {
            @Override
            public void write(char[] text, int offset, int length) throws IOException {
                throw new IOException("no space left on device");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
        StringWriter errors = new StringWriter();
        assertThat(Cofferdam.execute(full, new PrintWriter(errors, true), "list", "scenarios"))
                .isEqualTo(3);
        assertThat(errors.toString()).contains("standard output could not be written");
    }

    @Test
    void controlSequencesOfTheOutputsNameDoNotReachTheTerminal() {
        Program.Finished finished = Program.run(
                "run",
                "promiscuous-capture",
                "--out",
                folder.resolve("a\u001b[31mb").toString());
        assertThat(finished.out()).contains("evidence: ").doesNotContain("\u001b[31mb");
    }

    @Test
    void controlSequencesOfAFileDoNotReachTheTerminal() throws IOException {
        Path scenario =
                write("evil.yaml", CUT.replace("scenario: cut-cable", "scenario: \"\\e[2Jevil\""));
        Program.Finished finished = run(scenario.toString());
        assertThat(finished.exitCode()).isEqualTo(2);
        assertThat(finished.err()).doesNotContain("\u001b");
    }

    private void refused(Program.Finished finished, String... mentioned) {
        assertThat(finished.exitCode()).as(finished.out()).isEqualTo(2);
        assertThat(finished.err()).contains(mentioned);
        assertThat(finished.out()).isEmpty();
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private Program.Finished run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("run"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--out", folder.resolve("out").toString()));
        return Program.run(all.toArray(String[]::new));
    }

    private JsonNode json(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--format", "json"));
        Program.Finished finished = run(all.toArray(String[]::new));
        assertThat(finished.err()).isEmpty();
        return new JsonMapper().readTree(finished.out());
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
