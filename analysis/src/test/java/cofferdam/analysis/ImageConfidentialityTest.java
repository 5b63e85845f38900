package cofferdam.analysis;

import static cofferdam.analysis.DiskScene.NOTES;
import static cofferdam.analysis.DiskScene.OTHER;
import static cofferdam.analysis.DiskScene.SECRET;
import static cofferdam.analysis.DiskScene.image;
import static cofferdam.analysis.DiskScene.isInconclusive;
import static cofferdam.analysis.DiskScene.isUpheld;
import static cofferdam.analysis.DiskScene.isViolated;
import static cofferdam.analysis.DiskScene.sha256;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FileOutcome;
import cofferdam.monitor.evidence.ImageAccess;
import cofferdam.monitor.evidence.PowerState;
import cofferdam.monitor.evidence.RunOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.SortedMap;

class ImageConfidentialityTest {

    private static final byte[] EMPTY = image(0);
    private static final byte[] SEALED = image(7);

    private final DiskScene scene = new DiskScene();

    @Test
    void aSecretThatIsNotInTheImageIsConfidential() {
        wholeRun(SEALED, "");

        isUpheld(judge());
    }

    @Test
    void aSecretInTheImageIsFoundWhereItIs() {
        wholeRun(image(7, 5000, "password = " + SECRET), "");

        isViolated(judge(), "images/1/vm1.img", 5011L);
    }

    @Test
    void aSecretOfTwoBytesACharacterIsFound() {
        wholeRun(image(7, 5001, SECRET.value(), StandardCharsets.UTF_16LE), "");

        isViolated(judge(), "images/1/vm1.img", 5001L);
    }

    @Test
    void theHalvesOfASecretAreFoundWhereverTheContainerPutThem() {
        byte[] split = image(7, 65_520, SECRET.value().substring(0, 16));
        byte[] second = SECRET.value().substring(16).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(second, 0, split, 131_072, 16);
        wholeRun(split, "");

        isViolated(judge(), "images/1/vm1.img", 65_520L, 131_056L);
    }

    @Test
    void everyPlaceASecretCanBeSplitLeavesAHalf() {
        for (int at = 0; at <= 32; at++) {
            byte[] split = image(7, 65_536 - at, SECRET.value().substring(0, at));
            byte[] second = SECRET.value().substring(at).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(second, 0, split, 131_072, 32 - at);
            assertThat(CanarySearch.offsets(split, SECRET))
                    .as("split at %d", at)
                    .isNotEmpty();
        }
    }

