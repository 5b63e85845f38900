package cofferdam.analysis;

import static cofferdam.analysis.LeakScene.OTHER;
import static cofferdam.analysis.LeakScene.SECRET;
import static cofferdam.analysis.LeakScene.SIZE;
import static cofferdam.analysis.LeakScene.sparse;
import static cofferdam.analysis.LeakScene.withSecret;
import static cofferdam.analysis.MemoryScene.isInconclusive;
import static cofferdam.analysis.MemoryScene.isUpheld;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.RunOutcome;
import cofferdam.monitor.evidence.Sha256;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

class ResidualMemoryConfidentialityTest {

    private static final byte[] CLEAN = sparse(SIZE, 0);
    private static final byte[] DIRTY = withSecret(SIZE, 8192, SECRET);

    private final LeakScene scene = new LeakScene();

    @ParameterizedTest
    @ValueSource(strings = {"release", "balloon", "swap"})
    void framesWithoutTheSecretUphold(String how) {
        gone(how).memoryRead("vm2", "vm2", CLEAN, "0-3,12-40").finish();

        isUpheld(judge());
        assertThat(judge().figures()).containsExactly(new Figure("frames-passed-on", "8", ""));
    }

    @Test
    void theSecretInTheObserversMemoryIsABreach() {
        gone("release").memoryRead("vm2", "vm2", DIRTY, "12-40").finish();

        isViolated(8192L);
    }

    @Test
    void aBreachNeedsNoControl() {
        scene.remembered("vm1", SECRET).memoryRead("vm2", "vm2", DIRTY, "");

        isViolated(8192L);
    }

    @Test
    void aBreachIsOneThoughALaterStepWasNotToBeHad() {
        gone("release").memoryRead("vm2", "vm2", DIRTY, "12-40");
        scene.record(new Event.CapabilityMissing(scene.tick(), "scenario", "vm1", "no snapshots"))
                .finish(RunOutcome.NOT_APPLICABLE);

        isViolated(8192L);
    }

