package cofferdam.monitor.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.linux.RunningGuest;
import cofferdam.monitor.live.RealTime;
import cofferdam.monitor.net.FrameSink;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Real guests under a real QEMU. */
class QemuGuestTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RealTime time = new RealTime();
    private QemuHypervisor hypervisor;

    @BeforeEach
    void prepare() throws Exception {
        hypervisor = Guests.hypervisor(time);
    }

    @AfterEach
    void end() {
        if (hypervisor != null) {
            hypervisor.close();
        }
        time.close();
    }

    @Test
    void guestIsDrivenByItsConsoleAndSendsAndReceivesByBothInterfaces() throws Exception {
        RunningGuest guest = hypervisor.start(Guests.plan("vm1"));
        Received network = new Received();
        Received relay = new Received();
        guest.network().attach(network);
        guest.relay().attach(relay);
        Talk talk = new Talk(time, guest);
        talk.awaitUp();

        assertThat(talk.run("cat /sys/class/net/eth0/address")).contains("52:54:00:00:00:05");
        assertThat(talk.run("cat /proc/cmdline"))
                .contains("cofferdam.name=vm1", "cofferdam.console=ttyS1");
        assertThat(guest.kernelLog()).contains("the kernel log is here");
        talk.run("ip address add 10.0.0.5/24 dev eth0; ip link set eth0 up");
        talk.run("ip address add 10.1.0.5/24 dev eth1; ip link set eth1 up");

        talk.tell("arping -c 1 -I eth0 10.0.0.1");
        network.await(time, Frames::isArpRequest);
        assertThat(relay.frames).isEmpty();
        talk.tell("arping -c 1 -I eth1 10.1.0.1");
        relay.await(time, Frames::isArpRequest);

        send(guest.network(), Frames.arpRequest("10.0.0.5"));
        network.await(time, Frames::isArpReply);
        send(guest.relay(), Frames.arpRequest("10.1.0.5"));
        relay.await(time, Frames::isArpReply);
    }

    @Test
    void copiesOfFramesAreThoseThatLeaveAndThoseThatArriveUntilTheTapIsClosed() throws Exception {
        RunningGuest guest = hypervisor.start(Guests.plan("vm1"));
        Received network = new Received();
        guest.network().attach(network);
        Talk talk = new Talk(time, guest);
        talk.awaitUp();
        talk.run("ip address add 10.0.0.5/24 dev eth0; ip link set eth0 up");

        Received copies = new Received();
        RunningGuest.Tap tap = guest.tap(copies);
        send(guest.network(), Frames.arpRequest("10.0.0.5"));

        network.await(time, Frames::isArpReply);
        copies.await(time, Frames::isArpRequest);
        copies.await(time, Frames::isArpReply);
        assertThat(copies.frames).contains(Frames.list(Frames.arpRequest("10.0.0.5")));

        tap.close();
        tap.close();
        int before = copies.frames.size();
        network.frames.clear();
        send(guest.network(), Frames.arpRequest("10.0.0.5"));
        network.await(time, Frames::isArpReply);
        assertThat(copies.frames).hasSize(before);

        RunningGuest.Tap again = guest.tap(copies);
        assertThatThrownBy(() -> guest.tap(copies)).isInstanceOf(IOException.class);
        send(guest.network(), Frames.arpRequest("10.0.0.5"));
        time.await(() -> copies.frames.size() > before, PATIENCE);
        assertThat(copies.frames).hasSizeGreaterThan(before);
        again.close();
    }

    @Test
    void memoryOfAGuestIsWrittenToAFile() throws Exception {
        RunningGuest guest = hypervisor.start(Guests.plan("vm1"));
        Talk talk = new Talk(time, guest);
        talk.awaitUp();
        talk.run("secret=$(echo q7Lm2-marker | tr a-z n-za-m)");

        Path file = guest.physicalMemory();

        assertThat(Files.size(file)).isEqualTo(QemuHypervisor.OWN_NEED);
        String memory = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(memory.contains("d7Lz2-znexre")).isTrue();
        assertThat(guest.physicalMemory()).isEqualTo(file);
    }

    @Test
    void waysInWhichAGuestEndsAreTold() throws Exception {
        assertThat(endOf("poweroff -f")).isEqualTo("the guest switched itself off");
        assertThat(endOf("reboot -f"))
                .isEqualTo("the guest reset itself, as by a reboot or a triple fault");
    }

    private String endOf(String line) throws Exception {
        RunningGuest guest = hypervisor.start(Guests.plan("vm1"));
        Talk talk = new Talk(time, guest);
        talk.awaitUp();
        talk.tell(line);
        time.await(() -> guest.ended().isPresent(), PATIENCE);
        guest.close();
        return guest.ended().orElse("it goes on");
    }

    @Test
    void killedQemuIsNoticedWithTheReasonAndItsManagementEndsIt() throws Exception {
        RunningGuest killed = hypervisor.start(Guests.plan("vm1"));
        RunningGuest told = hypervisor.start(Guests.plan("vm2"));

        assertThat(killed.ended()).isEmpty();
        ProcessHandle.of(killed.process()).orElseThrow().destroyForcibly();
        time.await(() -> killed.ended().isPresent(), PATIENCE);
        assertThat(killed.ended()).hasValue("signal 9 (killed)");
        assertThatThrownBy(killed::powerOff).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> killed.tap(new Received()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("QEMU");

        assertThat(told.ended()).isEmpty();
        told.powerOff();
        time.await(() -> told.ended().isPresent(), PATIENCE);
        assertThat(told.ended()).hasValue("QEMU was told to quit by its protocol");
    }

    private static void send(FrameSink way, byte[] frame) {
        way.accept(frame, 0, frame.length);
    }

    private static final class Received implements FrameSink {
        private final List<List<Byte>> frames = new ArrayList<>();

        @Override
        public void accept(byte[] buffer, int offset, int length) {
            frames.add(Frames.list(Arrays.copyOfRange(buffer, offset, offset + length)));
        }

        void await(RealTime time, Predicate<List<Byte>> wanted) {
            time.await(() -> frames.stream().anyMatch(wanted), PATIENCE);
            assertThat(frames).anyMatch(wanted);
        }
    }
}
