package cofferdam.analysis;

import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.ImageAccess;
import cofferdam.monitor.evidence.RunOutcome;
import cofferdam.monitor.evidence.Sha256;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.recording.RecordedEvidence;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/** The evidence of a run in which memory with a secret goes from one to another, made line by line. */
final class LeakScene {

    static final Canary SECRET = Canary.of(0x0123_4567_89ab_cdefL, 0xfedc_ba98_7654_3210L);
    static final Canary OTHER = Canary.of(0x1111_2222_3333_4444L, 0x5555_6666_7777_8888L);
    static final int SIZE = 1 << 20;
    private static final int PAGE = 4096;

    final RecordedEvidence evidence = new RecordedEvidence();
    private long now = 1_000_000_000_000L;

    LeakScene() {
        List.of(Scene.VM1, Scene.VM2, Scene.HOST)
                .forEach(machine -> record(new Event.MachineStarted(
                        tick(), machine.name(), machine.address(), machine.mac())));
    }

    long tick() {
        now += 1000;
        return now;
    }

    LeakScene later(long nanoseconds) {
        now += nanoseconds;
        return this;
    }

    LeakScene record(Event event) {
        evidence.record(event);
        return this;
    }

    LeakScene configured(String machine) {
        return record(new Event.MemoryConfigured(tick(), "monitor", machine, SIZE, SIZE, 0, 1000));
    }

    LeakScene remembered(String machine, Canary secret) {
        return record(new Event.SecretRemembered(tick(), machine, "memory", secret, "", ""));
    }

    LeakScene recalled(String machine, String found, String frames) {
        return record(new Event.SecretRecalled(tick(), machine, "memory", found, frames));
    }

    LeakScene released(String machine, String how, String frames) {
        return record(new Event.FramesReleased(tick(), "monitor", machine, how, frames));
    }

    LeakScene memoryRead(String reader, String of, byte[] bytes, String frames) {
        return memoryRead(reader, of, "", bytes, bytes.length, Sha256.of(bytes), frames);
    }

    LeakScene memoryRead(
            String reader,
            String of,
            String outcome,
            byte[] bytes,
            long told,
            String sha256,
            String frames) {
        String file = evidence.memoryRead(reader, bytes);
        return record(
                new Event.MemoryRead(tick(), reader, file, of, outcome, told, sha256, frames));
    }

    LeakScene kept(String moment, String name, byte[] bytes) {
        record(new Event.ImagesKept(tick(), "monitor", moment));
        evidence.image(moment, name, bytes, List.of());
        return this;
    }

    LeakScene fileRead(String reader, String name, byte[] bytes) {
        return record(new Event.ImageAccessed(
                tick(), reader, name, ImageAccess.READ, Sha256.of(bytes), ""));
    }

    LeakScene finish() {
        return finish(RunOutcome.COMPLETED);
    }

    LeakScene finish(RunOutcome outcome) {
        return record(new Event.RunFinished(tick(), "scenario", outcome, "the detail"));
    }

    Judgement judge(String property, String subject, String observer) {
        return judge(evidence.files(), property, subject, observer);
    }

    static Judgement judge(
            SortedMap<String, byte[]> files, String property, String subject, String observer) {
        return Analysis.judge(
                        RunFiles.of(files),
                        Policies.builtIn("virtual-server-1.0").orElseThrow(),
                        List.of(new Question(property, List.of(subject), observer)))
                .getFirst();
    }

    /** So many bytes, in each page of which is something. */
    static byte[] filled(int bytes) {
        byte[] filled = new byte[bytes];
        for (int at = 0; at < bytes; at += PAGE) {
            filled[at + PAGE - 1] = 7;
        }
        return filled;
    }

    /** The same with a secret in it. */
    static byte[] withSecret(int bytes, int at, Canary secret) {
        byte[] filled = filled(bytes);
        byte[] text = secret.value().getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, filled, at, text.length);
        return filled;
    }

    /** Pages in which is nothing after the first ones. */
    static byte[] sparse(int bytes, int pages) {
        return Arrays.copyOf(filled(pages * PAGE), bytes);
    }
}
