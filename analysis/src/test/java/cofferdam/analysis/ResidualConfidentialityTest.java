package cofferdam.analysis;

import static cofferdam.analysis.DiskScene.SECRET;
import static cofferdam.analysis.DiskScene.image;
import static cofferdam.analysis.DiskScene.isInconclusive;
import static cofferdam.analysis.DiskScene.isUpheld;
import static cofferdam.analysis.DiskScene.isViolated;

import cofferdam.monitor.evidence.PowerState;
import cofferdam.monitor.evidence.RunOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;

class ResidualConfidentialityTest {

    private static final byte[] EMPTY = image(0);
    private static final byte[] SEALED = image(7);
    private static final byte[] PLAIN = image(7, 300, SECRET.value());

    private final DiskScene scene = new DiskScene();

    @Test
    void aDiskOnReleasedSpaceWithoutTheSecretUpholdsFromOutsideAndInside() {
        newDisk(0, EMPTY);

        isUpheld(judge("host"));
        isUpheld(judge("vm2"));
    }

    @Test
    void aSecretInTheNewDisksImageIsABreachForTheHost() {
        released().attached("vm2").imageRead("host", "vm2.img", PLAIN);
        scene.kept("1", "vm2.img", PLAIN, 0).finish();

        isViolated(judge("host"), "images/1/vm2.img", 300L);
    }

    @Test
    void aSecretOnTheNewDiskIsABreachForItsMachine() {
        released().attached("vm2").power("vm2", PowerState.IDLE).deviceRead("vm2", PLAIN);
        scene.kept("1", "vm2.img", EMPTY, 0).finish();

        isViolated(judge("vm2"), "device-reads/1-vm2.raw", 300L);
    }

    @Test
    void aSecretInAReadThatEndedEarlyIsABreach() {
        released().attached("vm2").power("vm2", PowerState.IDLE);
        scene.deviceRead("vm2", PLAIN, "input/output error", 4096).deviceRead("vm2", EMPTY);
        scene.kept("1", "vm2.img", EMPTY, 0).finish();

        isViolated(judge("vm2"), "device-reads/1-vm2.raw", 300L);
    }

    @Test
    void aSecretThatIsStillThereIsNotResidual() {
        used().imageRead("host", "vm1.img", PLAIN).kept("1", PLAIN).finish();

        isInconclusive(judge("host"), "vm1 had no secret that went away");
    }

    @Test
    void anErasedSecretInTheImageIsABreach() {
        used().erased().power("vm1", PowerState.OFF);
        scene.imageRead("host", "vm1.img", PLAIN).kept("1", PLAIN).finish();

        isViolated(judge("host"), "images/1/vm1.img", 300L);
    }

    @Test
    void anErasedSecretThatIsNotInTheImageUpholds() {
        used().erased().power("vm1", PowerState.OFF);
        scene.imageRead("host", "vm1.img", SEALED).kept("1", SEALED).finish();

        isUpheld(judge("host"));
    }

    @Test
    void whatWasReadBeforeTheSecretWentAwayIsNeitherBreachNorControl() {
        used().imageRead("host", "vm1.img", PLAIN).kept("1", PLAIN).erased().finish();

        isInconclusive(judge("host"), "host read nothing, after it was gone");
    }

    @Test
    void aBreachIsOneThoughAnotherReadImageWasNotKept() {
        used().erased().imageRead("host", "vm1.img.copy", SEALED);
        scene.imageRead("host", "vm1.img", PLAIN).kept("1", PLAIN).finish();

        isViolated(judge("host"), "images/1/vm1.img", 300L);
    }

