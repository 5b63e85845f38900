package cofferdam.analysis;

import cofferdam.analysis.evidence.FrameRanges;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.Event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** The secrets that programs of one machine kept in its memory, and how their frames went to others. */
final class MemorySecrets {

    /** So many frames at least: what holds a single one may have been overwritten by chance. */
    static final int MINIMUM_FRAMES = 8;

    /** How soon after it was recalled a secret must go away to have been there until then. */
    private static final Duration PROMPTLY = Duration.ofSeconds(1);

    private final Chronicle chronicle;
    private final String machine;

    MemorySecrets(Chronicle chronicle, String machine) {
        this.chronicle = chronicle;
        this.machine = machine;
    }

    /**
     * Memory was taken from the machine while a secret lay in it.
     *
     * @param canary the secret, which the machine had recalled last
     * @param recalled when it had
     * @param frames those of the frames taken that had the secret then
     */
    record Departure(
            Canary canary, Event.SecretRecalled recalled, Event.FramesReleased by, BitSet frames) {}

    /** Where in the bytes are secrets that the machine had remembered before that event. */
    List<Long> offsets(byte[] bytes, Event before) {
        return chronicle.all(Event.SecretRemembered.class, this::isOwn).stream()
                .filter(remembered -> chronicle.isBefore(remembered, before))
                .flatMap(remembered -> CanarySearch.offsets(bytes, remembered.canary()).stream())
                .distinct()
                .toList();
    }

    /**
     * All departures, in order.
     *
     * @throws MissingEvidenceException if there was none that took enough frames with a secret
     */
    List<Departure> departures() throws MissingEvidenceException {
        List<Departure> departures = new ArrayList<>();
        for (Event.FramesReleased released : chronicle.all(
                Event.FramesReleased.class, event -> event.subject().equals(machine))) {
            Optional<Departure> departure = departure(released);
            departure
                    .filter(found -> found.frames().cardinality() >= MINIMUM_FRAMES)
                    .ifPresent(departures::add);
        }
        if (departures.isEmpty()) {
            throw new MissingEvidenceException(
                    "no memory was taken from %s of which %d frames had a secret that it had just recalled"
                            .formatted(machine, MINIMUM_FRAMES));
        }
        return departures;
    }

    private Optional<Departure> departure(Event.FramesReleased released)
            throws MissingEvidenceException {
        Optional<Event.SecretRemembered> remembered =
                chronicle.lastBefore(released, Event.SecretRemembered.class, this::isOwn);
        Optional<Event.SecretRecalled> recalled =
                chronicle.lastBefore(released, Event.SecretRecalled.class, this::isOwn);
        if (remembered.isEmpty()
                || recalled.isEmpty()
                || !chronicle.isBefore(remembered.get(), recalled.get())
                || !recalled.get().outcome().equals(remembered.get().canary().value())) {
            return Optional.empty();
        }
        if (released.time() - recalled.get().time() > PROMPTLY.toNanos()) {
            return Optional.empty();
        }
        BitSet frames = FrameRanges.parse(recalled.get().frames());
        frames.and(FrameRanges.parse(released.frames()));
        for (Event event : chronicle.between(recalled.get(), released)) {
            if (event instanceof Event.FramesReleased earlier) {
                // What the machine got back since is not what it recalled.
                frames.andNot(FrameRanges.parse(earlier.frames()));
            }
        }
        return Optional.of(
                new Departure(remembered.get().canary(), recalled.get(), released, frames));
    }

    /** Whether the machine recalled the same secret after an event. */
    boolean recalledAfter(Event event, Canary canary) {
        return chronicle.all(Event.SecretRecalled.class, this::isOwn).stream()
                .anyMatch(recalled -> chronicle.isBefore(event, recalled)
                        && recalled.outcome().equals(canary.value()));
    }

    private boolean isOwn(Event event) {
        return event.actor().equals(machine);
    }
}
