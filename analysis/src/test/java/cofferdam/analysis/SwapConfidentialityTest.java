package cofferdam.analysis;

import static cofferdam.analysis.LeakScene.OTHER;
import static cofferdam.analysis.LeakScene.SECRET;
import static cofferdam.analysis.LeakScene.SIZE;
import static cofferdam.analysis.LeakScene.filled;
import static cofferdam.analysis.LeakScene.sparse;
import static cofferdam.analysis.LeakScene.withSecret;
import static cofferdam.analysis.MemoryScene.isInconclusive;
import static cofferdam.analysis.MemoryScene.isUpheld;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.PowerState;
import cofferdam.monitor.evidence.ProcessEnd;
import cofferdam.monitor.evidence.RunOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class SwapConfidentialityTest {

    private static final byte[] SEALED = filled(SIZE);
    private static final byte[] PLAIN = withSecret(SIZE, 4096, SECRET);
    private static final String FILE = "memory.swap";

    private final LeakScene scene = new LeakScene();

    @Test
    void aSwapFileWithoutTheSecretUpholds() {
        swapped().fileRead("host", FILE, SEALED).kept("1", FILE, SEALED);
        back().finish();

        isUpheld(judge());
        assertThat(judge().figures()).containsExactly(new Figure("frames-swapped", "16", ""));
    }

    @Test
    void theSecretInTheSwapFileIsABreach() {
        swapped().fileRead("host", FILE, PLAIN).kept("1", FILE, PLAIN);
        back().finish();

        isViolated();
    }

    @Test
    void aBreachNeedsNoControl() {
        scene.remembered("vm1", SECRET).fileRead("host", FILE, PLAIN).kept("1", FILE, PLAIN);

        isViolated();
    }

    @Test
    void whatWasThereBeforeTheSecretOrIsAnothersIsNoBreach() {
        byte[] other = withSecret(SIZE, 0, OTHER);
        scene.fileRead("host", FILE, PLAIN).kept("0", FILE, PLAIN).remembered("vm2", OTHER);
        swapped().fileRead("host", FILE, other).kept("1", FILE, other);
        back().finish();

        isUpheld(judge());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            remembered | no memory was taken from vm1
            recalled   | no memory was taken from vm1
            swapped    | no memory was taken from vm1
            read       | no swap file was read
            kept       | there is no images.json
            back       | no swap file was read
            finish     | not once
            """)
    void withoutAControlItIsInconclusive(String missing, String reason) {
        step("remembered", missing, () -> scene.remembered("vm1", SECRET));
        step("recalled", missing, () -> scene.recalled("vm1", SECRET.value(), "4-19"));
        step("swapped", missing, () -> scene.released("vm1", "swap", "0-30"));
        step("read", missing, () -> scene.fileRead("host", FILE, SEALED));
        step("kept", missing, () -> scene.kept("1", FILE, SEALED));
        step("back", missing, this::back);
        step("finish", missing, scene::finish);

        isInconclusive(judge(), reason);
    }

    @Test
    void aRunThatDidNotCompleteIsInconclusive() {
        swapped().fileRead("host", FILE, SEALED).kept("1", FILE, SEALED);
        back().finish(RunOutcome.TIMED_OUT);

        isInconclusive(judge(), "the run did not complete");
    }

    @ParameterizedTest
    @ValueSource(strings = {"balloon", "release"})
    void memoryThatWasTakenOtherwiseIsNotInTheSwapFile(String how) {
        scene.remembered("vm1", SECRET).recalled("vm1", SECRET.value(), "4-19");
        scene.released("vm1", how, "0-30").fileRead("host", FILE, SEALED);
        scene.kept("1", FILE, SEALED);
        back().finish();

        isInconclusive(judge(), "no swap file was read");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15})
    void aFileWithFewerPagesThanWereSwappedDoesNotHaveThem(int pages) {
        byte[] sparse = sparse(SIZE, pages);
        swapped().fileRead("host", FILE, sparse).kept("1", FILE, sparse);
        back().finish();

        isInconclusive(judge(), "no swap file was read");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void whatEndsTheSecretsStayInTheFileBeforeItIsReadMakesItInconclusive(int what) {
        Event end = List.of(
                        new Event.SecretRecalled(
                                scene.tick(), "vm1", "memory", SECRET.value(), "40-55"),
                        new Event.SecretRemembered(scene.tick(), "vm1", "memory", SECRET, "", ""),
                        new Event.ProcessEnded(
                                scene.tick(), "vm1", "memory", ProcessEnd.OUT_OF_MEMORY, ""),
                        new Event.PowerChanged(scene.tick(), "vm1", "", PowerState.OFF, ""),
                        new Event.FramesReleased(scene.tick(), "monitor", "vm1", "release", "40"),
                        new Event.FramesReleased(scene.tick(), "monitor", "vm1", "balloon", "40"),
                        new Event.MemoryRead(
                                scene.tick(), "vm1", "file", "vm1", "", 0, "", "40-55"),
                        new Event.MemoryRead(
                                scene.tick(), "host", "file", "vmm-vm1", "", 0, "", "40-55"))
                .get(what);
        swapped().record(retimed(end)).fileRead("host", FILE, SEALED).kept("1", FILE, SEALED);
        back().finish();

        isInconclusive(judge(), "no swap file was read");
    }

    @Test
    void aFileReadBeforeThePagesWereSwappedSaysNothing() {
        scene.remembered("vm1", SECRET).fileRead("host", FILE, SEALED).kept("1", FILE, SEALED);
        scene.recalled("vm1", SECRET.value(), "4-19").released("vm1", "swap", "0-30");
        back().finish();

        isInconclusive(judge(), "no swap file was read");
    }

    @Test
    void anotherSecretThatComesBackSaysNothing() {
        swapped().fileRead("host", FILE, SEALED).kept("1", FILE, SEALED);
        scene.recalled("vm1", OTHER.value(), "40-55").finish();

        isInconclusive(judge(), "no swap file was read");
    }

    @ParameterizedTest
    @CsvSource({"vm2, memory.swap", "host, vm1.img", "host, memory.swap.copy"})
    void anotherReaderOrFileSaysNothing(String reader, String file) {
        swapped().fileRead(reader, file, SEALED).kept("1", file, SEALED);
        back().finish();

        isInconclusive(judge(), "no swap file was read");
    }

    @Test
    void aFileOfOtherContentThanWasKeptIsInconclusive() {
        swapped().fileRead("host", FILE, PLAIN).kept("1", FILE, SEALED);
        back().finish();

        isInconclusive(judge(), "the run did not keep memory.swap");
    }

    /** 16 frames have the secret, all are swapped out. */
    private LeakScene swapped() {
        scene.remembered("vm1", SECRET).recalled("vm1", SECRET.value(), "4-19");
        return scene.released("vm1", "swap", "0-30");
    }

    private LeakScene back() {
        return scene.recalled("vm1", SECRET.value(), "40-55");
    }

    /** The evidence takes no event of the past. */
    private Event retimed(Event event) {
        long now = scene.tick();
        return switch (event) {
            case Event.SecretRecalled e ->
                new Event.SecretRecalled(now, e.actor(), e.subject(), e.outcome(), e.frames());
            case Event.SecretRemembered e ->
                new Event.SecretRemembered(now, e.actor(), e.subject(), e.canary(), "", "");
            case Event.ProcessEnded e ->
                new Event.ProcessEnded(now, e.actor(), e.subject(), e.outcome(), "");
            case Event.PowerChanged e ->
                new Event.PowerChanged(now, e.actor(), e.subject(), e.outcome(), "");
            case Event.FramesReleased e ->
                new Event.FramesReleased(now, e.actor(), e.subject(), e.outcome(), e.frames());
            case Event.MemoryRead e ->
                new Event.MemoryRead(now, e.actor(), e.subject(), e.of(), "", 0, "", e.frames());
            default -> throw new IllegalArgumentException(event.toString());
        };
    }

    private static void step(String step, String missing, Runnable action) {
        if (!step.equals(missing)) {
            action.run();
        }
    }

    private Judgement judge() {
        return scene.judge("swap-confidentiality", "vm1", "host");
    }

    private void isViolated() {
        assertThat(judge().verdict()).as(judge().reason()).isEqualTo(Verdict.VIOLATED);
        assertThat(judge().evidence())
                .containsExactly(new ImageReference("images/1/memory.swap", List.of(4096L)));
    }
}
