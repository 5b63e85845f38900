package cofferdam.monitor.emulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.Endpoint;
import cofferdam.monitor.Host;
import cofferdam.monitor.HostSetup;
import cofferdam.monitor.MemorySetup;
import cofferdam.monitor.NetworkInterfaces;
import cofferdam.monitor.NetworkSetup;
import cofferdam.monitor.RawNic;
import cofferdam.monitor.RefusedSetupException;
import cofferdam.monitor.Wiring;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.pcapng.CapturedFrame;
import cofferdam.monitor.pcapng.PcapngException;
import cofferdam.monitor.pcapng.PcapngReader;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.recording.RecordedEvidence;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Source and vm1 are in virtual LAN 10, vm2 and the host in 1. By the bytes in the captures. */
final class VirtualLansTest {

    private static final String TEXT = "through the wall";
    private static final FlowId FLOW = FlowId.of(0x77, 0x88);

    private RecordedEvidence evidence = new RecordedEvidence();

    @ParameterizedTest
    @ValueSource(strings = {"physical", "linux-bridge", "esx-vss-5.0", "hyperv-default"})
    void machinesOfOneVirtualLanReachEachOtherAcrossTheTrunk(String policy) throws Exception {
        run(policy, host -> probe(host, "source", "vm1"));
        assertThat(frames("vm1", FLOW.value())).hasSize(6);
        assertThat(frames("vm2", FLOW.value())).isEmpty();
        if (evidence.files().containsKey("captures/uplink.pcapng")) {
            assertThat(frames("uplink", FLOW.value()))
                    .hasSize(6)
                    .allMatch(
                            frame -> frame[12] == (byte) 0x81 && frame[13] == 0 && frame[15] == 10);
            assertThat(frames("vm1", FLOW.value())).allMatch(frame -> frame[12] == 8);
        }
    }

    @Test
    void machinesOfTwoVirtualLansDoNot() throws Exception {
        run("linux-bridge", host -> probe(host, "vm2", "vm1"));
        assertThat(frames("vm1", FLOW.value())).isEmpty();
        run("linux-bridge", host -> probe(host, "vm2", "host"));
        // On its own interface, and on the one that it shares with the guests.
        assertThat(frames("host", FLOW.value())).hasSize(2 * 6);
    }

    @ParameterizedTest
    @CsvSource({
        "linux-bridge, true",
        "incus-default, true",
        "libvirt-clean-traffic, true",
        "incus-filtered, false",
        "esx-vss-5.0, false",
        "esx-vss-7.0, false",
        "hyperv-default, false",
        "neutron-portsec-off, false",
        "hardened, false",
        "physical, false"
    })
    void twoTagsHopFromTheNativeVirtualLanWhereTheBridgeTakesItsTag(String policy, boolean hops)
            throws Exception {
        run(policy, host -> nic(host, "vm2").send(tagged(1, tagged(10, hello()))));
        assertThat(frames("source", TEXT)).hasSize(hops ? 1 : 0);
        assertThat(frames("vm1", TEXT)).isEmpty();
    }

    @Test
    void oneTagDoesNotHop() throws Exception {
        for (String policy : List.of("linux-bridge", "physical", "esx-vss-5.0", "hardened")) {
            run(policy, host -> nic(host, "vm2").send(tagged(10, hello())));
            assertThat(frames("source", TEXT)).as(policy).isEmpty();
            assertThat(frames("vm1", TEXT)).as(policy).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ovn-empty", "virtualbox-default", "qemu-hub", "xen-vif-ip"})
    void aPolicyWithoutVirtualLansRefusesThem(String policy) {
        assertThatThrownBy(() -> new EmulatedMonitor().start(setup(policy)))
                .isInstanceOf(RefusedSetupException.class)
                .hasMessage("virtual LANs are asked for, and the policy's network knows none");
    }

    private static byte[] hello() {
        byte[] text = TEXT.getBytes(StandardCharsets.US_ASCII);
        return Ethernet.frame(MacAddress.BROADCAST, Inhabitant.VM2.mac(), 0x88b5, text);
    }

    private static byte[] tagged(int network, byte[] frame) {
        byte[] tagged = new byte[frame.length + 4];
        System.arraycopy(frame, 0, tagged, 0, 12);
        tagged[12] = (byte) 0x81;
        tagged[15] = (byte) network;
        System.arraycopy(frame, 12, tagged, 16, frame.length - 12);
        return tagged;
    }

    private void run(String policy, Consumer<Host> act) throws RefusedSetupException {
        evidence = new RecordedEvidence();
        try (Host host = new EmulatedMonitor().start(setup(policy))) {
            act.accept(host);
            host.await(() -> false, Duration.ofSeconds(5));
        }
    }

    private HostSetup setup(String policy) {
        return new HostSetup(
                Policies.builtIn(policy).orElseThrow(),
                Wiring.LOCAL,
                new NetworkSetup(
                        false,
                        false,
                        new TreeMap<>(Map.of("source", 10, "vm1", 10, "vm2", 1, "host", 1))),
                new TreeMap<>(),
                MemorySetup.NONE,
                7,
                evidence);
    }

    private static void probe(Host host, String from, String to) {
        host.machine(from)
                .orElseThrow()
                .offer(Endpoint.class)
                .orElseThrow(AssertionError::new)
                .probe(host.machine(to).orElseThrow(), FLOW, 3, Duration.ofMillis(1));
    }

    private static RawNic nic(Host host, String machine) {
        return host.machine(machine)
                .orElseThrow()
                .offer(NetworkInterfaces.class)
                .orElseThrow(AssertionError::new)
                .first();
    }

    private List<byte[]> frames(String vantage, String text) throws PcapngException {
        byte[] capture = evidence.files().get("captures/" + vantage + ".pcapng");
        return PcapngReader.read(capture).frames().stream()
                .map(CapturedFrame::bytes)
                .filter(frame -> new String(frame, StandardCharsets.ISO_8859_1).contains(text))
                .toList();
    }
}
