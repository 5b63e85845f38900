package cofferdam.analysis;

import cofferdam.analysis.evidence.Attempt;
import cofferdam.analysis.evidence.MemoryHistory;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.policy.MemoryPolicy;

import java.time.Duration;
import java.util.List;

/** Whether the monitor looked closely enough at a guest that had no memory left. */
final class ConfinementControls {

    /** The longest time between two looks. */
    static final Duration MAXIMUM_GAP = Duration.ofSeconds(2);

    /** How often the monitor looks at least during an attack. */
    static final int MINIMUM_SAMPLES = 3;

    private static final long PAGE = 4096;

    /** What a guest may count as used though it has no contents: in parts of its size. */
    private static final long SLACK_PART = 10;

    private final Run run;
    private final MemoryHistory memory;
    private final String machine;
    private final List<Event.MemorySampled> samples;

    ConfinementControls(Run run, MemoryHistory memory, String machine) {
        this.run = run;
        this.memory = memory;
        this.machine = machine;
        this.samples = memory.seen(MemoryHistory.MONITOR, machine);
    }

    /**
     * Fails with the reason if a control is missing.
     *
     * @return how often the monitor looked in all
     */
    int require() throws MissingEvidenceException {
        List<Attempt> leaks = MemoryConfinement.leaks(run, machine);
        Event.MemoryConfigured configured = memory.onlyConfiguration(machine);
        requirePolicy(configured);
        requireSensible(configured);
        for (Attempt leak : leaks) {
            if (configured.time() > leak.started()) {
                throw new MissingEvidenceException(
                        "%s was given its memory after the attack had begun".formatted(machine));
            }
            requireDense(leak);
            requireFound(configured, new Exhaustion(run, leak).require());
        }
        return samples.size();
    }

    /** What a machine is said to be configured with must be what the policy allows it. */
    private void requirePolicy(Event.MemoryConfigured configured) throws MissingEvidenceException {
        long allowed =
                configured.size() / MemoryPolicy.PERCENT * run.policy().memory().limit();
        if (configured.limit() > allowed + PAGE) {
            throw new MissingEvidenceException(
                    "%s is said to be limited to %d bytes, but the policy's limit is %d %% of %d"
                            .formatted(
                                    machine,
                                    configured.limit(),
                                    run.policy().memory().limit(),
                                    configured.size()));
        }
    }

    private void requireSensible(Event.MemoryConfigured configured)
            throws MissingEvidenceException {
        for (Event.MemorySampled sample : samples) {
            boolean sensible = sample.size() == configured.size()
                    && 0 <= sample.frames()
                    && sample.frames() <= sample.used()
                    && 0 <= sample.shared()
                    && sample.shared() <= sample.used()
                    && sample.used() <= sample.size();
            if (!sensible) {
                throw new MissingEvidenceException(
                        "a sample of %s contradicts itself: size %d, used %d, frames %d, shared %d"
                                .formatted(
                                        machine,
                                        sample.size(),
                                        sample.used(),
                                        sample.frames(),
                                        sample.shared()));
            }
        }
    }

    /** From a look before the attack to one after it, no two are far apart. */
    private void requireDense(Attempt leak) throws MissingEvidenceException {
        long last = samples.stream()
                .mapToLong(Event.MemorySampled::time)
                .filter(time -> time <= leak.started())
                .max()
                .orElseThrow(() -> notLooked("before", leak));
        int during = 0;
        for (Event.MemorySampled sample : samples) {
            if (sample.time() > last) {
                requireNear(last, sample.time());
                last = sample.time();
                during++;
            }
            if (last > leak.stopped()) {
                break;
            }
        }
        if (last <= leak.stopped()) {
            throw notLooked("after", leak);
        }
        if (during - 1 < MINIMUM_SAMPLES) {
            throw new MissingEvidenceException(
                    "the monitor looked at %s %d times during %s; %d are needed"
                            .formatted(machine, during - 1, leak.attack(), MINIMUM_SAMPLES));
        }
    }

    private void requireNear(long last, long time) throws MissingEvidenceException {
        if (time - last > MAXIMUM_GAP.toNanos()) {
            throw new MissingEvidenceException("the monitor did not look at %s for %d ms"
                    .formatted(machine, Duration.ofNanos(time - last).toMillis()));
        }
    }

    private MissingEvidenceException notLooked(String when, Attempt leak) {
        return new MissingEvidenceException("the monitor did not look at the memory of %s %s %s"
                .formatted(machine, when, leak.attack()));
    }

    /** What the guest says that it uses must be somewhere: in the host's memory or in its swap file. */
    private void requireFound(Event.MemoryConfigured configured, List<Event.MemorySampled> full)
            throws MissingEvidenceException {
        long slack = configured.size() / SLACK_PART;
        for (Event.MemorySampled own : full) {
            Event.MemorySampled seen =
                    memory.lastSeen(MemoryHistory.MONITOR, machine, own.time()).orElseThrow();
            if (seen.used() + seen.swapped() + seen.ballooned() + slack < own.used()) {
                throw new MissingEvidenceException(
                        "%s used %d bytes by its own account, of which the monitor found %d and %d in its swap file"
                                .formatted(machine, own.used(), seen.used(), seen.swapped()));
            }
        }
    }
}
