package cofferdam.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.yaml.InvalidFileException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

final class ScenariosTest {

    private static final Scenarios SCENARIOS = new Scenarios(FakeAttack.VOCABULARY);

    @TempDir
    private Path folder;

    static List<Scenario> ofTheNetwork() {
        return SCENARIOS.suite(Scenarios.NETWORK);
    }

    @Test
    void theSuitesHaveTheirScenarios() {
        assertThat(SCENARIOS.suite("core"))
                .extracting(Scenario::name)
                .containsExactly(
                        "image-string-search",
                        "image-corruption",
                        "image-tampering",
                        "promiscuous-capture",
                        "host-capture",
                        "arp-poisoning",
                        "memory-exhaustion",
                        "guest-crash",
                        "host-memory-read",
                        "host-process-tampering",
                        "management-takeover",
                        "device-visibility");
        assertThat(SCENARIOS.suite("disk"))
                .extracting(Scenario::name)
                .containsExactly(
                        "image-string-search",
                        "image-corruption",
                        "image-tampering",
                        "image-metadata-tampering",
                        "image-header-tampering",
                        "image-truncation",
                        "image-rollback",
                        "residual-disk",
                        "format-confusion",
                        "snapshot-residue");
        assertThat(SCENARIOS.suite("network"))
                .extracting(Scenario::name)
                .containsExactly(
                        "promiscuous-capture",
                        "host-capture",
                        "arp-poisoning",
                        "mac-flooding",
                        "mac-spoofing",
                        "port-stealing");
        assertThat(SCENARIOS.suite("spoofing"))
                .extracting(Scenario::name)
                .containsExactly(
                        "ip-spoofing",
                        "ip-spoofing-reversed",
                        "ip-spoofing-unspecified",
                        "ip-spoofing-tagged",
                        "ip-spoofing-ipv6",
                        "first-moments",
                        "arp-spoofing-ip",
                        "arp-spoofing-mac",
                        "nd-spoofing",
                        "rogue-dhcp",
                        "rogue-router",
                        "host-spoofing",
                        "vlan-hopping",
                        "vlan-double-tagging",
                        "guest-contact",
                        "unknown-unicast",
                        "mac-flooding-sustained");
        assertThat(SCENARIOS.suite("other")).isEmpty();
    }

    @Test
    void aSuiteANameOrAPathIsLoaded() throws Exception {
        assertThat(SCENARIOS.load("core")).isEqualTo(SCENARIOS.suite("core")).hasSize(12);
        assertThat(SCENARIOS.load("mac-flooding"))
                .containsExactly(SCENARIOS.named("mac-flooding").orElseThrow());
        Path path = folder.resolve("mine.yaml");
        Files.writeString(path, ScenarioFile.write(SCENARIOS.all().getFirst()));
        assertThat(SCENARIOS.load(path.toString()))
                .containsExactly(SCENARIOS.all().getFirst());
        assertThatThrownBy(() -> SCENARIOS.load("mac-floding"))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageEndingWith("nor a file; did you mean 'mac-flooding'?");
    }

    @ParameterizedTest
    @MethodSource("ofTheNetwork")
    void everyScenarioAlsoAsksWhetherTheNetworkWorked(Scenario scenario) {
        assertThat(scenario.properties())
                .extracting(PropertyCheck::property)
                .contains("connectivity");
    }

    @ParameterizedTest
    @MethodSource("ofTheNetwork")
    void theObserversVantageIsProvedAliveBeforeAndAfter(Scenario scenario) {
        PropertyCheck check = confidentiality(scenario);
        List<Step> steps = scenario.steps();
        int[] controls = IntStream.range(0, steps.size())
                .filter(i -> steps.get(i) instanceof Step.Probe probe
                        && probe.from().equals("source")
                        && probe.to().equals(check.observer()))
                .toArray();
        int[] talk = IntStream.range(0, steps.size())
                .filter(i -> steps.get(i) instanceof Step.Login)
                .toArray();
        assertThat(controls).hasSizeGreaterThanOrEqualTo(2);
        assertThat(controls[0]).isLessThan(talk[0]);
        assertThat(controls[controls.length - 1]).isGreaterThan(talk[talk.length - 1]);
    }

