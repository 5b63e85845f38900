package cofferdam.analysis;

import static cofferdam.analysis.HostScene.OWN;
import static cofferdam.analysis.MemoryScene.SECRET;
import static cofferdam.analysis.MemoryScene.isInconclusive;
import static cofferdam.analysis.MemoryScene.isUpheld;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.MachineEnd;
import cofferdam.monitor.evidence.PowerState;
import cofferdam.monitor.evidence.ProcessEnd;
import cofferdam.monitor.evidence.RunOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

class HostMemoryConfidentialityTest {

    private static final String PROPERTY = "host-memory-confidentiality";
    private static final String OWN_READ = "memory-reads/3-host.raw";

    private final HostScene host = new HostScene();

    @Test
    void aHostThatReadsAllThatItReachesAndOnlyItsOwnSecretUpholds() {
        wholeRun("");

        isUpheld(judge());
    }

    @ParameterizedTest
    @ValueSource(strings = {"vmm-vm1", "host", "shell"})
    void aSecretInWhateverWasReadIsABreach(String of) {
        host.scene.remembered("vm1");
        host.read(of, 700, "password = " + SECRET);

        isViolated("memory-reads/1-host.raw", 711L);
    }

    @Test
    void aBreachIsOneWithoutAnyControl() {
        host.scene.remembered("vm1");
        host.readBy("host", "vmm-vm1", "the rest was not read", 8000, SECRET.value());
        host.read("shell", 0, "");
        host.scene.files.remove("memory-reads/2-host.raw");

        isViolated("memory-reads/1-host.raw", 8000L);
    }

    @Test
    void aBreachIsOneThoughTheBytesAreNotAsTheyWereRead() {
        wholeRun("");
        host.scene.files.put(OWN_READ, SECRET.value().getBytes(StandardCharsets.US_ASCII));

        isViolated(OWN_READ, 0L);
    }

    @Test
    void aSecretThatTheProgramHasForgottenIsOneStill() {
        host.scene.remembered("vm1");
        host.scene.record(
                new Event.ProcessEnded(host.scene.tick(), "vm1", "keeper", ProcessEnd.EXITED, ""));
        host.read("host", 9, SECRET.value());

        isViolated("memory-reads/1-host.raw", 9L);
    }

    @Test
    void whatAnotherReadIsNotTheHosts() {
        wholeRun("");
        host.readBy("vm2", "vm2", "", 7, SECRET.value());

        isUpheld(judge());
    }

