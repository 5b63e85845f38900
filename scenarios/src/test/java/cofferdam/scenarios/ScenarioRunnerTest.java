package cofferdam.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.Judgement;
import cofferdam.analysis.Verdict;
import cofferdam.monitor.Host;
import cofferdam.monitor.HostSetup;
import cofferdam.monitor.Monitor;
import cofferdam.monitor.Monitors;
import cofferdam.monitor.SecuritySupport;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.yaml.InvalidFileException;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

class ScenarioRunnerTest {

    private static final Monitor EMULATED = Monitors.all().getFirst();
    private static final Policy PHYSICAL = Policies.builtIn("physical").orElseThrow();

    @Test
    void aMonitorThatFailsIsAnErrorAndNeverAPass() throws InvalidFileException {
        ScenarioRunner.Finished finished =
                ScenarioRunner.run(scenario("wait: 1s"), PHYSICAL, new Broken(), 1);
        assertThat(finished.judgements())
                .extracting(Judgement::verdict)
                .containsExactly(Verdict.ERROR, Verdict.ERROR);
        assertThat(finished.judgements().getFirst().reason()).contains("the power failed");
        assertThat(new String(finished.files().get("verdicts.json"), StandardCharsets.UTF_8))
                .contains("\"error\"");
    }

    @Test
    void aStepThatDoesNotEndInTimeIsInconclusive() throws InvalidFileException {
        Scenario slow = ScenarioFile.parse(
                "slow.yaml", """
                scenario: slow
                summary: a login over a cable that loses everything
                properties:
                  - {property: traffic-confidentiality, subject: [vm1, source], observer: vm2}
                  - {property: connectivity, subject: [vm1, source]}
                links: {loss: 100%}
                limit: 1s
                steps:
                  - start: {attack: promiscuous-capture, by: vm2}
                  - login: {from: source, to: vm1}
                """.getBytes(StandardCharsets.UTF_8), Vocabulary.builtIn());
        ScenarioRunner.Finished finished = ScenarioRunner.run(slow, PHYSICAL, EMULATED, 1);
        assertThat(finished.judgements().getFirst().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(new String(finished.files().get("events.jsonl"), StandardCharsets.UTF_8))
                .contains("timed-out")
                .contains("login source -> vm1 took longer than PT1S");
    }

    @Test
    void aRunWithoutAnAttackCannotUpholdConfidentiality() throws InvalidFileException {
        ScenarioRunner.Finished finished = ScenarioRunner.run(
                scenario("login: {from: source, to: vm1}"), PHYSICAL, EMULATED, 1);
        assertThat(finished.judgements().getFirst().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void theLastEventIsTheEndOfTheRun() throws InvalidFileException {
        ScenarioRunner.Finished finished = ScenarioRunner.run(
                scenario("login: {from: source, to: vm1}"), PHYSICAL, EMULATED, 1);
        String[] lines = new String(finished.files().get("events.jsonl"), StandardCharsets.UTF_8)
                .split("\n");
        assertThat(lines[lines.length - 1]).contains("run-finished").contains("completed");
    }

    private static Scenario scenario(String step) throws InvalidFileException {
        return ScenarioFile.parse(
                "test.yaml",
                """
                scenario: test
                summary: a test
                properties:
                  - {property: traffic-confidentiality, subject: [vm1, source], observer: vm2}
                  - {property: connectivity, subject: [vm1, source]}
                steps:
                  - %s
                """.formatted(step).getBytes(StandardCharsets.UTF_8),
                Vocabulary.builtIn());
    }

    /** A monitor whose host never comes up. */
    private record Broken() implements Monitor {
        @Override
        public String name() {
            return "broken";
        }

        @Override
        public String summary() {
            return "fails";
        }

        @Override
        public SecuritySupport securitySupport() {
            return new SecuritySupport(SecuritySupport.Claim.MODEL, "None.", "none");
        }

        @Override
        public Optional<String> unavailable() {
            return Optional.empty();
        }

        @Override
        public boolean repeatable() {
            return true;
        }

        @Override
        public Host start(HostSetup setup) {
            throw new IllegalStateException("the power failed");
        }
    }
}
