package cofferdam.analysis;

import static cofferdam.analysis.DiskScene.OTHER;
import static cofferdam.analysis.DiskScene.SECRET;
import static cofferdam.analysis.DiskScene.image;
import static cofferdam.analysis.DiskScene.isInconclusive;
import static cofferdam.analysis.DiskScene.isUpheld;
import static cofferdam.analysis.DiskScene.isViolated;

import cofferdam.monitor.evidence.ImageAccess;
import cofferdam.monitor.evidence.PowerState;
import cofferdam.monitor.evidence.RunOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;

class HostFileConfidentialityTest {

    private static final String FILE = "host.secret";
    private static final byte[] HEADER = withHeader("QFI\u00fb");

    private final DiskScene scene = new DiskScene();

    @ParameterizedTest
    @ValueSource(strings = {"QFI\u00fb", "# Disk DescriptorFile"})
    void aHeaderThatIsReadBackAsItWasWrittenUpholds(String magic) {
        wholeRun(withHeader(magic), "");

        isUpheld(judge());
    }

    @Test
    void aFileOfTheHostOnTheDiskIsABreach() {
        wholeRun(image(0, 700, SECRET.value()), "");

        isViolated(judge(), "device-reads/1-vm2.raw", 700L);
    }

    @Test
    void aFileOfTheHostInAReadThatEndedEarlyIsABreach() {
        started()
                .deviceRead("vm2", image(0, 700, SECRET.value()), "error", 4096)
                .finish();

        isViolated(judge(), "device-reads/1-vm2.raw", 700L);
    }

    @Test
    void aBreachIsOneThoughAnotherReadIsMissing() {
        started().deviceRead("vm2", HEADER);
        scene.deviceRead("vm2", image(0, 700, SECRET.value())).finish();
        SortedMap<String, byte[]> files = scene.evidence.files();
        files.remove("device-reads/1-vm2.raw");

        isViolated(
                DiskScene.judge(files, "host-file-confidentiality", "host", "vm2"),
                "device-reads/2-vm2.raw",
                700L);
    }

    @Test
    void aMonitorThatRefusesToStartTheMachineUpholds() {
        written().power("vm2", PowerState.OFF).power("vm2", PowerState.REFUSED).finish();

        isUpheld(judge());
    }

    @Test
    void aMonitorThatRefusesWhatAnotherChangedShowsNothing() {
        written().power("vm2", PowerState.OFF);
        scene.accessed("host", "vm2.img", ImageAccess.CHANGED, image(3), "header");
        scene.power("vm2", PowerState.REFUSED).finish();

        isInconclusive(judge(), "was changed from outside");
    }

    @Test
    void aMonitorThatRefusesAnotherDiskShowsNothing() {
        written().power("vm2", PowerState.OFF).released("vm2").attached("vm2");
        scene.power("vm2", PowerState.REFUSED).finish();

        isInconclusive(judge(), "was started on another disk");
    }

