package cofferdam.monitor.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.Endpoint;
import cofferdam.monitor.Endpoint.Operation;
import cofferdam.monitor.Endpoint.Way;
import cofferdam.monitor.Host;
import cofferdam.monitor.HostSetup;
import cofferdam.monitor.Machine;
import cofferdam.monitor.MemorySetup;
import cofferdam.monitor.NetworkSetup;
import cofferdam.monitor.Tool;
import cofferdam.monitor.Wiring;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.evidence.FlowOutcome;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.recording.RecordedEvidence;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** IPv6 and DHCP on whole hosts, from the start of the machines on. */
class SpokenProtocolsTest {

    private static final NetworkSetup BOTH = new NetworkSetup(true, true, new TreeMap<>());
    private static final String WRONG = String.join(
            " || ",
            "_ws.malformed",
            "ip.checksum.status == \"Bad\"",
            "udp.checksum.status == \"Bad\"",
            "icmpv6.checksum.status == \"Bad\"",
            "_ws.expert.severity >= \"Error\"");

    private final RecordedEvidence evidence = new RecordedEvidence();
    private int flows;

    @ParameterizedTest
    @ValueSource(strings = {"physical", "esx-1.5.2", "virtual-server-1.0", "hardened"})
    void everybodyTalksOverEveryWay(String policy) throws Exception {
        talk(policy, BOTH, MemorySetup.NONE);

        assertThat(finished()).hasSize(12).allMatch(SpokenProtocolsTest::isWell);
        assertThat(events(Event.LeaseObtained.class))
                .extracting(lease -> lease.actor() + " " + lease.outcome() + " " + lease.router())
                .containsExactly("vm1 10.0.0.11 10.0.0.1", "vm2 10.0.0.12 10.0.0.1");
        assertThat(events(Event.RouterChanged.class))
                .filteredOn(change -> change.actor().equals("vm1"))
                .extracting(
                        change -> change.subject() + " " + change.outcome() + " " + change.cause())
                .containsExactlyInAnyOrder(
                        "ipv6 fe80::ff:fe00:1 router advertisement from 02:00:00:00:00:01",
                        "ipv4 10.0.0.1 DHCP acknowledgement from 02:00:00:00:00:01");
    }

    @Test
    void machinesWithMemoryTalkThroughTheirRings() throws Exception {
        SortedMap<String, Long> guests = new TreeMap<>(Map.of("vm1", 16L << 20, "vm2", 16L << 20));
        talk("hardened", BOTH, new MemorySetup(128L << 20, guests));

        assertThat(finished()).hasSize(12).allMatch(SpokenProtocolsTest::isWell);
    }

    @Test
    void neighboursAreKnownByTheirTrueAddresses() throws Exception {
        talk("esx-1.5.2", BOTH, MemorySetup.NONE);

        Map<Ipv6Address, Machine> owners = new TreeMap<>();
        try (Host host = start("esx-1.5.2", BOTH, MemorySetup.NONE, new RecordedEvidence())) {
            host.machines().forEach(machine -> {
                owners.put(Ipv6Address.eui64(Ipv6Address.LINK_LOCAL, machine.mac()), machine);
                owners.put(Ipv6Address.eui64(NetworkSetup.IPV6_PREFIX, machine.mac()), machine);
            });
        }
        assertThat(events(Event.Ipv6NeighbourChanged.class))
                .isNotEmpty()
                .allSatisfy(change ->
                        assertThat(owners.get(change.subject()).mac()).isEqualTo(change.outcome()));
    }

    @Test
    void withoutALeaseThereIsNoRoute() throws Exception {
        try (Host host = start("physical", BOTH, MemorySetup.NONE, evidence)) {
            finish(
                    host,
                    endpoint(host, "vm1")
                            .ping(
                                    machine(host, "source"),
                                    Way.ROUTED_IPV4,
                                    flow(),
                                    1,
                                    Duration.ZERO));
        }

        assertThat(finished().getFirst().detail()).isEqualTo("no route");
    }

    @Test
    void plainMachinesSayNothingByThemselves() throws Exception {
        try (Host host = start("physical", NetworkSetup.PLAIN, MemorySetup.NONE, evidence)) {
            host.await(() -> false, Duration.ofMinutes(1));
        }

        assertThat(events(Event.class)).hasSize(3);
        assertThat(evidence.files().get("captures/vm1.pcapng")).hasSizeLessThan(500);
    }

