package cofferdam.monitor.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Direction;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.EventLog;
import cofferdam.monitor.evidence.VantageCapture;
import cofferdam.monitor.pcapng.Capture;
import cofferdam.monitor.pcapng.CaptureInterface;
import cofferdam.monitor.pcapng.PcapngReader;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class RecordedEvidenceTest {

    private static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:01");
    private static final Ipv4Address ADDRESS = Ipv4Address.parse("10.0.0.1");

    private final RecordedEvidence evidence = new RecordedEvidence();

    @Test
    void filesHoldEventsFramesAndNames() throws Exception {
        evidence.record(new Event.MachineStarted(1, "vm1", ADDRESS, MAC));
        VantageCapture capture = evidence.capture("vm1");
        int number = capture.addInterface("eth0", "of vm1", MAC);
        capture.frame(number, 2, Direction.OUTBOUND, new byte[] {0, 1, 2, 3}, 1, 2);
        evidence.capture("uplink");

        Map<String, byte[]> files = evidence.files();

        assertThat(files)
                .containsOnlyKeys("captures/uplink.pcapng", "captures/vm1.pcapng", "events.jsonl");
        assertThat(EventLog.read(files.get("events.jsonl"))).isEqualTo(evidence.events());
        Capture read = PcapngReader.read(files.get("captures/vm1.pcapng"));
        assertThat(read.interfaces()).containsExactly(new CaptureInterface("eth0", "of vm1", MAC));
        assertThat(read.frames().getFirst().bytes()).containsExactly(1, 2);
        assertThat(PcapngReader.names(files.get("captures/uplink.pcapng")))
                .containsExactly(Map.entry(ADDRESS, "vm1"));
    }

    @Test
    void namesTheAddressesThatMachinesMakeOfTheirHardwareAddresses() throws Exception {
        RecordedEvidence both = new RecordedEvidence(List.of(Ipv6Address.LINK_LOCAL));
        for (RecordedEvidence each : List.of(both, evidence)) {
            each.record(new Event.MachineStarted(1, "vm1", ADDRESS, MAC));
            each.capture("vm1");
        }
        assertThat(PcapngReader.namesOfIpv6(both.files().get("captures/vm1.pcapng")))
                .containsExactly(Map.entry(Ipv6Address.eui64(Ipv6Address.LINK_LOCAL, MAC), "vm1"));
        assertThat(PcapngReader.namesOfIpv6(evidence.files().get("captures/vm1.pcapng")))
                .isEmpty();
    }

    @Test
    void recordingGoesOnAfterFilesWereGiven() throws Exception {
        VantageCapture capture = evidence.capture("vm1");
        capture.addInterface("eth0", "", MAC);
        evidence.files();
        capture.frame(0, 2, Direction.OUTBOUND, new byte[60], 0, 60);

        assertThat(PcapngReader.read(evidence.files().get("captures/vm1.pcapng"))
                        .frames())
                .hasSize(1);
    }

    @Test
    void oneVantageHasOneCapture() {
        assertThat(evidence.capture("vm1")).isSameAs(evidence.capture("vm1"));
    }

    @Test
    void anEventThatGoesBackInTimeIsRefused() {
        evidence.record(new Event.StepStarted(5, "scenario", "a"));
        evidence.record(new Event.StepStarted(5, "scenario", "b"));

        assertThatThrownBy(() -> evidence.record(new Event.StepStarted(4, "scenario", "c")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("event of scenario at 4 is before the last at 5");
    }

    @Test
    void aVantageThatIsNoPlainNameIsRefused() {
        for (String name : new String[] {"", "../vm1", "VM1", "a/b", "-", "x".repeat(65)}) {
            assertThatThrownBy(() -> evidence.capture(name))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + name + "'");
        }
    }

    @Test
    void tooManyVantagesAreRefused() {
        for (int i = 0; i < RecordedEvidence.MAXIMUM_VANTAGES; i++) {
            evidence.capture("vm" + i);
        }

        assertThatThrownBy(() -> evidence.capture("one-more"))
                .isInstanceOf(EvidenceLimitException.class)
                .hasMessage("vantage 'one-more' is beyond the 64 allowed");
    }

    @Test
    void aCaptureBeyondItsLimitIsRefused() {
        RecordedCapture capture = new RecordedCapture("vm2", 20_000);
        capture.addInterface("eth0", "", MAC);

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1000; i++) {
                        capture.frame(0, i, Direction.INBOUND, new byte[60], 0, 60);
                    }
                })
                .isInstanceOf(EvidenceLimitException.class)
                .hasMessage("capture of vantage 'vm2' would be larger than 20000 bytes");
    }
}
