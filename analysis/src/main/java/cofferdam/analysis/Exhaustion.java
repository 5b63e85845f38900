package cofferdam.analysis;

import cofferdam.analysis.evidence.Attempt;
import cofferdam.analysis.evidence.MemoryHistory;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.ProcessEnd;

import java.util.List;

/** Whether a guest that leaks memory really had none left: no memory and no swap. */
final class Exhaustion {

    static final String ATTACK = "memory-exhaustion";

    /** How much of its memory a guest has at least in use by its own account, in percent of it. */
    private static final long FULL_PERCENT = 90;

    private static final long PERCENT = 100;

    private final Run run;
    private final MemoryHistory memory;
    private final Attempt attempt;

    Exhaustion(Run run, Attempt attempt) {
        this.run = run;
        this.memory = new MemoryHistory(run);
        this.attempt = attempt;
    }

    /** Whether that much of a memory of that size is as good as all. What a balloon took is not free. */
    static boolean isFull(long used, long size) {
        return used >= size / PERCENT * FULL_PERCENT;
    }

    /**
     * What the guest said of itself when it was full, during the attack.
     *
     * @throws MissingEvidenceException if it never ran out
     */
    List<Event.MemorySampled> require() throws MissingEvidenceException {
        String machine = attempt.adversary();
        long size = memory.onlyConfiguration(machine).size();
        long end = requireKilled(machine);
        List<Event.MemorySampled> full = memory.seen(machine, machine).stream()
                .filter(sample -> attempt.started() <= sample.time() && sample.time() <= end)
                .filter(sample -> isFull(sample.used() + sample.ballooned(), size))
                .toList();
        if (full.isEmpty()) {
            throw new MissingEvidenceException(
                    "%s never saw %d %% of its own memory in use".formatted(machine, FULL_PERCENT));
        }
        if (full.stream().noneMatch(sample -> sample.swapped() > 0)) {
            throw new MissingEvidenceException(
                    "%s had nothing in its swap when its memory was full".formatted(machine));
        }
        return full;
    }

    private long requireKilled(String machine) throws MissingEvidenceException {
        return run.events(Event.ProcessEnded.class).stream()
                .filter(ended -> ended.actor().equals(machine)
                        && ended.outcome() == ProcessEnd.OUT_OF_MEMORY
                        && attempt.started() <= ended.time()
                        && ended.time() <= attempt.stopped())
                .mapToLong(Event.ProcessEnded::time)
                .max()
                .orElseThrow(() -> new MissingEvidenceException(
                        "no process of %s was ended for want of memory during %s"
                                .formatted(machine, attempt.attack())));
    }
}