    @Test
    void aSecretThatIsNotSavedYetIsNotLookedFor() {
        scene.attached("vm1").kept("0", EMPTY).power("vm1", PowerState.STARTED);
        byte[] earlier = image(7, 5000, SECRET.value());
        scene.imageRead("host", "vm1.img", earlier).kept("1", earlier);
        scene.saved(SECRET).power("vm1", PowerState.OFF);
        scene.imageRead("host", "vm1.img", SEALED).kept("2", SEALED);
        scene.power("vm1", PowerState.STARTED).readBack(SECRET).finish();

        isUpheld(judge());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            save        | vm1 saved no secret
            off         | was not read back as vm1 saved it
            on          | was not read back as vm1 saved it
            read back   | was not read back as vm1 saved it
            image read  | host did not read the image of vm1
            before      | no image was kept before
            after       | the run did not keep vm1.img
            attach      | vm1 had no disk to save on
            finish      | not once
            """)
    void withoutAControlItIsInconclusive(String missing, String reason) {
        wholeRun(SEALED, missing);

        isInconclusive(judge(), reason);
    }

    @Test
    void aRunThatDidNotCompleteIsInconclusive() {
        upToRead(SEALED).power("vm1", PowerState.STARTED).readBack(SECRET);
        scene.finish(RunOutcome.FAILED);

        isInconclusive(judge(), "the run did not complete: the detail");
    }

    @Test
    void aBreachIsOneThoughTheRunDidNotComplete() {
        upToRead(image(7, 100, SECRET.value())).finish(RunOutcome.TIMED_OUT);

        isViolated(judge(), "images/1/vm1.img", 100L);
    }

    @Test
    void aBreachIsOneThoughAnotherReadImageWasNotKept() {
        scene.attached("vm1").kept("0", EMPTY).power("vm1", PowerState.STARTED).saved(SECRET);
        scene.imageRead("host", "vm1.img", image(9));
        byte[] plain = image(7, 100, SECRET.value());
        scene.imageRead("host", "vm1.img", plain).kept("1", plain).finish();

        isViolated(judge(), "images/1/vm1.img", 100L);
    }

    @Test
    void anObserverWhoReadNothingIsInconclusive() {
        wholeRun(SEALED, "");

        isInconclusive(
                scene.judge("image-confidentiality", "vm1", "vm2"),
                "vm2 did not read the image of vm1");
    }

    @Test
    void anotherMachinesImageIsNotTheSubjects() {
        scene.attached("vm1").attached("vm2").kept("0", EMPTY).power("vm1", PowerState.STARTED);
        scene.saved(SECRET).power("vm1", PowerState.OFF);
        scene.imageRead("host", "vm2.img", SEALED).kept("1", "vm2.img", SEALED, 8);
        scene.power("vm1", PowerState.STARTED).readBack(SECRET).finish();

        isInconclusive(judge(), "host did not read the image of vm1");
    }

    @Test
    void refusedAccessIsNoRead() {
        scene.attached("vm1").kept("0", EMPTY).power("vm1", PowerState.STARTED).saved(SECRET);
        scene.record(new Event.ImageAccessed(
                scene.tick(), "host", "vm1.img", ImageAccess.REFUSED, "", "locked"));
        scene.offAndOn("vm1").readBack(SECRET).finish();

        isInconclusive(judge(), "host did not read the image of vm1");
    }

    @Test
    void anImageReadBeforeTheSecretWasSavedIsInconclusive() {
        scene.attached("vm1").kept("0", EMPTY).power("vm1", PowerState.STARTED);
        scene.imageRead("host", "vm1.img", SEALED).kept("1", SEALED);
        scene.saved(SECRET).offAndOn("vm1").readBack(SECRET).finish();

        isInconclusive(judge(), "host did not read the image of vm1 after it saved " + NOTES);
    }

    @Test
    void anImageThatDidNotChangeIsInconclusive() {
        wholeRun(EMPTY, "");

        isInconclusive(judge(), "vm1.img was the same before the secret was saved and after");
    }

    @Test
    void anImageThatChangedOnlyBeforeTheSecretWasSavedIsInconclusive() {
        scene.attached("vm1").kept("0", EMPTY).power("vm1", PowerState.STARTED);
        scene.kept("booted", SEALED).saved(SECRET).power("vm1", PowerState.OFF);
        scene.imageRead("host", "vm1.img", SEALED).kept("1", SEALED);
        scene.power("vm1", PowerState.STARTED).readBack(SECRET).finish();

        isInconclusive(judge(), "vm1.img was the same before the secret was saved and after");
    }

    @Test
    void anotherContentReadBackIsInconclusive() {
        upToRead(SEALED).power("vm1", PowerState.STARTED).readBack(OTHER).finish();

        isInconclusive(judge(), "was not read back as vm1 saved it");
    }

    @Test
    void aReadThatFailedIsNoReadBack() {
        upToRead(SEALED)
                .power("vm1", PowerState.STARTED)
                .fileRead(FileOutcome.FAILED, "")
                .finish();

        isInconclusive(judge(), "was not read back as vm1 saved it");
    }

    @Test
    void aMachineThatIdledDidNotReadItBackFromItsDisk() {
        upToRead(SEALED).power("vm1", PowerState.IDLE).readBack(SECRET).finish();

        isInconclusive(judge(), "was not read back as vm1 saved it");
    }

    @Test
    void aSecretThatWasErasedBeforeTheImageWasReadIsInconclusive() {
        scene.attached("vm1").kept("0", EMPTY).power("vm1", PowerState.STARTED).saved(SECRET);
        scene.offAndOn("vm1").readBack(SECRET).erased().power("vm1", PowerState.OFF);
        scene.imageRead("host", "vm1.img", SEALED).kept("1", SEALED).finish();

        isInconclusive(judge(), "was not read back as vm1 saved it");
    }

    @Test
    void theImageOfALaterDiskIsNotTheOneWithTheSecret() {
        scene.attached("vm1").kept("0", EMPTY).power("vm1", PowerState.STARTED).saved(SECRET);
        scene.offAndOn("vm1").readBack(SECRET).power("vm1", PowerState.OFF).released("vm1");
        scene.attached("vm1").imageRead("host", "vm1.img", SEALED).kept("1", SEALED);
        scene.power("vm1", PowerState.STARTED).readBack(SECRET).finish();

        isInconclusive(judge(), "host did not read the image of vm1 after it saved " + NOTES);
    }

    @Test
    void equalEventsAreToldApart() {
        String sha256 = sha256(SECRET.value().getBytes(StandardCharsets.US_ASCII));
        scene.attached("vm1").kept("0", EMPTY).power("vm1", PowerState.STARTED).saved(SECRET);
        long time = scene.tick();
        Event read = new Event.FileRead(time, "vm1", NOTES, FileOutcome.DONE, sha256, "");
        Event again = new Event.FileRead(time, "vm1", NOTES, FileOutcome.DONE, sha256, "");
        assertThat(again).isEqualTo(read);
        scene.record(read)
                .record(new Event.PowerChanged(time, "vm1", "vm1.img", PowerState.OFF, ""))
                .record(new Event.ImageAccessed(
                        time, "host", "vm1.img", ImageAccess.READ, sha256(SEALED), ""))
                .record(new Event.PowerChanged(time, "vm1", "vm1.img", PowerState.STARTED, ""))
                .record(again);
        scene.kept("1", SEALED).finish();

        isUpheld(judge());
    }

    @Test
    void bytesThatAreNotAsTheIndexSaysAreInconclusive() {
        wholeRun(SEALED, "");
        SortedMap<String, byte[]> files = scene.evidence.files();
        files.put("images/1/vm1.img", image(8));

        isInconclusive(judge(files), "images/1/vm1.img is not as it was kept");
    }

    @Test
    void anIndexThatGivesOneFileTwoHashesIsInconclusive() {
        wholeRun(SEALED, "");
        SortedMap<String, byte[]> files = scene.evidence.files();
        String json = new String(files.get("images.json"), StandardCharsets.UTF_8);
        byte[] forged = json.replace("images/1/vm1.img", "images/0/vm1.img")
                .getBytes(StandardCharsets.UTF_8);
        files.put("images.json", forged);

        isInconclusive(judge(files), "images/0/vm1.img is not as it was kept");
    }

    @Test
    void aWrongHashIsNoticedThoughTheFileWasRightBefore() {
        scene.attached("vm1").kept("0", EMPTY).power("vm1", PowerState.STARTED);
        scene.imageRead("host", "vm1.img", EMPTY);
        byte[] plain = image(7, 100, SECRET.value());
        scene.saved(SECRET).power("vm1", PowerState.OFF);
        scene.imageRead("host", "vm1.img", plain).kept("1", plain);
        scene.power("vm1", PowerState.STARTED).readBack(SECRET).finish();
        SortedMap<String, byte[]> files = scene.evidence.files();
        String json = new String(files.get("images.json"), StandardCharsets.UTF_8);
        files.put(
                "images.json",
                json.replace("images/1/vm1.img", "images/0/vm1.img")
                        .getBytes(StandardCharsets.UTF_8));

        isInconclusive(judge(files), "images/0/vm1.img is not as it was kept");
    }

    @Test
    void aMissingIndexOrImageIsInconclusive() {
        wholeRun(SEALED, "");
        SortedMap<String, byte[]> files = scene.evidence.files();
        byte[] index = files.remove("images.json");
        isInconclusive(judge(files), "there is no images.json");

        files.put("images.json", index);
        files.remove("images/1/vm1.img");
        isInconclusive(judge(files), "there is no images/1/vm1.img");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {                                  | images.json:
            []                                 | has no list
            {"images": 7}                      | has no list
            {"images": [{"space": ["a"]}]}     | has space that is no number of a block
            {"images": [{"space": [1.5]}]}     | has space that is no number of a block
            {"images": [{}, {}]}               | twice
            {"images": [null]}                 | did not keep
            {"images": [[[[[[[[[[]]]]]]]]]]}   | images.json:
            """)
    void aDamagedIndexIsInconclusive(String json, String reason) {
        wholeRun(SEALED, "");
        SortedMap<String, byte[]> files = scene.evidence.files();
        files.put("images.json", json.getBytes(StandardCharsets.UTF_8));

        isInconclusive(judge(files), reason);
    }

