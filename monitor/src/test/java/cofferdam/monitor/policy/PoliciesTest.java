package cofferdam.monitor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.policy.MonitorPolicy.Type;
import cofferdam.monitor.policy.NetworkPolicy.ArpInspection;
import cofferdam.monitor.policy.NetworkPolicy.MacLearning;
import cofferdam.monitor.policy.NetworkPolicy.Mode;
import cofferdam.monitor.policy.NetworkPolicy.Permission;
import cofferdam.monitor.policy.NetworkPolicy.Promiscuous;
import cofferdam.monitor.policy.NetworkPolicy.UnknownUnicast;
import cofferdam.monitor.yaml.InvalidFileException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

final class PoliciesTest {

    @TempDir
    private Path folder;

    static List<Policy> builtIns() {
        return Policies.all();
    }

    private static Policy named(String name) {
        return Policies.builtIn(name).orElseThrow();
    }

    @Test
    void theThesisComesFirst() {
        assertThat(Policies.all())
                .extracting(Policy::name)
                .startsWith("physical", "esx-1.5.2", "virtual-server-1.0", "hardened")
                .hasSize(29)
                .doesNotHaveDuplicates();
    }

    @Test
    void physicalIsALearningSwitchThatFiltersNothing() {
        assertThat(named("physical").monitor())
                .isEqualTo(new MonitorPolicy(Type.PHYSICAL, false, false, false));
        NetworkPolicy network = named("physical").network();
        assertThat(network.guards()).isEqualTo(PacketGuards.NONE);
        assertThat(network.mode()).isEqualTo(Mode.SWITCHED);
        assertThat(network.macLearning()).isEqualTo(MacLearning.LEARN);
        assertThat(network.macTable()).isEqualTo(PolicyDefaults.MAC_TABLE);
        assertThat(network.forgedTransmits()).isEqualTo(Permission.ACCEPT);
        assertThat(network.portSecurity()).isEqualTo(NetworkPolicy.PortSecurity.OFF);
        assertThat(network.arpInspection()).isEqualTo(ArpInspection.OFF);
        assertThat(network.portIsolation()).isFalse();
    }

    @Test
    void esxIsSwitchedFromItsConfigurationAndItsConsoleIsBlind() {
        Policy esx = named("esx-1.5.2");
        assertThat(esx.monitor()).isEqualTo(new MonitorPolicy(Type.TYPE_I, false, false, false));
        assertThat(esx.network().mode()).isEqualTo(Mode.SWITCHED);
        assertThat(esx.network().promiscuous()).isEqualTo(Promiscuous.REJECT);
        assertThat(esx.network().macChanges()).isEqualTo(Permission.ACCEPT);
        assertThat(esx.network().forgedTransmits()).isEqualTo(Permission.ACCEPT);
        assertThat(esx.network().macLearning()).isEqualTo(MacLearning.STATIC);
    }

    @Test
    void virtualServerIsSharedAndItsHostSeesEverything() {
        Policy server = named("virtual-server-1.0");
        assertThat(server.monitor()).isEqualTo(new MonitorPolicy(Type.TYPE_II, true, true, true));
        assertThat(server.network().mode()).isEqualTo(Mode.SHARED);
        assertThat(server.network().promiscuous()).isEqualTo(Promiscuous.ACCEPT);
    }

    @Test
    void hardenedHasEveryProtectionOn() {
        NetworkPolicy network = named("hardened").network();
        assertThat(named("hardened").monitor())
                .isEqualTo(new MonitorPolicy(Type.TYPE_I, false, false, false));
        assertThat(network.promiscuous()).isEqualTo(Promiscuous.REJECT);
        assertThat(network.macChanges()).isEqualTo(Permission.REJECT);
        assertThat(network.forgedTransmits()).isEqualTo(Permission.REJECT);
        assertThat(network.unknownUnicast()).isEqualTo(UnknownUnicast.DROP);
        assertThat(network.portSecurity().addresses()).isEqualTo(1);
        assertThat(network.arpInspection())
                .isEqualTo(new ArpInspection(
                        ArpInspection.Stage.BEFORE_LEARNING, true, ArpInspection.Sender.BINDING));
        assertThat(network.portIsolation()).isTrue();
        assertThat(network.guards())
                .isEqualTo(new PacketGuards(
                        new IpSourceGuard(
                                IpSourceGuard.Ipv4.CONFIGURED,
                                IpSourceGuard.Unspecified.DHCP,
                                IpSourceGuard.Ipv6.CONFIGURED),
                        true,
                        true,
                        true,
                        PacketGuards.Protocols.IP_AND_ARP,
                        PacketGuards.Tagged.DROP,
                        Duration.ZERO));
        assertThat(network.vlan())
                .isEqualTo(new VlanPolicy(
                        VlanPolicy.GuestPorts.ACCESS, VlanPolicy.TaggedOnAccess.DROP, 4094));
    }