    @ParameterizedTest
    @MethodSource("ofTheNetwork")
    void theSubjectsTalkInBothDirectionsWhileTheAttackRuns(Scenario scenario) {
        List<Step> steps = scenario.steps();
        int start = IntStream.range(0, steps.size())
                .filter(i -> steps.get(i) instanceof Step.Start)
                .findFirst()
                .orElseThrow();
        int stop = IntStream.range(0, steps.size())
                .filter(i -> steps.get(i) instanceof Step.Stop)
                .findFirst()
                .orElseThrow();
        List<Step> during = steps.subList(start, stop);
        assertThat(during).contains(new Step.Login("source", "vm1"));
        assertThat(during)
                .anyMatch(step -> step instanceof Step.Probe probe
                        && probe.from().equals("vm1")
                        && probe.to().equals("source"));
        assertThat(confidentiality(scenario).subject()).containsExactly("vm1", "source");
    }

    @Test
    void theFloodBeginsBeforeTheVictimsHaveTalked() {
        List<Step> steps = SCENARIOS.named("mac-flooding").orElseThrow().steps();
        assertThat(steps.subList(0, 2))
                .satisfiesExactly(
                        first -> assertThat(first).isInstanceOf(Step.Probe.class),
                        second -> assertThat(second).isInstanceOf(Step.Start.class));
    }

    @ParameterizedTest
    @MethodSource("ofTheNetwork")
    void whatIsWrittenIsReadBackEqual(Scenario scenario) throws InvalidFileException {
        String written = ScenarioFile.write(scenario);
        byte[] bytes = written.getBytes(StandardCharsets.UTF_8);
        assertThat(ScenarioFile.parse("w", bytes, FakeAttack.VOCABULARY)).isEqualTo(scenario);
    }

    @ParameterizedTest
    @MethodSource("ofTheNetwork")
    void mutatedFilesEndInProblemsOrAScenarioThatCanBeWritten(Scenario scenario)
            throws IOException {
        byte[] original = bytes(scenario.name());
        for (long seed = 0; seed < 1000; seed++) {
            byte[] mutated = mutated(original, new SplittableRandom(seed));
            try {
                Scenario read = ScenarioFile.parse("m", mutated, FakeAttack.VOCABULARY);
                byte[] written = ScenarioFile.write(read).getBytes(StandardCharsets.UTF_8);
                assertThat(ScenarioFile.parse("w", written, FakeAttack.VOCABULARY))
                        .as("seed %d", seed)
                        .isEqualTo(read);
            } catch (InvalidFileException e) {
                assertThat(e.problems()).as("seed %d", seed).isNotEmpty();
            }
        }
    }

    @Test
    void everyStepSaysInWordsWhatItDoes() {
        assertThat(SCENARIOS.named("arp-poisoning").orElseThrow().steps())
                .extracting(Step::words)
                .contains(
                        "probe source -> vm2, 2",
                        "ping vm1 -> source, 2",
                        "start arp-poisoning by vm2",
                        "wait 2s",
                        "login source -> vm1",
                        "stop arp-poisoning");
        assertThat(new Step.SetCable("vm1", false).words()).isEqualTo("cut the cable of vm1");
    }

    private static PropertyCheck confidentiality(Scenario scenario) {
        return scenario.properties().stream()
                .filter(check -> check.property().endsWith("traffic-confidentiality"))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = Scenarios.class.getResourceAsStream(name + ".yaml")) {
            return in.readAllBytes();
        }
    }

    private static byte[] mutated(byte[] original, SplittableRandom random) {
        byte[] bytes = original.clone();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            int at = random.nextInt(bytes.length);
            int from = random.nextInt(bytes.length);
            int length = random.nextInt(Math.min(20, bytes.length - Math.max(at, from)));
            System.arraycopy(original, from, bytes, at, length);
            bytes[at] = random.nextBoolean() ? bytes[at] : (byte) random.nextInt(256);
        }
        return bytes;
    }
}
