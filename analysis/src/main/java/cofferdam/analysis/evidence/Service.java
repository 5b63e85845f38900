package cofferdam.analysis.evidence;

import cofferdam.monitor.evidence.Event;

import java.util.List;

/**
 * What a client measured of a machine's page service.
 *
 * @param event what it recorded
 */
public record Service(Event.ServiceMeasured event) {

    /**
     * All measurements of a machine's service, in order.
     *
     * @throws MissingEvidenceException if one says what cannot be
     */
    public static List<Service> of(Run run, String machine) throws MissingEvidenceException {
        List<Event.ServiceMeasured> events = run.events(Event.ServiceMeasured.class).stream()
                .filter(event -> event.subject().equals(machine))
                .toList();
        for (Event.ServiceMeasured event : events) {
            if (!isPossible(event)) {
                throw new MissingEvidenceException(
                        "the measurement '%s' of %s cannot be: %d of %d answered in %d ns, median %d ns, worst %d ns"
                                .formatted(
                                        event.label(),
                                        machine,
                                        event.answered(),
                                        event.sent(),
                                        event.span(),
                                        event.median(),
                                        event.worst()));
            }
        }
        return events.stream().map(Service::new).toList();
    }

    private static boolean isPossible(Event.ServiceMeasured event) {
        return event.answered() >= 0
                && event.answered() <= event.sent()
                && event.span() > 0
                && event.span() <= event.time()
                && event.median() >= 0
                && event.median() <= event.worst()
                && event.worst() <= event.span();
    }

    /** When the first request was sent, in nanoseconds since 1970-01-01T00:00:00Z. */
    public long from() {
        return event.time() - event.span();
    }

    /** When no answer was waited for any more. */
    public long until() {
        return event.time();
    }

    /** Whether the same client asked the same in both. */
    public boolean isLike(Service other) {
        return event.actor().equals(other.event.actor())
                && event.sent() == other.event.sent()
                && event.span() == other.event.span();
    }
}
