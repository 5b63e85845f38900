package cofferdam.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.Judgement;
import cofferdam.analysis.Verdict;
import cofferdam.monitor.Monitor;
import cofferdam.monitor.Monitors;
import cofferdam.monitor.policy.DiskPolicy;
import cofferdam.monitor.policy.DiskPolicy.Encryption;
import cofferdam.monitor.policy.DiskPolicy.Format;
import cofferdam.monitor.policy.DiskPolicy.Integrity;
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

/** What the scenarios about disks find, under policies that differ in one key. */
class DiskSuiteTest {

    private static final Monitor EMULATED = Monitors.all().getFirst();
    private static final Policy HARDENED = Policies.builtIn("hardened").orElseThrow();

    @Test
    void everyPropertyOfEveryScenarioIsUpheldUnderTheHardenedPolicy() {
        for (Scenario scenario : Scenarios.builtIn().suite(Scenarios.DISK)) {
            assertThat(ScenarioRunner.run(scenario, HARDENED, EMULATED, 1).judgements())
                    .as(scenario.name())
                    .isNotEmpty()
                    .allSatisfy(judgement -> assertThat(judgement.verdict())
                            .as(judgement.reason())
                            .isEqualTo(Verdict.UPHELD));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            raw none none                     | image-string-search     | violated
            raw none none                     | image-corruption        | upheld
            raw none none                     | image-tampering         | violated
            raw none none                     | image-header-tampering  | violated
            raw none none                     | image-rollback          | violated
            raw none none                     | residual-disk           | violated violated
            raw none none                     | format-confusion        | upheld
            raw none none                     | snapshot-residue        | not-applicable
            raw none none zero                | residual-disk           | upheld upheld
            raw none none probe               | format-confusion        | violated
            qcow2 none none                   | image-string-search     | violated
            qcow2 none none                   | image-header-tampering  | upheld
            qcow2 none none                   | image-tampering         | violated
            qcow2 none none                   | format-confusion        | upheld
            qcow2 none none probe             | format-confusion        | upheld
            qcow2 none none                   | snapshot-residue        | violated
            qcow2 qcow2-luks none             | image-string-search     | upheld
            qcow2 qcow2-luks none             | snapshot-residue        | upheld
            qcow2 qcow2-luks none             | image-tampering         | violated
            qcow2 qcow2-luks none             | image-rollback          | violated
            qcow2 qcow2-luks aead             | image-tampering         | upheld
            vmdk none none                    | image-string-search     | violated
            vmdk none none                    | image-corruption        | upheld
            vhd none none                     | image-string-search     | violated
            vhd none none                     | image-corruption        | upheld
            raw luks2 none                    | image-string-search     | upheld
            raw luks2 none                    | image-tampering         | violated
            raw luks2 none                    | image-header-tampering  | upheld
            raw luks2 none                    | image-rollback          | violated
            raw none hash                     | image-string-search     | violated
            raw none hash                     | image-tampering         | upheld
            raw none hash                     | image-metadata-tampering| upheld
            raw none hash                     | image-rollback          | upheld
            raw none hash                     | image-truncation        | upheld
            raw none aead                     | image-string-search     | upheld
            raw none aead                     | image-tampering         | upheld
            raw none aead                     | image-rollback          | upheld
            raw none aead                     | residual-disk           | upheld upheld
            """)
    void theVerdictFollowsFromThePolicy(String keys, String scenario, String verdicts) {
        assertThat(verdicts(scenario, policy(keys), 1)).isEqualTo(verdicts);
    }

    @ParameterizedTest
    @CsvSource({"raw none none probe, VIOLATED", "raw none none, UPHELD", "qcow2 none none, UPHELD"
    })
    void aForgedVmdkDescriptorIsFollowedOnlyWhereFormatsAreGuessed(String keys, Verdict verdict)
            throws InvalidFileException {
        String text = ScenarioFile.write(scenario("format-confusion"));
        Scenario vmdk = ScenarioFile.parse(
                "vmdk.yaml",
                text.replace("format: qcow2", "format: vmdk").getBytes(StandardCharsets.UTF_8),
                Vocabulary.builtIn());
        assertThat(vmdk).isNotEqualTo(scenario("format-confusion"));
        assertThat(ScenarioRunner.run(vmdk, policy(keys), EMULATED, 1).judgements())
                .singleElement()
                .satisfies(judgement ->
                        assertThat(judgement.verdict()).as(judgement.reason()).isEqualTo(verdict));
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 0xffff_ffff_ffff_ffffL})
    void theVerdictsDoNotDependOnTheSeed(long seed) {
        assertThat(verdicts("image-string-search", policy("qcow2 none none"), seed))
                .isEqualTo("violated");
        assertThat(verdicts("image-corruption", policy("raw none none"), seed)).isEqualTo("upheld");
        assertThat(verdicts("image-tampering", policy("raw none none"), seed))
                .isEqualTo("violated");
    }

    @Test
    void separateMachinesHaveNoSuchBoundary() {
        Policy physical = Policies.builtIn("physical").orElseThrow();
        for (Scenario scenario : Scenarios.builtIn().suite(Scenarios.DISK)) {
            assertThat(ScenarioRunner.run(scenario, physical, EMULATED, 1).judgements())
                    .as(scenario.name())
                    .extracting(Judgement::verdict)
                    .containsOnly(Verdict.NOT_APPLICABLE);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            image-tampering  | qcow2 qcow2-luks aead
            residual-disk    | raw luks2 hash
            format-confusion | raw none none probe
            snapshot-residue | qcow2 none none
            """)
    void theSameSeedGivesTheSameBytes(String name, String keys) {
        SortedMap<String, byte[]> first =
                ScenarioRunner.run(scenario(name), policy(keys), EMULATED, 5).files();
        SortedMap<String, byte[]> second =
                ScenarioRunner.run(scenario(name), policy(keys), EMULATED, 5).files();
        assertThat(second.keySet()).contains("images.json").isEqualTo(first.keySet());
        second.forEach((file, bytes) ->
                assertThat(Arrays.equals(bytes, first.get(file))).as(file).isTrue());
    }

    @Test
    void anotherSeedGivesOtherImages() {
        Scenario scenario = scenario("image-string-search");
        Policy policy = policy("raw none none");
        assertThat(ScenarioRunner.run(scenario, policy, EMULATED, 1).files().get("images.json"))
                .isNotEqualTo(ScenarioRunner.run(scenario, policy, EMULATED, 2)
                        .files()
                        .get("images.json"));
    }

    private static String verdicts(String scenario, Policy policy, long seed) {
        return ScenarioRunner.run(scenario(scenario), policy, EMULATED, seed).judgements().stream()
                .map(judgement -> judgement.verdict() == Verdict.INCONCLUSIVE
                                || judgement.verdict() == Verdict.ERROR
                        ? judgement.verdict() + ": " + judgement.reason()
                        : word(judgement.verdict()))
                .collect(Collectors.joining(" "));
    }

    private static Scenario scenario(String name) {
        return Scenarios.builtIn().named(name).orElseThrow();
    }

    /** The hardened policy but for its disk: format, encryption, integrity, and what else is on. */
    private static Policy policy(String keys) {
        List<String> words = List.of(keys.split(" "));
        DiskPolicy disk = new DiskPolicy(
                Format.valueOf(constant(words.get(0))),
                Encryption.valueOf(constant(words.get(1))),
                Integrity.valueOf(constant(words.get(2))),
                words.contains("zero"),
                words.contains("probe"),
                false,
                0);
        return HARDENED.withDisk(disk);
    }

    private static String constant(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
