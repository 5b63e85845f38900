package cofferdam.scenarios.comparison;

import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FlowOutcome;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Legitimate traffic, as those who sent it saw it, and what filters dropped of all traffic.
 *
 * @param begun exchanges
 * @param completed exchanges in which everything was answered as it should be
 * @param sent messages
 * @param answered messages that were answered
 * @param dropped frames that the monitor says it dropped, by filter; an attack's are among them
 */
public record Traffic(
        int begun, int completed, long sent, long answered, SortedMap<String, Long> dropped) {

    /** None. */
    public static final Traffic NONE = new Traffic(0, 0, 0, 0, new TreeMap<>());

    public Traffic {
        dropped = Collections.unmodifiableSortedMap(new TreeMap<>(dropped));
    }

    /** As these events tell it. */
    static Traffic of(List<Event> events) {
        int begun = 0;
        int completed = 0;
        long sent = 0;
        long answered = 0;
        SortedMap<String, Long> dropped = new TreeMap<>();
        for (Event event : events) {
            if (event instanceof Event.FlowStarted) {
                begun++;
            }
            if (event instanceof Event.FlowFinished end) {
                completed += end.outcome() == FlowOutcome.COMPLETED ? 1 : 0;
                sent += end.sent();
                answered += end.answered();
            }
            if (event instanceof Event.FramesDropped drop) {
                dropped.merge(drop.outcome(), drop.frames(), Long::sum);
            }
        }
        return new Traffic(begun, completed, sent, answered, dropped);
    }

    /** Exchanges that were begun and did not succeed. */
    public int lost() {
        return begun - completed;
    }

    /** Both together. */
    Traffic plus(Traffic other) {
        SortedMap<String, Long> both = new TreeMap<>(dropped);
        other.dropped.forEach((filter, frames) -> both.merge(filter, frames, Long::sum));
        return new Traffic(
                begun + other.begun,
                completed + other.completed,
                sent + other.sent,
                answered + other.answered,
                both);
    }
}
