package cofferdam.monitor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cofferdam.monitor.policy.NetworkPolicy.ArpInspection;
import cofferdam.monitor.policy.NetworkPolicy.MacTable;
import cofferdam.monitor.policy.NetworkPolicy.PortSecurity;
import cofferdam.monitor.policy.NetworkPolicy.Promiscuous;
import cofferdam.monitor.policy.NetworkPolicy.WhenFull;
import cofferdam.monitor.yaml.InvalidFileException;
import cofferdam.monitor.yaml.Problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

final class PolicyFileTest {

    private static final String HEAD = "policy: p\nsummary: s\nmonitor: {type: I}\n";

    static Policy parse(String text) throws InvalidFileException {
        return PolicyFile.parse("p.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    static List<String> problemsOf(String text) {
        InvalidFileException thrown =
                catchThrowableOfType(InvalidFileException.class, () -> parse(text));
        return thrown == null
                ? List.of()
                : thrown.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void whatIsNotGivenIsAPlainLearningSwitch() throws InvalidFileException {
        assertThat(parse(HEAD))
                .isEqualTo(new Policy(
                        "p",
                        "s",
                        List.of(),
                        new MonitorPolicy(MonitorPolicy.Type.TYPE_I, false, false, false),
                        PolicyDefaults.NETWORK,
                        PolicyDefaults.DISK,
                        PolicyDefaults.MEMORY,
                        PolicyDefaults.PROCESSOR,
                        PolicyDefaults.DEVICES,
                        PolicyDefaults.MANAGEMENT,
                        List.of()));
    }

    @Test
    void everyKeyIsRead() throws InvalidFileException {
        Policy policy = parse("""
                        policy: all-1.0
                        summary: every key
                        sources: [one, two]
                        monitor: {type: II, console-sees: {nic: true}}
                        network:
                          mode: switched
                          promiscuous: accept
                          mac-changes: reject
                          forged-transmits: reject
                          mac-learning: learn
                          mac-table: {size: 7, when-full: evict, ageing: 1.5s}
                          unknown-unicast: drop
                          port-security: {addresses: 3}
                          arp-inspection: {drop: after-learning, validate-source: true, sender: mac-and-ip}
                          port-isolation: true
                          ip-source-guard: {ipv4: first-packet, unspecified: udp, ipv6: configured}
                          nd-inspection: true
                          ra-guard: true
                          dhcp-guard: true
                          protocols: ip-and-arp
                          tagged: pass
                          filter-delay: 250ms
                          vlan: {guest-ports: access, tagged-on-access: own, native: 7}
                        disk:
                          format: qcow2
                          encryption: qcow2-luks
                          integrity: hash
                          zero-on-allocate: true
                          probe-format: false
                          lock: true
                        accept:
                          - {scenario: '*', property: connectivity, reason: tested elsewhere}
                        """);
        assertThat(policy)
                .isEqualTo(new Policy(
                        "all-1.0",
                        "every key",
                        List.of("one", "two"),
                        new MonitorPolicy(MonitorPolicy.Type.TYPE_II, true, true, true),
                        new NetworkPolicy(
                                NetworkPolicy.Mode.SWITCHED,
                                Promiscuous.ACCEPT,
                                NetworkPolicy.Permission.REJECT,
                                NetworkPolicy.Permission.REJECT,
                                NetworkPolicy.MacLearning.LEARN,
                                new MacTable(7, WhenFull.EVICT, Duration.ofMillis(1500)),
                                NetworkPolicy.UnknownUnicast.DROP,
                                new PortSecurity(3),
                                new ArpInspection(
                                        ArpInspection.Stage.AFTER_LEARNING,
                                        true,
                                        ArpInspection.Sender.MAC_AND_IP),
                                true,
                                0,
                                new PacketGuards(
                                        new IpSourceGuard(
                                                IpSourceGuard.Ipv4.FIRST_PACKET,
                                                IpSourceGuard.Unspecified.UDP,
                                                IpSourceGuard.Ipv6.CONFIGURED),
                                        true,
                                        true,
                                        true,
                                        PacketGuards.Protocols.IP_AND_ARP,
                                        PacketGuards.Tagged.PASS,
                                        Duration.ofMillis(250)),
                                new VlanPolicy(
                                        VlanPolicy.GuestPorts.ACCESS,
                                        VlanPolicy.TaggedOnAccess.OWN,
                                        7)),
                        new DiskPolicy(
                                DiskPolicy.Format.QCOW2,
                                DiskPolicy.Encryption.QCOW2_LUKS,
                                DiskPolicy.Integrity.HASH,
                                true,
                                false,
                                true,
                                0),
                        PolicyDefaults.MEMORY,
                        PolicyDefaults.PROCESSOR,
                        PolicyDefaults.DEVICES,
                        PolicyDefaults.MANAGEMENT,
                        List.of(new Acceptance("*", "connectivity", "tested elsewhere"))));
    }

    @Test
    void anAcceptanceMayEndOnADay() throws InvalidFileException {
        String accepted = HEAD + """
                accept:
                  - {scenario: '*', property: connectivity, reason: a lab, until: 2027-01-31}
                """;
        Policy policy = parse(accepted);
        assertThat(policy.accepted())
                .containsExactly(new Acceptance(
                        "*", "connectivity", "a lab", Optional.of(LocalDate.of(2027, 1, 31))));
        assertThat(parse(PolicyFile.write(policy))).isEqualTo(policy);
        assertThat(problemsOf(accepted.replace("2027-01-31", "2027-02-29")))
                .singleElement()
                .asString()
                .contains("accept.until", "is not a date");
    }

    @Test
    void aCipherNeedsTheContainerThatItBelongsTo() {
        assertThat(problemsOf(HEAD + "disk: {format: vmdk, encryption: qcow2-luks}"))
                .singleElement()
                .asString()
                .contains("disk.encryption qcow2-luks contradicts disk.format vmdk")
                .contains("it needs qcow2");
    }

    @Test
    void whatIsVerifiedIsNotProbed() {
        assertThat(problemsOf(HEAD + "disk: {integrity: aead, probe-format: true}"))
                .singleElement()
                .asString()
                .contains("disk.probe-format true contradicts disk.integrity aead");
    }

    @Test
    void separateMachinesSayNothingOfDisks() {
        assertThat(problemsOf("""
                        {policy: p, summary: s, monitor: {type: physical}, disk: {format: raw}}
                        """))
                .singleElement()
                .asString()
                .contains("disk contradicts monitor.type physical");
    }

    @Test
    void arpInspectionWithoutKeysDropsBeforeLearning() throws InvalidFileException {
        assertThat(parse(HEAD + "network: {arp-inspection: {}}").network().arpInspection())
                .isEqualTo(new ArpInspection(
                        ArpInspection.Stage.BEFORE_LEARNING, false, ArpInspection.Sender.BINDING));
    }

    @Test
    void virtualLansWithoutKeysAreThoseOfAccessPortsThatDropTags() throws InvalidFileException {
        assertThat(parse(HEAD + "network: {vlan: {}}").network().vlan())
                .isEqualTo(new VlanPolicy(
                        VlanPolicy.GuestPorts.ACCESS, VlanPolicy.TaggedOnAccess.DROP, 1));
    }

    @Test
    void guardsAndVirtualLansAreInheritedKeyByKey() throws InvalidFileException {
        NetworkPolicy base = Policies.builtIn("hardened").orElseThrow().network();
        NetworkPolicy network = parse("""
                        policy: softer
                        based-on: hardened
                        network: {ra-guard: false, ip-source-guard: {unspecified: any}, vlan: {native: 9}}
                        """).network();
        assertThat(network.guards().raGuard()).isFalse();
        assertThat(network.guards().dhcpGuard()).isEqualTo(base.guards().dhcpGuard());
        assertThat(network.guards().ipSourceGuard().ipv6())
                .isEqualTo(base.guards().ipSourceGuard().ipv6());
        assertThat(network.vlan().taggedOnAccess()).isEqualTo(base.vlan().taggedOnAccess());
        assertThat(network.vlan().nativeNetwork()).isEqualTo(9);
    }

    @Test
    void aBaseGivesEveryKeyThatIsNotGiven() throws InvalidFileException {
        Policy base = Policies.builtIn("hardened").orElseThrow();
        Policy policy = parse("""
                        policy: softer
                        based-on: hardened
                        network:
                          mac-table: {size: 9}
                          port-security: off
                          arp-inspection: {validate-source: false}
                        """);
        assertThat(policy.summary()).isEqualTo(base.summary());
        assertThat(policy.sources()).isEqualTo(base.sources());
        assertThat(policy.monitor()).isEqualTo(base.monitor());
        NetworkPolicy network = policy.network();
        assertThat(network.macTable())
                .isEqualTo(
                        new MacTable(9, WhenFull.DROP, base.network().macTable().ageing()));
        assertThat(network.portSecurity()).isEqualTo(PortSecurity.OFF);
        assertThat(network.arpInspection())
                .isEqualTo(new ArpInspection(
                        ArpInspection.Stage.BEFORE_LEARNING, false, ArpInspection.Sender.BINDING));
        assertThat(network.portIsolation()).isTrue();
    }

    @Test
    void everyProblemIsReportedAtOnceInTheOrderOfTheFile() {
        String text = """
                policy: Bad Name
                colour: red
                monitor: {type: III}
                network:
                  mode: switchd
                  promiscous: reject
                  mac-table: {size: 0, when-full: explode, ageing: 5}
                  port-security: on
                  port-isolation: perhaps
                accept:
                  - {scenario: a, property: b}
                """;
        assertThat(problemsOf(text))
                .containsExactly(
                        "p.yaml:1:1: missing key 'summary'",
                        "p.yaml:1:9: policy 'Bad Name' is not a name of at most 64 lower-case"
                                + " letters, digits, '.' and '-'",
                        "p.yaml:2:1: unknown key 'colour', known are policy, summary, sources,"
                                + " based-on, monitor, network, disk, memory, cpu, devices, management,"
                                + " accept",
                        "p.yaml:3:17: monitor.type 'III' is not one of I, II, physical; did you"
                                + " mean 'II'?",
                        "p.yaml:5:9: network.mode 'switchd' is not one of switched, shared; did you"
                                + " mean 'switched'?",
                        "p.yaml:6:3: unknown key 'promiscous' in network, known are mode,"
                                + " promiscuous, mac-changes, forged-transmits, mac-learning,"
                                + " mac-table, unknown-unicast, port-security, arp-inspection,"
                                + " port-isolation, rate-limit, ip-source-guard, nd-inspection,"
                                + " ra-guard, dhcp-guard, protocols, tagged, filter-delay, vlan;"
                                + " did you mean 'promiscuous'?",
                        "p.yaml:7:21: network.mac-table.size '0' is not a whole number from 1 to"
                                + " 65536",
                        "p.yaml:7:35: network.mac-table.when-full 'explode' is not one of flood,"
                                + " drop, evict",
                        "p.yaml:7:52: network.mac-table.ageing '5' is not a length of time such as"
                                + " 20us, 1.5s or 2m",
                        "p.yaml:8:18: network.port-security is 'on', not 'off' or a mapping",
                        "p.yaml:9:19: network.port-isolation 'perhaps' is not true or false",
                        "p.yaml:11:5: missing key 'reason' in accept");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'policy: p\\nsummary: s\\n'       | p.yaml:1:1: missing key 'monitor'
            'policy: p\\nsummary: s\\nmonitor: {}\\n' | p.yaml:3:10: missing key 'type' in monitor
            'policy: p\\nbased-on: hardend\\n' | p.yaml:2:11: based-on 'hardend' is not one of physical, esx-1.5.2, virtual-server-1.0, hardened, esx-vss-5.0, esx-vss-6.0, esx-vss-7.0, esx-9.0.2, vds-default, vmware-server-default, hyperv-default, virtualbox-default, libvirt-bare, libvirt-clean-traffic, libvirt-isolated-port, xen-vif-noip, xen-vif-ip, xenserver-unlocked, xenserver-locked, neutron-default, neutron-portsec-off, ovn-empty, ovn-port-security, incus-default, incus-filtered, linux-bridge, qemu-hub, uml-switch, uml-hub; did you mean 'hardened'?
            """)
    void whatIsRequiredIsMissed(String text, String problem) {
        assertThat(problemsOf(text.translateEscapes())).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'network: {port-security: {}}' | p.yaml:4:26: missing key 'addresses' in network.port-security
            'network: {port-security: {addresses: 4097}}' | p.yaml:4:38: network.port-security.addresses '4097' is not a whole number from 1 to 4096
            'network: {arp-inspection: {drop: off}}' | p.yaml:4:34: network.arp-inspection.drop 'off' is not one of before-learning, after-learning
            'network: {arp-inspection: {sender: ip-and-mac}}' | p.yaml:4:36: network.arp-inspection.sender 'ip-and-mac' is not one of binding, mac, ip, mac-and-ip
            'network: {ip-source-guard: on}' | p.yaml:4:28: network.ip-source-guard is 'on', not 'off' or a mapping
            'network: {ip-source-guard: {}}' | p.yaml:4:28: missing key 'ipv4' in network.ip-source-guard
            'network: {ip-source-guard: {ipv4: learned}}' | p.yaml:4:35: network.ip-source-guard.ipv4 'learned' is not one of off, configured, first-packet
            'network: {ip-source-guard: {ipv4: configured, unspecified: all}}' | p.yaml:4:60: network.ip-source-guard.unspecified 'all' is not one of none, dhcp, udp, any
            'network: {filter-delay: 61s}' | p.yaml:4:25: network.filter-delay '61s' is not from 0s to 1m
            'network: {tagged: strip}' | p.yaml:4:19: network.tagged 'strip' is not one of pass, inspect, drop
            'network: {vlan: off}' | p.yaml:4:17: network.vlan is 'off', not 'none' or a mapping
            'network: {vlan: {native: 4095}}' | p.yaml:4:26: network.vlan.native '4095' is not a whole number from 1 to 4094
            'network: {vlan: {native: 0}}' | p.yaml:4:26: network.vlan.native '0' is not a whole number from 1 to 4094
            'network: {mac-table: {size: 65537}}' | p.yaml:4:29: network.mac-table.size '65537' is not a whole number from 1 to 65536
            'network: {mac-table: {ageing: 1000001s}}' | p.yaml:4:31: network.mac-table.ageing '1000001s' is not from 1s to 1000000s
            'network: {mac-table: {ageing: 0s}}' | p.yaml:4:31: network.mac-table.ageing '0s' is not from 1s to 1000000s
            'accept: [{scenario: "**", property: p, reason: r}]' | p.yaml:4:21: accept.scenario '**' is not a name of at most 64 lower-case letters, digits, '.' and '-'
            'accept: [{scenario: s, property: p, reason: r}, {scenario: s, property: p, reason: q}]' | p.yaml:4:49: accept names p of s twice
            'sources: one' | p.yaml:4:10: sources is 'one', not a list
            'sources: ["\\e[2J"]' | p.yaml:4:11: sources '\\u{1b}[2J' has a control character or a line break
            """)
    void wrongValuesAreReported(String key, String problem) {
        assertThat(problemsOf(HEAD + key)).containsExactly(problem);
    }
}
