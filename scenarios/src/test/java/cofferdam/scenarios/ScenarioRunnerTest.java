package cofferdam.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.Judgement;
import cofferdam.analysis.Verdict;
import cofferdam.monitor.Host;
import cofferdam.monitor.HostSetup;
import cofferdam.monitor.Machine;
import cofferdam.monitor.Monitor;
import cofferdam.monitor.Monitors;
import cofferdam.monitor.RefusedSetupException;
import cofferdam.monitor.SecuritySupport;
import cofferdam.monitor.Timeline;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.Evidence;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.yaml.InvalidFileException;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

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

    @Test
    void whatAHostTellsWhenItIsClosedComesBeforeTheEnd() throws InvalidFileException {
        ScenarioRunner.Finished finished = ScenarioRunner.run(
                scenario("login: {from: source, to: vm1}"), PHYSICAL, new Slow(), 1);
        String[] lines = new String(finished.files().get("events.jsonl"), StandardCharsets.UTF_8)
                .split("\n");
        assertThat(lines[lines.length - 2]).contains("frames-dropped");
        assertThat(lines[lines.length - 1]).contains("run-finished").contains("completed");
        assertThat(finished.judgements().getLast().verdict()).isEqualTo(Verdict.UPHELD);
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

    /** A monitor whose clock goes on while its host is closed. */
    private static final class Slow extends Named {
        @Override
        public Host start(HostSetup setup) throws RefusedSetupException {
            return new SlowHost(EMULATED.start(setup), setup.evidence());
        }
    }

    private record SlowHost(Host host, Evidence evidence) implements Host {
        @Override
        public List<Machine> machines() {
            return host.machines();
        }

        @Override
        public String absence(String name) {
            return host.absence(name);
        }

        @Override
        public void keepImages(String moment) {
            host.keepImages(moment);
        }

        @Override
        public Timeline timeline() {
            return host.timeline();
        }

        @Override
        public boolean await(BooleanSupplier condition, Duration limit) {
            return host.await(condition, limit);
        }

        @Override
        public void close() {
            long later = host.timeline().now() + 1;
            host.close();
            evidence.record(new Event.FramesDropped(later, "fabric", "vm1", "filter", 1, later));
        }
    }

    /** A monitor whose host never comes up. */
    private static final class Broken extends Named {
        @Override
        public Host start(HostSetup setup) {
            throw new IllegalStateException("the power failed");
        }
    }

    private abstract static class Named implements Monitor {
        @Override
        public String name() {
            return "other";
        }

        @Override
        public String summary() {
            return "another one";
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
    }
}
