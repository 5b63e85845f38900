package cofferdam.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.Judgement;
import cofferdam.analysis.Verdict;
import cofferdam.monitor.Monitor;
import cofferdam.monitor.Monitors;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.policy.PolicyChange;
import cofferdam.monitor.policy.PolicyFile;
import cofferdam.monitor.policy.PolicyKeys;
import cofferdam.monitor.yaml.InvalidFileException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What single keys of a policy do against the attacks of the suites network and spoofing. */
final class NetworkPoliciesTest {

    private static final Monitor EMULATED = Monitors.named("emulated").orElseThrow();

    /** A learning switch out of the box. */
    private static final String OPEN = """
            policy: open
            summary: A learning switch that filters nothing
            based-on: esx-1.5.2
            network:
              promiscuous: own-port
              mac-changes: accept
              forged-transmits: accept
              mac-learning: learn
              mac-table: {size: 1024, when-full: flood, ageing: 300s}
              unknown-unicast: flood
            """;

    /**
     * In the measurement both victims were on ports that the policy secures. Here Source is behind
     * the uplink, so the attack is aimed at VM 1 alone.
     */
    private static final String STEALING = """
            scenario: port-stealing-of-vm1
            summary: VM 2 sends frames under the address of VM 1
            properties:
              - {property: traffic-confidentiality, subject: [vm1, source], observer: vm2}
            steps:
              - probe: {from: source, to: vm2, count: 2, interval: 10ms}
              - ping: {from: vm1, to: source, count: 2, interval: 10ms}
              - start: {attack: port-stealing, by: vm2, victims: [vm1]}
              - wait: 1s
              - ping: {from: source, to: vm1, count: 14, interval: 500ms}
              - probe: {from: source, to: vm2, count: 2, interval: 10ms}
              - stop: port-stealing
            """;

