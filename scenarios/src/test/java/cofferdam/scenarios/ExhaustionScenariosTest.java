package cofferdam.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.EventReference;
import cofferdam.analysis.Figure;
import cofferdam.analysis.Judgement;
import cofferdam.analysis.Verdict;
import cofferdam.monitor.Monitor;
import cofferdam.monitor.Monitors;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.EventLog;
import cofferdam.monitor.policy.MemoryPolicy;
import cofferdam.monitor.policy.MemoryPolicy.Sharing;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.policy.Policy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** What the scenarios about exhausted and crashed guests find. */
class ExhaustionScenariosTest {

    private static final Monitor EMULATED = Monitors.all().getFirst();
    private static final String LEAK = "memory-exhaustion";

    @ParameterizedTest
    @CsvSource({
        "physical, UPHELD",
        "esx-1.5.2, VIOLATED",
        "virtual-server-1.0, UPHELD",
        "hardened, UPHELD"
    })
    void aLeakIsConfinedWhereNoPagesAreShared(String policy, Verdict confinement) {
        List<Judgement> judgements = run(LEAK, policy(policy), 1).judgements();

        assertThat(judgements)
                .extracting(Judgement::verdict)
                .as(judgements.toString())
                .containsExactly(confinement, Verdict.UPHELD);
    }

    @Test
    void underEsxTheGuestsUseMoreThanTheyAreConfiguredWithBecauseTheyShare() throws Exception {
        ScenarioRunner.Finished run = run(LEAK, policy("esx-1.5.2"), 1);
        Judgement judgement = run.judgements().getFirst();

        assertThat(judgement.reason()).contains("identical pages are shared");
        assertThat(figure(judgement, "used-sum"))
                .isGreaterThan(figure(judgement, "configured-sum"));
        assertThat(figure(judgement, "host-used")).isLessThan(figure(judgement, "configured-sum"));
        assertThat(figure(judgement, "shared")).isPositive();
        EventReference lines = (EventReference) judgement.evidence().getFirst();
        List<Event> events = EventLog.read(run.files().get("events.jsonl"));
        assertThat(lines.lines())
                .allSatisfy(line -> assertThat(events.get(line - 1))
                        .isInstanceOfSatisfying(Event.MemorySampled.class, sample -> {
                            assertThat(sample.subject()).isEqualTo("vm1");
                            assertThat(sample.used()).isGreaterThan(12L << 20);
                            assertThat(sample.frames()).isLessThan(12L << 20);
                        }));
    }

    @ParameterizedTest
    @CsvSource({"NONE, UPHELD", "INTRA_VM, VIOLATED", "INTER_VM, VIOLATED"})
    void nothingButSharingMakesTheDifferenceUnderEsx(Sharing sharing, Verdict confinement) {
        Policy esx = policy("esx-1.5.2");
        Policy changed = esx.withMemory(sharing(esx.memory(), sharing));

        Judgement judgement = run(LEAK, changed, 1).judgements().getFirst();

        assertThat(judgement.verdict()).as(judgement.reason()).isEqualTo(confinement);
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 77, -5})
    void theVerdictsDoNotDependOnTheSeed(long seed) {
        assertThat(run(LEAK, policy("esx-1.5.2"), seed).judgements())
                .extracting(Judgement::verdict)
                .containsExactly(Verdict.VIOLATED, Verdict.UPHELD);
        assertThat(run(LEAK, policy("virtual-server-1.0"), seed).judgements())
                .extracting(Judgement::verdict)
                .containsExactly(Verdict.UPHELD, Verdict.UPHELD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"physical", "esx-1.5.2", "virtual-server-1.0", "hardened"})
    void aCrashIsContainedHoweverItComes(String policy) {
        for (String scenario : List.of(
                "guest-crash",
                "guest-crash-kernel",
                "guest-crash-triple-fault",
                "guest-crash-hang")) {
            assertThat(run(scenario, policy(policy), 1).judgements())
                    .singleElement()
                    .satisfies(judgement -> assertThat(judgement.verdict())
                            .as("%s: %s", scenario, judgement.reason())
                            .isEqualTo(Verdict.UPHELD));
        }
    }

    @Test
    void theSameSeedGivesTheSamePlot() {
        ScenarioRunner.Finished first = run(LEAK, policy("esx-1.5.2"), 3);
        ScenarioRunner.Finished second = run(LEAK, policy("esx-1.5.2"), 3);

        for (String file : List.of("memory.csv", "memory.svg", "events.jsonl", "verdicts.json")) {
            assertThat(second.files().get(file))
                    .as(file)
                    .isEqualTo(first.files().get(file));
        }
    }

    private static double figure(Judgement judgement, String name) {
        return judgement.figures().stream()
                .filter(figure -> figure.name().equals(name))
                .map(Figure::value)
                .mapToDouble(Double::parseDouble)
                .findFirst()
                .orElseThrow();
    }

    private static MemoryPolicy sharing(MemoryPolicy memory, Sharing sharing) {
        return new MemoryPolicy(
                sharing,
                memory.groups(),
                memory.scanRate(),
                memory.overcommit(),
                memory.limit(),
                memory.reservation(),
                memory.shares(),
                memory.balloon(),
                memory.swap(),
                memory.zeroOnAllocate(),
                memory.zeroOnFree(),
                memory.constantLatency());
    }

    private static Policy policy(String name) {
        return Policies.builtIn(name).orElseThrow();
    }

    private static ScenarioRunner.Finished run(String scenario, Policy policy, long seed) {
        return ScenarioRunner.run(
                Scenarios.builtIn().named(scenario).orElseThrow(), policy, EMULATED, seed);
    }
}