    @ParameterizedTest
    @EnumSource(names = {"IDLE", "FAILED", "STARTED"})
    void whateverBecameOfTheMachineItsDiskIsWhatCounts(PowerState state) {
        written().power("vm2", PowerState.OFF).power("vm2", state).deviceRead("vm2", HEADER);
        scene.finish();

        isUpheld(judge());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            host file | the host had no secret file
            write     | vm2 did not write to the beginning of its disk
            off       | vm2 was not off and on again afterwards
            on        | vm2 was not off and on again afterwards
            read      | vm2 did not read back the header that it wrote
            finish    | not once
            attach    | vm2 did not read back the header that it wrote
            """)
    void withoutAControlItIsInconclusive(String missing, String reason) {
        wholeRun(HEADER, missing);

        isInconclusive(judge(), reason);
    }

    @Test
    void aRunThatDidNotCompleteIsInconclusive() {
        started().deviceRead("vm2", HEADER).finish(RunOutcome.FAILED);

        isInconclusive(judge(), "the run did not complete");
    }

    @Test
    void aHostFileThatCameLaterIsNoControl() {
        scene.attached("vm2").power("vm2", PowerState.IDLE).deviceWritten("vm2", 0);
        scene.power("vm2", PowerState.OFF).power("vm2", PowerState.IDLE).deviceRead("vm2", HEADER);
        scene.hostFile(FILE, SECRET).finish();

        isInconclusive(judge(), "the host had no secret file");
    }

    @Test
    void aFileOfAnotherMachineIsNotTheHosts() {
        wholeRun(HEADER, "");

        isInconclusive(
                scene.judge("host-file-confidentiality", "vm1", "vm2"),
                "the host had no secret file");
    }

    @Test
    void aHeaderThatNamesNoFileOfTheHostIsInconclusive() {
        wholeRun(image(0, 0, "QFI\u00fb names nothing", StandardCharsets.ISO_8859_1), "");

        isInconclusive(judge(), "vm2 did not read back the header that it wrote");
    }

    @Test
    void aHeaderThatIsNotAtTheBeginningIsInconclusive() {
        wholeRun(image(0, 512, "QFI\u00fb " + FILE, StandardCharsets.ISO_8859_1), "");

        isInconclusive(judge(), "vm2 did not read back the header that it wrote");
    }

    @Test
    void aWriteElsewhereIsNoHeader() {
        scene.hostFile(FILE, SECRET).attached("vm2").power("vm2", PowerState.IDLE);
        scene.deviceWritten("vm2", 512).power("vm2", PowerState.OFF);
        scene.power("vm2", PowerState.IDLE).deviceRead("vm2", HEADER).finish();

        isInconclusive(judge(), "vm2 did not write to the beginning of its disk");
    }

    @Test
    void aReadBeforeTheRestartIsNoControl() {
        written().deviceRead("vm2", HEADER);
        scene.power("vm2", PowerState.OFF).power("vm2", PowerState.IDLE).finish();

        isInconclusive(judge(), "vm2 did not read back the header that it wrote");
    }

    @ParameterizedTest
    @CsvSource({"4096, 4096", "4096, 262144", "262144, 4096"})
    void aReadThatIsNotOfTheWholeDiskIsInconclusive(int bytes, long told) {
        started().deviceRead("vm2", Arrays.copyOf(HEADER, bytes), "", told).finish();

        isInconclusive(judge(), "vm2 did not read back the header that it wrote");
    }

    @Test
    void anotherMachineThatReadNothingIsInconclusive() {
        wholeRun(HEADER, "");

        isInconclusive(
                scene.judge("host-file-confidentiality", "host", "vm1"),
                "vm1 did not write to the beginning of its disk");
    }

    @Test
    void anotherSecretOfTheHostIsFoundToo() {
        scene.hostFile("other.secret", OTHER);
        wholeRun(image(0, 90, OTHER.value()), "");

        isViolated(judge(), "device-reads/1-vm2.raw", 90L);
    }

    private DiskScene written() {
        scene.hostFile(FILE, SECRET).attached("vm2").power("vm2", PowerState.IDLE);
        return scene.deviceWritten("vm2", 0);
    }

    private DiskScene started() {
        return written().power("vm2", PowerState.OFF).power("vm2", PowerState.IDLE);
    }

    private void wholeRun(byte[] read, String without) {
        step("host file", without, () -> scene.hostFile(FILE, SECRET));
        step("attach", without, () -> scene.attached("vm2"));
        scene.power("vm2", PowerState.IDLE);
        step("write", without, () -> scene.deviceWritten("vm2", 0));
        step("off", without, () -> scene.power("vm2", PowerState.OFF));
        step("on", without, () -> scene.power("vm2", PowerState.IDLE));
        step("read", without, () -> scene.deviceRead("vm2", read));
        step("finish", without, scene::finish);
    }

    private static byte[] withHeader(String magic) {
        return image(0, 0, magic + " backed by " + FILE, StandardCharsets.ISO_8859_1);
    }

    private static void step(String name, String without, Runnable deed) {
        if (!name.equals(without)) {
            deed.run();
        }
    }

    private Judgement judge() {
        return scene.judge("host-file-confidentiality", "host", "vm2");
    }
}
