package cofferdam.monitor.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.Devices;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.recording.RecordedEvidence;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

class GuestDevicesTest {

    private final TestMemory memory = new TestMemory(4 << 20);
    private final RecordedEvidence evidence = new RecordedEvidence();
    private final Bus bus = new Bus(
            List.of(
                    Part.atPorts("isa", Claim.of(0x100, 2, new Latches(2).preset(0, 1, 0xff))),
                    Part.onPci("card", new PciFunction(9, 0x1234_5678, 0, 0))),
            memory,
            Optional.empty());
    private final GuestDevices devices =
            new GuestDevices("vm1", bus, this::isRunning, () -> 42, evidence);
    private boolean running;

    private boolean isRunning() {
        return running;
    }

    @BeforeEach
    void start() {
        running = true;
    }

    @Test
    void findingsAreEvidence() {
        devices.found(new Devices.Finding("port 03f5", "80"));

        assertThat(evidence.events())
                .containsExactly(new Event.DeviceFound(42, "vm1", "port 03f5", "80"));
    }

    @Test
    void whatWasReadAndWhatAnsweredIsEvidenceWhateverWasTold() throws IOException {
        devices.in(0xff, 1);
        devices.in(0x100, 4);
        devices.in(0xffff, 2);
        devices.readByte(0x1fff);
        devices.readByte(0x3000);
        devices.readByte(0xffff_ffffL);
        devices.readByte(1L << 32);
        devices.readByte(-1);
        devices.out(0xcf8, 4, 0x8000_0900);
        devices.in(0xcfc, 4);
        devices.out(0xcf8, 4, 0x8000_0a04);
        devices.in(0xcfc, 4);
        devices.out(0xcf8, 4, 0x8000_0a00);
        devices.in(0xcfc, 2);
        devices.scanned();

        assertThat(evidence.events())
                .containsExactly(
                        new Event.BusScanned(42, "vm1", "pci", "9-a", "9"),
                        new Event.BusScanned(
                                42, "vm1", "ports", "ff-103,cfc-cff,ffff", "100,cfc-cff"),
                        new Event.BusScanned(
                                42,
                                "vm1",
                                "memory",
                                "1000-1fff,3000-3fff,fffff000-ffffffff",
                                "1000-1fff,3000-3fff"));
    }

    @Test
    void aMachineThatIsDownReachesNothing() {
        running = false;

        assertThatThrownBy(() -> devices.in(0x100, 1))
                .isInstanceOf(IOException.class)
                .hasMessage("vm1 is down");
        assertThatThrownBy(() -> devices.out(0x100, 1, 7)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> devices.readByte(0)).isInstanceOf(IOException.class);
        assertThat(bus.in(0x100, 1)).isEqualTo(1);
        devices.scanned();
        assertThat(evidence.events())
                .extracting(event -> ((Event.BusScanned) event).outcome())
                .containsOnly("");
    }

    @Test
    void beyondTheLimitLessIsToldToBeReadAndMoreToHaveAnswered() {
        Survey survey = new Survey(1);
        for (int number = 0; number < 2 * Survey.MAXIMUM_RANGES; number++) {
            survey.note(2 * number, true);
        }

        assertThat(survey.looked().split(",")).hasSize(Survey.MAXIMUM_RANGES).endsWith("bb6");
        assertThat(survey.answers().split(",")).hasSize(Survey.MAXIMUM_RANGES).endsWith("bb6-176e");
    }
}