    private DiskScene upToRead(byte[] image) {
        scene.attached("vm1").kept("0", EMPTY).power("vm1", PowerState.STARTED);
        scene.saved(SECRET).power("vm1", PowerState.OFF);
        return scene.imageRead("host", "vm1.img", image).kept("1", image);
    }

    /** A run with every control but one. */
    private void wholeRun(byte[] image, String without) {
        step("attach", without, () -> scene.attached("vm1"));
        step("before", without, () -> scene.kept("0", EMPTY));
        scene.power("vm1", PowerState.STARTED);
        step("save", without, () -> scene.saved(SECRET));
        step("off", without, () -> scene.power("vm1", PowerState.OFF));
        step("image read", without, () -> scene.imageRead("host", "vm1.img", image));
        step("after", without, () -> scene.kept("1", image));
        step("on", without, () -> scene.power("vm1", PowerState.STARTED));
        step("read back", without, () -> scene.readBack(SECRET));
        step("finish", without, scene::finish);
    }

    private static void step(String name, String without, Runnable deed) {
        if (!name.equals(without)) {
            deed.run();
        }
    }

    private Judgement judge() {
        return scene.judge("image-confidentiality", "vm1", "host");
    }

    private static Judgement judge(SortedMap<String, byte[]> files) {
        return DiskScene.judge(files, "image-confidentiality", "vm1", "host");
    }
}