    /**
     * As measured with ettercap ({@code arp:remote}, {@code port}) and macof against a prototype with
     * these policies: of the addresses that the tools put to use, each filter stops what it looks at.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "arp-poisoning | traffic-confidentiality | promiscuous: own-port | VIOLATED",
                "arp-poisoning | arp-integrity           | promiscuous: own-port | VIOLATED",
                "port-stealing-of-vm1 | traffic-confidentiality | promiscuous: own-port | VIOLATED",
                "mac-flooding  | traffic-confidentiality | promiscuous: own-port | VIOLATED",
                "arp-poisoning | traffic-confidentiality | forged-transmits: reject | VIOLATED",
                "arp-poisoning | arp-integrity           | forged-transmits: reject | VIOLATED",
                "port-stealing-of-vm1 | traffic-confidentiality | forged-transmits: reject | UPHELD",
                "mac-flooding  | traffic-confidentiality | forged-transmits: reject | UPHELD",
                "arp-poisoning | traffic-confidentiality | port-security: {addresses: 3} | VIOLATED",
                "arp-poisoning | arp-integrity           | port-security: {addresses: 3} | VIOLATED",
                "port-stealing-of-vm1 | traffic-confidentiality | port-security: {addresses: 3} | UPHELD",
                "mac-flooding  | traffic-confidentiality | port-security: {addresses: 3} | UPHELD",
                "arp-poisoning | traffic-confidentiality | arp-inspection: {drop: before-learning, validate-source: true} | UPHELD",
                "arp-poisoning | arp-integrity           | arp-inspection: {drop: before-learning, validate-source: true} | UPHELD",
                "port-stealing-of-vm1 | traffic-confidentiality | arp-inspection: {drop: before-learning, validate-source: true} | UPHELD",
                "mac-flooding  | traffic-confidentiality | arp-inspection: {drop: before-learning, validate-source: true} | VIOLATED"
            })
    void measuredOutcomesComeOutTheSame(
            String scenario, String property, String key, Verdict expected)
            throws InvalidFileException {
        assertVerdict(scenario, property, policy(key), expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ip-spoofing             | forged-transmits: reject                                  | VIOLATED",
                "ip-spoofing             | ip-source-guard: {ipv4: configured}                       | UPHELD",
                "ip-spoofing             | ip-source-guard: {ipv4: first-packet}                     | UPHELD",
                "ip-spoofing-reversed    | promiscuous: reject                                       | VIOLATED",
                "ip-spoofing-reversed    | ip-source-guard: {ipv4: configured}                       | UPHELD",
                "ip-spoofing-unspecified | ip-source-guard: {ipv4: configured, unspecified: none}    | UPHELD",
                "ip-spoofing-unspecified | ip-source-guard: {ipv4: configured, unspecified: dhcp}    | UPHELD",
                "ip-spoofing-unspecified | ip-source-guard: {ipv4: configured, unspecified: udp}     | VIOLATED",
                "ip-spoofing-unspecified | ip-source-guard: {ipv4: configured, unspecified: any}     | VIOLATED",
                "ip-spoofing-tagged      | ip-source-guard: {ipv4: configured}; tagged: inspect    | UPHELD",
                "ip-spoofing-tagged      | ip-source-guard: {ipv4: configured}; tagged: pass       | VIOLATED",
                "ip-spoofing-tagged      | ip-source-guard: {ipv4: configured}; tagged: drop       | UPHELD",
                "ip-spoofing-tagged      | tagged: drop                                              | UPHELD",
                "ip-spoofing             | tagged: drop                                              | VIOLATED",
                "first-moments           | ip-source-guard: {ipv4: configured}                       | UPHELD",
                "first-moments           | ip-source-guard: {ipv4: first-packet}                     | VIOLATED",
                "first-moments           | ip-source-guard: {ipv4: configured}; filter-delay: 10ms | VIOLATED",
                "ip-spoofing             | ip-source-guard: {ipv4: configured}; filter-delay: 10ms | UPHELD"
            })
    void aGuardOfSourcesStopsWhatItLooksAt(String scenario, String keys, Verdict expected)
            throws InvalidFileException {
        assertVerdict(scenario, "ip-authenticity", policy(keys), expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "arp-spoofing-mac | ip-source-guard: {ipv4: configured} | VIOLATED",
                "arp-spoofing-ip  | ip-source-guard: {ipv4: configured} | VIOLATED",
                "arp-spoofing-mac | arp-inspection: {sender: mac}       | UPHELD",
                "arp-spoofing-ip  | arp-inspection: {sender: mac}       | VIOLATED",
                "arp-spoofing-mac | arp-inspection: {sender: ip}        | VIOLATED",
                "arp-spoofing-ip  | arp-inspection: {sender: ip}        | UPHELD",
                "arp-spoofing-mac | arp-inspection: {sender: mac-and-ip} | UPHELD",
                "arp-spoofing-ip  | arp-inspection: {sender: mac-and-ip} | UPHELD",
                "arp-spoofing-mac | arp-inspection: {sender: binding}   | UPHELD",
                "arp-spoofing-ip  | arp-inspection: {sender: binding}   | UPHELD",
                "host-spoofing    | arp-inspection: {sender: mac}       | VIOLATED",
                "host-spoofing    | arp-inspection: {sender: binding}   | UPHELD"
            })
    void anInspectionOfArpStopsWhatItLooksAt(String scenario, String keys, Verdict expected)
            throws InvalidFileException {
        assertVerdict(scenario, "arp-integrity", policy(keys), expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "guest-contact | guest-separation | promiscuous: reject    | VIOLATED",
                "guest-contact | guest-separation | protocols: ip-and-arp  | VIOLATED",
                "guest-contact | guest-separation | port-isolation: true   | UPHELD",
                "guest-contact | connectivity     | port-isolation: true   | UPHELD",
                "vlan-hopping  | network-separation | vlan: {native: 1, guest-ports: access, tagged-on-access: drop} | UPHELD",
                "vlan-hopping  | network-separation | vlan: {native: 1, guest-ports: access, tagged-on-access: own}  | UPHELD",
                "vlan-hopping  | network-separation | vlan: {native: 1, guest-ports: trunk}                          | VIOLATED",
                "vlan-double-tagging | network-separation | vlan: {native: 1, guest-ports: access, tagged-on-access: drop} | UPHELD",
                "vlan-double-tagging | network-separation | vlan: {native: 1, guest-ports: access, tagged-on-access: own}  | VIOLATED",
                "vlan-double-tagging | network-separation | vlan: {native: 999, guest-ports: access, tagged-on-access: own} | UPHELD",
                "unknown-unicast | traffic-confidentiality | unknown-unicast: flood | UPHELD",
                "unknown-unicast | traffic-confidentiality | unknown-unicast: drop  | UPHELD",
                "unknown-unicast | traffic-confidentiality | mac-learning: off      | VIOLATED"
            })
    void separationNeedsItsOwnKeys(String scenario, String property, String keys, Verdict expected)
            throws InvalidFileException {
        assertVerdict(scenario, property, policy(keys), expected);
    }

    private static Scenario named(String name) throws InvalidFileException {
        Optional<Scenario> builtIn = Scenarios.builtIn().named(name);
        return builtIn.isPresent()
                ? builtIn.get()
                : ScenarioFile.parse(
                        name, STEALING.getBytes(StandardCharsets.UTF_8), Vocabulary.builtIn());
    }

    private static void assertVerdict(
            String scenario, String property, Policy policy, Verdict expected)
            throws InvalidFileException {
        Judgement judgement =
                ScenarioRunner.run(named(scenario), policy, EMULATED, 1).judgements().stream()
                        .filter(answer -> answer.question().property().equals(property))
                        .findFirst()
                        .orElseThrow();
        assertThat(judgement.verdict()).as(judgement.reason()).isEqualTo(expected);
    }

    /** The open switch with these keys of its network changed, which semicolons part. */
    private static Policy policy(String keys) throws InvalidFileException {
        List<PolicyChange> changes = Arrays.stream(keys.split(";", -1))
                .map(String::strip)
                .map(key -> key.split(": ", 2))
                .map(key -> new PolicyChange("network." + key[0], key[1]))
                .toList();
        Policy open = PolicyFile.parse("open.yaml", OPEN.getBytes(StandardCharsets.UTF_8));
        return PolicyKeys.with(open, changes);
    }
}
