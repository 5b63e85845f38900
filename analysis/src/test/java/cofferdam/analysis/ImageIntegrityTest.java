package cofferdam.analysis;

import static cofferdam.analysis.DiskScene.OTHER;
import static cofferdam.analysis.DiskScene.SECRET;
import static cofferdam.analysis.DiskScene.image;
import static cofferdam.analysis.DiskScene.isInconclusive;
import static cofferdam.analysis.DiskScene.isUpheld;
import static cofferdam.analysis.DiskScene.isViolated;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.evidence.FileOutcome;
import cofferdam.monitor.evidence.ImageAccess;
import cofferdam.monitor.evidence.PowerState;
import cofferdam.monitor.evidence.RunOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.util.SortedMap;

class ImageIntegrityTest {

    private static final byte[] SOUND = image(7);
    private static final byte[] CHANGED = image(7, 4711, "\u0000");

    private final DiskScene scene = new DiskScene();

    @ParameterizedTest
    @EnumSource(names = {"REFUSED", "FAILED"})
    void aMachineThatDoesNotComeUpAfterTheChangeNoticedIt(PowerState state) {
        changed().power("vm1", state).finish();

        isUpheld(judge());
    }

    @Test
    void aReadOfTheFileThatFailsNoticedTheChange() {
        started().fileRead(FileOutcome.FAILED, "").finish();

        isUpheld(judge());
    }

    @Test
    void aMachineThatReadsSomethingElseIsABreachAtTheFirstChangedByte() {
        started().readBack(OTHER).finish();

        isViolated(judge(), "images/2/vm1.img", 4711L);
        assertThat(judge().reason()).contains("got another /home/alice/notes.txt");
    }

    @Test
    void aMachineThatMissesItsFileIsABreach() {
        started().fileRead(FileOutcome.MISSING, "").finish();

        isViolated(judge(), "images/2/vm1.img", 4711L);
    }

    @Test
    void aChangeThatNobodyNoticesIsABreach() {
        started().finish();

        isViolated(judge(), "images/2/vm1.img", 4711L);
    }

    @Test
    void somethingElseReadIsABreachThoughAnotherReadFailed() {
        started().readBack(OTHER).fileRead(FileOutcome.FAILED, "").finish();

        isViolated(judge(), "images/2/vm1.img", 4711L);
    }

    @Test
    void aReadThatFailsBecauseTheMachineIsOffNoticedNothing() {
        started().power("vm1", PowerState.OFF).fileRead(FileOutcome.FAILED, "").finish();

        isViolated(judge(), "images/2/vm1.img", 4711L);
    }

    @Test
    void aReadThatFailsOnlyAfterAnotherStartNoticedNothing() {
        started().offAndOn("vm1").fileRead(FileOutcome.FAILED, "").finish();

        isViolated(judge(), "images/2/vm1.img", 4711L);
    }

    @Test
    void aFileThatTheMachineSavedAgainIsHeldAgainstWhatItSavedLast() {
        working().saved(OTHER);
        change().power("vm1", PowerState.STARTED).readBack(OTHER);
        scene.fileRead(FileOutcome.FAILED, "").finish();

        isUpheld(judge());
    }

