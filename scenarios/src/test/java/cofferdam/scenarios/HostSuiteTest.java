package cofferdam.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.Judgement;
import cofferdam.analysis.Verdict;
import cofferdam.monitor.Monitor;
import cofferdam.monitor.Monitors;
import cofferdam.monitor.policy.ManagementPolicy;
import cofferdam.monitor.policy.MonitorPolicy;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.policy.Policy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** What the host's operating system finds of its guests, under policies that differ in one key. */
class HostSuiteTest {

    private static final Monitor EMULATED = Monitors.all().getFirst();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            host-memory-read       | physical           | not-applicable
            host-memory-read       | esx-1.5.2          | upheld
            host-memory-read       | virtual-server-1.0 | violated
            host-memory-read       | hardened           | upheld
            host-process-tampering | physical           | not-applicable not-applicable
            host-process-tampering | esx-1.5.2          | upheld not-applicable
            host-process-tampering | virtual-server-1.0 | violated upheld
            host-process-tampering | hardened           | upheld not-applicable
            management-takeover    | physical           | not-applicable
            management-takeover    | esx-1.5.2          | violated
            management-takeover    | virtual-server-1.0 | violated
            management-takeover    | hardened           | upheld
            """)
    void theVerdictFollowsFromThePolicy(String scenario, String policy, String verdicts) {
        assertThat(verdicts(scenario, policy(policy))).isEqualTo(verdicts);
    }

    static List<String> none() {
        return List.of();
    }

    private static String verdicts(String scenario, Policy policy) {
        return run(scenario, policy).judgements().stream()
                .map(HostSuiteTest::word)
                .collect(Collectors.joining(" "));
    }

    private static String word(Judgement judgement) {
        boolean answered = judgement.verdict() != Verdict.INCONCLUSIVE
                && judgement.verdict() != Verdict.ERROR;
        String word = judgement.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return answered ? word : word + ": " + judgement.reason();
    }

    private static ScenarioRunner.Finished run(String scenario, Policy policy) {
        return ScenarioRunner.run(
                Scenarios.builtIn().named(scenario).orElseThrow(), policy, EMULATED, 1);
    }

    private static Policy policy(String name) {
        return Policies.builtIn(name).orElseThrow();
    }
}
