package cofferdam.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.Monitor;
import cofferdam.monitor.Monitors;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.policy.Policy;
import cofferdam.scenarios.Scenario;
import cofferdam.scenarios.Scenarios;
import cofferdam.scenarios.comparison.Comparing;
import cofferdam.scenarios.comparison.Comparison;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

final class CompareCommandTest {

    private static final String[] TWO = {
        "compare", "arp-poisoning", "--policy", "esx-1.5.2", "--policy", "hardened"
    };

    @TempDir
    private Path folder;

    @Test
    void oneCommandTellsWhichToRunAndWhy() {
        Program.Finished finished = Program.run(TWO);
        assertThat(finished.exitCode()).isZero();
        assertThat(finished.err()).isEmpty();
        assertThat(finished.out().lines())
                .anyMatch(line ->
                        line.contains("hardened holds everything that esx-1.5.2 holds, and more"))
                .anyMatch(line -> line.matches(
                        "  arp-poisoning · arp-integrity +VIOLATED +upheld +network\\.arp-inspection:"
                                + ".* in esx-1\\.5\\.2"))
                .anyMatch(line -> line.matches("  esx-1\\.5\\.2 +[0-9]+ of [0-9]+ +0 .*"));
        assertThat(finished.out()).doesNotContain("\u001b");
    }

    @Test
    void wantedPropertiesAreGivenAsYamlThatWorks() throws IOException {
        Program.Finished finished = Program.run(with(
                TWO,
                "--want",
                "arp-integrity",
                "--want",
                "traffic-confidentiality",
                "--format",
                "json"));
        assertThat(finished.exitCode()).isZero();
        JsonNode document = new JsonMapper().readTree(finished.out());
        assertThat(document.at("/suggestions/0/found").asBoolean()).isTrue();
        assertThat(document.at("/suggestions/1/changes").size()).isZero();
        Path changed = folder.resolve("changed.yaml");
        Files.writeString(
                changed,
                "policy: changed\nbased-on: esx-1.5.2\n"
                        + document.at("/suggestions/0/yaml").asString());
        Program.Finished again = Program.run(
                "compare",
                "arp-poisoning",
                "--policy",
                "esx-1.5.2",
                "--policy",
                changed.toString());
        assertThat(again.out()).contains("changed holds everything that esx-1.5.2 holds, and more");
    }

    @Test
    void thatNothingGivesAWantedPropertyIsAFailure() {
        Program.Finished finished = Program.run(
                "compare",
                "host-capture",
                "--policy",
                "virtual-server-1.0",
                "--policy",
                "esx-1.5.2",
                "--want",
                "host-traffic-confidentiality");
        assertThat(finished.exitCode()).isEqualTo(1);
        assertThat(finished.out())
                .contains("no set of up to 16 changes that was tried does all of it")
                .contains("not reached: host-capture · host-traffic-confidentiality");
    }

    @Test
    void oneWantTakesSeveralProperties() {
        Program.Finished finished = Program.run(
                with(TWO, "--want", "arp-integrity", "traffic-confidentiality", "--quiet"));

        assertThat(finished.exitCode()).isZero();
        assertThat(finished.out()).contains("wanted: arp-integrity, traffic-confidentiality");
    }

    @Test
    void everyFormIsPrinted() {
        assertThat(Program.run(with(TWO, "--format", "csv")).out())
                .startsWith("scenario,property,subject,observer,policy,verdict,accepted,reason\r\n")
                .contains("\r\narp-poisoning,arp-integrity,vm1<->source,,hardened,upheld,");
        assertThat(Program.run(with(TWO, "--format", "markdown")).out())
                .startsWith("# Comparison of esx-1.5.2, hardened\n");
        assertThat(Program.run(with(TWO, "--format", "html")).out())
                .startsWith("<!DOCTYPE html>")
                .contains("Content-Security-Policy");
    }

