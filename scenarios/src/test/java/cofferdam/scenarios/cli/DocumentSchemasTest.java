package cofferdam.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.Monitors;
import cofferdam.monitor.policy.PolicyChange;
import cofferdam.scenarios.export.JsonSchemas;
import cofferdam.scenarios.export.SchemaCheck;

import org.apache.maven.plugin.surefire.log.api.NullConsoleLogger;
import org.apache.maven.plugins.surefire.report.ReportTestSuite;
import org.apache.maven.plugins.surefire.report.TestSuiteXmlParser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The documents that the program really writes, against the schemas that it ships. */
class DocumentSchemasTest {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Map<String, List<String>> DOCUMENTS = new TreeMap<>();

    /** What a document may lack; of a bundle that is not genuine, little need be known. */
    private static final Map<String, List<String>> OPTIONAL = Map.of(
            "run",
            List.of("baseline"),
            "verify",
            List.of("formatVersion", "madeBy", "files", "runs", "verdicts", "signature"));

    @TempDir
    static Path folder;

    @BeforeAll
    static void write() throws IOException {
        Path expectation = Files.writeString(folder.resolve("mine.yaml"), """
                expectations: mine
                summary: what should be
                rows:
                  - scenario: host-capture
                    property: host-traffic-confidentiality
                    verdicts: {lab: violated}
                    origin: implied
                    basis: a test
                """);
        Path policy = Files.writeString(folder.resolve("lab.yaml"), """
                policy: lab
                summary: a lab where everybody may listen
                based-on: virtual-server-1.0
                accept:
                  - {scenario: promiscuous-capture, property: traffic-confidentiality, reason: none, until: 2027-01-31}
                  - {scenario: arp-poisoning, property: arp-integrity, reason: a lab}
                  - {scenario: arp-poisoning, property: traffic-confidentiality, reason: old, until: 2026-01-31}
                """);
        Path cut = Files.writeString(folder.resolve("cut.yaml"), """
                scenario: cut
                summary: nobody talks
                properties:
                  - {property: traffic-confidentiality, subject: [vm1, source], observer: vm2}
                steps:
                  - start: {attack: promiscuous-capture, by: vm2}
                """);
        String baseline = folder.resolve("baseline.yaml").toString();
        List<String> run = List.of(
                "run",
                "promiscuous-capture",
                "arp-poisoning",
                "host-capture",
                "image-corruption",
                "image-string-search",
                "memory-exhaustion",
                "host-process-tampering",
                cut.toString(),
                "--policy",
                "lab",
                "--policy",
                "physical",
                "--out",
                folder.resolve("out").toString(),
                "--today",
                "2026-11-23",
                "--format",
                "json");
        List<String> arguments = new ArrayList<>(run);
        arguments.set(arguments.indexOf("lab"), policy.toString());
        add("run", output(arguments));
        arguments.addAll(List.of("--expect", expectation.toString()));
        arguments.addAll(List.of("--write-baseline", baseline));
        add("run", output(arguments));
        arguments.set(arguments.indexOf("--write-baseline"), "--baseline");
        Files.writeString(
                Path.of(baseline), Files.readString(Path.of(baseline)).replace("vm2", "vm3"));
        add("run", output(arguments));
        String bundle = folder.resolve("out").toString();
        add("verify", output(List.of("verify", bundle, "--format", "json")));
        add("coverage", output(List.of("list", "coverage", "--format", "json")));
        add(
                "compare",
                output(List.of(
                        "compare",
                        "promiscuous-capture",
                        "mac-spoofing",
                        "memory-exhaustion",
                        "--policy",
                        "esx-1.5.2",
                        "--policy",
                        "hardened",
                        "--policy",
                        policy.toString(),
                        "--want",
                        "traffic-confidentiality",
                        "--format",
                        "json")));
        add(
                "agree",
                Program.run(
                                options -> List.of(
                                        Monitors.all().getFirst(),
                                        StubbornMonitor.with(
                                                "hub",
                                                new PolicyChange("network.promiscuous", "accept"))),
                                "agree",
                                "promiscuous-capture",
                                "--format",
                                "json")
                        .out());
        bundle(folder.resolve("out"));
        Files.writeString(
                folder.resolve("out/cut/physical/emulated/seed-1/policy.yaml"),
                "changed",
                StandardOpenOption.APPEND);
        add("verify", output(List.of("verify", bundle, "--format", "json")));
        try (Stream<Path> files = Files.walk(folder.resolve("out/image-string-search/lab"))) {
            Path image = files.filter(file -> file.toString().endsWith(".vhd"))
                    .findFirst()
                    .orElseThrow();
            add(
                    "audit",
                    output(List.of(
                            "audit", image.toString(), "--find", "password", "--format", "json")));
        }
    }

