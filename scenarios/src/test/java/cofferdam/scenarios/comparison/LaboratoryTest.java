package cofferdam.scenarios.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.Verdict;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.policy.Policy;
import cofferdam.scenarios.Scenario;
import cofferdam.scenarios.comparison.Synthetic.Result;

import org.junit.jupiter.api.Test;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

final class LaboratoryTest {

    private static final Policy PLAIN = Synthetic.policy("plain");
    private static final Policy DISKS = Synthetic.policy("disks", "disk.zero-on-allocate: true");
    private static final Policy MEMORY = Synthetic.policy("memory", "memory.balloon: true");
    private static final Policy NETWORK =
            Synthetic.policy("network", "network.promiscuous: accept");
    private static final List<Policy> FOUR = List.of(PLAIN, DISKS, MEMORY, NETWORK);

    @Test
    void whatAScenarioCannotAskForMakesNoRunOfItsOwn() {
        Scenario talking = Synthetic.talking("talking");
        Scenario disks = Synthetic.quiet("disks", "disks: {vm1: 2MiB}");
        Scenario memory = Synthetic.quiet("memory", "memory: {vm1: 8MiB}");
        Synthetic silent = always(true);
        Synthetic.comparing(List.of(talking), FOUR).compare(silent);
        assertThat(silent.trials()).hasSize(2);
        Synthetic ofDisks = always(true);
        Synthetic.comparing(List.of(disks), FOUR).compare(ofDisks);
        assertThat(ofDisks.trials()).hasSize(2);
        Synthetic ofMemory = always(true);
        Synthetic.comparing(List.of(memory), FOUR).compare(ofMemory);
        assertThat(ofMemory.trials()).hasSize(2);
    }

    @Test
    void aRunThatWasNotSilentIsMadeAgainWithTheNetworkThatThePolicyHas() {
        Scenario quiet = Synthetic.quiet("quiet", "");
        Synthetic law = new Synthetic((scenario, keys) -> new Result(
                Map.of(
                        "traffic-confidentiality",
                        keys.get("network.promiscuous").equals("accept")
                                ? Verdict.VIOLATED
                                : Verdict.UPHELD),
                0,
                false));
        Comparison comparison =
                Synthetic.comparing(List.of(quiet), List.of(PLAIN, NETWORK)).compare(law);
        assertThat(comparison.matrix().rows().getFirst().cells())
                .extracting(Cell::verdict)
                .containsExactly(Verdict.UPHELD, Verdict.VIOLATED);
    }

    @Test
    void diskSettingsMatterWhereAHostWithMemoryHasASwapFile() {
        Scenario memory = Synthetic.quiet("memory", "memory: {vm1: 8MiB}");
        Policy swaps = Synthetic.policy("swaps", "memory.swap: plain");
        Policy locks = Synthetic.policy("locks", "memory.swap: plain", "disk.lock: true");
        Synthetic law = always(true);
        Synthetic.comparing(List.of(memory), List.of(swaps, locks)).compare(law);
        assertThat(law.trials()).hasSize(2);
    }

    @Test
    void namesAndAcceptancesAreNoPartOfARun() {
        Synthetic law = always(false);
        Synthetic.comparing(
                        List.of(Synthetic.talking("some")),
                        List.of(PLAIN, Synthetic.policy("other")))
                .compare(law);
        assertThat(law.trials()).hasSize(1);
    }

    @Test
    void theOrderOfPoliciesAndScenariosChangesNothingButTheOrder() {
        List<Scenario> scenarios = List.of(
                Synthetic.talking("a"),
                Synthetic.quiet("b", "disks: {vm1: 2MiB}"),
                Synthetic.quiet("c", "memory: {vm1: 8MiB}"));
        List<Policy> policies = new ArrayList<>(Policies.all());
        Comparison straight = explained(scenarios, policies);
        long seed = 20_26;
        for (int round = 0; round < 5; round++) {
            List<Scenario> shuffledScenarios = new ArrayList<>(scenarios);
            List<Policy> shuffledPolicies = new ArrayList<>(policies);
            Random random = new Random(seed + round);
            Collections.shuffle(shuffledScenarios, random);
            Collections.shuffle(shuffledPolicies, random);
            Comparison shuffled = explained(shuffledScenarios, shuffledPolicies);
            for (Policy policy : policies) {
                assertThat(shuffled.matrix().of(policy.name()))
                        .as("seed %d", seed + round)
                        .containsExactlyInAnyOrderElementsOf(straight.matrix().of(policy.name()));
            }
            assertThat(shuffled.pairings().getFirst().differences())
                    .as("seed %d", seed + round)
                    .containsExactlyInAnyOrderElementsOf(
                            straight.pairings().getFirst().differences());
            assertThat(shuffled.runs()).isEqualTo(straight.runs());
        }
    }

    private static Comparison explained(List<Scenario> scenarios, List<Policy> policies) {
        Comparing.Pair pair = new Comparing.Pair(
                Policies.builtIn("esx-1.5.2").orElseThrow(),
                Policies.builtIn("hardened").orElseThrow());
        Synthetic law = new Synthetic((scenario, keys) -> new Result(
                Map.of(
                        "traffic-confidentiality",
                        (scenario + keys).hashCode() % 3 == 0 ? Verdict.VIOLATED : Verdict.UPHELD),
                0,
                !scenario.equals("a")));
        return new Comparing(
                        scenarios,
                        policies,
                        List.of(pair),
                        List.of(),
                        List.of(),
                        "emulated",
                        1,
                        LocalDate.EPOCH)
                .compare(law);
    }

    private static Synthetic always(boolean silent) {
        return new Synthetic((scenario, keys) -> new Result(Map.of(), 0, silent));
    }
}
