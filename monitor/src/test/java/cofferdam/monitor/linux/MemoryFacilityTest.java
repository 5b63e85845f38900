package cofferdam.monitor.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.Capability;
import cofferdam.monitor.MemoryControl;
import cofferdam.monitor.Offer;
import cofferdam.monitor.OwnMemory;
import cofferdam.monitor.ProgramMemory;
import cofferdam.monitor.Programs;
import cofferdam.monitor.Programs.Stressor;
import cofferdam.monitor.RunningSystem;
import cofferdam.monitor.RunningSystem.Sabotage;
import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.MachineEnd;
import cofferdam.monitor.evidence.ProcessEnd;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

final class MemoryFacilityTest {

    private static final Canary SECRET = Canary.of(1, 2);
    private static final Duration MOMENT = Duration.ofMillis(50);
    private static final String KILLED =
            "[   9.1] Out of memory: Killed process 77 (stressor) total-vm:79656kB, UID:0\r\n";

    private final ScriptedGuest host = new ScriptedGuest();
    private final MemoryFacility facility = MemoryFacility.of(host.guest, "host");

    private <C extends Capability> C capability(Class<C> kind) {
        return facility.offer(kind).orElseThrow().orElseThrow(AssertionError::new);
    }

    private List<Event.MemorySampled> seenBy(String actor) {
        return host.events(Event.MemorySampled.class).stream()
                .filter(sample -> sample.actor().equals(actor))
                .toList();
    }

    @Test
    void aGuestThatIsSwitchedOnIsGivenMemoryAndBeginsToBeatAndToTell() throws Exception {
        host.on();
        host.pass(MOMENT);

        assertThat(host.events(Event.MemoryConfigured.class))
                .containsExactly(new Event.MemoryConfigured(
                        host.events.getFirst().time(),
                        "monitor",
                        "vm1",
                        ScriptedGuest.MEMORY,
                        ScriptedGuest.MEMORY,
                        0,
                        0));
        assertThat(String.join("", host.commands))
                .contains(
                        "/lib/cofferdam/heartbeat", "/lib/cofferdam/gauge", "/lib/cofferdam/swap");
    }

    @Test
    void whatTheGuestDoesNotCallFreeIsUsedAndTheHostLooksAtThatTime() throws Exception {
        host.on();
        host.events.clear();

        host.say("note memory 80000 1000 32768 30000");

        Event.MemorySampled own = seenBy("vm1").getFirst();
        assertThat(own.size()).isEqualTo(ScriptedGuest.MEMORY);
        assertThat(own.used()).isEqualTo(ScriptedGuest.MEMORY - (1000L << 10));
        assertThat(own.swapped()).isEqualTo(2768L << 10);
        assertThat(host.events.getLast()).isEqualTo(own);
    }

    @Test
    void whatTheGuestCannotHaveIsNoSample() throws Exception {
        host.on();

        host.say("note memory 80000 90000 0 0");
        host.say("note memory 900000 1000 0 0");
        host.say("note memory 80000 1000 0 5");
        host.say("note memory 80000 1000 0");
        host.say("note memory 80000 -1 0 0");

        assertThat(seenBy("vm1")).isEmpty();
    }

    @Test
    void aProcessWhoseMemoryIsLargerThanTheGuestIsNotTakenForIt() throws Exception {
        host.on();
        // The process is this test's own, whose largest range is its heap, of gigabytes.
        host.pass(Duration.ofSeconds(2));

        assertThat(seenBy("monitor")).allMatch(sample -> sample.used() <= ScriptedGuest.MEMORY);
    }

    @Test
    void aSecretIsNeverAnArgumentAndIsLookedForAtOnce() throws Exception {
        host.on();
        host.shell = command -> Optional.of(command.contains("recall") ? SECRET.value() : "");

        capability(ProgramMemory.class).remember(SECRET, 4);

        String keep = host.commands.stream()
                .filter(command -> command.contains("keep"))
                .findFirst()
                .orElseThrow();
        assertThat(keep.lines().toList())
                .containsExactly("/lib/cofferdam/keep 4 <<END", SECRET.value(), "END");
        assertThat(host.events(Event.SecretRemembered.class))
                .extracting(Event.SecretRemembered::detail)
                .containsExactly("");
    }

    @Test
    void aSecretThatIsNotThereWasNotRemembered() throws Exception {
        host.on();

        capability(ProgramMemory.class).remember(SECRET, 4);
        capability(ProgramMemory.class).recall();

        assertThat(host.events(Event.SecretRemembered.class))
                .extracting(Event.SecretRemembered::detail)
                .containsExactly("the program does not have it");
        assertThat(host.events(Event.SecretRecalled.class))
                .extracting(Event.SecretRecalled::outcome)
                .containsExactly("");
    }

    @Test
    void aGuestThatIsOffRemembersNothing() {
        capability(ProgramMemory.class).remember(SECRET, 4);

        assertThat(host.events(Event.SecretRemembered.class))
                .extracting(Event.SecretRemembered::detail)
                .containsExactly("vm1 is off");
    }

