package cofferdam.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.Judgement;
import cofferdam.analysis.Verdict;
import cofferdam.monitor.Monitor;
import cofferdam.monitor.Monitors;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.yaml.InvalidFileException;
import cofferdam.scenarios.ScenarioRunner.Finished;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The suite spoofing on the emulated host. */
final class SpoofingSuiteTest {

    private static final Monitor EMULATED = Monitors.named("emulated").orElseThrow();

    /** What is about the guests' own talk, and not about what the network lets an adversary do. */
    private static final String COST = "connectivity";

    static List<Scenario> suite() {
        return Scenarios.builtIn().suite(Scenarios.SPOOFING);
    }

    /** Those that ask for something that a plain switch does not give. */
    static List<Scenario> withBoundary() {
        Set<String> floods = Set.of("unknown-unicast", "mac-flooding-sustained");
        Set<String> withoutNetworks = Set.of("vlan-hopping", "vlan-double-tagging");
        return suite().stream()
                .filter(scenario -> !floods.contains(scenario.name()))
                .filter(scenario -> !withoutNetworks.contains(scenario.name()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("suite")
    void everyProtectionTogetherUpholdsEverything(Scenario scenario) {
        for (Judgement judgement : judged(scenario, "hardened")) {
            assertThat(judgement.verdict())
                    .as("%s: %s", judgement.question().property(), judgement.reason())
                    .isEqualTo(Verdict.UPHELD);
        }
    }

    @ParameterizedTest
    @MethodSource("withBoundary")
    void aVirtualSwitchOutOfTheBoxUpholdsNothingAndLosesNothing(Scenario scenario) {
        for (Judgement judgement : judged(scenario, "esx-1.5.2")) {
            boolean cost = judgement.question().property().equals(COST);
            assertThat(judgement.verdict())
                    .as("%s: %s", judgement.question().property(), judgement.reason())
                    .isEqualTo(cost ? Verdict.UPHELD : Verdict.VIOLATED);
        }
    }

    @ParameterizedTest
    @MethodSource("suite")
    void otherSeedsGiveTheSameVerdicts(Scenario scenario) {
        for (String policy : List.of("hardened", "physical")) {
            List<Verdict> first = verdicts(run(scenario, policy, 1));
            for (long seed : new long[] {2, 7919, -1}) {
                assertThat(verdicts(run(scenario, policy, seed)))
                        .as("%s, seed %d", policy, seed)
                        .isEqualTo(first);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("suite")
    void theSameSeedGivesTheSameBytes(Scenario scenario) {
        Finished first = run(scenario, "physical", 3);
        Finished second = run(scenario, "physical", 3);
        assertThat(second.files().keySet()).isEqualTo(first.files().keySet());
        first.files()
                .forEach((name, bytes) ->
                        assertThat(second.files().get(name)).as(name).isEqualTo(bytes));
    }

    /** The false acknowledgement must come between two true messages, whatever the cables' delay. */
    @ParameterizedTest
    @ValueSource(strings = {"1us", "5us", "20us", "300us", "7ms", "90ms"})
    void theRogueServerWinsTheRaceHoweverLongTheCablesAre(String delay)
            throws InvalidFileException {
        Scenario scenario = Scenarios.builtIn().named("rogue-dhcp").orElseThrow();
        String text = ScenarioFile.write(scenario)
                .replaceFirst("(?m)^(\\s*)delay: .*$", "$1delay: " + delay);
        Scenario delayed = ScenarioFile.parse(
                "delayed", text.getBytes(StandardCharsets.UTF_8), Vocabulary.builtIn());
        assertThat(delayed.links().delay()).isEqualTo(durationOf(delay));
        for (String policy : List.of("physical", "esx-1.5.2", "vmware-server-default")) {
            assertThat(judged(delayed, policy).getFirst().verdict())
                    .as(policy)
                    .isEqualTo(Verdict.VIOLATED);
        }
    }

    private static Duration durationOf(String text) {
        return switch (text) {
            case "1us" -> Duration.ofNanos(1_000);
            case "5us" -> Duration.ofNanos(5_000);
            case "20us" -> Duration.ofNanos(20_000);
            case "300us" -> Duration.ofNanos(300_000);
            case "7ms" -> Duration.ofMillis(7);
            default -> Duration.ofMillis(90);
        };
    }

    private static List<Judgement> judged(Scenario scenario, String policy) {
        return run(scenario, policy, 1).judgements();
    }

    private static List<Verdict> verdicts(Finished finished) {
        return finished.judgements().stream().map(Judgement::verdict).toList();
    }

    private static Finished run(Scenario scenario, String policy, long seed) {
        Policy named = Policies.builtIn(policy).orElseThrow();
        return ScenarioRunner.run(scenario, named, EMULATED, seed);
    }
}
