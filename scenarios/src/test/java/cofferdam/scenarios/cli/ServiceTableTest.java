package cofferdam.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.Figure;
import cofferdam.analysis.Judgement;
import cofferdam.analysis.Question;
import cofferdam.analysis.Verdict;
import cofferdam.scenarios.result.PropertyResult;
import cofferdam.scenarios.result.RunResult;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

final class ServiceTableTest {

    private static RunResult run(String scenario, String policy, Figure... figures) {
        Question question = new Question("performance-isolation", List.of("vm2"), "");
        Judgement judgement =
                new Judgement(question, Verdict.UPHELD, "", List.of(), List.of(figures));
        return new RunResult(
                scenario,
                policy,
                "emulated",
                1,
                List.of(new PropertyResult(judgement, null, null)),
                null,
                Duration.ZERO);
    }

    private static Figure good(String value, String unit) {
        return new Figure("good-degradation", value, unit);
    }

    private static Figure bad(String value, String unit) {
        return new Figure("bad-degradation", value, unit);
    }

    @Test
    void everyScenarioHasARowAndEveryPolicyAColumn() {
        List<String> lines = new ServiceTable(List.of(
                        run("noisy-fork", "esx", good("0.0", "%"), bad("did not report", "")),
                        run("noisy-fork", "hardened", good("0.0", "%"), bad("9.3", "%")),
                        run("noisy-disk", "esx", good("did not report", ""), bad("12.0", "%")),
                        run("noisy-disk", "hardened", good("1.5", "%"))))
                .lines();

        assertThat(lines)
                .containsExactly(
                        "service lost, good / bad machine  esx                      hardened",
                        "noisy-fork                        0.0 % / did not report   0.0 % / 9.3 %",
                        "noisy-disk                        did not report / 12.0 %  1.5 % / not measured");
    }

    @Test
    void aRunWithoutFiguresLeavesItsCellEmpty() {
        List<String> lines = new ServiceTable(List.of(
                        run("noisy-fork", "esx", good("0.0", "%"), bad("0.0", "%")),
                        run("noisy-disk", "esx"),
                        run("noisy-disk", "hardened", good("0.0", "%"), bad("0.0", "%"))))
                .lines();

        assertThat(lines.getLast())
                .isEqualTo("noisy-disk                                       0.0 % / 0.0 %");
    }

    @Test
    void withoutAnyMeasurementThereIsNoTable() {
        assertThat(new ServiceTable(List.of(run("arp-poisoning", "esx"))).lines())
                .isEmpty();
    }
}
