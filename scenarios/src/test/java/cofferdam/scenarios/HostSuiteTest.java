package cofferdam.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.EvidenceReference;
import cofferdam.analysis.ImageReference;
import cofferdam.analysis.Judgement;
import cofferdam.analysis.Verdict;
import cofferdam.monitor.Monitor;
import cofferdam.monitor.Monitors;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.EventLog;
import cofferdam.monitor.evidence.EvidenceException;
import cofferdam.monitor.policy.DiskPolicy;
import cofferdam.monitor.policy.ManagementPolicy;
import cofferdam.monitor.policy.MonitorPolicy;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.yaml.InvalidFileException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            host-memory-read       | TYPE_I  | memory         | violated
            host-memory-read       | TYPE_I  | process        | upheld
            host-memory-read       | TYPE_II | memory process | violated
            host-memory-read       | TYPE_II | process        | upheld
            host-process-tampering | TYPE_I  | memory         | upheld not-applicable
            host-process-tampering | TYPE_I  | process        | violated upheld
            host-process-tampering | TYPE_II | process        | violated upheld
            """)
    void whatTheConsoleSeesDecides(
            String scenario, MonitorPolicy.Type type, String sees, String verdicts) {
        Policy policy = policy("hardened")
                .withMonitor(new MonitorPolicy(
                        type, false, sees.contains("memory"), sees.contains("process")));

        assertThat(verdicts(scenario, policy)).isEqualTo(verdicts);
    }

    @ParameterizedTest
    @CsvSource({
        "AUDITOR, true, upheld",
        "OPERATOR, true, upheld",
        "ADMINISTRATOR, true, violated",
        "AUDITOR, false, violated",
        "ADMINISTRATOR, false, violated"
    })
    void theRoleAndTheLockDecideWhoManages(
            ManagementPolicy.Role role, boolean lock, String verdict) {
        Policy hardened = policy("hardened");
        DiskPolicy disk = hardened.disk();
        Policy policy = withRole(
                lock
                        ? hardened
                        : hardened.withDisk(new DiskPolicy(
                                disk.format(),
                                disk.encryption(),
                                disk.integrity(),
                                disk.zeroOnAllocate(),
                                disk.probeFormat(),
                                false,
                                disk.rateLimit())),
                role);

        assertThat(verdicts("management-takeover", policy)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "handle", "thread", "memory-map"})
    void whicheverThingsOfOneGuestAreTakenTheOtherLivesOn(String resource)
            throws InvalidFileException {
        String text = ScenarioFile.write(
                Scenarios.builtIn().named("host-process-tampering").orElseThrow());
        Scenario chosen = ScenarioFile.parse(
                "chosen.yaml",
                text.replace("resource: all", "resource: " + resource)
                        .getBytes(StandardCharsets.UTF_8),
                Vocabulary.builtIn());
        assertThat(chosen.steps().toString()).contains("resource=" + resource);
        List<Judgement> judgements = ScenarioRunner.run(
                        chosen, policy("virtual-server-1.0"), EMULATED, 1)
                .judgements();

        assertThat(judgements)
                .extracting(HostSuiteTest::word)
                .containsExactly("violated", "upheld");
    }

    @ParameterizedTest
    @CsvSource({
        "host-memory-read, esx-1.5.2, upheld",
        "host-process-tampering, virtual-server-1.0, violated upheld",
        "management-takeover, hardened, upheld"
    })
    void theVerdictsDoNotDependOnTheSeed(String scenario, String policy, String verdicts) {
        for (long seed : List.of(2L, 0xffff_ffff_ffff_ffffL)) {
            assertThat(words(run(scenario, policy(policy), seed)))
                    .as("seed %d", seed)
                    .isEqualTo(verdicts);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "host-memory-read, virtual-server-1.0",
        "host-process-tampering, virtual-server-1.0",
        "management-takeover, esx-1.5.2"
    })
    void theSameSeedGivesTheSameBytes(String scenario, String policy) {
        SortedMap<String, byte[]> first = run(scenario, policy(policy)).files();
        SortedMap<String, byte[]> second = run(scenario, policy(policy)).files();

        assertThat(second.keySet()).isEqualTo(first.keySet());
        second.forEach((file, bytes) ->
                assertThat(Arrays.equals(bytes, first.get(file))).as(file).isTrue());
    }

    /** The proof of a breach is in the bundle: the secret lies where the verdict points. */
    @Test
    void theOffsetsOfAViolationAreThoseOfTheSecret() throws EvidenceException {
        ScenarioRunner.Finished finished = run("host-memory-read", policy("virtual-server-1.0"));
        byte[] secret = EventLog.read(finished.files().get("events.jsonl")).stream()
                .filter(Event.SecretRemembered.class::isInstance)
                .map(event -> ((Event.SecretRemembered) event).canary().value())
                .findFirst()
                .orElseThrow()
                .getBytes(StandardCharsets.US_ASCII);
        List<EvidenceReference> evidence = finished.judgements().getFirst().evidence();

        assertThat(evidence).hasSize(2).allSatisfy(reference -> {
            ImageReference image = (ImageReference) reference;
            byte[] bytes = finished.files().get(image.file());
            assertThat(image.offsets()).hasSize(4).allSatisfy(offset -> {
                int at = Math.toIntExact(offset);
                assertThat(Arrays.copyOfRange(bytes, at, at + secret.length)).isEqualTo(secret);
            });
        });
    }

    private static Policy withRole(Policy policy, ManagementPolicy.Role role) {
        return new Policy(
                policy.name(),
                policy.summary(),
                policy.sources(),
                policy.monitor(),
                policy.network(),
                policy.disk(),
                policy.memory(),
                policy.processor(),
                policy.devices(),
                new ManagementPolicy(role),
                policy.accepted());
    }

    private static String verdicts(String scenario, Policy policy) {
        return words(run(scenario, policy));
    }

    private static String words(ScenarioRunner.Finished finished) {
        return finished.judgements().stream()
                .map(HostSuiteTest::word)
                .collect(Collectors.joining(" "));
    }

    private static String word(Judgement judgement) {
        boolean answered =
                judgement.verdict() != Verdict.INCONCLUSIVE && judgement.verdict() != Verdict.ERROR;
        String word = judgement.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return answered ? word : word + ": " + judgement.reason();
    }

    private static ScenarioRunner.Finished run(String scenario, Policy policy) {
        return run(scenario, policy, 1);
    }

    private static ScenarioRunner.Finished run(String scenario, Policy policy, long seed) {
        return ScenarioRunner.run(
                Scenarios.builtIn().named(scenario).orElseThrow(), policy, EMULATED, seed);
    }

    private static Policy policy(String name) {
        return Policies.builtIn(name).orElseThrow();
    }
}