    @Test
    void aReadImageThatWasNotKeptIsInconclusive() {
        newDisk(0, EMPTY, () -> scene.imageRead("host", "vm1.img.copy", SEALED));

        isInconclusive(judge("host"), "the run did not keep vm1.img.copy");
        isUpheld(judge("vm2"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            save     | vm1 had no secret that went away
            restart  | was not read back
            readback | was not read back
            release  | vm1 had no secret that went away
            read     | host read nothing, after it was gone
            kept     | there is no images.json
            finish   | not once
            """)
    void withoutAControlItIsInconclusive(String missing, String reason) {
        scene.attached("vm1");
        if (!missing.equals("kept")) {
            scene.kept("0", EMPTY);
        }
        scene.power("vm1", PowerState.STARTED);
        step("save", missing, () -> scene.saved(SECRET));
        step("restart", missing, () -> scene.offAndOn("vm1"));
        step("readback", missing, () -> scene.readBack(SECRET));
        scene.power("vm1", PowerState.OFF);
        step("release", missing, () -> scene.released("vm1"));
        scene.attached("vm2");
        step("read", missing, () -> scene.imageRead("host", "vm2.img", SEALED));
        step("kept", missing, () -> scene.kept("1", "vm2.img", SEALED, 0));
        step("finish", missing, scene::finish);

        isInconclusive(judge("host"), reason);
    }

    @Test
    void aRunThatDidNotCompleteIsInconclusive() {
        released().attached("vm2").imageRead("host", "vm2.img", SEALED);
        scene.kept("1", "vm2.img", SEALED, 0).finish(RunOutcome.FAILED);

        isInconclusive(judge("host"), "the run did not complete");
    }

    @Test
    void aSecretReadBackOnlyAfterItWentAwayIsInconclusive() {
        scene.attached("vm1").kept("0", EMPTY).power("vm1", PowerState.STARTED).saved(SECRET);
        scene.erased().offAndOn("vm1").readBack(SECRET).power("vm1", PowerState.OFF);
        scene.imageRead("host", "vm1.img", SEALED).kept("1", SEALED).finish();

        isInconclusive(judge("host"), "was not read back");
    }

    @Test
    void aDiskOnOtherSpaceSaysNothing() {
        newDisk(4, EMPTY);

        isInconclusive(judge("host"), "that has space of the disk of vm1");
        isInconclusive(judge("vm2"), "that has space of the disk of vm1");
    }

    @Test
    void aLaterDiskOfTheSameNameOnOtherSpaceSaysNothing() {
        released().attached("vm1").imageRead("host", "vm1.img", SEALED);
        scene.kept("1", "vm1.img", SEALED, 4).finish();

        isInconclusive(judge("host"), "that has space of the disk of vm1");
    }

    @Test
    void aLaterDiskOfTheSameNameOnTheReleasedSpaceUpholds() {
        released().attached("vm1").imageRead("host", "vm1.img", SEALED);
        scene.kept("1", "vm1.img", SEALED, 3).finish();

        isUpheld(judge("host"));
    }

    @Test
    void aLaterDiskOnTheVeryBlockOfTheSecretUpholds() {
        released(PLAIN).attached("vm2").imageRead("host", "vm2.img", SEALED);
        scene.kept("1", "vm2.img", SEALED, 0).finish();

        isUpheld(judge("host"));
    }

    @Test
    void aLaterDiskOnOtherReleasedBlocksThanThatOfTheSecretSaysNothing() {
        released(PLAIN).attached("vm2").imageRead("host", "vm2.img", SEALED);
        scene.kept("1", "vm2.img", SEALED, 3).finish();

        isInconclusive(judge("host"), "has the space in which the secret of vm1 lay");
    }

    @Test
    void aDeletedDiskThatWasNotKeptWithItsSecretSaysNothing() {
        used().power("vm1", PowerState.OFF).released("vm1").attached("vm2");
        scene.imageRead("host", "vm2.img", SEALED)
                .kept("1", "vm2.img", SEALED, 0)
                .finish();

        isInconclusive(judge("host"), "was not kept between when the secret was saved");
    }

    @Test
    void spaceThatAnEarlierDiskOfTheReaderHadSaysNothing() {
        scene.attached("vm2").kept("vm2s-first", "vm2.img", EMPTY, 0).released("vm2");
        newDisk(8, EMPTY);

        isInconclusive(judge("vm2"), "that has space of the disk of vm1");
    }

    @Test
    void anErasedSecretIsNotLookedForInALaterDisksImage() {
        used().erased().power("vm1", PowerState.OFF).released("vm1").attached("vm1");
        scene.imageRead("host", "vm1.img", SEALED)
                .kept("1", "vm1.img", SEALED, 4)
                .finish();

        isInconclusive(judge("host"), "that has space of the disk of vm1");
    }

    @ParameterizedTest
    @CsvSource({"1000, 1000", "1000, 262144", "262144, 1000"})
    void aReadThatIsNotOfTheWholeDiskIsInconclusive(int bytes, long told) {
        released().attached("vm2").power("vm2", PowerState.IDLE);
        scene.deviceRead("vm2", Arrays.copyOf(EMPTY, bytes), "", told);
        scene.kept("1", "vm2.img", EMPTY, 0).finish();

        isInconclusive(judge("vm2"), "vm2 read nothing, after it was gone");
    }

    @Test
    void aReadThatFailedIsInconclusive() {
        released().attached("vm2").power("vm2", PowerState.IDLE);
        scene.deviceRead("vm2", EMPTY, "input/output error", EMPTY.length);
        scene.kept("1", "vm2.img", EMPTY, 0).finish();

        isInconclusive(judge("vm2"), "vm2 read nothing, after it was gone");
    }

    @Test
    void aDeviceReadThatIsAnotherFileIsInconclusive() {
        newDisk(0, EMPTY);
        SortedMap<String, byte[]> files = scene.evidence.files();
        String events = new String(files.get("events.jsonl"), StandardCharsets.UTF_8);
        files.put(
                "events.jsonl",
                events.replace("device-reads/1-vm2.raw", "images/1/vm2.img")
                        .getBytes(StandardCharsets.UTF_8));

        isInconclusive(
                DiskScene.judge(files, "residual-confidentiality", "vm1", "vm2"),
                "images/1/vm2.img is not what a machine read");
    }

    @Test
    void aMissingDeviceReadIsInconclusive() {
        newDisk(0, EMPTY);
        SortedMap<String, byte[]> files = scene.evidence.files();
        files.remove("device-reads/1-vm2.raw");

        isInconclusive(
                DiskScene.judge(files, "residual-confidentiality", "vm1", "vm2"),
                "there is no device-reads/1-vm2.raw");
    }

    /** VM 1 saved a secret and has it on its disk. */
    private DiskScene used() {
        scene.attached("vm1").kept("0", EMPTY).power("vm1", PowerState.STARTED);
        return scene.saved(SECRET).offAndOn("vm1").readBack(SECRET);
    }

    private DiskScene released() {
        return released(SEALED);
    }

    /** The same, with this in the image when the disk is deleted. */
    private DiskScene released(byte[] image) {
        return used().power("vm1", PowerState.OFF).kept("last", image).released("vm1");
    }

    private void newDisk(int firstBlock, byte[] content) {
        newDisk(firstBlock, content, () -> {});
    }

    private void newDisk(int firstBlock, byte[] content, Runnable meanwhile) {
        released().attached("vm2").imageRead("host", "vm2.img", content);
        scene.kept("1", "vm2.img", content, firstBlock).power("vm2", PowerState.IDLE);
        scene.deviceRead("vm2", content);
        meanwhile.run();
        scene.finish();
    }

    private static void step(String name, String without, Runnable deed) {
        if (!name.equals(without)) {
            deed.run();
        }
    }

    private Judgement judge(String observer) {
        return scene.judge("residual-confidentiality", "vm1", observer);
    }
}
