package cofferdam.monitor.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.MachineEnd;
import cofferdam.monitor.guest.Residents;
import cofferdam.monitor.recording.RecordedEvidence;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;

/** Guests that do not do what guests should. */
class LinuxGuestTest {

    private final FakeGuest clock = new FakeGuest();
    private final FakeRunning running = new FakeRunning();
    private final RecordedEvidence evidence = new RecordedEvidence();
    private final LinuxGuest guest = new LinuxGuest(
            Residents.guest("vm1"), 0, running, clock, evidence, new SplittableRandom(1));

    @Test
    void oneThatExitsAtOnceIsNotUpAndItsReasonIsTold() throws IOException {
        guest.start();
        clock.after(Duration.ofMillis(50), () -> running.end = "exit code 1: no memory");

        assertThatThrownBy(guest::awaitUp).hasMessage("vm1 ended: exit code 1: no memory");

        assertThat(guest.isOn()).isFalse();
        assertThat(running.closed).isTrue();
    }

    @Test
    void oneThatNeverAnswersIsGivenUpAtTheLimitWithItsLastWords() throws IOException {
        guest.start();
        running.log = "[0.1] first\n[0.2] VFS: Unable to mount root fs\n";
        long before = clock.now();

        assertThatThrownBy(guest::awaitUp)
                .hasMessage("vm1 was not up after 60 seconds;"
                        + " its last words: [0.2] VFS: Unable to mount root fs");

        assertThat(clock.now() - before).isEqualTo(Hypervisor.BOOT_LIMIT.toNanos());
        assertThat(running.closed).isTrue();
    }

    @Test
    void oneThatFloodsItsConsoleAtItsStartIsGivenUpAtOnce() throws IOException {
        guest.start();
        long before = clock.now();
        clock.after(Duration.ofMillis(50), this::flood);

        assertThatThrownBy(guest::awaitUp)
                .hasMessage("vm1 did not come up: the guest floods its console");

        assertThat(clock.now() - before).isLessThan(Duration.ofSeconds(1).toNanos());
        assertThat(running.closed).isTrue();
    }

    @Test
    void oneThatFloodsItsConsoleLaterEndsTheRun() throws IOException {
        boot();
        flood();

        assertThatThrownBy(() -> clock.pass(Duration.ofSeconds(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("vm1 cannot be driven any more: the guest floods its console");

        assertThat(running.closed).isTrue();
    }

    @Test
    void oneThatDiesUnderwayIsTold() throws IOException {
        boot();
        GuestShell.Call call = guest.shell().run("ping", Duration.ofSeconds(60));
        running.end = "signal 9";

        clock.pass(Duration.ofSeconds(1));

        assertThat(evidence.events())
                .singleElement()
                .isInstanceOfSatisfying(Event.MachineEnded.class, ended -> {
                    assertThat(ended.actor()).isEqualTo("vm1");
                    assertThat(ended.outcome()).isEqualTo(MachineEnd.KILLED);
                    assertThat(ended.detail()).isEqualTo("signal 9");
                });
        assertThat(call.done()).isTrue();
        assertThatThrownBy(call::result).hasMessageEndingWith("vm1 is off, as it ended: signal 9");
        assertThatThrownBy(guest::shell).hasMessage("vm1 is off, as it ended: signal 9");
        assertThatThrownBy(guest::process).hasMessage("vm1 is off, as it ended: signal 9");
    }

    @Test
    void oneThatIsSwitchedOffIsJustOff() throws IOException {
        boot();
        guest.cut();
        clock.pass(Duration.ofSeconds(1));

        assertThat(evidence.events()).isEmpty();
        assertThatThrownBy(guest::shell).hasMessage("vm1 is off");
    }

    private void boot() throws IOException {
        guest.start();
        running.say("up");
        guest.awaitUp();
    }

    private void flood() {
        running.raw("x".repeat(100) + "\n", 20_000);
    }
}
