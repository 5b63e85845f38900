package cofferdam.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FileOutcome;
import cofferdam.monitor.evidence.ImageAccess;
import cofferdam.monitor.evidence.PowerState;
import cofferdam.monitor.evidence.RunOutcome;
import cofferdam.monitor.policy.MonitorPolicy;
import cofferdam.monitor.recording.RecordedEvidence;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;

/** The evidence of a run with disks, made line by line. */
final class DiskScene {

    static final String NOTES = "/home/alice/notes.txt";
    static final Canary SECRET = Canary.of(0x0123_4567_89ab_cdefL, 0xfedc_ba98_7654_3210L);
    static final Canary OTHER = Canary.of(0x1111_2222_3333_4444L, 0x5555_6666_7777_8888L);

    /** What a disk has where nothing was written. */
    static final int DISK = 256 << 10;

    final RecordedEvidence evidence = new RecordedEvidence();
    private long now = 1_000_000_000_000L;

    DiskScene() {
        List.of(Scene.VM1, Scene.VM2, Scene.HOST)
                .forEach(machine -> record(new Event.MachineStarted(
                        tick(), machine.name(), machine.address(), machine.mac())));
    }

    long tick() {
        now += 1000;
        return now;
    }

    DiskScene record(Event event) {
        evidence.record(event);
        return this;
    }

    DiskScene attached(String machine) {
        return record(new Event.DiskAttached(tick(), machine, machine + ".img", "raw", DISK));
    }

    DiskScene released(String machine) {
        return record(new Event.DiskReleased(tick(), machine, machine + ".img"));
    }

    DiskScene power(String machine, PowerState state) {
        return record(
                new Event.PowerChanged(tick(), machine, machine + ".img", state, "as it was told"));
    }

    DiskScene offAndOn(String machine) {
        return power(machine, PowerState.OFF).power(machine, PowerState.STARTED);
    }

    DiskScene saved(Canary canary) {
        return record(new Event.FileSaved(
                tick(), "vm1", NOTES, FileOutcome.DONE, canary, hashOf(canary), ""));
    }

    DiskScene readBack(Canary canary) {
        return fileRead(FileOutcome.DONE, hashOf(canary));
    }

    DiskScene fileRead(FileOutcome outcome, String sha256) {
        return record(
                new Event.FileRead(tick(), "vm1", NOTES, outcome, sha256, "as the guest saw it"));
    }

    DiskScene erased() {
        return record(new Event.FileErased(tick(), "vm1", NOTES, FileOutcome.DONE, ""));
    }

    /** Every image is kept; the space of each begins at another block. */
    DiskScene kept(String moment, byte[] vm1) {
        return kept(moment, "vm1.img", vm1, 0);
    }

    DiskScene kept(String moment, String image, byte[] bytes, int firstBlock) {
        record(new Event.ImagesKept(tick(), "monitor", moment));
        evidence.image(moment, image, bytes, blocks(firstBlock));
        return this;
    }

    private static List<Integer> blocks(int first) {
        return IntStream.range(first, first + 4).boxed().toList();
    }

    DiskScene imageRead(String actor, String image, byte[] bytes) {
        return accessed(actor, image, ImageAccess.READ, bytes, "");
    }

    DiskScene changed(byte[] bytes) {
        return accessed("host", "vm1.img", ImageAccess.CHANGED, bytes, "16 bytes inserted at 7");
    }

    DiskScene accessed(
            String actor, String image, ImageAccess access, byte[] bytes, String detail) {
        return record(new Event.ImageAccessed(tick(), actor, image, access, sha256(bytes), detail));
    }

    DiskScene deviceRead(String machine, byte[] bytes) {
        return deviceRead(machine, bytes, "", bytes.length);
    }

    DiskScene deviceRead(String machine, byte[] bytes, String outcome, long told) {
        String file = evidence.deviceRead(machine, bytes);
        return record(new Event.DeviceRead(tick(), machine, file, outcome, told));
    }

    DiskScene deviceWritten(String machine, long offset) {
        return record(new Event.DeviceWritten(tick(), machine, "disk", "", offset, 4096));
    }

    DiskScene hostFile(String name, Canary canary) {
        return record(new Event.HostFilePlaced(tick(), "host", name, canary));
    }

    DiskScene finish() {
        return finish(RunOutcome.COMPLETED);
    }

    DiskScene finish(RunOutcome outcome) {
        return record(new Event.RunFinished(tick(), "scenario", outcome, "the detail"));
    }

    Judgement judge(String property, String subject, String observer) {
        return judge(evidence.files(), property, subject, observer);
    }

    static Judgement judge(
            SortedMap<String, byte[]> files, String property, String subject, String observer) {
        Question question = new Question(property, List.of(subject), observer);
        return Analysis.judge(
                        RunFiles.of(files),
                        Scene.policy(MonitorPolicy.Type.TYPE_I),
                        List.of(question))
                .getFirst();
    }

    static void isUpheld(Judgement judgement) {
        assertThat(judgement.verdict()).as(judgement.reason()).isEqualTo(Verdict.UPHELD);
        assertThat(judgement.evidence()).isEmpty();
    }

    static void isInconclusive(Judgement judgement, String reason) {
        assertThat(judgement.reason()).contains(reason);
        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.evidence()).isEmpty();
    }

    static void isViolated(Judgement judgement, String file, Long... offsets) {
        assertThat(judgement.verdict()).as(judgement.reason()).isEqualTo(Verdict.VIOLATED);
        assertThat(judgement.evidence())
                .containsExactly(new ImageReference(file, List.of(offsets)));
    }

    /** An image full of one byte. */
    static byte[] image(int filler) {
        byte[] image = new byte[DISK];
        Arrays.fill(image, (byte) filler);
        return image;
    }

    /** An image full of one byte but for a text in it. */
    static byte[] image(int filler, int at, String text, Charset charset) {
        byte[] image = image(filler);
        byte[] bytes = text.getBytes(charset);
        System.arraycopy(bytes, 0, image, at, bytes.length);
        return image;
    }

    static byte[] image(int filler, int at, String text) {
        return image(filler, at, text, StandardCharsets.US_ASCII);
    }

    private static String hashOf(Canary canary) {
        return sha256(canary.value().getBytes(StandardCharsets.US_ASCII));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