    @ParameterizedTest
    @MethodSource("builtIns")
    void aBuiltInPolicySaysWhereItIsDocumented(Policy policy) {
        assertThat(policy.sources()).isNotEmpty().noneMatch(source -> source.contains("://"));
    }

    /** Where two products are configured alike, each policy's file says so. */
    @Test
    void noTwoPoliciesAreEqualButWhereTheSourcesMakeThemSo() throws IOException {
        Map<String, String> equal = new TreeMap<>();
        for (Policy policy : Policies.all()) {
            for (Policy other : Policies.all().subList(0, Policies.all().indexOf(policy))) {
                if (configuration(policy).equals(configuration(other))) {
                    equal.put(policy.name(), other.name());
                }
            }
        }
        assertThat(equal)
                .isEqualTo(Map.of(
                        "esx-9.0.2", "esx-vss-6.0",
                        "vds-default", "esx-vss-7.0",
                        "linux-bridge", "incus-default"));
        assertThat(text("esx-9.0.2")).contains("Equal to esx-vss-6.0");
        assertThat(text("vds-default")).contains("Equal to esx-vss-7.0");
        assertThat(text("incus-default")).contains("Equal to linux-bridge");
    }

    /** What a policy says without its name and its sources. */
    private static List<Object> configuration(Policy policy) {
        return List.of(
                policy.monitor(),
                policy.network(),
                policy.disk(),
                policy.memory(),
                policy.processor(),
                policy.devices(),
                policy.management());
    }

