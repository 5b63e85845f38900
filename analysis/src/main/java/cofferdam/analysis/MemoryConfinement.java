package cofferdam.analysis;

import cofferdam.analysis.evidence.Attempt;
import cofferdam.analysis.evidence.MemoryHistory;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Event;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Whether a guest that takes all memory it can get stays within what it was configured with. */
final class MemoryConfinement implements Checker {

    private static final Property PROPERTY = new Property(
            "memory-confinement",
            1,
            "does a guest that takes all memory it can get stay within what it was configured with?",
            false,
            "the run completed; the guest itself saw its memory and its swap full and ended a process"
                    + " for it; the monitor looked at it before, after and at least every two seconds"
                    + " in between, and found what the guest said that it used");

    @Override
    public Property property() {
        return PROPERTY;
    }

    @Override
    public Judgement judge(Run run, Question question) throws MissingEvidenceException {
        String machine = run.machine(question.subject().getFirst()).name();
        MemoryHistory memory = new MemoryHistory(run);
        long limit = memory.configured(machine).stream()
                .mapToLong(Event.MemoryConfigured::limit)
                .max()
                .orElseThrow(() -> new MissingEvidenceException(
                        "the run does not tell what memory %s was configured with"
                                .formatted(machine)));
        List<Event.MemorySampled> over = memory.seen(MemoryHistory.MONITOR, machine).stream()
                .filter(sample -> sample.used() > limit || sample.frames() > limit)
                .toList();
        if (!over.isEmpty()) {
            Event.MemorySampled worst = worst(over);
            return Judgement.violated(
                            question,
                            violation(memory, worst, limit),
                            List.of(EventReference.of(run, over)))
                    .with(figures(memory, worst));
        }
        run.requireCompleted();
        int samples = new ConfinementControls(run, memory, machine).require();
        Event.MemorySampled most = worst(memory.seen(MemoryHistory.MONITOR, machine));
        return Judgement.upheld(
                        question,
                        "%s ran out of memory and swap; in %d samples it used at most %s of the %s that it is configured with"
                                .formatted(
                                        machine,
                                        samples,
                                        Mebibytes.text(most.used()),
                                        Mebibytes.text(limit)))
                .with(figures(memory, most));
    }

    private static Event.MemorySampled worst(List<Event.MemorySampled> samples) {
        Comparator<Event.MemorySampled> byUse =
                Comparator.comparingLong(sample -> Math.max(sample.used(), sample.frames()));
        return samples.stream().max(byUse).orElseThrow();
    }

    private static String violation(MemoryHistory memory, Event.MemorySampled worst, long limit) {
        long most = Math.max(worst.used(), worst.frames());
        return "%s used %s of the host's memory, %d KiB more than the %s that it is configured with, %s of it in shared frames; all machines used %s of %s configured; %s"
                .formatted(
                        worst.subject(),
                        Mebibytes.text(most),
                        (most - limit) >> 10,
                        Mebibytes.text(limit),
                        Mebibytes.text(worst.shared()),
                        Mebibytes.text(usedByAll(memory, worst)),
                        Mebibytes.text(configuredForAll(memory)),
                        cause(worst, limit));
    }

    private static String cause(Event.MemorySampled worst, long limit) {
        String frames = Mebibytes.text(worst.frames());
        if (worst.frames() > limit) {
            return "the host gave it %s of its frames".formatted(frames);
        }
        boolean explains = worst.shared() >= worst.used() - worst.frames();
        return explains
                ? "identical pages are shared, so that %s of frames hold it".formatted(frames)
                : "how %s of frames can hold it is not told".formatted(frames);
    }

    private static List<Figure> figures(MemoryHistory memory, Event.MemorySampled at) {
        List<Figure> figures = new ArrayList<>();
        figures.add(size("configured-sum", configuredForAll(memory)));
        figures.add(size("used-sum", usedByAll(memory, at)));
        figures.add(size("used", at.used()));
        figures.add(size("frames", at.frames()));
        figures.add(size("shared", at.shared()));
        memory.lastSeen(MemoryHistory.MONITOR, MemoryHistory.HOST, at.time())
                .ifPresent(host -> figures.add(size("host-used", host.used())));
        return figures;
    }

    private static Figure size(String name, long bytes) {
        return new Figure(name, Mebibytes.number(bytes), Mebibytes.UNIT);
    }

    private static long configuredForAll(MemoryHistory memory) {
        return memory.machines().stream()
                .collect(Collectors.summingLong(machine -> memory.configured(machine).stream()
                        .mapToLong(Event.MemoryConfigured::limit)
                        .max()
                        .orElse(0)));
    }

    private static long usedByAll(MemoryHistory memory, Event.MemorySampled at) {
        return memory.machines().stream()
                .collect(Collectors.summingLong(machine -> machine.equals(at.subject())
                        ? at.used()
                        : memory.lastSeen(MemoryHistory.MONITOR, machine, at.time())
                                .map(Event.MemorySampled::used)
                                .orElse(0L)));
    }

    /** The attacks of that name by that machine, at least one. */
    static List<Attempt> leaks(Run run, String machine) throws MissingEvidenceException {
        List<Attempt> leaks = Attempt.of(run).stream()
                .filter(attempt -> attempt.attack().equals(Exhaustion.ATTACK)
                        && attempt.adversary().equals(machine))
                .toList();
        if (leaks.isEmpty()) {
            throw new MissingEvidenceException(
                    "%s was not attacked from within by %s".formatted(machine, Exhaustion.ATTACK));
        }
        return leaks;
    }
}
