package cofferdam.analysis;

import cofferdam.analysis.evidence.Attempt;
import cofferdam.analysis.evidence.Heartbeats;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.PowerState;
import cofferdam.monitor.evidence.ProcessEnd;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether a machine went on computing, as it tells by its heartbeats and by its end. */
final class Endurance {

    private final Run run;
    private final String machine;
    private final Heartbeats heartbeats;

    Endurance(Run run, String machine) {
        this.run = run;
        this.machine = machine;
        this.heartbeats = Heartbeats.of(run, machine);
    }

    /** Something that the machine suffered, and the events that show it. */
    record Harm(String reason, List<? extends Event> events) {}

    Heartbeats heartbeats() {
        return heartbeats;
    }

    /** The first harm that the machine came to from a time on; what was wrong before that is none. */
    Optional<Harm> harmSince(long time) {
        return Stream.of(end(time), processEnd(time), wrongBeat(time), missingBeat(time))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /**
     * Fails unless the machine computed from before an attack until after it, and nobody but the
     * attacker did anything to it.
     */
    void requireThroughout(Attempt attempt) throws MissingEvidenceException {
        if (heartbeats.problem().isPresent()) {
            throw new MissingEvidenceException(heartbeats.problem().get());
        }
        if (heartbeats.lastBefore(attempt.started()).isEmpty()) {
            throw new MissingEvidenceException(
                    "%s did not beat before %s".formatted(machine, attempt.attack()));
        }
        if (heartbeats.firstAfter(attempt.stopped()).isEmpty()) {
            throw new MissingEvidenceException(
                    "%s did not beat after %s".formatted(machine, attempt.attack()));
        }
        if (!heartbeats.alive(attempt.started(), attempt.stopped())) {
            throw new MissingEvidenceException("%s was switched off or began again during %s"
                    .formatted(machine, attempt.attack()));
        }
    }

    private Optional<Harm> end(long since) {
        return of(Event.MachineEnded.class, since)
                .map(end -> new Harm(
                        "%s came to an end: %s%s"
                                .formatted(machine, word(end.outcome()), detail(end.detail())),
                        List.of(end)))
                .findFirst();
    }

    private Optional<Harm> processEnd(long since) {
        return of(Event.ProcessEnded.class, since)
                .filter(end -> end.outcome() != ProcessEnd.EXITED)
                .map(end -> new Harm(
                        "%s of %s was ended: %s%s"
                                .formatted(
                                        end.subject(),
                                        machine,
                                        word(end.outcome()),
                                        detail(end.detail())),
                        List.of(end)))
                .findFirst();
    }

    private Optional<Harm> wrongBeat(long since) {
        return heartbeats
                .wrong()
                .filter(beat -> beat.time() >= since)
                .map(beat -> new Harm(heartbeats.problem().orElse(""), List.of(beat)));
    }

    /** A beat that was due and did not come, though the run went on for long enough. */
    private Optional<Harm> missingBeat(long since) {
        if (heartbeats.problem().isPresent()) {
            return Optional.empty();
        }
        return heartbeats
                .lastBefore(Long.MAX_VALUE)
                .filter(last -> !wasSwitchedOff(last.time()))
                .filter(last -> heartbeats.due(last) >= since)
                .filter(last -> end() - heartbeats.due(last) > Heartbeats.TOLERANCE.toNanos())
                .map(last -> new Harm(
                        "after its heartbeat %d, %s was silent for the last %d ms"
                                .formatted(
                                        last.number(),
                                        machine,
                                        Duration.ofNanos(end() - last.time()).toMillis()),
                        List.of(last)));
    }

    private boolean wasSwitchedOff(long since) {
        return of(Event.PowerChanged.class, since)
                .anyMatch(change -> change.outcome() == PowerState.OFF);
    }

    private long end() {
        return run.events().getLast().time();
    }

    private <E extends Event> Stream<E> of(Class<E> kind, long since) {
        return run.events(kind).stream()
                .filter(event -> event.actor().equals(machine) && event.time() >= since);
    }

    private static String word(Enum<?> outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String detail(String detail) {
        return detail.isEmpty() ? "" : " (%s)".formatted(detail);
    }
}
