package cofferdam.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.Figure;
import cofferdam.analysis.Judgement;
import cofferdam.analysis.Verdict;
import cofferdam.monitor.Monitor;
import cofferdam.monitor.Monitors;
import cofferdam.monitor.policy.MemoryPolicy;
import cofferdam.monitor.policy.MemoryPolicy.Sharing;
import cofferdam.monitor.policy.MemoryPolicy.Swap;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.policy.Policy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** What leaks through memory, under policies that differ in one key. */
class MemoryLeaksTest {

    private static final Monitor EMULATED = Monitors.all().getFirst();
    private static final Policy HARDENED = Policies.builtIn("hardened").orElseThrow();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            inter-vm                | violated
            inter-vm constant       | upheld
            salted vm1=a,vm2=a      | violated
            salted vm1=a,vm2=b      | upheld
            salted                  | upheld
            intra-vm                | upheld
            zero-page               | upheld
            none                    | upheld
            """)
    void theProbeAndTheChannelWorkWherePagesAreShared(String keys, String verdict) {
        assertThat(verdict(run("dedup-probe", keys, 1))).isEqualTo(verdict);
        assertThat(verdict(run("covert-channel", keys, 1))).isEqualTo(verdict);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void sharedPagesAreToldFromPrivateOnesWithUnderOnePercentWrong(long seed) {
        Judgement judgement = run("dedup-probe", "inter-vm", seed);

        assertThat(verdict(judgement)).isEqualTo("violated");
        assertThat(figure(judgement, "error-rate")).isLessThan(1);
        assertThat(figure(judgement, "median-held")).isBetween(4000.0, 6000.0);
        assertThat(figure(judgement, "median-not-held")).isBetween(50.0, 200.0);
    }

    @ParameterizedTest
    @CsvSource({"none", "salted vm1=a,vm2=b", "inter-vm constant", "intra-vm", "zero-page"})
    void elsewhereTheProbeIsAtChance(String keys) {
        for (long seed = 1; seed <= 5; seed++) {
            Judgement judgement = run("dedup-probe", keys, seed);

            // Three standard deviations are exceeded by chance in one run of some 200.
            assertThat(judgement.verdict())
                    .as("seed %d", seed)
                    .isIn(Verdict.UPHELD, Verdict.INCONCLUSIVE);
            assertThat(figure(judgement, "error-rate")).as("seed %d", seed).isBetween(45.0, 55.0);
            assertThat(figure(judgement, "area-under-curve"))
                    .as("seed %d", seed)
                    .isBetween(0.45, 0.55);
        }
    }

    @Test
    void theChannelReportsItsRateAndItsErrors() {
        Judgement judgement = run("covert-channel", "inter-vm", 1);

        assertThat(figure(judgement, "bit-rate")).isBetween(50.0, 200.0);
        assertThat(figure(judgement, "error-rate")).isLessThan(1);
        assertThat(figure(judgement, "capacity")).isBetween(45.0, 200.0);
        assertThat(judgement.figures())
                .contains(new Figure("bits", "2048", ""))
                .extracting(Figure::unit)
                .contains("bit/s", "%");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            none                       | residual-memory  | violated
            none zero-allocate         | residual-memory  | upheld
            none zero-free             | residual-memory  | upheld
            inter-vm                   | residual-memory  | violated
            inter-vm zero-free         | residual-memory  | upheld
            none balloon               | residual-balloon | violated
            none balloon zero-allocate | residual-balloon | upheld
            none balloon zero-free     | residual-balloon | upheld
            none                       | residual-balloon | not-applicable
            none plain                 | residual-swap    | violated
            none encrypted             | residual-swap    | upheld
            none                       | residual-swap    | not-applicable
            none plain reserved        | residual-swap    | not-applicable
            none balloon reserved      | residual-balloon | not-applicable
            """)
    void whatIsLeftBehindFollowsFromThePolicy(String keys, String scenario, String verdict) {
        for (long seed = 1; seed <= 3; seed++) {
            assertThat(verdict(run(scenario, keys, seed))).as("seed %d", seed).isEqualTo(verdict);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dedup-probe",
                "covert-channel",
                "residual-memory",
                "residual-balloon",
                "residual-swap"
            })
    void theHardenedPolicyUpholdsOrHasNoSuchBoundary(String scenario) {
        Judgement judgement = ScenarioRunner.run(scenario(scenario), HARDENED, EMULATED, 1)
                .judgements()
                .getFirst();

        assertThat(judgement.verdict())
                .as(judgement.reason())
                .isIn(Verdict.UPHELD, Verdict.NOT_APPLICABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"covert-channel", "residual-swap"})
    void theSameSeedGivesTheSameBytes(String scenario) {
        Policy policy = policy("inter-vm plain");
        SortedMap<String, byte[]> first =
                ScenarioRunner.run(scenario(scenario), policy, EMULATED, 3).files();
        SortedMap<String, byte[]> second =
                ScenarioRunner.run(scenario(scenario), policy, EMULATED, 3).files();

        assertThat(second.keySet()).isEqualTo(first.keySet());
        second.forEach((file, bytes) ->
                assertThat(Arrays.equals(bytes, first.get(file))).as(file).isTrue());
    }

    private static Judgement run(String scenario, String keys, long seed) {
        return ScenarioRunner.run(scenario(scenario), policy(keys), EMULATED, seed)
                .judgements()
                .getFirst();
    }

    private static String verdict(Judgement judgement) {
        boolean undecided =
                judgement.verdict() == Verdict.INCONCLUSIVE || judgement.verdict() == Verdict.ERROR;
        String word = judgement.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return undecided ? "%s: %s".formatted(word, judgement.reason()) : word;
    }

    private static double figure(Judgement judgement, String name) {
        return judgement.figures().stream()
                .filter(figure -> figure.name().equals(name))
                .mapToDouble(figure -> Double.parseDouble(figure.value()))
                .findFirst()
                .orElseThrow();
    }

    private static Scenario scenario(String name) {
        return Scenarios.builtIn().named(name).orElseThrow();
    }

    /** The hardened policy but for its memory: whose pages are shared, in which groups, and what is on. */
    private static Policy policy(String keys) {
        List<String> words = List.of(keys.split(" "));
        SortedMap<String, String> groups = new TreeMap<>();
        words.stream()
                .filter(word -> word.contains("="))
                .flatMap(word -> Arrays.stream(word.split(",")))
                .map(group -> group.split("="))
                .forEach(group -> groups.put(group[0], group[1]));
        Swap swap = words.contains("encrypted") ? Swap.ENCRYPTED : Swap.NONE;
        return HARDENED.withMemory(new MemoryPolicy(
                Sharing.valueOf(words.getFirst().toUpperCase(Locale.ROOT).replace('-', '_')),
                groups,
                /* scanRate= */ 10_000,
                /* overcommit= */ 100,
                /* limit= */ 100,
                words.contains("reserved") ? 100 : 0,
                new TreeMap<>(),
                words.contains("balloon"),
                words.contains("plain") ? Swap.PLAIN : swap,
                words.contains("zero-allocate"),
                words.contains("zero-free"),
                words.contains("constant")));
    }
}