    @Test
    void sameSeedGivesTheSameBytes() throws Exception {
        talk("esx-1.5.2", BOTH, MemorySetup.NONE);
        SortedMap<String, byte[]> first = evidence.files();
        SpokenProtocolsTest again = new SpokenProtocolsTest();
        again.talk("esx-1.5.2", BOTH, MemorySetup.NONE);

        assertThat(again.evidence.files().keySet()).isEqualTo(first.keySet());
        first.forEach((name, bytes) ->
                assertThat(again.evidence.files().get(name)).as(name).isEqualTo(bytes));
    }

    @Test
    void wiresharkFindsNothingMalformed(@TempDir Path folder) throws Exception {
        Tool tshark = Tool.named("tshark");
        talk("virtual-server-1.0", BOTH, MemorySetup.NONE);
        for (String vantage : List.of("source", "vm1", "vm2", "host", "uplink")) {
            Path file = folder.resolve(vantage + ".pcapng");
            Files.write(file, evidence.files().get("captures/" + vantage + ".pcapng"));
            String wrong = tshark.run(
                    "-r",
                    file.toString(),
                    "-o",
                    "ip.check_checksum:TRUE",
                    "-o",
                    "udp.check_checksum:TRUE",
                    "-Y",
                    WRONG);
            assertThat(wrong).as(vantage).isEmpty();
        }
        String kinds = tshark.run(
                "-r",
                folder.resolve("vm1.pcapng").toString(),
                "-T",
                "fields",
                "-e",
                "icmpv6.type",
                "-e",
                "dhcp.option.dhcp");
        assertThat(kinds.lines().map(String::strip))
                .contains("128", "129", "133", "134", "135", "136", "1", "2", "3", "5");
    }

    /** The steps of a scenario: leases, then every way from every guest, right from the start. */
    private void talk(String policy, NetworkSetup network, MemorySetup memory) throws Exception {
        try (Host host = start(policy, network, memory, evidence)) {
            Machine source = machine(host, "source");
            for (String guest : List.of("vm1", "vm2")) {
                Endpoint endpoint = endpoint(host, guest);
                Duration interval = Duration.ofMillis(10);
                finish(host, endpoint.probe(source, Way.IPV6, flow(), 2, interval));
                finish(host, endpoint.lease(source, flow()));
                finish(host, endpoint.ping(source, Way.IPV6, flow(), 2, interval));
                finish(host, endpoint.ping(source, Way.ROUTED_IPV6, flow(), 2, interval));
                finish(host, endpoint.probe(source, Way.ROUTED_IPV4, flow(), 2, interval));
                finish(
                        host,
                        endpoint(host, "source")
                                .probe(machine(host, guest), Way.IPV6, flow(), 2, interval));
            }
            host.await(() -> false, Duration.ofSeconds(25));
        }
    }

    private static Host start(
            String policy, NetworkSetup network, MemorySetup memory, RecordedEvidence evidence)
            throws Exception {
        return new EmulatedMonitor()
                .start(new HostSetup(
                        Policies.builtIn(policy).orElseThrow(),
                        Wiring.LOCAL,
                        network,
                        new TreeMap<>(),
                        memory,
                        1,
                        evidence));
    }

    private static Machine machine(Host host, String name) {
        return host.machine(name).orElseThrow();
    }

    private static Endpoint endpoint(Host host, String name) {
        return machine(host, name).offer(Endpoint.class).orElseThrow(AssertionError::new);
    }

    private FlowId flow() {
        flows++;
        return FlowId.of(0x1234, flows);
    }

    private static void finish(Host host, Operation operation) {
        assertThat(host.await(operation::done, Duration.ofMinutes(1))).isTrue();
    }

    private List<Event.FlowFinished> finished() {
        return events(Event.FlowFinished.class);
    }

    private static boolean isWell(Event.FlowFinished flow) {
        return flow.outcome() == FlowOutcome.COMPLETED;
    }

    private <E extends Event> List<E> events(Class<E> type) {
        return evidence.events().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