    @Test
    void aFileThatTheMachineErasedItselfSaysNothing() {
        started().fileRead(FileOutcome.FAILED, "").erased();
        scene.fileRead(FileOutcome.MISSING, "").finish();

        isUpheld(judge());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            install | vm1 had no disk
            start   | had not started from its image and saved a file
            save    | had not started from its image and saved a file
            before  | no image was kept before
            change  | host did not change the image of vm1
            after   | no image was kept afterwards
            restart | vm1 was not started after the change
            finish  | not once
            """)
    void withoutAControlItIsInconclusive(String missing, String reason) {
        step("install", missing, () -> scene.attached("vm1"));
        step("start", missing, () -> scene.power("vm1", PowerState.STARTED));
        step("save", missing, () -> scene.saved(SECRET));
        scene.power("vm1", PowerState.OFF);
        step("before", missing, () -> scene.kept("1", SOUND));
        step("change", missing, () -> scene.changed(CHANGED));
        step("after", missing, () -> scene.kept("2", CHANGED));
        step("restart", missing, () -> scene.power("vm1", PowerState.REFUSED));
        step("finish", missing, scene::finish);

        // Without a disk the change was not one of the subject's image.
        isInconclusive(
                judge(),
                missing.equals("install") ? "host did not change the image of vm1" : reason);
    }

    @Test
    void aRunThatDidNotCompleteIsInconclusive() {
        changed().power("vm1", PowerState.REFUSED).finish(RunOutcome.TIMED_OUT);

        isInconclusive(judge(), "the run did not complete");
    }

    @Test
    void aChangeThatIsNotInTheImageIsInconclusive() {
        working().power("vm1", PowerState.OFF).kept("1", SOUND).changed(SOUND).kept("2", SOUND);
        scene.power("vm1", PowerState.REFUSED).finish();

        isInconclusive(judge(), "the change left the image as it was");
    }

    @Test
    void aChangeByTheMachineIsNotTakenForTheObservers() {
        working().kept("1", SOUND).power("vm1", PowerState.OFF).changed(CHANGED).kept("2", CHANGED);
        scene.power("vm1", PowerState.REFUSED).finish();

        isInconclusive(judge(), "vm1.img was used between when it was kept and the change");
    }

    @Test
    void aChangeByAnotherIsNotTakenForTheObservers() {
        working().power("vm1", PowerState.OFF).kept("1", SOUND);
        scene.accessed("source", "vm1.img", ImageAccess.CHANGED, CHANGED, "by another");
        scene.changed(CHANGED)
                .kept("2", CHANGED)
                .power("vm1", PowerState.REFUSED)
                .finish();

        isInconclusive(judge(), "vm1.img was used between when it was kept and the change");
    }

    @Test
    void anImageThatWasChangedAgainIsInconclusive() {
        working().power("vm1", PowerState.OFF).kept("1", SOUND).changed(CHANGED);
        scene.kept("2", image(9)).power("vm1", PowerState.REFUSED).finish();

        isInconclusive(judge(), "vm1.img was changed again before it was kept");
    }

    @Test
    void aMachineThatDidNotStartBeforeTheChangeEitherIsInconclusive() {
        working().power("vm1", PowerState.OFF).power("vm1", PowerState.FAILED);
        change().power("vm1", PowerState.FAILED).finish();

        isInconclusive(judge(), "had not started from its image and saved a file");
    }

    @Test
    void whatAnEarlierDiskDidSaysNothingOfALaterOne() {
        working().power("vm1", PowerState.OFF).released("vm1").attached("vm1");
        change().power("vm1", PowerState.REFUSED).finish();

        isInconclusive(judge(), "had not started from its image and saved a file");
    }

    @Test
    void aMachineWithoutASystemCannotNotice() {
        changed().power("vm1", PowerState.IDLE).finish();

        isInconclusive(judge(), "vm1 has no system that could notice");
    }

    @Test
    void aChangeOfAnotherObserverIsNotTheAnswer() {
        changed().power("vm1", PowerState.REFUSED).finish();

        isInconclusive(
                scene.judge("image-integrity", "vm1", "vm2"),
                "vm2 did not change the image of vm1");
    }

    @Test
    void aRollBackToAnImageThatWasKeptEarlierIsSeen() {
        byte[] later = image(7, 900, "later");
        scene.attached("vm1").kept("0", SOUND).power("vm1", PowerState.STARTED).saved(SECRET);
        scene.power("vm1", PowerState.OFF).kept("1", later).changed(SOUND).kept("2", SOUND);
        scene.power("vm1", PowerState.STARTED).fileRead(FileOutcome.MISSING, "").finish();

        isViolated(judge(), "images/2/vm1.img", 900L);
    }

    @Test
    void anImageThatIsCutIsChangedWhereItEnds() {
        byte[] cut = new byte[1000];
        System.arraycopy(SOUND, 0, cut, 0, 1000);
        working().power("vm1", PowerState.OFF).kept("1", SOUND).changed(cut).kept("2", cut);
        scene.power("vm1", PowerState.STARTED).finish();

        isViolated(judge(), "images/2/vm1.img", 1000L);
    }

    @Test
    void aSecondChangeThatNobodyNoticesIsABreachThoughTheFirstCannotBeJudged() {
        working().power("vm1", PowerState.OFF).changed(image(9));
        scene.kept("1", SOUND).changed(CHANGED).kept("2", CHANGED);
        scene.power("vm1", PowerState.STARTED).finish();

        isViolated(judge(), "images/2/vm1.img", 4711L);
    }

    @Test
    void equalChangesAreToldApart() {
        changed().power("vm1", PowerState.REFUSED);
        scene.kept("3", SOUND).changed(CHANGED).finish();

        // The second has neither an image afterwards nor a start.
        isInconclusive(judge(), "had not started from its image");
    }

    @Test
    void bytesThatAreNotAsTheIndexSaysAreInconclusive() {
        changed().power("vm1", PowerState.REFUSED).finish();
        SortedMap<String, byte[]> files = scene.evidence.files();
        files.put("images/1/vm1.img", "forged".getBytes(StandardCharsets.US_ASCII));

        isInconclusive(
                DiskScene.judge(files, "image-integrity", "vm1", "host"),
                "images/1/vm1.img is not as it was kept");
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUSED", "FAILED"})
    void whichOfTwoChangesWasNoticedIsUnknown(PowerState state) {
        changed().kept("3", CHANGED).changed(image(9)).kept("4", image(9));
        scene.power("vm1", state).finish();

        isInconclusive(judge(), "was changed 2 times before vm1 was started");
    }

    @Test
    void twoChangesThatNobodyNoticedAreABreach() {
        changed().kept("3", CHANGED).changed(image(9)).kept("4", image(9));
        scene.power("vm1", PowerState.STARTED).finish();

        isViolated(judge(), "images/2/vm1.img", 4711L);
    }

    @Test
    void aChangeThatAnotherUndidWasNeverWorkedOn() {
        changed().kept("3", CHANGED).changed(SOUND).kept("4", SOUND);
        scene.power("vm1", PowerState.STARTED).finish();

        isInconclusive(judge(), "was as before again");
    }

    @Test
    void aMachineThatWrotePastItsOwnFileSystemMayHaveRuinedItself() {
        working().deviceWritten("vm1", 0);
        change().power("vm1", PowerState.FAILED).finish();

        isInconclusive(judge(), "wrote past its file system");
    }

    private DiskScene working() {
        return scene.attached("vm1").power("vm1", PowerState.STARTED).saved(SECRET);
    }

    private DiskScene change() {
        scene.power("vm1", PowerState.OFF).kept("1", SOUND);
        return scene.changed(CHANGED).kept("2", CHANGED);
    }

    private DiskScene changed() {
        working();
        return change();
    }

    private DiskScene started() {
        return changed().power("vm1", PowerState.STARTED);
    }

    private static void step(String name, String without, Runnable deed) {
        if (!name.equals(without)) {
            deed.run();
        }
    }

    private Judgement judge() {
        return scene.judge("image-integrity", "vm1", "host");
    }
}