    private static void bundle(Path out) throws IOException {
        try (Stream<Path> files = Files.walk(out)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                switch (name) {
                    case "summary.json", "manifest.json", "verdicts.json", "images.json" ->
                        add(name.substring(0, name.indexOf('.')), Files.readString(file));
                    case "events.jsonl" ->
                        Files.readString(file).lines().forEach(line -> add("event", line));
                    default -> {}
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void add(String schema, String document) {
        DOCUMENTS.computeIfAbsent(schema, name -> new ArrayList<>()).add(document);
    }

    private static String output(List<String> arguments) {
        return Program.run(arguments.toArray(String[]::new)).out();
    }

    @Test
    void everySchemaHasADocumentThatIsHeldAgainstIt() {
        assertThat(DOCUMENTS.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        JsonSchemas.all().stream().map(JsonSchemas.Named::name).toList());
    }

    @Test
    void everyDocumentIsValid() {
        DOCUMENTS.forEach((schema, documents) -> {
            SchemaCheck check = SchemaCheck.own(schema);
            for (String document : documents) {
                assertThat(check.problems(document)).as(document).isEmpty();
            }
        });
    }

    @Test
    void theDocumentsHaveEveryMemberThatDependsOnTheDay() {
        assertThat(String.join("", DOCUMENTS.get("run")))
                .contains(
                        "\"lapsed\" : {",
                        "\"known\" : true",
                        "\"acceptedUntil\"",
                        "\"gone\" : [ {",
                        "\"expected\"",
                        "\"figures\"",
                        "\"inconclusive\"",
                        "\"not-applicable\"");
    }

    /** A schema that lets a document pass without a member, or with one more, holds nothing. */
    @Test
    void aDocumentThatLacksAMemberOrHasOneMoreIsNotValid() {
        for (String schema : List.of(
                "run",
                "summary",
                "verdicts",
                "manifest",
                "images",
                "audit",
                "compare",
                "agree",
                "verify",
                "coverage")) {
            SchemaCheck check = SchemaCheck.own(schema);
            JsonNode root = MAPPER.readTree(DOCUMENTS.get(schema).getLast());
            for (ObjectNode object : objects(root)) {
                object.put("No Name", 1);
                assertThat(check.problems(root.toString()))
                        .as("%s %s", schema, object)
                        .isNotEmpty();
                object.remove("No Name");
            }
            assertThat(check.problems(root.toString())).isEmpty();
            for (String member : List.copyOf(root.propertyNames())) {
                JsonNode removed = ((ObjectNode) root).remove(member);
                boolean optional = OPTIONAL.getOrDefault(schema, List.of()).contains(member);
                assertThat(check.problems(root.toString()).isEmpty())
                        .as("%s without %s", schema, member)
                        .isEqualTo(optional);
                ((ObjectNode) root).set(member, removed);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "verdicts, \"verdict\" : \"violated\", \"verdict\" : \"fine\"",
        "verdicts, \"property\" : \", \"property\" : \"A ",
        "summary, \"seed\" : 1, \"seed\" : -1",
        "summary, \"seed\" : 1, \"seed\" : \"1\"",
        "summary, \"name\" : \"cofferdam\", \"name\" : \"other\"",
        "run, \"until\" : \"2026-01-31\", \"until\" : \"soon\"",
        "manifest, \"format\" : \"cofferdam-bundle\", \"format\" : \"other\"",
        "manifest, \"path\" : \", \"path\" : \"/",
        "manifest, \"sha256\" : \", \"sha256\" : \"x",
        "images, \"size\" : 2, \"size\" : -2",
        "event, \"time\":1, \"time\":-1",
        "audit, \"region\" : \"allocated\", \"region\" : \"elsewhere\""
    })
    void aDamagedValueIsNotValid(String schema, String good, String bad) {
        String document = DOCUMENTS.get(schema).stream()
                .filter(text -> text.contains(good))
                .findFirst()
                .orElseThrow();
        assertThat(SchemaCheck.own(schema).problems(document.replace(good, bad)))
                .isNotEmpty();
    }

    @Test
    void anAcceptanceBelongsToAViolation() {
        String document = DOCUMENTS.get("summary").getFirst();
        int accepted = document.indexOf("\"accepted\" : \"");
        int verdict = document.lastIndexOf("\"violated\"", accepted);
        String damaged = document.substring(0, verdict)
                + "\"upheld\""
                + document.substring(verdict + "\"violated\"".length());
        assertThat(SchemaCheck.own("summary").problems(damaged)).isNotEmpty();
    }

    @Test
    void sarifOfRealRunsAndOfRealAuditsIsValid() throws IOException {
        String image;
        try (Stream<Path> files = Files.walk(folder.resolve("out/image-string-search/lab"))) {
            image = files.filter(file -> file.toString().endsWith(".vhd"))
                    .findFirst()
                    .orElseThrow()
                    .toString();
        }
        SchemaCheck sarif = SchemaCheck.sarif();
        String audit = output(List.of("audit", image, "--find", "password", "--format", "sarif"));
        assertThat(MAPPER.readTree(audit).at("/runs/0/results").isEmpty()).isFalse();
        assertThat(sarif.problems(audit)).isEmpty();
        String run = output(List.of(
                "run",
                "image-string-search",
                "image-corruption",
                "host-capture",
                "memory-exhaustion",
                "--expect",
                "thesis-2003",
                "--out",
                folder.resolve("sarif").toString(),
                "--format",
                "sarif"));
        assertThat(MAPPER.readTree(run).at("/runs/0/results").size()).isGreaterThan(3);
        assertThat(sarif.problems(run)).isEmpty();
    }

    @Test
    void surefireReadsTheJunitXmlOfARealBundle() throws Exception {
        List<ReportTestSuite> suites = new TestSuiteXmlParser(new NullConsoleLogger())
                .parse(folder.resolve("out/junit.xml").toString());
        JsonNode counts = MAPPER.readTree(DOCUMENTS.get("summary").getFirst()).at("/summary");
        assertThat(suites.stream().mapToInt(ReportTestSuite::getNumberOfTests).sum())
                .isEqualTo(counts.valueStream().mapToInt(JsonNode::asInt).sum()
                        - counts.at("/unexpected").asInt());
        assertThat(suites.stream().mapToInt(ReportTestSuite::getNumberOfSkipped).sum())
                .isEqualTo(counts.at("/notApplicable").asInt());
        assertThat(suites.stream().mapToInt(ReportTestSuite::getNumberOfErrors).sum())
                .isEqualTo(counts.at("/inconclusive").asInt());
        assertThat(suites.stream()
                        .mapToInt(suite -> suite.getNumberOfErrors() + suite.getNumberOfFailures())
                        .sum())
                .isEqualTo(counts.at("/unexpected").asInt());
    }

    @Test
    void schemasArePrintedAndUnknownOnesAreRefused() {
        for (JsonSchemas.Named schema : JsonSchemas.all()) {
            Program.Finished finished = Program.run("schema", schema.name());
            assertThat(finished.exitCode()).isZero();
            JsonNode document = MAPPER.readTree(finished.out());
            int version = List.of("run", "summary", "manifest").contains(schema.name()) ? 2 : 1;
            assertThat(document.at("/$id").asString())
                    .isEqualTo("urn:cofferdam:schema:%s:%d".formatted(schema.name(), version));
        }
        Program.Finished unknown = Program.run("schema", "../audit");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("'../audit' is unknown", "summary");
    }

    private static List<ObjectNode> objects(JsonNode node) {
        List<ObjectNode> found = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            found.add(object);
        }
        // One of each list is enough: all are held against the same part of the schema.
        List<JsonNode> children = node instanceof ArrayNode && !node.isEmpty()
                ? List.of(node.get(0))
                : node.valueStream().toList();
        children.forEach(child -> found.addAll(objects(child)));
        return found;
    }
}