    @Test
    void aSecretThatWasRememberedLaterCannotHaveBeenRead() {
        host.read("host", 9, SECRET.value());
        wholeRun("");

        assertThat(judge().verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void aProcessWhoseMemoryIsNotToBeReadIsNoBreach() {
        beginning("");
        host.notRead("vmm-vm1").listed(9, "vmm-vm1", "vm1", "memory-map guest-memory");
        host.notRead("vmm-vm1");
        ending("");

        isUpheld(judge());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            remember | remembered no secret
            before   | recalled its secret 1 times
            after    | recalled its secret 1 times
            list     | listed no process while vm1 had its secret
            other    | did not try to read the memory of init
            own      | did not read all memory of its own
            placed   | did not read all memory of its own
            finish   | not once
            """)
    void withoutAControlItIsInconclusive(String missing, String reason) {
        wholeRun(missing);

        isInconclusive(judge(), reason);
    }

    @Test
    void aRunThatDidNotCompleteIsInconclusive() {
        beginning("");
        ending("finish");
        host.scene.finish(RunOutcome.TIMED_OUT);

        isInconclusive(judge(), "the run did not complete");
    }

    /** What may have taken the secret out of memory while the host read. */
    static Stream<Function<HostScene, Event>> movements() {
        return Stream.of(
                scene ->
                        new Event.FramesReleased(scene.scene.tick(), "monitor", "vm1", "swap", "1"),
                scene ->
                        new Event.MemorySampled(scene.scene.tick(), "vm1", "vm1", 9, 9, 9, 0, 0, 1),
                scene -> new Event.MemorySampled(
                        scene.scene.tick(), "monitor", "vm1", 9, 9, 9, 0, 0, 1),
                scene -> new Event.MachineEnded(
                        scene.scene.tick(), "vm1", MachineEnd.PANIC, "the end"),
                scene -> new Event.PowerChanged(
                        scene.scene.tick(), "vm1", "vm1.img", PowerState.OFF, ""),
                scene -> new Event.ProcessEnded(
                        scene.scene.tick(), "vm1", "keeper", ProcessEnd.KILLED, ""),
                scene -> new Event.SecretRecalled(scene.scene.tick(), "vm1", "keeper", "", ""),
                scene -> new Event.SecretRemembered(
                        scene.scene.tick(), "vm1", "keeper", SECRET, "4-7", ""));
    }

    @ParameterizedTest
    @MethodSource("movements")
    void aSecretThatMayHaveBeenElsewhereMeanwhileProvesNothing(
            Function<HostScene, Event> movement) {
        beginning("");
        host.record(movement.apply(host));
        ending("");

        assertThat(judge().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aSecretOutsideOfTheHostsMemoryProvesNothing() {
        wholeRun("");
        host.scene.change(event -> event instanceof Event.SecretRecalled recall
                ? new Event.SecretRecalled(
                        recall.time(), recall.actor(), recall.subject(), recall.outcome(), "")
                : event);

        isInconclusive(judge(), "was not in the host's memory");
    }

    @Test
    void aSecretThatWasNotRememberedProvesNothing() {
        wholeRun("");
        host.scene.change(event -> event instanceof Event.SecretRemembered remembered
                ? new Event.SecretRemembered(
                        remembered.time(), "vm1", "keeper", SECRET, "", "there is no memory")
                : event);

        isInconclusive(judge(), "did not remember its secret: there is no memory");
    }

    @Test
    void whatAnotherProgramRecallsIsNotTheSecret() {
        wholeRun("");
        host.scene.change(event -> event instanceof Event.SecretRecalled recall
                ? new Event.SecretRecalled(
                        recall.time(), recall.actor(), "other", recall.outcome(), recall.frames())
                : event);

        isInconclusive(judge(), "recalled its secret 0 times");
    }

    @Test
    void aSecretThatCameAfterTheReadingWasNotLookedFor() {
        beginning("");
        ending("finish");
        Canary later = Canary.of(5, 6);
        host.record(new Event.SecretRemembered(host.scene.tick(), "vm1", "later", later, "9", ""));
        host.scene.finish();

        isInconclusive(judge(), "recalled its secret 0 times");
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory-reads/1-host.raw", "memory-reads/2-host.raw", OWN_READ})
    void bytesThatAreMissingOrNotAsTheyWereReadProveNothing(String file) {
        wholeRun("");
        byte[] bytes = host.scene.files.remove(file);
        isInconclusive(judge(), file);

        bytes[77] ^= 1;
        host.scene.files.put(file, bytes);
        isInconclusive(judge(), file + " is not as host read it");

        host.scene.files.put(file, Arrays.copyOf(bytes, 100));
        isInconclusive(judge(), file + " is not as host read it");
    }

    @Test
    void aReadOfTheSystemThatWasCutProvesNothing() {
        beginning("own");
        host.readBy("host", "host", "the rest was not read", 80, OWN.value());
        ending("");

        isInconclusive(judge(), "did not read all memory of its own");
    }

    @Test
    void theHostsSecretInOneProcessDoesNotProveThatAllWasRead() {
        beginning("own");
        host.read("shell", 80, OWN.value());
        ending("");

        isInconclusive(judge(), "did not read all memory of its own");
    }

    @Test
    void aSecretThatSomebodyElsePlacedIsNotTheHosts() {
        wholeRun("");
        host.scene.change(event -> event instanceof Event.HostSecretPlaced placed
                ? new Event.HostSecretPlaced(placed.time(), "vm2", "shell", OWN)
                : event);

        isInconclusive(judge(), "did not read all memory of its own");
    }

    @Test
    void whatWasReadBeforeOrAfterTheSecretWasThereProvesNothing() {
        reading("");
        host.scene.remembered("vm1").recalled("vm1", SECRET.value());
        host.scene.recalled("vm1", SECRET.value());
        reading("");
        host.scene.finish();

        isInconclusive(judge(), "listed no process while vm1 had its secret");
    }

    @Test
    void aProcessThatWasReadOnlyBeforeItWasListedWasNotRead() {
        beginning("");
        host.listed(3, "shell", "", "thread main");
        ending("");

        isInconclusive(judge(), "did not try to read the memory of shell");
    }

    @Test
    void anotherObserverHasReadNothing() {
        wholeRun("");

        isInconclusive(host.scene.judge(PROPERTY, "vm1", "vm2"), "vm2 listed no process");
        isInconclusive(host.scene.judge(PROPERTY, "vm2", "host"), "vm2 remembered no secret");
        isInconclusive(host.scene.judge(PROPERTY, "vm9", "host"), "never started");
    }

    @Test
    void separateMachinesHaveNoSuchBoundary() {
        wholeRun("");
        host.scene.policy = "physical";

        assertThat(judge().verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
    }

    private void wholeRun(String without) {
        beginning(without);
        ending(without);
    }

    private void beginning(String without) {
        step("placed", without, host::placed);
        step("remember", without, () -> host.scene.remembered("vm1"));
        host.scene.live(1);
        step("before", without, () -> host.scene.recalled("vm1", SECRET.value()));
        reading(without);
    }

    private void reading(String without) {
        step("list", without, () -> {
            host.listed(1, "init", "", "thread main");
            host.listed(2, "shell", "", "thread main");
        });
        step("other", without, () -> host.read("init", 0, "nothing"));
        host.read("shell", 0, OWN.value());
        step("own", without, () -> host.read("host", 80, OWN.value()));
    }

    private void ending(String without) {
        step("after", without, () -> host.scene.recalled("vm1", SECRET.value()));
        step("finish", without, host.scene::finish);
    }

    private static void step(String name, String without, Runnable deed) {
        if (!name.equals(without)) {
            deed.run();
        }
    }

    private Judgement judge() {
        return host.scene.judge(PROPERTY, "vm1", "host");
    }

    private void isViolated(String file, Long... offsets) {
        Judgement judgement = judge();
        assertThat(judgement.verdict()).as(judgement.reason()).isEqualTo(Verdict.VIOLATED);
        assertThat(judgement.evidence())
                .containsExactly(new ImageReference(file, List.of(offsets)));
    }
}
