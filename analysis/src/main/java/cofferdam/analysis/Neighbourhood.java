package cofferdam.analysis;

import cofferdam.analysis.evidence.Heartbeats;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Event;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The positive controls of what passes between two machines by pages that are merged: that both had
 * their pages in memory all the while, and that the monitor had the time to find equal ones.
 */
final class Neighbourhood {

    private static final int PAGE = 4096;

    /** The scanner remembers a page when it sees it first, and merges when it sees another like it. */
    private static final int PASSES = 2;

    /** Who knows of the memory of every machine. */
    private static final String MONITOR = "monitor";

    private final Run run;
    private final Chronicle chronicle;

    Neighbourhood(Run run, Chronicle chronicle) {
        this.run = run;
        this.chronicle = chronicle;
    }

    /** Fails unless the machine had so many pages of programs in memory from one event to another. */
    void requirePresent(String machine, int pages, Event from, Event until)
            throws MissingEvidenceException {
        requireUndisturbed(machine, from, until);
        if (!Heartbeats.of(run, machine).alive(from.time(), until.time())) {
            throw new MissingEvidenceException(
                    "%s was not shown to be alive all the while".formatted(machine));
        }
        requireResident(machine, pages, from, until);
    }

    private void requireUndisturbed(String machine, Event from, Event until)
            throws MissingEvidenceException {
        for (Event event : chronicle.between(from, until)) {
            if (disturbs(event, machine)) {
                throw new MissingEvidenceException("the memory of %s did not stay as it was: %s"
                        .formatted(machine, event.getClass().getSimpleName()));
            }
        }
    }

    private static boolean disturbs(Event event, String machine) {
        boolean byMonitor = (event instanceof Event.FramesReleased released
                        && released.subject().equals(machine))
                || (event instanceof Event.MemoryConfigured given
                        && given.subject().equals(machine));
        boolean byItself = event instanceof Event.PowerChanged
                || event instanceof Event.MachineEnded
                || event instanceof Event.ProcessEnded
                || event instanceof Event.SystemSabotaged
                || event instanceof Event.PagesHeld;
        return byMonitor || (byItself && event.actor().equals(machine));
    }

    private void requireResident(String machine, int pages, Event from, Event until)
            throws MissingEvidenceException {
        for (Event.MemorySampled sample : samples(machine, MONITOR, from, until)) {
            if (sample.used() < (long) pages * PAGE || sample.swapped() != 0) {
                throw new MissingEvidenceException(
                        "%s had %d bytes in memory and %d swapped, not %d pages"
                                .formatted(machine, sample.used(), sample.swapped(), pages));
            }
        }
        // A page in the machine's own swap space is in nobody's memory, and the monitor cannot
        // know.
        for (Event.MemorySampled sample : samples(machine, machine, from, until)) {
            if (sample.swapped() != 0) {
                throw new MissingEvidenceException("%s had %d bytes in its own swap space"
                        .formatted(machine, sample.swapped()));
            }
        }
    }

    private List<Event.MemorySampled> samples(String machine, String by, Event from, Event until)
            throws MissingEvidenceException {
        List<Event.MemorySampled> samples = chronicle.between(from, until).stream()
                .filter(Event.MemorySampled.class::isInstance)
                .map(Event.MemorySampled.class::cast)
                .filter(sample -> sample.actor().equals(by) && sample.subject().equals(machine))
                .toList();
        if (samples.isEmpty()) {
            throw new MissingEvidenceException(
                    "%s did not look how the memory of %s was used".formatted(by, machine));
        }
        return samples;
    }

    /** Fails unless the scanner had time to look at every page of all machines twice between two events. */
    void requireScanned(List<String> machines, Event from, Event until)
            throws MissingEvidenceException {
        Map<String, Long> sizes = new HashMap<>();
        chronicle
                .all(Event.MemoryConfigured.class, given -> chronicle.isBefore(given, from))
                .forEach(given -> sizes.put(given.subject(), given.size()));
        if (!sizes.keySet().containsAll(machines)) {
            throw new MissingEvidenceException("%s were not all given memory before"
                    .formatted(String.join(" and ", machines)));
        }
        double pages = sizes.values().stream()
                .mapToDouble(size -> (double) size / PAGE)
                .sum();
        double seconds = PASSES * pages / run.policy().memory().scanRate();
        double had =
                (double) (until.time() - from.time()) / Duration.ofSeconds(1).toNanos();
        if (!(had >= seconds)) {
            throw new MissingEvidenceException(
                    "the monitor had %.1f s to find equal pages, %d passes take %.1f s"
                            .formatted(had, PASSES, seconds));
        }
    }
}
