package cofferdam.analysis;

import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Event;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The events of a run by their places; two may be equal in all that they say. */
final class Chronicle {

    private final List<Event> events;
    private final IdentityHashMap<Event, Integer> places = new IdentityHashMap<>();

    Chronicle(Run run) {
        events = run.events();
        for (Event event : events) {
            places.put(event, places.size());
        }
    }

    /** The place of an event. */
    int place(Event event) {
        Integer place = places.get(event);
        if (place == null) {
            throw new IllegalArgumentException("%s is no event of the run".formatted(event));
        }
        return place;
    }

    boolean isBefore(Event first, Event second) {
        return place(first) < place(second);
    }

    /** All of one kind that are wanted, in order. */
    <E extends Event> List<E> all(Class<E> kind, Predicate<E> wanted) {
        return events.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(wanted)
                .toList();
    }

    /** The last of one kind that is wanted, before an event. */
    <E extends Event> Optional<E> lastBefore(Event event, Class<E> kind, Predicate<E> wanted) {
        return all(kind, wanted).stream()
                .filter(candidate -> isBefore(candidate, event))
                .reduce((first, second) -> second);
    }

    /** Everything after one event and before another, in order. */
    List<Event> between(Event first, Event second) {
        int from = place(first) + 1;
        return events.subList(from, Math.max(from, place(second)));
    }

    /** The later of two. */
    <E extends Event> Event later(E first, E second) {
        return isBefore(first, second) ? second : first;
    }
}
