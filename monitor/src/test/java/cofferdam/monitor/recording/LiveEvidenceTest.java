package cofferdam.monitor.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Direction;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.EventLog;
import cofferdam.monitor.evidence.VantageCapture;
import cofferdam.monitor.pcapng.PcapngReader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class LiveEvidenceTest {

    private static final MacAddress MAC = MacAddress.parse("02:00:00:00:01:01");
    private static final byte[] FRAME = new byte[60];

    @TempDir
    Path folder;

    private static Event event(long time) {
        return new Event.CableChanged(time, "vm1", "cable", true);
    }

    @Test
    void onlyTheLastEventsAreKept() {
        LiveEvidence evidence = LiveEvidence.inMemory();
        for (int i = 0; i < LiveEvidence.MAXIMUM_KEPT_EVENTS + 5; i++) {
            evidence.record(event(i));
        }
        assertThat(evidence.latest(Integer.MAX_VALUE)).hasSize(LiveEvidence.MAXIMUM_KEPT_EVENTS);
        assertThat(evidence.latest(2)).extracting(Event::time).containsExactly(1003L, 1004L);
        assertThat(evidence.recorded()).isEqualTo(1005);
    }

    @Test
    void framesAreCountedByInterfaceAndDirection() {
        LiveEvidence evidence = LiveEvidence.inMemory();
        VantageCapture capture = evidence.capture("vm1");
        int number = capture.addInterface("eth0", "virtual", MAC);
        capture.frame(number, 1, Direction.INBOUND, FRAME, 0, 60);
        capture.frame(number, 2, Direction.OUTBOUND, FRAME, 0, 60);
        capture.frame(number, 3, Direction.OUTBOUND, FRAME, 0, 60);

        assertThat(evidence.traffic())
                .containsExactly(new LiveEvidence.Traffic("vm1", "eth0", 1, 2, 0));
        assertThat(evidence.capture("vm1")).isSameAs(capture);
    }

    @Test
    void aFolderGetsEventsAndWholeCapturesWithNames() throws Exception {
        Path into = folder.resolve("lab");
        try (LiveEvidence evidence = LiveEvidence.into(into)) {
            VantageCapture capture = evidence.capture("vm1");
            int number = capture.addInterface("eth0", "virtual", MAC);
            evidence.record(
                    new Event.MachineStarted(1, "vm1", Ipv4Address.parse("10.0.0.11"), MAC));
            capture.frame(number, 2, Direction.INBOUND, FRAME, 0, 60);
            evidence.flush();
            assertThat(EventLog.read(Files.readAllBytes(into.resolve("events.jsonl"))))
                    .hasSize(1);
            capture.frame(number, 3, Direction.INBOUND, FRAME, 0, 60);
        }
        byte[] file = Files.readAllBytes(into.resolve("captures/vm1.pcapng"));
        assertThat(PcapngReader.read(file).frames()).hasSize(2);
        assertThat(PcapngReader.names(file)).containsValue("vm1");
    }

    @Test
    void aFullCaptureStaysWholeAndSaysWhatItLacks() throws Exception {
        byte[] frame = new byte[262_144];
        int most = (int) (LiveEvidence.MAXIMUM_CAPTURE_BYTES / (frame.length + 64));
        Path into = folder.resolve("full");
        try (LiveEvidence evidence = LiveEvidence.into(into)) {
            VantageCapture capture = evidence.capture("vm1");
            int number = capture.addInterface("eth0", "virtual", MAC);
            for (int i = 0; i < most + 3; i++) {
                capture.frame(number, i, Direction.INBOUND, frame, 0, frame.length);
            }
            assertThat(evidence.traffic())
                    .containsExactly(new LiveEvidence.Traffic("vm1", "eth0", most + 3, 0, 3));
        }
        assertThat(Files.size(into.resolve("captures/vm1.pcapng")))
                .isLessThanOrEqualTo(LiveEvidence.MAXIMUM_CAPTURE_BYTES);
    }

    @Test
    void aFolderWithAnythingInItIsRefused() throws IOException {
        Files.writeString(folder.resolve("mine"), "");
        assertThatThrownBy(() -> LiveEvidence.into(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not empty");
        assertThat(folder.toFile().list()).isEqualTo(List.of("mine").toArray(String[]::new));
    }
}
