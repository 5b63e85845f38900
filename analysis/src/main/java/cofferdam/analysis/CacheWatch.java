package cofferdam.analysis;

import cofferdam.analysis.evidence.Attempt;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.policy.Guests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the ARP cache of a machine was looked at all the while, where it takes looking: a cache that
 * nobody looks at seems to stay as it is. An emulated machine tells of every change itself.
 */
final class CacheWatch {

    /** A watch that is at work says so at least so often, however busy its machine is. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

    private final String machine;
    private final boolean needed;
    private final List<Event.CacheWatched> looks;

    CacheWatch(Run run, String machine) {
        this.machine = machine;
        looks = run.events(Event.CacheWatched.class).stream()
                .filter(look -> look.actor().equals(machine))
                .toList();
        needed = (run.isReal() && Guests.NAMES.contains(machine)) || !looks.isEmpty();
    }

    /** Fails unless somebody looked, again and again, from the attack's start to its end. */
    void require(Attempt attempt) throws MissingEvidenceException {
        if (!needed) {
            return;
        }
        long last = attempt.started();
        for (long look : looksDuring(attempt)) {
            requireShort(look - last);
            last = look;
        }
        requireShort(attempt.stopped() - last);
    }

    /** The times of those looks that are told in order. */
    private List<Long> looksDuring(Attempt attempt) {
        List<Long> times = new ArrayList<>();
        long number = 0;
        for (Event.CacheWatched look : looks) {
            boolean inside = attempt.started() <= look.time() && look.time() <= attempt.stopped();
            if (inside && look.subject() > number) {
                times.add(look.time());
            }
            number = Math.max(number, look.subject());
        }
        return times;
    }

    private void requireShort(long silence) throws MissingEvidenceException {
        if (silence > LONGEST_SILENCE.toNanos()) {
            throw new MissingEvidenceException("nobody looked at the ARP cache of %s for %d ms"
                    .formatted(machine, Duration.ofNanos(silence).toMillis()));
        }
    }
}
