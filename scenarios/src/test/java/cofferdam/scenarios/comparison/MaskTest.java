package cofferdam.scenarios.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.Judgement;
import cofferdam.monitor.Monitor;
import cofferdam.monitor.Monitors;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.policy.Policy;
import cofferdam.scenarios.Scenario;
import cofferdam.scenarios.ScenarioRunner;
import cofferdam.scenarios.Scenarios;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;

/** Real runs: what is masked must change no judgement. */
final class MaskTest {

    private static final Monitor EMULATED = Monitors.named("emulated").orElseThrow();

    private static final long SEED = 1;

    /** Of how many pairs one is tried, unless all are asked for. */
    private static final int SAMPLE = 13;

    /** Every scenario under every policy with the profile sweep, else a part that meets all of both. */
    static List<Trial> trials() {
        boolean all = Boolean.getBoolean("cofferdam.sweep");
        List<Trial> trials = new ArrayList<>();
        List<Scenario> scenarios = Scenarios.builtIn().all();
        List<Policy> policies = Policies.all();
        for (int s = 0; s < scenarios.size(); s++) {
            boolean slow = Scenarios.builtIn().suite(Scenarios.NOISY).contains(scenarios.get(s));
            for (int p = 0; p < policies.size(); p++) {
                if (all || (!slow && (5 * s + p) % SAMPLE == 0)) {
                    trials.add(new Trial(scenarios.get(s), policies.get(p)));
                }
            }
        }
        return trials;
    }

    @ParameterizedTest
    @MethodSource("trials")
    void aRunUnderTheMaskComesToTheSameAsOneWithout(Trial trial) {
        Outcome masked = new Laboratory(MaskTest::run).outcome(trial);
        Outcome whole = run(List.of(trial)).getFirst();
        assertThat(masked.judgements())
                .as("%s under %s", trial.scenario().name(), trial.policy().name())
                .isEqualTo(whole.judgements());
        assertThat(masked.traffic()).isEqualTo(whole.traffic());
    }

    @Test
    void scenariosOfDisksAndMemoryAreSilent() {
        List<String> loud = new ArrayList<>();
        Policy hardened = Policies.builtIn("hardened").orElseThrow();
        for (String name : List.of("image-string-search", "residual-disk", "residual-memory")) {
            Scenario scenario = Scenarios.builtIn().named(name).orElseThrow();
            if (!run(List.of(new Trial(scenario, hardened))).getFirst().silent()) {
                loud.add(name);
            }
        }
        assertThat(loud).isEmpty();
    }

    @Test
    void anOutcomeKeepsNoPointersIntoEvidence() {
        Scenario scenario = Scenarios.builtIn().named("arp-poisoning").orElseThrow();
        Policy esx = Policies.builtIn("esx-1.5.2").orElseThrow();
        Outcome outcome = run(List.of(new Trial(scenario, esx))).getFirst();
        assertThat(outcome.silent()).isFalse();
        assertThat(outcome.judgements()).extracting(Judgement::evidence).containsOnly(List.of());
        assertThat(outcome.traffic().begun()).isGreaterThan(5);
    }

    private static List<Outcome> run(List<Trial> trials) {
        return trials.stream()
                .map(trial -> Outcome.of(
                        ScenarioRunner.judge(trial.scenario(), trial.policy(), EMULATED, SEED)))
                .toList();
    }
}
