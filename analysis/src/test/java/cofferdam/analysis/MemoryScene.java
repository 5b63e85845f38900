package cofferdam.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.EventLog;
import cofferdam.monitor.evidence.ProcessEnd;
import cofferdam.monitor.evidence.RunOutcome;
import cofferdam.monitor.evidence.Sha256;
import cofferdam.monitor.policy.Policies;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The evidence of a run with memory, made second by second. */
final class MemoryScene {

    static final long MIB = 1L << 20;
    static final long SECOND = 1_000_000_000L;
    static final Canary SECRET = Canary.of(0x0123_4567_89ab_cdefL, 0xfedc_ba98_7654_3210L);

    /** How a machine's memory is used, in MiB; the sizes are the whole scene's. */
    record Usage(long size, long used, long frames, long shared, long swapped) {}

    /** Who beats; take a machine out and it is silent from then on. */
    final Set<String> beating = new LinkedHashSet<>();

    /** What each machine sees of itself. */
    final Map<String, Usage> own = new LinkedHashMap<>();

    /** What the monitor sees of each. */
    final Map<String, Usage> seen = new LinkedHashMap<>();

    final List<Event> events = new ArrayList<>();

    /** What the run's folder has beside the events. */
    final Map<String, byte[]> files = new HashMap<>();

    /** The name of the built-in policy under which it is judged. */
    String policy = "virtual-server-1.0";

    private final Map<String, String> chains = new HashMap<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private long now = 1_000_000_000_000L;

    /** Machines vm1, vm2 and host, of which the first two beat from now on. */
    static MemoryScene started() {
        MemoryScene scene = new MemoryScene();
        List.of(Scene.VM1, Scene.VM2, Scene.HOST)
                .forEach(machine -> scene.record(new Event.MachineStarted(
                        scene.now, machine.name(), machine.address(), machine.mac())));
        scene.beating.addAll(List.of("vm1", "vm2"));
        return scene;
    }

    long now() {
        return now;
    }

    long tick() {
        now += 1000;
        return now;
    }

    MemoryScene record(Event event) {
        events.add(event);
        return this;
    }

    /** A machine is given memory; sizes in MiB. */
    MemoryScene configured(String machine, long size, long limit) {
        return record(new Event.MemoryConfigured(
                tick(), "monitor", machine, size * MIB, limit * MIB, 0, 1000));
    }

    /** So many seconds pass; in each, machines beat and memory is looked at. */
    MemoryScene live(int seconds) {
        for (int i = 0; i < seconds; i++) {
            now = (now / SECOND + 1) * SECOND;
            beating.forEach(this::beat);
            own.forEach((machine, usage) -> sample(machine, machine, usage));
            seen.forEach((machine, usage) -> sample("monitor", machine, usage));
        }
        return this;
    }

    MemoryScene beat(String machine) {
        String before = chains.computeIfAbsent(
                machine, name -> Sha256.of(name.getBytes(StandardCharsets.UTF_8)));
        String next = Sha256.of(HexFormat.of().parseHex(before));
        chains.put(machine, next);
        long number = numbers.merge(machine, 1L, Long::sum);
        return record(new Event.Heartbeat(now, machine, "heartbeat", number, next));
    }

    /** The machine begins to count from 1 again. */
    MemoryScene restart(String machine) {
        chains.remove(machine);
        numbers.remove(machine);
        return this;
    }

    MemoryScene sample(String actor, String subject, Usage usage) {
        return record(new Event.MemorySampled(
                now,
                actor,
                subject,
                usage.size() * MIB,
                usage.used() * MIB,
                usage.frames() * MIB,
                usage.shared() * MIB,
                0,
                usage.swapped() * MIB));
    }

    MemoryScene attack(String attack, String by, String... victims) {
        return record(new Event.AttackStarted(tick(), by, attack, List.of(victims)));
    }

    MemoryScene stop(String attack, String by) {
        return record(new Event.AttackStopped(tick(), by, attack, "stopped"));
    }

    MemoryScene killed(String machine) {
        return record(new Event.ProcessEnded(
                tick(), machine, "leak", ProcessEnd.OUT_OF_MEMORY, "no memory and no swap"));
    }

    MemoryScene remembered(String machine) {
        return record(new Event.SecretRemembered(tick(), machine, "keeper", SECRET, "4-7", ""));
    }

    MemoryScene recalled(String machine, String found) {
        return record(new Event.SecretRecalled(tick(), machine, "keeper", found, "4-7"));
    }

    MemoryScene finish() {
        return finish(RunOutcome.COMPLETED);
    }

    MemoryScene finish(RunOutcome outcome) {
        return record(new Event.RunFinished(tick(), "scenario", outcome, "the detail"));
    }

    /** Takes events away. */
    MemoryScene without(Predicate<Event> unwanted) {
        events.removeIf(unwanted);
        return this;
    }

    /** Puts others in the place of events. */
    MemoryScene change(UnaryOperator<Event> change) {
        events.replaceAll(change);
        return this;
    }

    Judgement judge(String property, String subject) {
        return judge(property, subject, "");
    }

    Judgement judge(String property, String subject, String observer) {
        Map<String, byte[]> all = new HashMap<>(files);
        all.put("events.jsonl", EventLog.write(events));
        return Analysis.judge(
                        RunFiles.of(all),
                        Policies.builtIn(policy).orElseThrow(),
                        List.of(new Question(property, List.of(subject), observer)))
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

    /** The evidence is the lines of these events. */
    void isViolated(Judgement judgement, String reason, Predicate<Event> proof) {
        assertThat(judgement.reason()).contains(reason);
        assertThat(judgement.verdict()).isEqualTo(Verdict.VIOLATED);
        List<Integer> lines = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            if (proof.test(events.get(i))) {
                lines.add(i + 1);
            }
        }
        assertThat(judgement.evidence()).containsExactly(new EventReference(lines));
    }
}
