package cofferdam.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.Judgement;
import cofferdam.analysis.Verdict;
import cofferdam.monitor.Monitors;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.yaml.InvalidFileException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Whole scenarios in which machines speak IPv6 and ask for leases, judged by their captures. */
class SpokenProtocolsTest {

    private static final String SCENARIO = """
            scenario: other-protocols
            summary: VM 2 listens while Source and VM 1 talk over every way
            ipv6: true
            dhcp: true
            %s
            properties:
              - {property: traffic-confidentiality, subject: [vm1, source], observer: vm2}
              - {property: connectivity, subject: [vm1, source]}
            steps:
              - probe: {from: source, to: vm2, count: 2, interval: 10ms}
              - start: {attack: promiscuous-capture, by: vm2, victims: [vm1, source]}
            %s
              - probe: {from: source, to: vm2, count: 2, interval: 10ms}
              - stop: promiscuous-capture
            """;

    private static final String LEASE = "lease: {machine: vm1, server: source}";

    private static final List<String> ALL = List.of(
            LEASE,
            "ping: {from: vm1, to: source, over: ipv6, count: 2, interval: 10ms}",
            "probe: {from: source, to: vm1, over: ipv6, count: 2, interval: 10ms}",
            "probe: {from: vm1, to: source, over: routed-ipv6, count: 2, interval: 10ms}",
            "ping: {from: vm1, to: source, over: routed-ipv4, count: 2, interval: 10ms}");

    private static final String MEMORY = "memory: {vm1: 16MiB, vm2: 16MiB}\nhost-memory: 128MiB";

    @ParameterizedTest
    @CsvSource({
        "physical, UPHELD",
        "esx-1.5.2, UPHELD",
        "virtual-server-1.0, VIOLATED",
        "hardened, UPHELD"
    })
    void everyWayIsOpenAndAsConfidentialAsThePolicy(String policy, Verdict confidentiality)
            throws InvalidFileException {
        judged(policy, "", ALL, confidentiality);
    }

    /** On a segment that is shared, each way alone gives it away. */
    @ParameterizedTest
    @CsvSource({"ipv6, 4", "routed-ipv6, 4", "routed-ipv4, 6"})
    void whatIsSaidOverEachWayIsRecognised(String way, int frames) throws InvalidFileException {
        String probe =
                "probe: {from: vm1, to: source, over: %s, count: 2, interval: 10ms}".formatted(way);
        List<String> steps = way.equals("routed-ipv4") ? List.of(LEASE, probe) : List.of(probe);
        Judgement judgement = judged("virtual-server-1.0", "", steps, Verdict.VIOLATED);

        // Two questions and two answers, and what the server said to the client alone.
        assertThat(judgement.reason()).startsWith("vm2 received %d frames".formatted(frames));
    }

    @ParameterizedTest
    @CsvSource({"virtual-server-1.0, VIOLATED", "hardened, UPHELD"})
    void machinesWithMemoryDoTheSame(String policy, Verdict confidentiality)
            throws InvalidFileException {
        judged(policy, MEMORY, ALL, confidentiality);
    }

    private static Judgement judged(
            String policy, String keys, List<String> steps, Verdict confidentiality)
            throws InvalidFileException {
        String items = steps.stream().map(step -> "  - " + step).collect(Collectors.joining("\n"));
        Scenario scenario = ScenarioFile.parse(
                "other-protocols.yaml",
                SCENARIO.formatted(keys, items).getBytes(StandardCharsets.UTF_8),
                Vocabulary.builtIn());
        ScenarioRunner.Finished finished = ScenarioRunner.run(
                scenario, Policies.builtIn(policy).orElseThrow(), Monitors.all().getFirst(), 1);
        assertThat(finished.judgements())
                .as(() -> finished.judgements().stream()
                        .map(Judgement::reason)
                        .toList()
                        .toString())
                .extracting(Judgement::verdict)
                .containsExactly(confidentiality, Verdict.UPHELD);
        return finished.judgements().getFirst();
    }
}
