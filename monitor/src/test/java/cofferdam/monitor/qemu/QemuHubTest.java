package cofferdam.monitor.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.Tool;
import cofferdam.monitor.live.RealTime;
import cofferdam.monitor.net.FrameSink;
import cofferdam.monitor.process.WorkFolder;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** QEMU's own hub. */
class QemuHubTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RealTime time = new RealTime();
    private final List<List<Byte>> first = new ArrayList<>();
    private final List<List<Byte>> second = new ArrayList<>();
    private final List<List<Byte>> third = new ArrayList<>();
    private Path program;
    private WorkFolder folder;
    private QemuHub hub;

    @BeforeEach
    void start() throws Exception {
        program = Tool.named("qemu-system-x86_64").program();
        folder = WorkFolder.create();
        hub = QemuHub.start(program, folder, time);
    }

    @AfterEach
    void end() {
        if (hub != null) {
            hub.close();
            folder.close();
        }
        time.close();
    }

    @Test
    void everyFrameGoesToAllOtherPortsAndNeverBack() {
        FrameSink left = hub.attachGuest("vm1", Guests.ADDRESS, into(first));
        FrameSink middle = hub.attachTrunk("uplink", into(second));
        FrameSink right = hub.attachComputer("host", into(third));
        List<List<Byte>> fromLeft = new ArrayList<>();
        List<List<Byte>> fromRight = new ArrayList<>();
        for (int number = 0; number < 50; number++) {
            fromLeft.add(send(left, number));
            fromRight.add(send(right, 100 + number));
        }
        List<Byte> last = send(middle, 250);

        time.await(
                () -> second.size() == 100 && first.size() == 51 && third.size() == 51, PATIENCE);

        assertThat(second).hasSize(100).containsAll(fromLeft).containsAll(fromRight);
        assertThat(first).hasSize(51).containsAll(fromRight).contains(last);
        assertThat(third).hasSize(51).containsAll(fromLeft).contains(last);
    }

    @Test
    void firstFrameAfterAttachingIsNotLost() {
        FrameSink left = hub.attachComputer("left", into(first));
        FrameSink right = hub.attachComputer("right", into(second));

        List<Byte> there = send(left, 1);
        time.await(() -> !second.isEmpty(), PATIENCE);
        List<Byte> back = send(right, 2);
        time.await(() -> !first.isEmpty(), PATIENCE);

        assertThat(second).containsExactly(there);
        assertThat(first).containsExactly(back);
    }

    @Test
    void hubThatIsGoneFailsTheRunInsteadOfBeingSilent() {
        FrameSink port = hub.attachComputer("left", into(first));
        ProcessHandle.of(hub.process()).orElseThrow().destroyForcibly();

        assertThatThrownBy(() -> time.await(
                        () -> {
                            send(port, 1);
                            return false;
                        },
                        PATIENCE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("QEMU's hub ended: signal 9 (killed)");
        assertThatThrownBy(() -> hub.attachComputer("right", into(second)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("QEMU's hub got no port");
    }

    private static FrameSink into(List<List<Byte>> received) {
        return (buffer, offset, length) ->
                received.add(Frames.list(Arrays.copyOfRange(buffer, offset, offset + length)));
    }

    private static List<Byte> send(FrameSink port, int number) {
        byte[] frame = Frames.arpRequest("10.0.0." + number);
        port.accept(frame, 0, frame.length);
        return Frames.list(frame);
    }
}