    @Test
    void withoutABreachAStepThatWasNotToBeHadIsNotApplicable() {
        gone("release").memoryRead("vm2", "vm2", CLEAN, "12-40");
        scene.record(new Event.CapabilityMissing(scene.tick(), "scenario", "vm1", "no snapshots"))
                .finish(RunOutcome.NOT_APPLICABLE);

        assertThat(judge().verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
    }

    @Test
    void aBreachIsOneThoughAnotherReadingWasTamperedWith() {
        gone("release")
                .memoryRead("vm2", "vm2", "", CLEAN, SIZE, Sha256.of(DIRTY), "12-40")
                .memoryRead("vm2", "vm2", DIRTY, "12-40")
                .finish();

        assertThat(judge().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void halfOfTheSecretIsABreach() {
        byte[] half = DIRTY.clone();
        Arrays.fill(half, 8192, 8192 + 16, (byte) 0);
        gone("release").memoryRead("vm2", "vm2", half, "12-40").finish();

        isViolated(8192L);
    }

    @Test
    void whatWasReadBeforeTheSecretWasThereIsNoBreach() {
        scene.configured("vm1").configured("vm2");
        scene.memoryRead("vm2", "vm2", DIRTY, "12-40");
        scene.remembered("vm1", SECRET).recalled("vm1", SECRET.value(), "4-19");
        scene.released("vm1", "release", "0-19").finish();

        isInconclusive(judge(), "vm2 read 0 of the frames that had the secret of vm1");
    }

    @Test
    void aSecretOfAnotherMachineIsNotTheSubjects() {
        gone("release");
        scene.remembered("vm2", OTHER)
                .memoryRead("vm2", "vm2", sparseWith(OTHER), "4-40")
                .finish();

        isUpheld(judge());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            remembered | no memory was taken from vm1
            recalled   | no memory was taken from vm1
            released   | no memory was taken from vm1
            configured | vm2 read 0 of the frames
            read       | vm2 read 0 of the frames
            finish     | not once
            """)
    void withoutAControlItIsInconclusive(String missing, String reason) {
        scene.configured("vm1");
        step("configured", missing, () -> scene.configured("vm2"));
        step("remembered", missing, () -> scene.remembered("vm1", SECRET));
        step("recalled", missing, () -> scene.recalled("vm1", SECRET.value(), "4-19"));
        step("released", missing, () -> scene.released("vm1", "release", "0-30"));
        step("read", missing, () -> scene.memoryRead("vm2", "vm2", CLEAN, "0-40"));
        step("finish", missing, scene::finish);

        isInconclusive(judge(), reason);
    }

    @Test
    void aRunThatDidNotCompleteIsInconclusive() {
        gone("release").memoryRead("vm2", "vm2", CLEAN, "12-40").finish(RunOutcome.FAILED);

        isInconclusive(judge(), "the run did not complete");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a       | 4-19 | 0-30  | 12-40
            0123456789abcdeffedcba9876543211 | 4-19 | 0-30  | 12-40
            secret  | ''   | 0-30  | 12-40
            secret  | 4-19 | ''    | 12-40
            secret  | 4-19 | 20-40 | 0-40
            secret  | 4-10 | 0-30  | 0-40
            secret  | 4-19 | 0-30  | ''
            secret  | 4-19 | 0-30  | 20-40
            secret  | 4-19 | 0-30  | 13-40
            """)
    void framesThatDidNotHaveTheSecretOrWereNotReadSayNothing(
            String found, String secret, String released, String read) {
        scene.configured("vm1").configured("vm2").remembered("vm1", SECRET);
        scene.recalled("vm1", found.equals("secret") ? SECRET.value() : found, secret);
        scene.released("vm1", "release", released);
        scene.memoryRead("vm2", "vm2", CLEAN, read).finish();

        assertThat(judge().verdict()).as(judge().reason()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4-",
                "-4",
                "7-4",
                "4,,5",
                "5,4",
                "4-9,9",
                "x",
                "4 -9",
                "4194304",
                "0-4194304",
                "99999999999",
                "\u0664-\u0669",
                ","
            })
    void malformedFramesAreInconclusive(String frames) {
        gone("release").memoryRead("vm2", "vm2", CLEAN, frames).finish();

        isInconclusive(judge(), "frames");
    }

    @ParameterizedTest
    @CsvSource({"0, UPHELD", "8, UPHELD", "9, INCONCLUSIVE", "256, INCONCLUSIVE"})
    void framesThatTheObserverMayHaveWrittenOverSayNothing(int inUse, Verdict verdict) {
        gone("release").record(new Event.PagesHeld(scene.tick(), "vm2", "memory", 8, "ff"));
        scene.memoryRead("vm2", "vm2", sparse(SIZE, inUse), "4-40").finish();

        assertThat(judge().verdict()).as(judge().reason()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"vm1, INCONCLUSIVE", "vm3, UPHELD"})
    void framesThatTheSubjectMayHaveWrittenOverSayNothing(String machine, Verdict verdict) {
        scene.configured("vm1").configured("vm2").remembered("vm1", SECRET);
        scene.recalled("vm1", SECRET.value(), "4-19");
        scene.record(new Event.PagesHeld(scene.tick(), machine, "memory", 8, "ff"));
        scene.released("vm1", "release", "0-30");
        scene.memoryRead("vm2", "vm2", CLEAN, "4-40").finish();

        assertThat(judge().verdict()).as(judge().reason()).isEqualTo(verdict);
    }

    @Test
    void framesThatAThirdHadInBetweenSayNothing() {
        gone("release").released("vm3", "release", "0-19");
        scene.memoryRead("vm2", "vm2", CLEAN, "12-40").finish();

        isInconclusive(judge(), "vm2 read 0 of the frames");
    }

    @Test
    void framesThatTheObserverHadAndGaveBackUnreadSayNothing() {
        gone("release").released("vm2", "release", "0-40");
        scene.memoryRead("vm2", "vm2", CLEAN, "0-40").finish();

        isInconclusive(judge(), "vm2 read 0 of the frames");
    }

    @Test
    void framesReadInTwoTurnsCountTogether() {
        gone("release").memoryRead("vm2", "vm2", CLEAN, "12-15,40-50");
        scene.released("vm2", "release", "12-15,40-50");
        scene.memoryRead("vm2", "vm2", CLEAN, "4-15").finish();

        isUpheld(judge());
        assertThat(judge().figures()).containsExactly(new Figure("frames-passed-on", "12", ""));
    }

    @Test
    void framesThatTheSubjectGotBackSinceItRecalledSayNothing() {
        scene.configured("vm1").configured("vm2").remembered("vm1", SECRET);
        scene.recalled("vm1", SECRET.value(), "4-19").released("vm1", "release", "0-30");
        scene.configured("vm1").released("vm1", "release", "0-30");
        scene.memoryRead("vm2", "vm2", CLEAN, "0-40").finish();

        isInconclusive(judge(), "vm2 read 0 of the frames");
    }

    @Test
    void aSecretRecalledLongBeforeMayHaveBeenOverwrittenByItsOwner() {
        scene.configured("vm1").configured("vm2").remembered("vm1", SECRET);
        scene.recalled("vm1", SECRET.value(), "4-19").later(MemoryScene.SECOND);
        scene.released("vm1", "balloon", "0-30");
        scene.memoryRead("vm2", "vm2", CLEAN, "0-40").finish();

        isInconclusive(judge(), "no memory was taken from vm1");
    }

    @Test
    void aNewSecretThatWasNotRecalledSaysNothing() {
        scene.configured("vm1").configured("vm2").remembered("vm1", SECRET);
        scene.recalled("vm1", SECRET.value(), "4-19").remembered("vm1", OTHER);
        scene.released("vm1", "release", "0-30");
        scene.memoryRead("vm2", "vm2", CLEAN, "0-40").finish();

        isInconclusive(judge(), "no memory was taken from vm1");
    }

    @ParameterizedTest
    @CsvSource({"vm1, vm2", "vm2, vm1", "host, vm2"})
    void memoryReadByOrOfAnotherSaysNothing(String reader, String of) {
        gone("release").memoryRead(reader, of, DIRTY, "12-40").finish();

        isInconclusive(judge(), "vm2 read 0 of the frames");
    }

    @Test
    void aReadingInPartSaysNothing() {
        gone("release").memoryRead("vm2", "vm2", sparse(SIZE / 2, 0), "12-40").finish();

        isInconclusive(judge(), "vm2 read 0 of the frames");
    }

    @Test
    void aReadingThatFailedSaysNothing() {
        gone("release")
                .memoryRead("vm2", "vm2", "bus error", CLEAN, SIZE, Sha256.of(CLEAN), "12-40")
                .finish();

        isInconclusive(judge(), "vm2 read 0 of the frames");
    }

    @Test
    void aReadingThatIsNotAsItWasKeptIsInconclusive() {
        gone("release")
                .memoryRead("vm2", "vm2", "", CLEAN, SIZE, Sha256.of(DIRTY), "12-40")
                .memoryRead("vm2", "vm2", CLEAN, "12-40")
                .finish();

        isInconclusive(judge(), "is not as it was kept");
    }

    @Test
    void aReadingOfWhichTheBytesAreNotThereIsInconclusive() {
        gone("release").memoryRead("vm2", "vm2", CLEAN, "12-40");
        scene.record(new Event.MemoryRead(
                        scene.tick(), "vm2", "events.jsonl", "vm2", "", SIZE, "", "12-40"))
                .finish();

        isInconclusive(judge(), "is not memory that was read");
    }

    /** 16 frames have the secret, all are taken. */
    private LeakScene gone(String how) {
        scene.configured("vm1").configured("vm2").remembered("vm1", SECRET);
        return scene.recalled("vm1", SECRET.value(), "4-19").released("vm1", how, "0-30");
    }

    private static byte[] sparseWith(Canary secret) {
        byte[] text = secret.value().getBytes(StandardCharsets.US_ASCII);
        return Arrays.copyOf(text, SIZE);
    }

    private static void step(String step, String missing, Runnable action) {
        if (!step.equals(missing)) {
            action.run();
        }
    }

    private Judgement judge() {
        return scene.judge("residual-memory-confidentiality", "vm1", "vm2");
    }

    private void isViolated(Long... offsets) {
        assertThat(judge().verdict()).as(judge().reason()).isEqualTo(Verdict.VIOLATED);
        assertThat(judge().evidence())
                .singleElement()
                .isInstanceOfSatisfying(
                        ImageReference.class,
                        reference -> assertThat(reference.offsets()).containsExactly(offsets));
    }
}