    @Test
    void noPagesAreTimedInAShell() {
        assertThatThrownBy(() -> capability(ProgramMemory.class).reserve(1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("BusyBox has no program");
    }

    private Programs.Execution leak() throws IOException {
        host.on();
        host.pass(MOMENT);
        host.shell = command -> command.contains("exec setsid")
                ? Optional.empty()
                : Optional.of(command.contains("tries") ? "77" : "");
        return capability(Programs.class).start(Stressor.MEMORY);
    }

    private long leaksCall() {
        // The leak was the last but one: its number was asked for after it.
        return host.last() - 1;
    }

    @Test
    void aLeakThatEndsIsNotTakenForOneThatItsKernelEnded() throws Exception {
        Programs.Execution leak = leak();
        assertThat(leak.ended()).isFalse();

        host.answer(leaksCall(), "");
        host.pass(Duration.ofSeconds(2));

        assertThat(leak.ended()).isTrue();
        assertThat(host.events(Event.ProcessEnded.class)).isEmpty();
    }

    @Test
    void theKernelsWordOnALeakComesBeforeItsEndIsTold() throws Exception {
        Programs.Execution leak = leak();

        host.answer(leaksCall(), "");
        host.pass(Duration.ofMillis(300));
        assertThat(leak.ended()).isFalse();
        host.log = KILLED;
        host.pass(Duration.ofMillis(150));

        assertThat(leak.ended()).isFalse();
        assertThat(host.events(Event.ProcessEnded.class))
                .extracting(Event.ProcessEnded::subject, Event.ProcessEnded::outcome)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("leak", ProcessEnd.OUT_OF_MEMORY));
        host.pass(Duration.ofSeconds(2));
        assertThat(leak.ended()).isTrue();
        assertThat(host.events(Event.ProcessEnded.class)).hasSize(1);
    }

    @Test
    void whatElseTheKernelEndsIsToldToo() throws Exception {
        leak();

        host.log = KILLED.replace("77 (stressor)", "9 (heartbeat)");
        host.pass(Duration.ofSeconds(1));

        assertThat(host.events(Event.ProcessEnded.class))
                .extracting(Event.ProcessEnded::subject)
                .containsExactly("heartbeat");
    }

    @Test
    void aStoppedProgramIsKilledWithItsSessionAndOnce() throws Exception {
        Programs.Execution leak = leak();

        leak.stop();
        leak.stop();
        host.pass(MOMENT);

        assertThat(host.commands.getLast())
                .isEqualTo("read -r leader < /run/cofferdam/stressor.1 && kill -9 \"-$leader\"\n");
        assertThat(host.events(Event.ProcessEnded.class))
                .extracting(Event.ProcessEnded::outcome)
                .containsExactly(ProcessEnd.KILLED);
    }

    @Test
    void whatBusyBoxHasNoProgramForEndsAtOnceAndSaysWhy() throws Exception {
        host.on();
        Programs programs = capability(Programs.class);

        assertThat(programs.cannot(Stressor.NETWORK_SEND))
                .hasValueSatisfying(reason -> assertThat(reason).contains("BusyBox"));
        assertThat(programs.start(Stressor.NETWORK_SEND).ended()).isTrue();
    }

    @Test
    void sabotageIsToldBeforeWhatComesOfIt() throws Exception {
        host.on();
        RunningSystem system = capability(RunningSystem.class);

        system.sabotage(Sabotage.KILL_INIT);
        host.log = "Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000100\r\n";
        host.ended = Optional.of("signal 6");
        host.pass(Duration.ofSeconds(1));

        assertThat(host.commands.getLast()).contains("kill -TERM 1");
        List<Event> told = host.events.stream()
                .filter(event -> event instanceof Event.SystemSabotaged
                        || event instanceof Event.MachineEnded)
                .toList();
        assertThat(told).hasSize(2);
        assertThat(told.getFirst()).isInstanceOf(Event.SystemSabotaged.class);
        assertThat(((Event.MachineEnded) told.getLast()).outcome()).isEqualTo(MachineEnd.PANIC);
    }

    @Test
    void aGuestThatDoesNotAnswerWasNotSabotaged() throws Exception {
        host.on();
        host.shell = command -> Optional.empty();

        assertThatThrownBy(() -> capability(RunningSystem.class).sabotage(Sabotage.KILL_INIT))
                .isInstanceOf(IOException.class);
        assertThat(host.events(Event.SystemSabotaged.class)).isEmpty();
    }

    @Test
    void noProgramOfBusyBoxMakesAProcessorLoop() {
        assertThat(capability(RunningSystem.class).cannot(Sabotage.HANG)).isPresent();
    }

    @Test
    void theRestIsMissingWithAReason() {
        assertThat(facility.offer(OwnMemory.class))
                .hasValueSatisfying(offer -> assertThat(offer).isInstanceOf(Offer.Missing.class));
        assertThat(facility.offer(MemoryControl.class))
                .hasValueSatisfying(offer -> assertThat(offer).isInstanceOf(Offer.Missing.class));
    }
}
