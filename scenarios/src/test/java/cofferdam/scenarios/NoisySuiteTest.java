package cofferdam.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.Analysis;
import cofferdam.analysis.Figure;
import cofferdam.analysis.Judgement;
import cofferdam.analysis.RunFiles;
import cofferdam.analysis.Verdict;
import cofferdam.monitor.Monitor;
import cofferdam.monitor.Monitors;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.policy.PolicyFile;
import cofferdam.monitor.yaml.InvalidFileException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a guest notices of a neighbour that uses up what they share, on the emulated host. */
class NoisySuiteTest {

    private static final Monitor EMULATED = Monitors.all().getFirst();

    private static Policy policy(String name) {
        return Policies.builtIn(name).orElseThrow();
    }

    /** A built-in policy with some keys of a section changed. */
    private static Policy derived(String base, String section) throws InvalidFileException {
        String text =
                "policy: derived\nsummary: derived\nbased-on: %s\n%s\n".formatted(base, section);
        return PolicyFile.parse("derived.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    private static ScenarioRunner.Finished run(String scenario, Policy policy, long seed) {
        Scenario named = Scenarios.builtIn().named(scenario).orElseThrow();
        return ScenarioRunner.run(named, policy, EMULATED, seed);
    }

    private static Judgement judgement(String scenario, Policy policy) {
        return run(scenario, policy, 1).judgements().getFirst();
    }

    private static double figure(Judgement judgement, String name) {
        return judgement.figures().stream()
                .filter(figure -> figure.name().equals(name))
                .map(Figure::value)
                .mapToDouble(Double::parseDouble)
                .findFirst()
                .orElseThrow();
    }

    private static void assertVerdict(Judgement judgement, Verdict verdict) {
        assertThat(judgement.verdict()).as(judgement.reason()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            noisy-memory    | UPHELD   | UPHELD
            noisy-processor | UPHELD   | UPHELD
            noisy-fork      | UPHELD   | UPHELD
            noisy-disk      | VIOLATED | VIOLATED
            noisy-send      | VIOLATED | VIOLATED
            noisy-receive   | VIOLATED | VIOLATED
            """)
    void whatHasNoLimitIsUsedUpByOne(String scenario, Verdict esx, Verdict virtualServer) {
        assertVerdict(judgement(scenario, policy("esx-1.5.2")), esx);
        assertVerdict(judgement(scenario, policy("virtual-server-1.0")), virtualServer);
    }

    @ParameterizedTest
    @CsvSource({
        "noisy-memory",
        "noisy-processor",
        "noisy-fork",
        "noisy-disk",
        "noisy-send",
        "noisy-receive"
    })
    void separateMachinesAndHardenedHostsHoldAgainstEveryStressor(String scenario) {
        assertVerdict(judgement(scenario, policy("physical")), Verdict.UPHELD);
        assertVerdict(judgement(scenario, policy("hardened")), Verdict.UPHELD);
    }

    @ParameterizedTest
    @CsvSource({
        "noisy-disk, 'disk: {rate-limit: off}'",
        "noisy-send, 'network: {rate-limit: off}'",
        "noisy-receive, 'network: {rate-limit: off}'"
    })
    void withoutItsLimitAHardenedHostDoesNotHold(String scenario, String section)
            throws InvalidFileException {
        assertVerdict(judgement(scenario, derived("hardened", section)), Verdict.VIOLATED);
    }

    @ParameterizedTest
    @CsvSource({
        "noisy-disk, 'disk: {rate-limit: 8MiB}'",
        "noisy-send, 'network: {rate-limit: 2Mbit}'",
        "noisy-receive, 'network: {rate-limit: 2Mbit}'"
    })
    void withALimitAloneAnyHostHolds(String scenario, String section) throws InvalidFileException {
        assertVerdict(judgement(scenario, derived("esx-1.5.2", section)), Verdict.UPHELD);
    }

    @Test
    void sharesDecideWhoHasTheProcessor() throws InvalidFileException {
        Judgement poor = judgement(
                "noisy-processor", derived("esx-1.5.2", "cpu: {shares: {vm1: 1000000, vm2: 1}}"));

        assertVerdict(poor, Verdict.VIOLATED);
    }

    @Test
    void theNeighbourOfAForkBombReportsAndTheBombItselfDoesNot() {
        Judgement judgement = judgement("noisy-fork", policy("esx-1.5.2"));

        assertThat(figure(judgement, "good-degradation")).isZero();
        assertThat(judgement.figures())
                .contains(new Figure("bad-degradation", "did not report", ""));
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        SortedMap<String, byte[]> first =
                run("noisy-send", policy("hardened"), 3).files();
        SortedMap<String, byte[]> second =
                run("noisy-send", policy("hardened"), 3).files();

        assertThat(second.keySet()).isEqualTo(first.keySet());
        second.forEach((file, bytes) ->
                assertThat(Arrays.equals(bytes, first.get(file))).as(file).isTrue());
    }

    /** What the stressor is seen by is taken out of evidence that was upheld with it. */
    @ParameterizedTest
    @CsvSource({
        "noisy-send, captures/vm1.pcapng, ''",
        "noisy-receive, captures/vm1.pcapng, ''",
        "noisy-memory, events.jsonl, memory-sampled process-ended",
        "noisy-processor, events.jsonl, resources-sampled",
        "noisy-fork, events.jsonl, resources-sampled",
        "noisy-disk, events.jsonl, resources-sampled",
        "noisy-disk, events.jsonl, attack-reported"
    })
    void withoutTheMarkOfItsStressorARunIsInconclusive(String scenario, String file, String event) {
        Policy policy = policy("hardened");
        ScenarioRunner.Finished finished = run(scenario, policy, 1);
        SortedMap<String, byte[]> files = new TreeMap<>(finished.files());
        if (event.isEmpty()) {
            files.remove(file);
        } else {
            files.put(file, without(files.get(file), event));
        }
        Judgement judgement = finished.judgements().getFirst();
        assertVerdict(judgement, Verdict.UPHELD);

        assertVerdict(
                Analysis.judge(RunFiles.of(files), policy, List.of(judgement.question()))
                        .getFirst(),
                Verdict.INCONCLUSIVE);
    }

    private static byte[] without(byte[] events, String kinds) {
        StringBuilder left = new StringBuilder();
        new String(events, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> Arrays.stream(kinds.split(" "))
                        .noneMatch(kind -> line.contains("\"event\":\"%s\"".formatted(kind))))
                .forEach(line -> left.append(line).append('\n'));
        return left.toString().getBytes(StandardCharsets.UTF_8);
    }
}
