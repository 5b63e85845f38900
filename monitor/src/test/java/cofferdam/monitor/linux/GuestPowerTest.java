package cofferdam.monitor.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.DiskSlot;
import cofferdam.monitor.GuestFiles;
import cofferdam.monitor.Power;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FileOutcome;
import cofferdam.monitor.evidence.PowerState;
import cofferdam.monitor.policy.DiskPolicy.Format;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

class GuestPowerTest {

    private static final String MOUNT = "/lib/cofferdam/disk mount root /etc/essential.sha256";

    @TempDir
    Path folder;

    private DiskBench bench;
    private FakePowered guest;
    private Power power;

    @BeforeEach
    void setUp() throws IOException {
        bench = new DiskBench(folder, DiskBench.policy(Format.RAW));
        guest = bench.guest;
        power = bench.capability(Power.class);
    }

    @Test
    void aGuestHasStartedWhenItHasMountedItsDisk() {
        bench.await(power.on());

        assertThat(guest.commands).containsExactly(MOUNT);
        assertThat(bench.last(Event.PowerChanged.class).outcome()).isEqualTo(PowerState.STARTED);
        assertThat(bench.last(Event.PowerChanged.class).subject()).isEqualTo("vm1.img");
    }

    @Test
    void aGuestThatCannotUseItsDiskHasFailedAndIsGone() {
        guest.answers = command ->
                Optional.of(new GuestShell.Result(1, "file system: mount\n\tfailed: \u001b[31m"));

        bench.await(power.on());

        Event.PowerChanged change = bench.last(Event.PowerChanged.class);
        assertThat(change.outcome()).isEqualTo(PowerState.FAILED);
        assertThat(change.detail()).isEqualTo("file system: mount; failed: ?[31m");
        assertThat(guest.on).isFalse();
        bench.await(bench.capability(GuestFiles.class).read(DiskBench.NOTES));
        assertThat(bench.last(Event.FileRead.class).outcome()).isEqualTo(FileOutcome.FAILED);
    }

    @Test
    void aRefusalIsTheImagesIfTheGuestStartsWithoutItsDiskAndNotWithIt() {
        guest.refusals.addAll(List.of("no qcow2", "", "no qcow2 again"));

        bench.await(power.on());

        assertThat(guest.startedWithDisk).containsExactly(true, false, true);
        assertThat(bench.last(Event.PowerChanged.class).outcome()).isEqualTo(PowerState.REFUSED);
        assertThat(bench.last(Event.PowerChanged.class).detail()).isEqualTo("no qcow2 again");
        assertThat(guest.on).isFalse();
    }

    @Test
    void aHypervisorThatStartsNothingRefusesNoImage() {
        guest.refusals.addAll(List.of("no memory", "no memory"));

        assertThatThrownBy(() -> bench.await(power.on()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("even without its disk: no memory");
        assertThat(bench.events(Event.PowerChanged.class)).isEmpty();
    }

    @Test
    void aRefusalThatDoesNotComeAgainIsNone() {
        guest.refusals.add("too busy");

        bench.await(power.on());

        assertThat(guest.startedWithDisk).containsExactly(true, false, true);
        assertThat(bench.last(Event.PowerChanged.class).outcome()).isEqualTo(PowerState.STARTED);
    }

    @Test
    void aGuestThatIsNotUpInTimeSaysNothingAboutItsImage() {
        guest.late = true;

        assertThatThrownBy(() -> bench.await(power.on()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not up");
        assertThat(bench.events(Event.PowerChanged.class)).isEmpty();
    }

    @Test
    void aGuestThatDoesNotAnswerSaysNothingAboutItsImage() {
        guest.answers = command -> Optional.empty();

        assertThatThrownBy(() -> bench.await(power.on()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not say what became of its disk");
        assertThat(bench.events(Event.PowerChanged.class)).isEmpty();
        assertThat(guest.on).isFalse();
    }

    @Test
    void aGuestLetsGoOfItsDiskBeforeItIsSwitchedOff() {
        bench.await(power.on());
        bench.await(power.off());

        assertThat(guest.commands)
                .containsExactly(MOUNT, "/lib/cofferdam/disk unmount", "poweroff -f");
        assertThat(bench.last(Event.PowerChanged.class).outcome()).isEqualTo(PowerState.OFF);
        assertThat(bench.last(Event.PowerChanged.class).detail()).isEmpty();
    }

    @Test
    void thatItsPowerWasCutIsSaid() {
        bench.await(power.on());
        guest.endsByItself = false;
        bench.await(power.off());

        assertThat(bench.last(Event.PowerChanged.class).detail()).contains("its power was cut");
    }

    @Test
    void aGuestThatDoesNotLetGoOfItsDiskIsNotCalledOff() {
        bench.await(power.on());
        guest.answers = command -> Optional.empty();

        assertThatThrownBy(() -> bench.await(power.off()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("was not shut down");
        assertThat(bench.last(Event.PowerChanged.class).outcome()).isEqualTo(PowerState.STARTED);
    }

    @Test
    void withAnEmptyDiskAGuestIdles() throws IOException {
        bench.capability(DiskSlot.class).attach(DiskBench.SIZE);
        bench.await(power.on());

        assertThat(bench.last(Event.PowerChanged.class).outcome()).isEqualTo(PowerState.IDLE);
        assertThat(guest.commands).isEmpty();
        bench.await(bench.capability(GuestFiles.class).read(DiskBench.NOTES));
        assertThat(bench.last(Event.FileRead.class).detail()).isEqualTo("no system is running");
    }
}