    private static String text(String name) throws IOException {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("builtIns")
    void aProductIsAModelAndNotTested(Policy policy) {
        if (policy.equals(named("physical")) || policy.equals(named("hardened"))) {
            return;
        }
        assertThat(policy.summary())
                .contains("document")
                .endsWith("a model, not a test of the product");
    }

    @Test
    void libvirtsCleanTrafficLetsUdpFromNowhereAndTaggedFramesThrough() {
        PacketGuards guards = named("libvirt-clean-traffic").network().guards();
        assertThat(guards.ipSourceGuard())
                .isEqualTo(new IpSourceGuard(
                        IpSourceGuard.Ipv4.FIRST_PACKET,
                        IpSourceGuard.Unspecified.UDP,
                        IpSourceGuard.Ipv6.OFF));
        assertThat(guards.tagged()).isEqualTo(PacketGuards.Tagged.PASS);
        assertThat(guards.protocols()).isEqualTo(PacketGuards.Protocols.IPV4_AND_ARP);
    }

    @ParameterizedTest
    @CsvSource({
        "esx-vss-5.0, REJECT, ACCEPT, ACCEPT, INTER_VM",
        "esx-vss-6.0, REJECT, ACCEPT, ACCEPT, INTRA_VM",
        "esx-vss-7.0, REJECT, REJECT, REJECT, INTRA_VM",
        "esx-9.0.2, REJECT, ACCEPT, ACCEPT, INTRA_VM",
        "vds-default, REJECT, REJECT, REJECT, INTRA_VM",
        "vmware-server-default, ACCEPT, ACCEPT, ACCEPT, NONE",
        "hyperv-default, REJECT, REJECT, REJECT, NONE",
        "virtualbox-default, REJECT, ACCEPT, ACCEPT, NONE",
        "libvirt-bare, OWN_PORT, ACCEPT, ACCEPT, INTER_VM"
    })
    void documentedDefaults(
            String policy,
            Promiscuous promiscuous,
            Permission macChanges,
            Permission forgedTransmits,
            MemoryPolicy.Sharing sharing) {
        NetworkPolicy network = named(policy).network();
        assertThat(network.promiscuous()).isEqualTo(promiscuous);
        assertThat(network.macChanges()).isEqualTo(macChanges);
        assertThat(network.forgedTransmits()).isEqualTo(forgedTransmits);
        assertThat(named(policy).memory().sharing()).isEqualTo(sharing);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ovn-empty",
                "neutron-portsec-off",
                "incus-default",
                "xen-vif-noip",
                "xenserver-unlocked",
                "libvirt-bare",
                "qemu-hub",
                "uml-switch",
                "uml-hub"
            })
    void whatIsUnprotectedFiltersNothing(String policy) {
        NetworkPolicy network = named(policy).network();
        assertThat(network.guards()).isEqualTo(PacketGuards.NONE);
        assertThat(network.arpInspection()).isEqualTo(ArpInspection.OFF);
        assertThat(network.forgedTransmits()).isEqualTo(Permission.ACCEPT);
        assertThat(network.portIsolation()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("builtIns")
    void whatIsWrittenIsReadBackEqual(Policy policy) throws InvalidFileException {
        String written = PolicyFile.write(policy);
        Policy read = PolicyFile.parse("w", written.getBytes(StandardCharsets.UTF_8));
        assertThat(read).isEqualTo(policy);
        assertThat(PolicyFile.write(read)).isEqualTo(written);
    }

    @Test
    void whatIsWrittenIsResolved() throws InvalidFileException {
        String text = """
                policy: derived
                summary: 'null'
                based-on: hardened
                network: {mac-table: {ageing: 2m}}
                accept: [{scenario: '*', property: 'null', reason: "it's fine"}]
                """;
        Policy policy = PolicyFile.parse("f", text.getBytes(StandardCharsets.UTF_8));
        assertThat(PolicyFile.write(policy))
                .isEqualTo("""
                        policy: derived
                        summary: 'null'
                        sources:
                        - %s
                        - %s
                        - %s
                        - %s
                        - %s
                        - %s
                        - %s
                        monitor:
                          type: I
                          console-sees:
                            nic: false
                            memory: false
                            process: false
                        network:
                          mode: switched
                          promiscuous: reject
                          mac-changes: reject
                          forged-transmits: reject
                          mac-learning: learn
                          mac-table:
                            size: 64
                            when-full: drop
                            ageing: 2m
                          unknown-unicast: drop
                          port-security:
                            addresses: 1
                          arp-inspection:
                            drop: before-learning
                            validate-source: true
                            sender: binding
                          port-isolation: true
                          rate-limit: 2Mbit
                          ip-source-guard:
                            ipv4: configured
                            unspecified: dhcp
                            ipv6: configured
                          nd-inspection: true
                          ra-guard: true
                          dhcp-guard: true
                          protocols: ip-and-arp
                          tagged: drop
                          filter-delay: 0s
                          vlan:
                            guest-ports: access
                            tagged-on-access: drop
                            native: 4094
                        disk:
                          format: qcow2
                          encryption: qcow2-luks
                          integrity: aead
                          zero-on-allocate: true
                          probe-format: false
                          lock: true
                          rate-limit: 8MiB
                        memory:
                          sharing: none
                          overcommit: 100
                          limit: 100
                          reservation: 100
                          shares: {}
                          balloon: true
                          swap: encrypted
                          zero-on-allocate: true
                          zero-on-free: true
                        cpu:
                          limit: 50
                          shares: {}
                        devices:
                          models:
                          - vga
                          - ide
                          - pcnet
                          passthrough: false
                        management:
                          console-role: auditor
                        accept:
                        - scenario: '*'
                          property: 'null'
                          reason: it's fine
                        """.formatted(policy.sources().toArray()));
    }

    @Test
    void aFileIsLoadedByItsPathAndAPolicyByItsName() throws Exception {
        Path path = folder.resolve("mine.yaml");
        Files.writeString(path, "policy: mine\nbased-on: physical\n");
        assertThat(Policies.load(path.toString()).name()).isEqualTo("mine");
        assertThat(Policies.load("physical")).isEqualTo(named("physical"));
        assertThatThrownBy(() -> Policies.load("phisical"))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageStartingWith("phisical: neither a built-in policy (physical, esx-1.5.2,"
                        + " virtual-server-1.0, hardened, ")
                .hasMessageEndingWith(
                        ", uml-switch, uml-hub) nor a file; did you mean 'physical'?");
    }

    @ParameterizedTest
    @MethodSource("builtIns")
    void mutatedFilesEndInProblemsOrAPolicyThatCanBeWritten(Policy policy) throws IOException {
        byte[] original = bytes(policy.name());
        for (long seed = 0; seed < 400; seed++) {
            byte[] mutated = mutated(original, new SplittableRandom(seed));
            try {
                Policy read = PolicyFile.parse("m", mutated);
                byte[] written = PolicyFile.write(read).getBytes(StandardCharsets.UTF_8);
                assertThat(PolicyFile.parse("w", written)).as("seed %d", seed).isEqualTo(read);
            } catch (InvalidFileException e) {
                assertThat(e.problems()).as("seed %d", seed).isNotEmpty();
            }
        }
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = Policies.class.getResourceAsStream(name + ".yaml")) {
            return in.readAllBytes();
        }
    }

    private static byte[] mutated(byte[] original, SplittableRandom random) {
        byte[] bytes = original.clone();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = bytes[random.nextInt(bytes.length)];
                default -> {
                    int from = random.nextInt(bytes.length);
                    int length = Math.min(20, bytes.length - Math.max(at, from));
                    System.arraycopy(original, from, bytes, at, length);
                }
            }
        }
        return bytes;
    }
}
