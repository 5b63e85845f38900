package cofferdam.monitor.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.Endpoint;
import cofferdam.monitor.Host;
import cofferdam.monitor.HostSetup;
import cofferdam.monitor.Machine;
import cofferdam.monitor.NetworkInterfaces;
import cofferdam.monitor.RawNic;
import cofferdam.monitor.RefusedSetupException;
import cofferdam.monitor.Wiring;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.pcapng.Capture;
import cofferdam.monitor.pcapng.CapturedFrame;
import cofferdam.monitor.pcapng.PcapngException;
import cofferdam.monitor.pcapng.PcapngReader;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.recording.RecordedEvidence;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Who sees what on the wired host: by the bytes in the captures. */
class VantageTest {

    private static final FlowId FLOW = FlowId.of(0x1234, 0x5678);

    private final RecordedEvidence evidence = new RecordedEvidence();

    @Test
    void theConsoleOfATypeOneMonitorDoesNotSeeTheGuests() throws Exception {
        probeFromSourceToVm1("esx-1.5.2", host -> {});
        assertThat(probesAt("vm1")).isEqualTo(6);
        assertThat(probesAt("host")).isZero();
        assertThat(capture("host").interfaces()).hasSize(1);
    }

    @Test
    void theHostOfATypeTwoMonitorSeesTheGuestsOnTheirInterface() throws Exception {
        probeFromSourceToVm1("virtual-server-1.0", host -> {});
        assertThat(probesAt("host")).isEqualTo(6);
        assertThat(capture("host").interfaces())
                .extracting("description")
                .containsExactly("the host's own", "shared with the guests");
    }

    @Test
    void whatCrossesTheSharedInterfaceIsOnTheUplink() throws Exception {
        probeFromSourceToVm1("esx-1.5.2", host -> {});
        assertThat(probesAt("uplink")).isEqualTo(6);
    }

    @Test
    void separateMachinesHaveNoUplinkAndNoHost() throws Exception {
        probeFromSourceToVm1(
                "physical", host -> assertThat(host.machine("host")).isEmpty());
        assertThat(evidence.files())
                .containsOnlyKeys(
                        "events.jsonl",
                        "captures/source.pcapng",
                        "captures/vm1.pcapng",
                        "captures/vm2.pcapng");
    }

    @Test
    void aNeighbourOnASharedSegmentSeesNothingUntilItAsksForPromiscuousMode() throws Exception {
        probeFromSourceToVm1("virtual-server-1.0", host -> {});
        assertThat(probesAt("vm2")).isZero();
    }

    @Test
    void aPromiscuousNeighbourOnASharedSegmentSeesEverything() throws Exception {
        probeFromSourceToVm1("virtual-server-1.0", host -> nic(host, "vm2").promiscuous(true));
        assertThat(probesAt("vm2")).isEqualTo(6);
    }

    @Test
    void aPromiscuousNeighbourOnASwitchSeesNothing() throws Exception {
        probeFromSourceToVm1("esx-1.5.2", host -> nic(host, "vm2").promiscuous(true));
        assertThat(probesAt("vm2")).isZero();
    }

    @Test
    void theGuestsStayConnectedWhenTheHostEndsItsCapture() throws Exception {
        probeFromSourceToVm1("virtual-server-1.0", host -> {
            RawNic shared = host.machine("host")
                    .orElseThrow()
                    .offer(NetworkInterfaces.class)
                    .orElseThrow(AssertionError::new)
                    .all()
                    .get(1);
            shared.promiscuous(true);
            shared.promiscuous(false);
        });
        assertThat(probesAt("vm1")).isEqualTo(6);
    }

    @Test
    void framesAreShortInsideTheHostAndPaddedOnTheWire() throws Exception {
        probeFromSourceToVm1("esx-1.5.2", host -> {});
        assertThat(arpLengths("vm1", cofferdam.monitor.evidence.Direction.OUTBOUND))
                .containsOnly(42);
        assertThat(arpLengths("source", cofferdam.monitor.evidence.Direction.INBOUND))
                .isNotEmpty()
                .containsOnly(60);
    }

    @Test
    void whatFiltersDropIsCounted() {
        probeFromSourceToVm1("hardened", host -> {
            RawNic nic = nic(host, "vm2");
            byte[] forged = new byte[60];
            cofferdam.monitor.address.MacAddress.BROADCAST.write(forged, 0);
            Inhabitant.VM1.mac().write(forged, 6);
            nic.send(forged);
            nic.send(forged);
        });
        assertThat(evidence.events())
                .filteredOn(Event.FramesDropped.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(Event.FramesDropped.class, dropped -> {
                    assertThat(dropped.subject()).isEqualTo("vm2");
                    assertThat(dropped.outcome()).isEqualTo("forged-transmits");
                    assertThat(dropped.frames()).isEqualTo(2);
                });
    }

    private void probeFromSourceToVm1(String policy, Consumer<Host> before) {
        HostSetup setup = HostSetup.withoutDisks(
                Policies.builtIn(policy).orElseThrow(), Wiring.LOCAL, 7, evidence);
        try (Host host = started(setup)) {
            before.accept(host);
            Machine vm1 = host.machine("vm1").orElseThrow();
            Endpoint source = host.machine("source")
                    .orElseThrow()
                    .offer(Endpoint.class)
                    .orElseThrow(AssertionError::new);
            Endpoint.Operation operation = source.probe(vm1, FLOW, 3, Duration.ofMillis(1));
            assertThat(host.await(operation::done, Duration.ofSeconds(10))).isTrue();
        }
    }

    private static RawNic nic(Host host, String machine) {
        return host.machine(machine)
                .orElseThrow()
                .offer(NetworkInterfaces.class)
                .orElseThrow(AssertionError::new)
                .first();
    }

    private Capture capture(String vantage) throws PcapngException {
        return PcapngReader.read(evidence.files().get("captures/" + vantage + ".pcapng"));
    }

    private long probesAt(String vantage) throws PcapngException {
        return capture(vantage).frames().stream()
                .filter(frame -> new String(frame.bytes(), StandardCharsets.ISO_8859_1)
                        .contains(FLOW.value()))
                .count();
    }

    private List<Integer> arpLengths(String vantage, cofferdam.monitor.evidence.Direction direction)
            throws PcapngException {
        return capture(vantage).frames().stream()
                .filter(frame -> frame.direction() == direction)
                .map(CapturedFrame::bytes)
                .filter(bytes -> bytes[12] == 8 && bytes[13] == 6)
                .map(bytes -> bytes.length)
                .toList();
    }

    private static Host started(HostSetup setup) {
        try {
            return new EmulatedMonitor().start(setup);
        } catch (RefusedSetupException e) {
            throw new AssertionError(e);
        }
    }
}
