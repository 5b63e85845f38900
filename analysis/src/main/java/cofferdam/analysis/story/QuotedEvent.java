package cofferdam.analysis.story;

/**
 * A line of the event log.
 *
 * @param line its number, from 1
 * @param time nanoseconds since the run's first event
 * @param kind such as {@code image-accessed}
 * @param details the event's other members as {@code name=value}
 * @param proof whether the judgement points at it; the others tell when the attack was
 */
public record QuotedEvent(
        int line,
        long time,
        String kind,
        String actor,
        String subject,
        String outcome,
        String details,
        boolean proof) {}