    @Test
    void whatCannotBeComparedIsSaid() {
        assertThat(problem("compare", "--policy", "hardend", "--policy", "physical"))
                .contains("did you mean 'hardened'?");
        assertThat(problem("compare", "--policy", "hardened"))
                .contains("names one policy, 'hardened'; a comparison needs two at least");
        assertThat(problem(with(TWO, "--between", "esx-1.5.2,physical")))
                .contains("'physical' is not one of the compared policies (esx-1.5.2, hardened)");
        assertThat(problem(with(TWO, "--between", "hardened,hardened")))
                .contains("--between takes two different policies");
        assertThat(problem(with(TWO, "--between", "hardened")))
                .contains("--between takes two different policies");
        assertThat(problem(with(TWO, "--want", "arp-integritty")))
                .contains("no chosen scenario asks for property 'arp-integritty'")
                .contains("did you mean 'arp-integrity'?");
        assertThat(problem(with(TWO, "--seed", "-1"))).contains("--seed -1 is negative");
        assertThat(problem(with(TWO, "--format", "sarif"))).contains("sarif");
        assertThat(problem("compare", "arp-poisonin")).contains("did you mean 'arp-poisoning'?");
    }

    @Test
    void anUndecidedVerdictIsNotAsGoodAsADecidedOne() throws IOException {
        Path scenario = folder.resolve("dead.yaml");
        Files.writeString(scenario, """
                scenario: dead
                summary: Nobody says a word
                properties:
                  - {property: connectivity, subject: [vm1, source]}
                steps:
                  - wait: 1s
                """);
        Program.Finished finished = Program.run(
                "compare", scenario.toString(), "--policy", "esx-1.5.2", "--policy", "hardened");
        assertThat(finished.exitCode()).isEqualTo(3);
        assertThat(finished.out())
                .contains("of hardened, 1 property is undecided, of which nothing can be said");
    }

    @Test
    void moreThanThreePoliciesAreExplainedAgainstTheFirstOrAsAsked() {
        String[] four = {
            "compare", "promiscuous-capture",
            "--policy", "physical",
            "--policy", "esx-1.5.2",
            "--policy", "virtual-server-1.0",
            "--policy", "hardened",
            "--format", "json"
        };
        assertThat(pairs(four))
                .containsExactly(
                        "physical esx-1.5.2", "physical virtual-server-1.0", "physical hardened");
        assertThat(pairs(with(four, "--between", "hardened,esx-1.5.2")))
                .containsExactly("hardened esx-1.5.2");
    }

    @Test
    void nothingDependsOnHowManyRunSideBySideOrInWhichOrder() {
        List<Scenario> scenarios = List.of(
                scenario("promiscuous-capture"),
                scenario("mac-spoofing"),
                scenario("image-rollback"));
        List<Policy> policies = List.of(policy("esx-1.5.2"), policy("hardened"));
        Comparison alone = compare(scenarios, policies, 1);
        assertThat(compare(scenarios, policies, 4)).isEqualTo(alone);
        List<Scenario> reversed = new ArrayList<>(scenarios).reversed();
        Comparison backward = compare(reversed, policies, 3);
        assertThat(backward.matrix().rows())
                .containsExactlyInAnyOrderElementsOf(alone.matrix().rows());
        assertThat(backward.pairings().getFirst().differences())
                .containsExactlyInAnyOrderElementsOf(alone.pairings().getFirst().differences());
        assertThat(backward.costs())
                .extracting(cost -> cost.traffic())
                .isEqualTo(alone.costs().stream().map(cost -> cost.traffic()).toList());
    }

    private static Comparison compare(
            List<Scenario> scenarios, List<Policy> policies, int threads) {
        Monitor emulated = Monitors.named("emulated").orElseThrow();
        try (ParallelTrials trials = new ParallelTrials(emulated, 1, threads, false)) {
            return new Comparing(
                            scenarios,
                            policies,
                            Comparing.everyTwo(policies),
                            List.of("mac-authenticity"),
                            Policies.all(),
                            "emulated",
                            1,
                            LocalDate.EPOCH)
                    .compare(trials);
        }
    }

    private static Scenario scenario(String name) {
        return Scenarios.builtIn().named(name).orElseThrow();
    }

    private static Policy policy(String name) {
        return Policies.builtIn(name).orElseThrow();
    }

    private static List<String> pairs(String... arguments) {
        return new JsonMapper()
                .readTree(Program.run(arguments).out())
                .at("/differences")
                .valueStream()
                .map(pair ->
                        pair.at("/first").asString() + " " + pair.at("/second").asString())
                .toList();
    }

    private static String problem(String... arguments) {
        Program.Finished finished = Program.run(arguments);
        assertThat(finished.exitCode()).as(String.join(" ", arguments)).isEqualTo(2);
        assertThat(finished.out()).isEmpty();
        return finished.err();
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
    }
}
