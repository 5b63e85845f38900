package cofferdam.scenarios.agreement;

import cofferdam.analysis.Judgement;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.RunOutcome;

import java.util.List;
import java.util.Optional;

/**
 * A run on one monitor, as far as monitors are held against each other.
 *
 * @param monitor its name
 * @param judgements one for each property of the scenario, in its order
 * @param events in the order of the log; none where the testbed failed
 */
public record Observed(String monitor, List<Judgement> judgements, List<Event> events) {

    public Observed {
        judgements = List.copyOf(judgements);
        events = List.copyOf(events);
    }

    /** What the monitor has otherwise than the policy asks. */
    List<Event.SettingNotEnforced> settings() {
        return of(Event.SettingNotEnforced.class);
    }

    /** What the scenario needs and the monitor does not have. */
    Optional<Event.CapabilityMissing> missing() {
        return of(Event.CapabilityMissing.class).stream().findFirst();
    }

    /** Why the monitor did not start such a host; empty if it did. */
    Optional<String> refusal() {
        return of(Event.RunFinished.class).stream()
                .filter(end -> end.outcome() == RunOutcome.NOT_APPLICABLE)
                .map(Event.RunFinished::detail)
                .findFirst();
    }

    /** How the run ended, if not as it should. */
    Optional<String> endedEarly() {
        return of(Event.RunFinished.class).stream()
                .filter(end -> end.outcome() != RunOutcome.COMPLETED)
                .map(end -> "%s ended early: %s".formatted(monitor, end.detail()))
                .findFirst();
    }

    private <E extends Event> List<E> of(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
